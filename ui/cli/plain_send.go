package cli

import (
	"context"
	"fmt"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// runLookups makes a lookup, and sends it again as often as the operator asks.
func (p *plainConsole) runLookups(ctx context.Context, query juhe.Query) error {
	if len(lookup.NeedingConfirmation(p.warnings(query))) > 0 {
		if on, err := p.confirmSend(ctx, p.messages.Plain.AskWarnings, p.messages.Form.SendAnyway); !on {
			return err
		}
	}
	consent := lookup.Consent{}
	for {
		rec, made, err := p.send(ctx, query, consent)
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
		consent = again
	}
}

// send makes a lookup, if the operator agrees to what has to be asked first.
// made is false if nothing was sent.
func (p *plainConsole) send(ctx context.Context, query juhe.Query, consent lookup.Consent) (rec lookup.Record, made bool, err error) {
	for {
		p.errf(p.messages.Plain.Sending+"\n", p.s.Client.Timeout().Seconds())
		rec, err = p.sendOnce(ctx, query, consent)
		question, yes := lookup.RequiredConsent(rec, err, consent)
		if question == lookup.ConsentNone {
			break
		}
		about := rec
		if rec.Earlier != nil {
			about = *rec.Earlier
		}
		text, what := p.questionText(question, rec, about, err)
		if on, err := p.confirmSend(ctx, text, what); !on {
			return rec, false, err
		}
		consent = yes
	}
	if err != nil && ctx.Err() == nil {
		p.errf("fourfactor: %s\n", p.lookupErrorText(err))
	}
	return rec, err == nil, nil
}

// sendOnce makes a lookup. If it panics, the lookup is reported as lost: nobody
// sees its answer.
func (p *plainConsole) sendOnce(ctx context.Context, query juhe.Query, consent lookup.Consent) (rec lookup.Record, err error) {
	if ctx.Err() != nil {
		return rec, &exitError{code: ExitInterrupted}
	}
	pending, returned := lookup.Record{Query: query, At: p.Now(), Reply: juhe.Reply{Outcome: juhe.Lost}}, false
	defer func() {
		if !returned {
			p.errf("fourfactor: %s\n", p.interruptedText(pending))
		}
	}()
	lookupCtx, end := p.lookupContext(ctx, p.s)
	defer end()
	rec, err = p.s.Verifier.Do(lookupCtx, query, consent)
	returned = true
	return rec, err
}

// questionText is a question about a lookup or about an error of the ledger, and
// what yes does.
func (p *plainConsole) questionText(question lookup.ConsentReason, rec, about lookup.Record, err error) (text, yes string) {
	w := p.messages.Form
	at, api, outcome := about.At.Format(time.DateTime), about.EndpointLabel(rec.Service), p.messages.Outcomes[string(about.Reply.Outcome)]
	switch question {
	case lookup.ConsentUnrecorded:
		return fmt.Sprintf(w.AskUnrecorded, lookup.ErrorText(p.s.Messages, err)), w.SendUnrecorded
	case lookup.ConsentHistoryLost:
		return w.AskHistoryLost, w.SendAnyway
	case lookup.ConsentClock:
		return fmt.Sprintf(w.AskClock, rec.At.Format(lookup.ZonedTimeLayout), rec.Reply.Fault.Detail), w.SendClockIsRight
	case lookup.ConsentUnusableVerdict:
		return fmt.Sprintf(p.messages.Faults[string(rec.Reply.Fault.Kind)]+w.AskUnusableVerdict, at, api, outcome), w.SendAgain
	case lookup.ConsentPending:
		return fmt.Sprintf(w.AskPending, api, at), w.SendAgain
	case lookup.ConsentUnsettled:
		return fmt.Sprintf(w.AskUnsettled, at, api, outcome), w.SendAgain
	}
	return fmt.Sprintf(w.AskResend, at, api, outcome), w.SendAgain
}

// confirmSend asks whether to send. Anything but yes means no.
func (p *plainConsole) confirmSend(ctx context.Context, question, yes string) (bool, error) {
	w := p.messages.Plain
	p.errf("%s\n", question)
	for {
		asked := p.Now()
		line, err := p.ask(ctx, fmt.Sprintf(w.Answer, yes))
		switch {
		case err != nil || !isYes(line):
			p.errf("%s\n", w.NotSent)
			return false, err
		case !p.tooSoon(asked):
			return true, nil
		}
		p.errf("%s\n", w.TooSoon)
	}
}
