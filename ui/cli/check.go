package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// checkOptions are the flags of check. There are none for the person, who is
// read from standard input or asked for: flags end up in the shell's history.
type checkOptions struct {
	entname, entmark, api           string
	regstatus, again, reveal, stdin bool
	strict, json                    bool

	set func(flag string) bool // reports whether a flag was given
}

// NewCheck returns the command that makes one lookup.
func NewCheck(f *Factory) *cobra.Command {
	var o checkOptions
	w := f.Messages.CLI
	cmd := &cobra.Command{
		Use: "check", Short: w.Check, Long: w.CheckLong, Args: f.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.LookupSession()
			if err != nil {
				return err
			}
			defer s.Close()
			return runCheck(cmd.Context(), s, o)
		},
	}
	flags := cmd.Flags()
	o.set = flags.Changed
	flags.StringVar(&o.entname, "entname", "", w.FlagEntname)
	flags.StringVar(&o.entmark, "entmark", "", w.FlagEntmark)
	flags.StringVar(&o.api, "api", "", w.FlagAPI)
	flags.BoolVar(&o.regstatus, "regstatus", false, w.FlagRegstatus)
	flags.BoolVar(&o.again, "again", false, w.FlagAgain)
	flags.BoolVar(&o.strict, "strict", false, w.FlagStrict)
	flags.BoolVar(&o.reveal, "reveal", false, w.FlagReveal)
	flags.BoolVar(&o.stdin, "stdin", false, w.FlagStdin)
	flags.BoolVar(&o.json, "json", false, w.FlagJSON)
	CompleteValues(cmd, "api", "query", "queryEncry", "queryV2")
	return cmd
}

// runCheck makes one lookup and prints it.
func runCheck(ctx context.Context, s *Session, o checkOptions) error {
	query := juhe.Query{
		API: s.Query.API, Regstatus: s.Query.Regstatus,
		Factors: juhe.Factors{juhe.Entname: o.entname, juhe.Entmark: o.entmark},
	}
	if o.set("api") {
		query.API = juhe.API(o.api)
	}
	if !query.API.IsValid() {
		return UsageError(fmt.Sprintf(s.Messages.Errors.BadAPI, o.api))
	}
	if o.set("regstatus") {
		query.Regstatus = o.regstatus
	}
	complete := askFactors
	if o.stdin {
		complete = readFactorsJSON
	}
	if err := complete(ctx, s.Streams, &query.Factors); err != nil {
		return err
	}
	if err := checkQuery(s.Streams, query, o.strict); err != nil {
		return err
	}
	lookupCtx, end := s.LookupContext(ctx)
	rec, err := s.Verifier.Do(lookupCtx, query, lookup.Consent{Unconditional: o.again})
	end()
	if err != nil {
		return lookupError(ctx, s.Streams, err)
	}
	defer s.PurgeExpiredBriefly(ctx)
	// The answer may have been charged: it is shown even after an interrupt.
	leaving, ctx := ctx, context.WithoutCancel(ctx)
	reveal, auditErr := s.AuditReveal(ctx, o.reveal, rec)
	if err := s.PrintAnswer(rec, reveal, o.json); err != nil && leaving.Err() == nil {
		return err // after a signal the terminal may be gone
	}
	printHints(s.Streams, rec)
	switch code := outcomeExitCode(rec); {
	case rec.RecordErr != nil:
		return &ExitError{ExitLedger, s.UnrecordedText(rec)}
	case auditErr != nil:
		return auditErr
	case code != ExitOK:
		return &ExitError{Code: code}
	}
	return nil
}

// checkQuery refuses a query with an invalid factor and prints the warnings of a
// valid one. strict refuses warnings too.
func checkQuery(s *Streams, query juhe.Query, strict bool) error {
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		return UsageError(s.ErrorTextWithHelp(problem))
	}
	_, remarks := lookup.Check(query, s.Now())
	warnings := lookup.NeedingConfirmation(remarks)
	for _, w := range warnings {
		s.Errf("fourfactor: %s%s%s\n", s.Messages.Labels[lookup.DetailWarning], s.Messages.Colon, s.Messages.FactorWarning(w))
	}
	if strict && len(warnings) > 0 {
		return UsageError(s.Messages.CLI.RefusedByStrict)
	}
	return nil
}

// lookupError returns the exit error of a lookup that was not made.
func lookupError(ctx context.Context, s *Streams, err error) error {
	var problem *lookup.LedgerError
	switch {
	case errors.As(err, &problem):
		return &ExitError{ExitLedger, fmt.Sprintf(s.Messages.Records.NotSent, s.Messages.ErrorText(err))}
	case ctx.Err() != nil:
		return &ExitError{Code: ExitInterrupted}
	}
	return UsageError(s.ErrorTextWithHelp(err))
}

// printHints says how to show the earlier lookup that answered or stopped this
// one, and how to send anyway.
func printHints(s *Streams, rec lookup.Record) {
	fault := rec.Reply.Fault.Kind
	if rec.Earlier == nil && fault != juhe.FaultHistoryLost && fault != juhe.FaultClock {
		return
	}
	if rec.Earlier != nil && rec.Earlier.Reply.Outcome != "" {
		s.Errf("fourfactor: "+s.Messages.Records.HintShow+"\n", rec.Earlier.ID)
	}
	s.Errf("fourfactor: %s\n", s.Messages.Records.HintAgain)
}

// stdinLimit is the largest JSON object on standard input, in bytes.
const stdinLimit = 64 << 10

// readFactorsJSON reads factors from one JSON object on standard input. It must
// not repeat factors that flags have set.
func readFactorsJSON(ctx context.Context, s *Streams, f *juhe.Factors) error {
	text, err := readInterruptible(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(s.In, stdinLimit+1)) })
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	members := map[string]jsontext.Value{}
	if len(text) > stdinLimit || json.Unmarshal(text, &members) != nil || members == nil {
		return UsageError(s.Messages.Errors.Stdin)
	}
	for name, value := range members {
		field, ok := juhe.ParseFactor(name)
		switch {
		case !ok:
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinMember, juhe.Sanitize(name)))
		case value.Kind() != '"':
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinType, name))
		case f[field] != "":
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinTwice, name))
		}
		var typed string
		if err := json.Unmarshal(value, &typed); err != nil {
			return UsageError(s.Messages.Errors.Stdin)
		}
		f[field] = typed
	}
	return nil
}

// askFactors asks for the missing factors.
func askFactors(ctx context.Context, s *Streams, f *juhe.Factors) error {
	for field := range juhe.NumFactors {
		for f[field] == "" {
			if !s.InTerminal {
				return UsageError(fmt.Sprintf(s.Messages.Errors.NotTerminal, s.fieldLabel(field)))
			}
			s.Errf("%s%s", s.Messages.Fields[field].Label, s.Messages.Colon)
			line, err := s.ReadLine(ctx)
			switch {
			case errors.Is(err, io.EOF):
				return UsageError(s.Messages.Input(lookup.InputEmpty, s.fieldLabel(field)))
			case err != nil:
				return err
			case IsTableRow(line):
				s.Errf(s.Messages.UnexpectedInput.TableRow+"\n", s.Messages.Fields[field].Label)
				continue
			}
			if problem := lookup.CheckInput(field, line); problem != "" && line != "" {
				s.Errf("%s\n", s.Messages.Input(problem, s.Messages.Fields[field].Label))
				continue
			}
			f[field] = line
		}
	}
	return nil
}

// IsTableRow reports whether line is a row of a spreadsheet: it has tabs. As a
// company name it would show the person in it.
func IsTableRow(line string) bool { return strings.Contains(line, "\t") }
