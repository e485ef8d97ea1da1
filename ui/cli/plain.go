package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// plain is the console that asks line by line, for screen readers and for
// terminals that can do no more: it writes whole lines of words, moves no cursor
// and has no colours. Results go to standard output, all else to standard error.
type plain struct {
	*App
	s     *Session
	typed juhe.Factors   // what was typed last, field by field
	last  *lookup.Record // how the last look-up ended
}

// lineByLine runs it until the operator ends. An error is how the program ends
// otherwise.
func (a *App) lineByLine(ctx context.Context, s *Session) error {
	if !s.Demo && !s.Config.Juhe.Key.Configured() {
		missing := &juhe.CredentialError{Name: "key", Err: errors.New(a.words.Errors.Missing)}
		return usage(a.lookupText(missing))
	}
	if err := s.Ready(ctx); err != nil {
		return a.ended(ctx, err)
	}
	p := &plain{App: a, s: s, typed: s.Query.Factors}
	p.greet(ctx)
	for {
		query, err := p.query(ctx)
		if err == nil {
			err = p.verify(ctx, query)
			p.expireSome(ctx, s)
		}
		if err != nil {
			return p.end(err)
		}
	}
}

// end is how the program ends: well when the lines do, else by how the last
// look-up has ended, if there was one.
func (p *plain) end(err error) error {
	var exit *exitError
	switch {
	case errors.Is(err, io.EOF):
		p.tell("%s\n", p.words.Plain.Ended)
		return nil
	case errors.As(err, &exit) && exit.code == ExitInterrupted:
		p.tell("%s\n", p.words.Plain.Stopped)
		if p.last != nil {
			return &exitError{code: saved(*p.last)}
		}
	}
	return err
}

// greet says where look-ups go, what was sent today, and how to go on.
func (p *plain) greet(ctx context.Context) {
	w, app := p.words.Plain, p.words.App
	way := app.Secure
	if p.s.Client.Plain() {
		way = w.PlainText
	}
	if proxy := p.s.Client.Proxy(); proxy != "" {
		way += p.words.Semicolon + fmt.Sprintf(app.Proxy, juhe.Harmless(proxy))
	}
	p.tell(w.Greeting+"\n", p.s.Query.API, juhe.Harmless(p.s.Client.Service()), way)
	if p.s.Query.Regstatus {
		p.tell("%s%s%s\n", p.words.Form.Regstatus, p.words.Colon, p.words.Form.On)
	}
	if p.s.Demo {
		p.tell("%s%s%s\n%s\n", app.Demo, p.words.Colon, app.DemoNote, w.Example)
	}
	p.tell("%s\n%s\n", p.today(ctx), w.How)
}

// today says how many look-ups were sent today, or why that is not known.
func (p *plain) today(ctx context.Context) string {
	count, err := p.s.Ledger.Today(ctx)
	if err != nil {
		return p.s.LedgerText(err)
	}
	w, guard := p.words.Form, p.s.Config.Guard
	text := fmt.Sprintf(w.Today, count)
	if guard.DailyLimit > 0 {
		text = fmt.Sprintf(w.TodayOf, count, guard.DailyLimit)
	}
	if yuan, known := lookup.Estimate(count, guard.Price); known {
		text += p.words.Semicolon + fmt.Sprintf(w.Estimate, yuan)
	}
	return text
}

// line asks for a line.
func (p *plain) line(ctx context.Context, prompt string) (string, error) {
	for {
		if ctx.Err() != nil {
			return "", &exitError{code: ExitInterrupted}
		}
		p.tell("%s", prompt)
		line, err := p.readLine(ctx)
		var exit *exitError
		switch {
		case err == nil:
			return line, nil
		case errors.As(err, &exit) && exit.code == ExitUsage: // too long
			p.tell("%s\n", exit.text)
		case ctx.Err() != nil: // the error may be that the terminal is gone
			p.tell("\n")
			return "", &exitError{code: ExitInterrupted}
		default: // nobody types any more, for whatever reason
			p.tell("\n")
			return "", io.EOF
		}
	}
}
