package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// plainConsole is the console that asks line by line, for screen readers and for
// terminals that can do no more: it writes whole lines of words, moves no cursor
// and has no colours. Results go to standard output, all else to standard error.
type plainConsole struct {
	*App
	s         *Session
	lastTyped juhe.Factors   // what was typed last, field by field
	last      *lookup.Record // how the last look-up ended
}

// runPlain runs it until the operator ends. An error is how the program ends
// otherwise.
func (a *App) runPlain(ctx context.Context, s *Session) error {
	if !s.Demo && !s.Config.Juhe.Key.Configured() {
		missing := &juhe.CredentialError{Name: "key", Err: errors.New(a.words.Errors.Missing)}
		return usageError(a.lookupErrorText(missing))
	}
	if err := s.WaitForDemo(ctx); err != nil {
		return a.ledgerExit(ctx, err)
	}
	p := &plainConsole{App: a, s: s, lastTyped: s.Query.Factors}
	p.printGreeting(ctx)
	for {
		query, err := p.askQuery(ctx)
		if err == nil {
			err = p.runLookups(ctx, query)
			p.expireBriefly(ctx, s)
		}
		if err != nil {
			return p.exit(err)
		}
	}
}

// exit is how the program ends: well when the lines do, else by how the last
// look-up has ended, if there was one.
func (p *plainConsole) exit(err error) error {
	var exit *exitError
	switch {
	case errors.Is(err, io.EOF):
		p.errf("%s\n", p.words.Plain.Ended)
		return nil
	case errors.As(err, &exit) && exit.code == ExitInterrupted:
		p.errf("%s\n", p.words.Plain.Stopped)
		if p.last != nil {
			return &exitError{code: exitCode(*p.last)}
		}
	}
	return err
}

// printGreeting says where look-ups go, what was sent today, and how to go on.
func (p *plainConsole) printGreeting(ctx context.Context) {
	w, app := p.words.Plain, p.words.App
	way := app.Secure
	if p.s.Client.Insecure() {
		way = w.PlainText
	}
	if proxy := p.s.Client.Proxy(); proxy != "" {
		way += p.words.Semicolon + fmt.Sprintf(app.Proxy, juhe.Sanitize(proxy))
	}
	p.errf(w.Greeting+"\n", p.s.Query.API, juhe.Sanitize(p.s.Client.Service()), way)
	if p.s.Query.Regstatus {
		p.errf("%s%s%s\n", p.words.Form.Regstatus, p.words.Colon, p.words.Form.On)
	}
	if p.s.Demo {
		p.errf("%s%s%s\n%s\n", app.Demo, p.words.Colon, app.DemoNote, w.Example)
	}
	p.errf("%s\n%s\n", p.today(ctx), w.How)
}

// today says how many look-ups were sent today, or why that is not known.
func (p *plainConsole) today(ctx context.Context) string {
	count, err := p.s.Ledger.SentToday(ctx)
	if err != nil {
		return p.s.LedgerErrorText(err)
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

// ask asks for a line.
func (p *plainConsole) ask(ctx context.Context, prompt string) (string, error) {
	for {
		if ctx.Err() != nil {
			return "", &exitError{code: ExitInterrupted}
		}
		p.errf("%s", prompt)
		line, err := p.readLine(ctx)
		var exit *exitError
		switch {
		case err == nil:
			return line, nil
		case errors.As(err, &exit) && exit.code == ExitUsage: // too long
			p.errf("%s\n", exit.text)
		case ctx.Err() != nil: // the error may be that the terminal is gone
			p.errf("\n")
			return "", &exitError{code: ExitInterrupted}
		default: // nobody types any more, for whatever reason
			p.errf("\n")
			return "", io.EOF
		}
	}
}
