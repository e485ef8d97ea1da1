package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

func (a *App) mockServerCommand() *cobra.Command {
	var addr string
	var list bool
	cmd := &cobra.Command{
		Use: "mock-server", Short: a.messages.CLI.MockServer, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if list {
				a.listMock()
				return nil
			}
			return a.serveMock(cmd, addr)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", a.messages.CLI.FlagAddr)
	cmd.Flags().BoolVar(&list, "list", false, a.messages.CLI.FlagList)
	return cmd
}

// serveMock runs the mock server until it is interrupted. It prints only the base
// URL to standard output.
func (a *App) serveMock(cmd *cobra.Command, addr string) error {
	base, stop, err := mockserver.New(mockserver.Key, mockserver.Openid).Listen(addr)
	if err != nil {
		return usageError(err.Error())
	}
	defer stop()
	w := a.messages.CLI
	fmt.Fprintln(a.Out, base)
	a.errf("%s\n  JUHE_BASE_URL=%s JUHE_KEY=%s JUHE_OPENID=%s\n%s\n",
		w.MockServerRuns, base, mockserver.Key, mockserver.Openid, w.MockServerStop)
	<-cmd.Context().Done()
	return nil
}

// listMock prints the companies and cases that the mock server knows.
func (a *App) listMock() {
	w := a.messages
	fmt.Fprintf(a.Out, "# %s\n", w.CLI.MockServerCompanies)
	for _, c := range mockserver.Companies() {
		regstatus := c.Regstatus
		if regstatus == "" {
			regstatus = "-"
		}
		fmt.Fprintln(a.Out, strings.Join([]string{
			c.Entname, c.Entmark, c.Regno, c.Orgcode, c.Realname, c.Idcard, regstatus,
		}, "\t"))
	}
	fmt.Fprintf(a.Out, "\n# %s\n", w.CLI.MockServerCodes)
	for _, c := range juhe.Codes() {
		if c.Level != juhe.LevelDetail {
			fmt.Fprintf(a.Out, "%s\t%s\t%s\n", mockserver.ErrorCodeEntname(c.Code), juhe.Refused, c.Text)
		}
	}
	fmt.Fprintf(a.Out, "\n# %s\n", w.CLI.MockServerCases)
	for _, c := range mockserver.Cases() {
		fmt.Fprintf(a.Out, "%s\t%s\t%s\n", c.Entname(), c.Want, w.Outcomes[string(c.Want)])
	}
}
