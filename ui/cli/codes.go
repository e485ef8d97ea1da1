package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
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

func (a *App) codesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "codes [CODE]", Short: a.messages.CLI.Codes, Long: a.messages.CLI.CodesLong,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.runCodes(args, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.messages.CLI.FlagJSON)
	return cmd
}

func (a *App) runCodes(args []string, asJSON bool) error {
	if len(args) == 0 {
		for _, c := range juhe.Codes() {
			if err := a.printCode(a.codeLine(c, true), asJSON, false); err != nil {
				return err
			}
		}
		return nil
	}
	number, err := strconv.Atoi(args[0])
	if err != nil {
		return usageError(fmt.Sprintf(a.messages.CLI.CodeNotNumber, args[0]))
	}
	c, documented := juhe.FindCode(number)
	if !documented {
		c, _ = juhe.ClassifyCode(number)
	}
	return a.printCode(a.codeLine(c, documented), asJSON, true)
}

func (a *App) codeLine(c juhe.Code, documented bool) codeLine {
	outcome := juhe.Refused
	switch {
	case c.Level == juhe.LevelDetail && c.Code == 7:
		outcome = juhe.Match
	case c.Level == juhe.LevelDetail:
		outcome = juhe.Mismatch
	}
	if c.Code == 0 {
		return codeLine{Schema: 1, Demo: a.flags.demo, Meaning: a.messages.Levels["success"], Billable: juhe.BillableYes, Documented: true}
	}
	return codeLine{
		Schema: 1, Demo: a.flags.demo, Code: c.Code, Old: c.OldCode, Level: c.Level, Desc: c.Text,
		Meaning: a.messages.Meaning(string(outcome), "", "", c.Code), Next: a.messages.NextStep(string(outcome), "", c.Code),
		Billable: c.Billable(), Documented: documented,
	}
}

// printCode prints a code as JSON, as a line of the table, or in full.
func (a *App) printCode(line codeLine, asJSON, whole bool) error {
	if asJSON {
		return printJSON(a.Out, line)
	}
	w := a.messages
	if !whole {
		old := ""
		if line.Old != 0 {
			old = strconv.Itoa(line.Old)
		}
		meaning := line.Meaning
		if meaning == line.Desc {
			meaning = ""
		}
		fmt.Fprintf(a.Out, "%6d  %3s  %s  %s  %s\n", line.Code, old, w.Levels[string(line.Level)], line.Desc, meaning)
		return nil
	}
	fmt.Fprintf(a.Out, "%d  %s  %s\n%s\n", line.Code, w.Levels[string(line.Level)], line.Desc, line.Meaning)
	if line.Old != 0 {
		fmt.Fprintf(a.Out, w.CLI.OldCode+"\n", line.Old)
	}
	for _, name := range []struct{ name, value string }{{"next", line.Next}, {"billable", string(line.Billable)}} {
		if label, value := w.Detail(name.name, "", name.value); value != "" {
			fmt.Fprintf(a.Out, "%s%s%s\n", label, w.Colon, value)
		}
	}
	return nil
}
