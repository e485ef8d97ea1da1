package cli

import (
	"context"

	"fourfactor/juhe/lookup"
)

// printResult prints a lookup, and whether it could not be recorded.
func (p *plainConsole) printResult(rec lookup.Record) error {
	if err := p.printAnswer(p.s, rec, false, false); err != nil {
		return err
	}
	if rec.RecordErr != nil {
		p.errf("fourfactor: %s\n", p.unsavedText(p.s, rec))
	}
	return nil
}

// askNext asks what to do with a result. again is true if the lookup is to be
// sent again with consent.
func (p *plainConsole) askNext(ctx context.Context, rec lookup.Record) (consent lookup.Consent, again bool, err error) {
	for {
		asked := p.Now()
		line, err := p.ask(ctx, p.messages.Plain.AskNext)
		if err != nil {
			return consent, false, err
		}
		switch choice := foldWidth(line); {
		case choice == "":
			return consent, false, nil
		case choice == "?":
			p.errf("%s\n", p.messages.Plain.Help)
		case choice == "x":
			err = p.printRevealed(ctx, rec)
		case choice == "j":
			err = p.printAnswer(p.s, rec, false, true)
		case choice == "a" && p.tooSoon(asked): // may send without a further question
			p.errf("%s\n", p.messages.Plain.TooSoon)
		case choice == "a":
			consent, again, err = p.confirmResend(ctx, rec)
		default:
			p.errf("%s\n", p.messages.Plain.NoChoice)
		}
		if again || err != nil {
			return consent, again, err
		}
	}
}

// printRevealed prints a result with the person in full, if that can be recorded
// in the audit trail.
func (p *plainConsole) printRevealed(ctx context.Context, rec lookup.Record) error {
	reveal, auditErr := p.auditReveal(ctx, p.s, true, rec)
	if auditErr != nil {
		p.errf("fourfactor: %s\n", auditErr)
		return nil
	}
	return p.printAnswer(p.s, rec, reveal, false)
}

// confirmResend asks before sending again what may already have been charged.
func (p *plainConsole) confirmResend(ctx context.Context, rec lookup.Record) (lookup.Consent, bool, error) {
	question, about, yes := lookup.ResendConsent(rec)
	if question == lookup.ConsentNone {
		return yes, true, nil
	}
	text, what := p.questionText(question, rec, about, nil)
	on, err := p.confirmSend(ctx, text, what)
	return yes, on, err
}
