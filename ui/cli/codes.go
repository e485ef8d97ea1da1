package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// codeLine is a code as JSON.
type codeLine struct {
	Schema     int           `json:"schema"` // 1
	Demo       bool          `json:"demo,omitzero"`
	Code       int           `json:"code"`
	Old        int           `json:"old,omitzero"`
	Level      juhe.Level    `json:"level,omitzero"`
	Desc       string        `json:"desc,omitzero"`
	Meaning    string        `json:"meaning"`
	Next       string        `json:"next,omitzero"`
	Billable   juhe.Billable `json:"billable"`
	Documented bool          `json:"documented"`
}

// NewCodes returns the command that explains the codes of the service.
func NewCodes(f *Factory) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "codes [CODE]", Short: f.Messages.CLI.Codes, Long: f.Messages.CLI.CodesLong,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runCodes(f, args, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, f.Messages.CLI.FlagJSON)
	return cmd
}

func runCodes(f *Factory, args []string, asJSON bool) error {
	if len(args) == 0 {
		for _, c := range juhe.Codes() {
			if err := printCode(f.Streams, newCodeLine(f, c, true), asJSON, false); err != nil {
				return err
			}
		}
		return nil
	}
	number, err := strconv.Atoi(args[0])
	if err != nil {
		return UsageError(fmt.Sprintf(f.Messages.CLI.CodeNotNumber, args[0]))
	}
	c, documented := juhe.FindCode(number)
	return printCode(f.Streams, newCodeLine(f, c, documented), asJSON, true)
}

func newCodeLine(f *Factory, c juhe.Code, documented bool) codeLine {
	if c.Code == 0 {
		return codeLine{Schema: 1, Demo: f.Flags.Demo, Meaning: f.Messages.Undocumented.Success, Billable: juhe.BillableYes, Documented: true}
	}
	return codeLine{
		Schema: 1, Demo: f.Flags.Demo, Code: c.Code, Old: c.OldCode, Level: c.Level, Desc: c.Text,
		Meaning: f.Messages.CodeMeaning(c.Code), Next: f.Messages.CodeNextStep(c.Code),
		Billable: c.Billable(), Documented: documented,
	}
}

// printCode prints a code as JSON, as a line of the table, or in full.
func printCode(s *Streams, line codeLine, asJSON, whole bool) error {
	if asJSON {
		return PrintJSON(s.Out, line)
	}
	w := s.Messages
	if !whole {
		old := ""
		if line.Old != 0 {
			old = strconv.Itoa(line.Old)
		}
		meaning := line.Meaning
		if meaning == line.Desc {
			meaning = ""
		}
		fmt.Fprintf(s.Out, "%6d  %3s  %s  %s  %s\n", line.Code, old, w.Levels[line.Level], line.Desc, meaning)
		return nil
	}
	fmt.Fprintf(s.Out, "%d  %s  %s\n%s\n", line.Code, w.Levels[line.Level], line.Desc, line.Meaning)
	if line.Old != 0 {
		fmt.Fprintf(s.Out, w.CLI.OldCode+"\n", line.Old)
	}
	if line.Next != "" {
		fmt.Fprintf(s.Out, "%s%s%s\n", w.Labels[lookup.DetailNextStep], w.Colon, line.Next)
	}
	if line.Billable != "" {
		fmt.Fprintf(s.Out, "%s%s%s\n", w.Labels[lookup.DetailBillable], w.Colon, w.Billable[line.Billable])
	}
	return nil
}
