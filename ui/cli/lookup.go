package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// AuditReveal records in the audit log that the persons of recs are shown in
// full, if wanted. If it cannot be recorded, reveal is false and auditErr is the
// exit error of the command.
func (s *Session) AuditReveal(ctx context.Context, wanted bool, recs ...lookup.Record) (reveal bool, auditErr error) {
	if !wanted || len(recs) == 0 {
		return wanted, nil
	}
	if err := lookup.RecordReveal(ctx, s.Ledger, recs...); err != nil {
		return false, &ExitError{ExitLedger, fmt.Sprintf(s.Messages.Records.NotRevealed, s.Messages.ErrorText(err))}
	}
	return true, nil
}

// ErrorTextWithHelp returns text saying why a lookup was not made, or why a run cannot
// start, and what to do about a missing key.
func (s *Streams) ErrorTextWithHelp(err error) string {
	var input *lookup.InputError
	var cred *juhe.CredentialError
	w := s.Messages.Errors
	switch {
	case errors.As(err, &input):
		return s.Messages.Input(input.Problem, s.fieldLabel(input.Factor))
	case errors.As(err, &cred) && cred.Name == "openid":
		return w.NoOpenid + s.Messages.Colon + cred.Err.Error() + "\n" + w.OpenidHelp
	case errors.As(err, &cred):
		return w.NoKey + s.Messages.Colon + cred.Err.Error() + "\n" + w.KeyHelp
	}
	return s.Messages.ErrorText(err)
}

// fieldLabel returns the name of a factor, and its name on the wire.
func (s *Streams) fieldLabel(f juhe.Factor) string {
	return s.Messages.Fields[f].Label + " (" + f.String() + ")"
}

// PrintLookup writes a lookup to w as a line of JSON or as text.
func (s *Session) PrintLookup(w io.Writer, rec lookup.Record, reveal, asJSON bool) error {
	if asJSON {
		return s.Exporter().WriteJSON(w, rec, reveal)
	}
	_, err := fmt.Fprint(w, s.lookupLines(rec, reveal))
	return err
}

// PrintAnswer prints a lookup that may have been charged. If standard output is
// broken, it goes to standard error.
func (s *Session) PrintAnswer(rec lookup.Record, reveal, asJSON bool) error {
	err := s.PrintLookup(s.Out, rec, reveal, asJSON)
	if err == nil {
		return nil
	}
	s.Errf("fourfactor: "+s.Messages.CLI.OutputFailed+"\n", err)
	s.PrintLookup(s.Err, rec, reveal, asJSON)
	return &ExitError{Code: ExitBug}
}

// UnrecordedText returns text saying why a lookup that was sent is not in the ledger.
func (s *Streams) UnrecordedText(rec lookup.Record) string {
	return s.Messages.Labels[lookup.DetailRecordErr] + s.Messages.Colon + s.Messages.ErrorText(rec.RecordErr)
}

// lookupLines formats a lookup for people: outcome, factors, facts.
func (s *Session) lookupLines(rec lookup.Record, reveal bool) string {
	_, marks := i18n.Marks(false)
	text := s.DemoNote() + s.OutcomeLabel(rec.Reply.Outcome) + "  " + s.Messages.Headline(rec) + "\n"
	shown := rec.ShownFactors(reveal)
	for f := range juhe.NumFactors {
		says := rec.FactorResult(f)
		text += fmt.Sprintf("%s%s%s  %s %s\n", s.Messages.Fields[f].Label, s.Messages.Colon,
			juhe.Sanitize(shown[f]), marks[says], s.Messages.FactorResults[says])
	}
	for _, d := range s.Messages.Details(rec) {
		text += d.Label + s.Messages.Colon + d.Value + "\n"
	}
	return text
}

// InterruptedText returns text saying what became of the lookup that was pending at the
// end.
func (s *Streams) InterruptedText(rec lookup.Record) string {
	return fmt.Sprintf(s.Messages.CLI.PendingAtQuit, lookup.MaskCompany(rec.Query.Factors[juhe.Entname]), rec.At.Format(time.TimeOnly),
		s.Messages.OutcomeAndCode(rec), s.Messages.NextStep(rec))
}

// OutcomeLabel returns the mark and the name of an outcome.
func (s *Streams) OutcomeLabel(outcome juhe.Outcome) string {
	marks, _ := i18n.Marks(false)
	return marks[outcome] + " " + s.Messages.Outcomes[outcome]
}

// DemoNote returns text saying that a session is the demo, in a line of its own; ""
// otherwise.
func (s *Session) DemoNote() string {
	if !s.Demo {
		return ""
	}
	return s.Messages.App.Demo + s.Messages.Colon + s.Messages.App.DemoNote + "\n"
}
