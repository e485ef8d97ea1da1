package plain

import (
	"context"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/consent"
)

// runLookups makes a lookup, and sends it again as often as the operator asks.
func (c *console) runLookups(ctx context.Context, query juhe.Query) error {
	if len(lookup.NeedingConfirmation(c.warnings(query))) > 0 {
		if on, err := c.confirmSend(ctx, consent.Question{Text: c.Messages.Plain.AskWarnings, Yes: c.Messages.Form.SendAnyway}); !on {
			return err
		}
	}
	given := lookup.Consent{}
	for {
		rec, made, err := c.send(ctx, query, given)
		if !made {
			return err
		}
		c.last = &rec
		if err := c.printResult(rec); err != nil && ctx.Err() == nil { // after a signal the terminal may be gone
			return err
		}
		again, on, err := c.askNext(ctx, rec)
		if !on {
			return err
		}
		given = again
	}
}

// send makes a lookup, if the operator agrees to what has to be asked first.
// made is false if nothing was sent.
func (c *console) send(ctx context.Context, query juhe.Query, given lookup.Consent) (rec lookup.Record, made bool, err error) {
	for {
		c.Errf(c.Messages.Plain.Sending+"\n", c.Client.Timeout().Seconds())
		rec, err = c.sendOnce(ctx, query, given)
		question, ok := c.questions().Required(rec, err, given)
		if !ok {
			break
		}
		if on, err := c.confirmSend(ctx, question); !on {
			return rec, false, err
		}
		given = question.Consent
	}
	if err != nil && ctx.Err() == nil {
		c.Errf("fourfactor: %s\n", c.ErrorTextWithHelp(err))
	}
	return rec, err == nil, nil
}

// sendOnce makes a lookup. If it panics, the lookup is reported as lost: nobody
// sees its answer.
func (c *console) sendOnce(ctx context.Context, query juhe.Query, given lookup.Consent) (rec lookup.Record, err error) {
	if ctx.Err() != nil {
		return rec, &cli.ExitError{Code: cli.ExitInterrupted}
	}
	pending, returned := lookup.Record{Query: query, At: c.Now(), Reply: juhe.Reply{Outcome: juhe.Lost}}, false
	defer func() {
		if !returned {
			c.Errf("fourfactor: %s\n", c.InterruptedText(pending))
		}
	}()
	lookupCtx, end := c.LookupContext(ctx)
	defer end()
	rec, err = c.Verifier.Do(lookupCtx, query, given)
	returned = true
	return rec, err
}

// warnings returns the warnings and notes on a query as typed.
func (c *console) warnings(query juhe.Query) []ident.Warning {
	_, warnings := lookup.Check(query, c.Now())
	return warnings
}
