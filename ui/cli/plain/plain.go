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
		return cli.UsageError(s.ErrorTextWithHelp(missing))
	}
	c := &console{Session: s, lastTyped: s.Query.Factors}
	c.printGreeting(ctx)
	for {
		query, err := c.askQuery(ctx)
		if err == nil {
			err = c.runLookups(ctx, query)
			s.PurgeExpiredBriefly(ctx)
		}
		if err != nil {
			return c.exit(err)
		}
	}
}

// exit returns the exit error of the console. At the end of the input it is nil;
// after an interrupt the last lookup decides.
func (c *console) exit(err error) error {
	var exit *cli.ExitError
	switch {
	case errors.Is(err, io.EOF):
		c.Errf("%s\n", c.Messages.Plain.Ended)
		return nil
	case errors.As(err, &exit) && exit.Code == cli.ExitInterrupted:
		c.Errf("%s\n", c.Messages.Plain.Stopped)
		if c.last != nil {
			return &cli.ExitError{Code: cli.ExitCode(*c.last)}
		}
	}
	return err
}

// printGreeting prints the service, today's count and the instructions.
func (c *console) printGreeting(ctx context.Context) {
	w, app := c.Messages.Plain, c.Messages.App
	way := app.Secure
	if c.Client.Insecure() {
		way = w.PlainText
	}
	if proxy := c.Client.Proxy(); proxy != "" {
		way += c.Messages.Semicolon + fmt.Sprintf(app.Proxy, juhe.Sanitize(proxy))
	}
	c.Errf(w.Greeting+"\n", c.Query.API, juhe.Sanitize(c.Client.Service()), way)
	if c.Query.Regstatus {
		c.Errf("%s%s%s\n", c.Messages.Form.Regstatus, c.Messages.Colon, c.Messages.Form.On)
	}
	if c.Demo {
		c.Errf("%s%s\n", c.DemoNote(), w.Example)
	}
	c.Errf("%s\n%s\n", c.today(ctx), w.Instructions)
}

// today returns text saying how many lookups were sent today, or why that is unknown.
func (c *console) today(ctx context.Context) string {
	count, err := c.Ledger.SentToday(ctx)
	if err != nil {
		return c.Messages.ErrorText(err)
	}
	return c.Messages.SentToday(count, c.Config.Guard.DailyLimit, c.Config.Guard.Price, c.Messages.Semicolon)
}
