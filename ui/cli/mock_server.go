package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// NewMockServer returns the command that runs the mock server.
func NewMockServer(f *Factory) *cobra.Command {
	var addr string
	var list bool
	cmd := &cobra.Command{
		Use: "mock-server", Short: f.Messages.CLI.MockServer, Args: f.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if list {
				listMock(f.Streams)
				return nil
			}
			return serveMock(cmd.Context(), f.Streams, addr)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", f.Messages.CLI.FlagAddr)
	cmd.Flags().BoolVar(&list, "list", false, f.Messages.CLI.FlagList)
	return cmd
}

// serveMock runs the mock server until it is interrupted. It prints only the base
// URL to standard output.
func serveMock(ctx context.Context, s *Streams, addr string) error {
	base, stop, err := mockserver.New(mockserver.Key, mockserver.Openid).Listen(addr)
	if err != nil {
		return UsageError(err.Error())
	}
	defer stop()
	w := s.Messages.CLI
	fmt.Fprintln(s.Out, base)
	s.Errf("%s\n  JUHE_BASE_URL=%s JUHE_KEY=%s JUHE_OPENID=%s\n%s\n",
		w.MockServerRuns, base, mockserver.Key, mockserver.Openid, w.MockServerStop)
	<-ctx.Done()
	return nil
}

// listMock prints the companies and cases that the mock server knows.
func listMock(s *Streams) {
	w := s.Messages
	fmt.Fprintf(s.Out, "# %s\n", w.CLI.MockServerCompanies)
	for _, c := range mockserver.Companies() {
		fmt.Fprintln(s.Out, strings.Join([]string{
			c.Entname, c.Entmark, c.Regno, c.Orgcode, c.Realname, c.Idcard, cmp.Or(c.Regstatus, "-"),
		}, "\t"))
	}
	fmt.Fprintf(s.Out, "\n# %s\n", w.CLI.MockServerCodes)
	for _, c := range juhe.Codes() {
		if c.Level != juhe.LevelDetail {
			fmt.Fprintf(s.Out, "%s\t%s\t%s\n", mockserver.ErrorCodeEntname(c.Code), juhe.Refused, c.Text)
		}
	}
	fmt.Fprintf(s.Out, "\n# %s\n", w.CLI.MockServerCases)
	for _, c := range mockserver.Cases() {
		fmt.Fprintf(s.Out, "%s\t%s\t%s\n", c.Entname(), c.Want, w.Outcomes[c.Want])
	}
}
