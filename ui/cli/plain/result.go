package plain

import (
	"context"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
)

// printResult prints a lookup, and whether it could not be recorded.
func (c *console) printResult(rec lookup.Record) error {
	if err := c.PrintAnswer(rec, false, false); err != nil {
		return err
	}
	if rec.RecordErr != nil {
		c.Errf("fourfactor: %s\n", c.UnrecordedText(rec))
	}
	return nil
}

// askNext asks what to do with a result. again is true if the lookup is to be
// sent again, with the given consent.
func (c *console) askNext(ctx context.Context, rec lookup.Record) (given lookup.Consent, again bool, err error) {
	for {
		asked := c.Now()
		line, err := c.ask(ctx, c.Messages.Plain.AskNext)
		if err != nil {
			return given, false, err
		}
		switch choice := foldWidth(line); {
		case choice == "":
			return given, false, nil
		case choice == "?":
			c.Errf("%s\n", c.Messages.Plain.Help)
		case choice == "x":
			err = c.printRevealed(ctx, rec)
		case choice == "j":
			err = c.PrintAnswer(rec, false, true)
		case choice == "a" && consent.TooSoon(asked, c.Now()): // may send without a further question
			c.Errf("%s\n", c.Messages.Plain.TooSoon)
		case choice == "a":
			given, again, err = c.confirmResend(ctx, rec)
		default:
			c.Errf("%s\n", c.Messages.Plain.NoChoice)
		}
		if again || err != nil {
			return given, again, err
		}
	}
}

// printRevealed prints a result with the person in full, if that can be recorded
// in the audit log.
func (c *console) printRevealed(ctx context.Context, rec lookup.Record) error {
	reveal, auditErr := c.AuditReveal(ctx, true, rec)
	if auditErr != nil {
		c.Errf("fourfactor: %s\n", auditErr)
		return nil
	}
	return c.PrintAnswer(rec, reveal, false)
}

// confirmResend asks before sending again what may already have been charged.
func (c *console) confirmResend(ctx context.Context, rec lookup.Record) (lookup.Consent, bool, error) {
	question, ok := c.questions().Resend(rec)
	if !ok {
		return question.Consent, true, nil
	}
	on, err := c.confirmSend(ctx, question)
	return question.Consent, on, err
}
