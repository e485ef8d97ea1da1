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
func (p *console) ask(ctx context.Context, prompt string) (string, error) {
	for {
		if ctx.Err() != nil {
			return "", &cli.ExitError{Code: cli.ExitInterrupted}
		}
		p.Errf("%s", prompt)
		line, err := p.ReadLine(ctx)
		var exit *cli.ExitError
		switch {
		case err == nil:
			return line, nil
		case errors.As(err, &exit) && exit.Code == cli.ExitUsage: // too long
			p.Errf("%s\n", exit.Text)
		case ctx.Err() != nil: // the terminal may be gone too
			p.Errf("\n")
			return "", &cli.ExitError{Code: cli.ExitInterrupted}
		default: // the input has ended
			p.Errf("\n")
			return "", io.EOF
		}
	}
}

// foldWidth converts full-width characters of line to half width, and letters to
// lower case.
func foldWidth(line string) string {
	return strings.ToLower(strings.Map(ident.HalfWidth, line))
}

// consentTexts words the questions about lookups, without marks.
func (p *console) consentTexts() consent.Texts { return consent.Texts{Messages: p.Messages} }

// confirmSend asks whether to send. Anything but yes means no.
func (p *console) confirmSend(ctx context.Context, q consent.Question) (bool, error) {
	w := p.Messages.Plain
	p.Errf("%s\n", q.Text)
	for {
		asked := p.Now()
		line, err := p.ask(ctx, fmt.Sprintf(w.Answer, q.Yes))
		switch {
		case err != nil || !consent.IsYes(line):
			p.Errf("%s\n", w.NotSent)
			return false, err
		case !consent.TooSoon(asked, p.Now()):
			return true, nil
		}
		p.Errf("%s\n", w.TooSoon)
	}
}
