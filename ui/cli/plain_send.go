package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// verify makes a look-up, and once more as often as the operator says so.
func (p *plain) verify(ctx context.Context, query juhe.Query) error {
	odd := func(r ident.Remark) bool { return r.Rule != ident.RuleChanged }
	if slices.ContainsFunc(p.remarks(query), odd) {
		if on, err := p.sure(ctx, p.words.Plain.AskRemarks, p.words.Form.SendAnyway); !on {
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
		if err := p.show(rec); err != nil {
			return err
		}
		again, on, err := p.choose(ctx, rec)
		if !on {
			return err
		}
		consent = again
	}
}

// send makes a look-up if the operator agrees to what has to be asked first.
//
// An interrupt ends it as it does check's: before it is sent nothing leaves,
// afterwards it is lost.
func (p *plain) send(ctx context.Context, query juhe.Query, consent lookup.Consent) (rec lookup.Record, made bool, err error) {
	for {
		p.tell(p.words.Plain.Sending+"\n", p.s.Client.Timeout().Seconds())
		rec, err = p.s.Desk.Do(ctx, query, consent)
		if ctx.Err() != nil { // the terminal has written ^C
			p.tell("\n")
		}
		question, yes := lookup.Ask(rec, err, consent)
		if question == lookup.AskNothing {
			break
		}
		about := rec
		if rec.Earlier != nil {
			about = *rec.Earlier
		}
		text, what := p.question(question, about, err)
		if on, err := p.sure(ctx, text, what); !on {
			return rec, false, err
		}
		consent = yes
	}
	if err != nil && ctx.Err() == nil {
		p.tell("fourfactor: %s\n", p.lookupText(err))
	}
	return rec, err == nil, nil
}

// question is what is asked about a look-up or an error of the ledger, and what
// yes does.
func (p *plain) question(question lookup.Question, about lookup.Record, err error) (text, yes string) {
	w := p.words.Form
	at, api, outcome := about.At.Local().Format(time.DateTime), about.Query.API, p.words.Outcomes[string(about.Reply.Outcome)]
	switch question {
	case lookup.AskUnrecorded:
		return fmt.Sprintf(w.AskUnrecorded, p.s.LedgerText(err)), w.SendUnrecorded
	case lookup.AskForgotten:
		return w.AskForgotten, w.SendAnyway
	case lookup.AskUnderWay:
		return fmt.Sprintf(w.AskUnderWay, api, at), w.SendAgain
	case lookup.AskUnsettled:
		return fmt.Sprintf(w.AskUnsettled, at, api, outcome), w.SendAgain
	}
	return fmt.Sprintf(w.AskAgain, at, api, outcome), w.SendAgain
}

// sure asks whether to send. Whatever is not yes is no.
func (p *plain) sure(ctx context.Context, question, yes string) (bool, error) {
	w := p.words.Plain
	p.tell("%s\n", question)
	for {
		asked := p.Now()
		line, err := p.line(ctx, fmt.Sprintf(w.Answer, yes))
		switch {
		case err != nil || !isYes(line):
			p.tell("%s\n", w.NotSent)
			return false, err
		case !p.tooSoon(asked):
			return true, nil
		}
		p.tell("%s\n", w.TooSoon)
	}
}
