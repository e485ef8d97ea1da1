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
func (p *console) runLookups(ctx context.Context, query juhe.Query) error {
	if len(lookup.NeedingConfirmation(p.warnings(query))) > 0 {
		if on, err := p.confirmSend(ctx, consent.Question{Text: p.Messages.Plain.AskWarnings, Yes: p.Messages.Form.SendAnyway}); !on {
			return err
		}
	}
	given := lookup.Consent{}
	for {
		rec, made, err := p.send(ctx, query, given)
		if !made {
			return err
		}
		p.last = &rec
		if err := p.printResult(rec); err != nil && ctx.Err() == nil { // after a signal the terminal may be gone
			return err
		}
		again, on, err := p.askNext(ctx, rec)
		if !on {
			return err
		}
		given = again
	}
}

// send makes a lookup, if the operator agrees to what has to be asked first.
// made is false if nothing was sent.
func (p *console) send(ctx context.Context, query juhe.Query, given lookup.Consent) (rec lookup.Record, made bool, err error) {
	for {
		p.Errf(p.Messages.Plain.Sending+"\n", p.Client.Timeout().Seconds())
		rec, err = p.sendOnce(ctx, query, given)
		question, ok := p.consentTexts().Required(rec, err, given)
		if !ok {
			break
		}
		if on, err := p.confirmSend(ctx, question); !on {
			return rec, false, err
		}
		given = question.Consent
	}
	if err != nil && ctx.Err() == nil {
		p.Errf("fourfactor: %s\n", p.ErrorText(err))
	}
	return rec, err == nil, nil
}

// sendOnce makes a lookup. If it panics, the lookup is reported as lost: nobody
// sees its answer.
func (p *console) sendOnce(ctx context.Context, query juhe.Query, given lookup.Consent) (rec lookup.Record, err error) {
	if ctx.Err() != nil {
		return rec, &cli.ExitError{Code: cli.ExitInterrupted}
	}
	pending, returned := lookup.Record{Query: query, At: p.Now(), Reply: juhe.Reply{Outcome: juhe.Lost}}, false
	defer func() {
		if !returned {
			p.Errf("fourfactor: %s\n", p.InterruptedText(pending))
		}
	}()
	lookupCtx, end := p.LookupContext(ctx)
	defer end()
	rec, err = p.Verifier.Do(lookupCtx, query, given)
	returned = true
	return rec, err
}

// warnings returns the warnings and notes on a query as typed.
func (p *console) warnings(query juhe.Query) []ident.Warning {
	_, remarks := lookup.Check(query, p.Now())
	return remarks
}
