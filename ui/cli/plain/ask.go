package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"fourfactor/juhe/ident"
	"fourfactor/ui/cli"
	"fourfactor/ui/consent"
)

// ask prompts for a line. The error is io.EOF or an *cli.ExitError.
func (c *console) ask(ctx context.Context, prompt string) (string, error) {
	for {
		if ctx.Err() != nil {
			return "", &cli.ExitError{Code: cli.ExitInterrupted}
		}
		c.Errf("%s", prompt)
		line, err := c.ReadLine(ctx)
		var exit *cli.ExitError
		switch {
		case err == nil:
			return line, nil
		case errors.As(err, &exit) && exit.Code == cli.ExitUsage: // too long
			c.Errf("%s\n", exit.Text)
		case ctx.Err() != nil: // the terminal may be gone too
			c.Errf("\n")
			return "", &cli.ExitError{Code: cli.ExitInterrupted}
		default: // the input has ended
			c.Errf("\n")
			return "", io.EOF
		}
	}
}

// foldWidth converts full-width characters of line to half width, and letters to
// lower case.
func foldWidth(line string) string {
	return strings.ToLower(strings.Map(ident.HalfWidth, line))
}

// questions words the questions about lookups, without marks.
func (c *console) questions() consent.Questions { return consent.Questions{Messages: c.Messages} }

// confirmSend asks whether to send. Anything but yes means no.
func (c *console) confirmSend(ctx context.Context, q consent.Question) (bool, error) {
	w := c.Messages.Plain
	c.Errf("%s\n", q.Text)
	for {
		asked := c.Now()
		line, err := c.ask(ctx, fmt.Sprintf(w.Answer, q.Yes))
		switch {
		case err != nil || !consent.IsYes(line):
			c.Errf("%s\n", w.NotSent)
			return false, err
		case !consent.TooSoon(asked, c.Now()):
			return true, nil
		}
		c.Errf("%s\n", w.TooSoon)
	}
}
