package plain

import (
	"context"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
)

// printResult prints a lookup, and whether it could not be recorded.
func (p *console) printResult(rec lookup.Record) error {
	if err := p.PrintAnswer(rec, false, false); err != nil {
		return err
	}
	if rec.RecordErr != nil {
		p.Errf("fourfactor: %s\n", p.UnsavedText(rec))
	}
	return nil
}

// askNext asks what to do with a result. again is true if the lookup is to be
// sent again, with the given consent.
func (p *console) askNext(ctx context.Context, rec lookup.Record) (given lookup.Consent, again bool, err error) {
	for {
		asked := p.Now()
		line, err := p.ask(ctx, p.Messages.Plain.AskNext)
		if err != nil {
			return given, false, err
		}
		switch choice := foldWidth(line); {
		case choice == "":
			return given, false, nil
		case choice == "?":
			p.Errf("%s\n", p.Messages.Plain.Help)
		case choice == "x":
			err = p.printRevealed(ctx, rec)
		case choice == "j":
			err = p.PrintAnswer(rec, false, true)
		case choice == "a" && consent.TooSoon(asked, p.Now()): // may send without a further question
			p.Errf("%s\n", p.Messages.Plain.TooSoon)
		case choice == "a":
			given, again, err = p.confirmResend(ctx, rec)
		default:
			p.Errf("%s\n", p.Messages.Plain.NoChoice)
		}
		if again || err != nil {
			return given, again, err
		}
	}
}

// printRevealed prints a result with the person in full, if that can be recorded
// in the audit trail.
func (p *console) printRevealed(ctx context.Context, rec lookup.Record) error {
	reveal, auditErr := p.AuditReveal(ctx, true, rec)
	if auditErr != nil {
		p.Errf("fourfactor: %s\n", auditErr)
		return nil
	}
	return p.PrintAnswer(rec, reveal, false)
}

// confirmResend asks before sending again what may already have been charged.
func (p *console) confirmResend(ctx context.Context, rec lookup.Record) (lookup.Consent, bool, error) {
	question, ok := p.consentTexts().Resend(rec)
	if !ok {
		return question.Consent, true, nil
	}
	on, err := p.confirmSend(ctx, question)
	return question.Consent, on, err
}
