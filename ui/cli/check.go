package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// checkOptions are the flags of check. There are none for the person, who is
// read from standard input or asked for: flags end up in the shell's history.
type checkOptions struct {
	entname, entmark, api           string
	regstatus, again, reveal, stdin bool
	strict, json                    bool
}

func (a *App) checkCommand() *cobra.Command {
	var o checkOptions
	w := a.messages.CLI
	cmd := &cobra.Command{
		Use: "check", Short: w.Check, Long: w.CheckLong, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runCheck(cmd, &o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.entname, "entname", "", w.FlagEntname)
	flags.StringVar(&o.entmark, "entmark", "", w.FlagEntmark)
	flags.StringVar(&o.api, "api", "", w.FlagAPI)
	flags.BoolVar(&o.regstatus, "regstatus", false, w.FlagRegstatus)
	flags.BoolVar(&o.again, "again", false, w.FlagAgain)
	flags.BoolVar(&o.strict, "strict", false, w.FlagStrict)
	flags.BoolVar(&o.reveal, "reveal", false, w.FlagReveal)
	flags.BoolVar(&o.stdin, "stdin", false, w.FlagStdin)
	flags.BoolVar(&o.json, "json", false, w.FlagJSON)
	a.completeValues(cmd, "api", "query", "queryEncry", "queryV2")
	return cmd
}

// runCheck makes one lookup and prints it.
func (a *App) runCheck(cmd *cobra.Command, o *checkOptions) error {
	s, err := a.lookupSession(a.commandLog())
	if err != nil {
		return err
	}
	defer s.Close()
	query := juhe.Query{
		API: s.Query.API, Regstatus: s.Query.Regstatus,
		Factors: juhe.Factors{juhe.Entname: o.entname, juhe.Entmark: o.entmark},
	}
	if cmd.Flags().Changed("api") {
		query.API = juhe.API(o.api)
	}
	if !query.API.IsValid() {
		return usageError(fmt.Sprintf(a.messages.Errors.BadAPI, o.api))
	}
	if cmd.Flags().Changed("regstatus") {
		query.Regstatus = o.regstatus
	}
	ctx := cmd.Context()
	complete := a.askFactors
	if o.stdin {
		complete = a.readFactorsJSON
	}
	if err := complete(ctx, &query.Factors); err != nil {
		return err
	}
	if err := a.checkQuery(query, o.strict); err != nil {
		return err
	}
	lookupCtx, end := a.lookupContext(ctx, s)
	rec, err := s.Verifier.Do(lookupCtx, query, lookup.Consent{Unconditional: o.again})
	end()
	if err != nil {
		return a.lookupError(ctx, err)
	}
	defer a.expireBriefly(ctx, s)
	// The answer may have been charged: it is shown even after an interrupt.
	leaving, ctx := ctx, context.WithoutCancel(ctx)
	reveal, auditErr := a.auditReveal(ctx, s, o.reveal, rec)
	if err := a.printAnswer(s, rec, reveal, o.json); err != nil && leaving.Err() == nil {
		return err // after a signal the terminal may be gone
	}
	a.printHints(rec)
	switch code := outcomeExitCode(rec); {
	case rec.RecordErr != nil:
		return &exitError{ExitLedger, a.unsavedText(s, rec)}
	case auditErr != nil:
		return auditErr
	case code != ExitOK:
		return &exitError{code: code}
	}
	return nil
}

// checkQuery refuses a query with an invalid factor and prints the warnings of a
// valid one. strict refuses warnings too.
func (a *App) checkQuery(query juhe.Query, strict bool) error {
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		return usageError(a.lookupErrorText(problem))
	}
	_, remarks := lookup.Check(query, a.Now())
	warnings := lookup.NeedingConfirmation(remarks)
	for _, w := range warnings {
		a.errf("fourfactor: %s%s%s%s%s\n", a.messages.Details[string(lookup.DetailWarning)], a.messages.Colon, a.messages.Fields[w.Factor.String()].Label, a.messages.Colon, lookup.WarningText(a.messages, w))
	}
	if strict && len(warnings) > 0 {
		return usageError(a.messages.CLI.RefusedByStrict)
	}
	return nil
}

// lookupError returns the exit error of a lookup that was not made.
func (a *App) lookupError(ctx context.Context, err error) error {
	var problem *lookup.LedgerError
	switch {
	case errors.As(err, &problem):
		return &exitError{ExitLedger, fmt.Sprintf(a.messages.Records.NotSent, lookup.ErrorText(a.messages, err))}
	case ctx.Err() != nil:
		return &exitError{code: ExitInterrupted}
	}
	return usageError(a.lookupErrorText(err))
}

// printHints says how to show the earlier lookup that answered or stopped this
// one, and how to send anyway.
func (a *App) printHints(rec lookup.Record) {
	fault := rec.Reply.Fault.Kind
	if rec.Earlier == nil && fault != juhe.FaultHistoryLost && fault != juhe.FaultClock {
		return
	}
	if rec.Earlier != nil && rec.Earlier.Reply.Outcome != "" {
		a.errf("fourfactor: "+a.messages.Records.HintShow+"\n", rec.Earlier.ID)
	}
	a.errf("fourfactor: %s\n", a.messages.Records.HintAgain)
}

// auditReveal records in the audit trail that the persons of recs are shown in
// full, if wanted. If it cannot be recorded, reveal is false and auditErr is the
// exit error of the command.
func (a *App) auditReveal(ctx context.Context, s *Session, wanted bool, recs ...lookup.Record) (reveal bool, auditErr error) {
	if !wanted || len(recs) == 0 {
		return wanted, nil
	}
	if err := lookup.RecordReveal(ctx, s.Ledger, recs...); err != nil {
		return false, &exitError{ExitLedger, fmt.Sprintf(a.messages.Records.NotRevealed, lookup.ErrorText(s.Messages, err))}
	}
	return true, nil
}

// lookupErrorText returns text saying why a lookup was not made.
func (a *App) lookupErrorText(err error) string {
	var input *lookup.InputError
	var cred *juhe.CredentialError
	w := a.messages.Errors
	switch {
	case errors.As(err, &input):
		return a.messages.Input(string(input.Problem), a.fieldLabel(input.Factor))
	case errors.As(err, &cred) && cred.Name == "openid":
		return w.NoOpenid + a.messages.Colon + cred.Err.Error() + "\n" + w.OpenidHelp
	case errors.As(err, &cred):
		return w.NoKey + a.messages.Colon + cred.Err.Error() + "\n" + w.KeyHelp
	}
	return juhe.Sanitize(err.Error())
}

func (a *App) fieldLabel(f juhe.Factor) string {
	return a.messages.Fields[f.String()].Label + " (" + f.String() + ")"
}

// printLookup writes a lookup to w as a line of JSON or as text.
func (a *App) printLookup(w io.Writer, s *Session, rec lookup.Record, reveal, asJSON bool) error {
	if asJSON {
		return printLookupJSON(w, s, rec, reveal)
	}
	_, err := fmt.Fprint(w, a.lookupLines(s, rec, reveal))
	return err
}

// printAnswer prints a lookup that may have been charged. If standard output is
// broken, it goes to standard error.
func (a *App) printAnswer(s *Session, rec lookup.Record, reveal, asJSON bool) error {
	err := a.printLookup(a.Out, s, rec, reveal, asJSON)
	if err == nil {
		return nil
	}
	a.errf("fourfactor: "+a.messages.CLI.OutputFailed+"\n", err)
	a.printLookup(a.Err, s, rec, reveal, asJSON)
	return &exitError{code: ExitBug}
}

// unsavedText returns text saying why a lookup that was sent is not in the ledger.
func (a *App) unsavedText(s *Session, rec lookup.Record) string {
	label, value := a.messages.Detail(string(lookup.DetailRecordErr), "", lookup.ErrorText(s.Messages, rec.RecordErr))
	return label + a.messages.Colon + value
}

// printLookupJSON writes a lookup as a line of JSON.
func printLookupJSON(w io.Writer, s *Session, rec lookup.Record, reveal bool) error {
	line := rec.JSON(s.Messages, reveal)
	line.Demo = s.Demo
	return printJSON(w, line)
}

// lookupLines formats a lookup for people: outcome, factors, facts.
func (a *App) lookupLines(s *Session, rec lookup.Record, reveal bool) string {
	_, marks := i18n.Marks(false)
	text := s.demoNote() + outcomeLabel(a.messages, rec.Reply.Outcome) + "  " + rec.Headline(a.messages) + "\n"
	shown := rec.Query.Factors
	if !reveal {
		shown = lookup.MaskPerson(shown)
	}
	for f := range juhe.NumFactors {
		says := string(rec.FactorResult(f))
		text += fmt.Sprintf("%s%s%s  %s %s\n", a.messages.Fields[f.String()].Label, a.messages.Colon,
			juhe.Sanitize(shown[f]), marks[says], a.messages.FactorResults[says])
	}
	for _, f := range rec.Details(a.messages) {
		label, value := a.messages.Detail(string(f.Name), f.Factor.String(), f.Value)
		text += label + a.messages.Colon + value + "\n"
	}
	return text
}
