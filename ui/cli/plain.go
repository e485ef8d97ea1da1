package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// plainConsole is the console line by line, for screen readers and simple
// terminals. It writes lines of text without colours or cursor movement: results
// to standard output, everything else to standard error.
type plainConsole struct {
	*App
	s         *Session
	lastTyped juhe.Factors   // the last value of each field
	last      *lookup.Record // the last lookup
}

// runPlain runs the plain console until the operator ends it.
func (a *App) runPlain(ctx context.Context, s *Session) error {
	if !s.Demo && !s.Config.Juhe.Key.Configured() {
		missing := &juhe.CredentialError{Name: "key", Err: errors.New(a.messages.Errors.NotConfigured)}
		return usageError(a.lookupErrorText(missing))
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

// exit returns the exit error of the console. At the end of the input it is nil;
// after an interrupt the last lookup decides.
func (p *plainConsole) exit(err error) error {
	var exit *exitError
	switch {
	case errors.Is(err, io.EOF):
		p.errf("%s\n", p.messages.Plain.Ended)
		return nil
	case errors.As(err, &exit) && exit.code == ExitInterrupted:
		p.errf("%s\n", p.messages.Plain.Stopped)
		if p.last != nil {
			return &exitError{code: exitCode(*p.last)}
		}
	}
	return err
}

// printGreeting prints the service, today's count and the instructions.
func (p *plainConsole) printGreeting(ctx context.Context) {
	w, app := p.messages.Plain, p.messages.App
	way := app.Secure
	if p.s.Client.Insecure() {
		way = w.PlainText
	}
	if proxy := p.s.Client.Proxy(); proxy != "" {
		way += p.messages.Semicolon + fmt.Sprintf(app.Proxy, juhe.Sanitize(proxy))
	}
	p.errf(w.Greeting+"\n", p.s.Query.API, juhe.Sanitize(p.s.Client.Service()), way)
	if p.s.Query.Regstatus {
		p.errf("%s%s%s\n", p.messages.Form.Regstatus, p.messages.Colon, p.messages.Form.On)
	}
	if p.s.Demo {
		p.errf("%s%s\n", p.s.demoNote(), w.Example)
	}
	p.errf("%s\n%s\n", p.today(ctx), w.Instructions)
}

// today returns text saying how many lookups were sent today, or why that is unknown.
func (p *plainConsole) today(ctx context.Context) string {
	count, err := p.s.Ledger.SentToday(ctx)
	if err != nil {
		return lookup.ErrorText(p.s.Messages, err)
	}
	w, guard := p.messages.Form, p.s.Config.Guard
	text := fmt.Sprintf(w.Today, count)
	if guard.DailyLimit > 0 {
		text = fmt.Sprintf(w.TodayOf, count, guard.DailyLimit)
	}
	if yuan, known := lookup.Estimate(count, guard.Price); known {
		text += p.messages.Semicolon + fmt.Sprintf(w.Estimate, yuan)
	}
	return text
}

// ask prompts for a line. The error is io.EOF or an *exitError.
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
		case ctx.Err() != nil: // the terminal may be gone too
			p.errf("\n")
			return "", &exitError{code: ExitInterrupted}
		default: // the input has ended
			p.errf("\n")
			return "", io.EOF
		}
	}
}
