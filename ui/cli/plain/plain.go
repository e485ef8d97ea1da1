// Package plain is the console line by line, for screen readers and simple terminals.
// It writes lines of text without colours or cursor movement: results to standard
// output, everything else to standard error.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// console is a session with what the operator has typed.
type console struct {
	*cli.Session
	lastTyped juhe.Factors   // the last value of each field
	last      *lookup.Record // the last lookup
}

// Run runs the console until the operator ends it.
func Run(ctx context.Context, s *cli.Session) error {
	if !s.Demo && !s.Config.Juhe.Key.Configured() {
		missing := &juhe.CredentialError{Name: "key", Err: errors.New(s.Messages.Errors.NotConfigured)}
		return cli.UsageError(s.ErrorText(missing))
	}
	p := &console{Session: s, lastTyped: s.Query.Factors}
	p.printGreeting(ctx)
	for {
		query, err := p.askQuery(ctx)
		if err == nil {
			err = p.runLookups(ctx, query)
			s.ExpireBriefly(ctx)
		}
		if err != nil {
			return p.exit(err)
		}
	}
}

// exit returns the exit error of the console. At the end of the input it is nil;
// after an interrupt the last lookup decides.
func (p *console) exit(err error) error {
	var exit *cli.ExitError
	switch {
	case errors.Is(err, io.EOF):
		p.Errf("%s\n", p.Messages.Plain.Ended)
		return nil
	case errors.As(err, &exit) && exit.Code == cli.ExitInterrupted:
		p.Errf("%s\n", p.Messages.Plain.Stopped)
		if p.last != nil {
			return &cli.ExitError{Code: cli.ExitCode(*p.last)}
		}
	}
	return err
}

// printGreeting prints the service, today's count and the instructions.
func (p *console) printGreeting(ctx context.Context) {
	w, app := p.Messages.Plain, p.Messages.App
	way := app.Secure
	if p.Client.Insecure() {
		way = w.PlainText
	}
	if proxy := p.Client.Proxy(); proxy != "" {
		way += p.Messages.Semicolon + fmt.Sprintf(app.Proxy, juhe.Sanitize(proxy))
	}
	p.Errf(w.Greeting+"\n", p.Query.API, juhe.Sanitize(p.Client.Service()), way)
	if p.Query.Regstatus {
		p.Errf("%s%s%s\n", p.Messages.Form.Regstatus, p.Messages.Colon, p.Messages.Form.On)
	}
	if p.Demo {
		p.Errf("%s%s\n", p.DemoNote(), w.Example)
	}
	p.Errf("%s\n%s\n", p.today(ctx), w.Instructions)
}

// today returns text saying how many lookups were sent today, or why that is unknown.
func (p *console) today(ctx context.Context) string {
	count, err := p.Ledger.SentToday(ctx)
	if err != nil {
		return p.Messages.ErrorText(err)
	}
	return p.Messages.SentToday(count, p.Config.Guard.DailyLimit, p.Config.Guard.Price, p.Messages.Semicolon)
}
