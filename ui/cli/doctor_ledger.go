package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// checkLedger reports the state of the ledger without creating one.
func (d *doctor) checkLedger(ctx context.Context) []finding {
	findings := []finding{d.inspectLedger(ctx)}
	if losses := d.ledger.Losses(); len(losses) > 0 {
		loss := losses[len(losses)-1]
		text, _ := d.app.LossText(loss, d.ledger.Where())
		findings = append(findings, finding{Status: statusWarn, File: cmp.Or(loss.Marker, d.ledger.Where()), Text: text})
	}
	return findings
}

func (d *doctor) inspectLedger(ctx context.Context) finding {
	w, place := d.words, d.ledger.Where()
	f := finding{Status: statusOK, File: place}
	found, err := d.ledger.Inspect(ctx)
	d.newest = found.Newest
	var problem *lookup.LedgerError
	switch {
	case err != nil:
		f.Status, f.Text = statusFail, lookup.ErrorText(d.app.Messages, err)
		if errors.As(err, &problem) {
			f.Value = string(problem.Problem)
		}
	case found.Unread:
		f.Status, f.Text = statusNote, fmt.Sprintf(w.LedgerCommand, place)
	case !found.Exists:
		f.Text = fmt.Sprintf(w.LedgerNew, place)
	default:
		encrypted := d.app.Messages.Records.Encrypted
		if !found.Encrypted {
			encrypted = d.app.Messages.Records.Plain
		}
		f.Value = fmt.Sprint(found.Lookups)
		f.Text = fmt.Sprintf(w.Ledger, place, encrypted, found.Lookups, found.Pending, formatBytes(found.Size))
	}
	return f
}

// clock reports the time of the machine. The daily limit and the repeat guard
// depend on it.
func (d *doctor) clock(context.Context) []finding {
	const layout = "2006-01-02 15:04:05"
	now := d.app.Now().Local()
	findings := []finding{{
		Status: statusOK, Value: now.Format(time.RFC3339),
		Text: fmt.Sprintf(d.words.Clock, now.Format(layout+" MST -07:00"), now.In(juhe.Beijing()).Format(layout)),
	}}
	if d.newest.After(now) {
		newest := d.newest.In(now.Location())
		findings = append(findings, finding{
			Status: statusWarn, Value: newest.Format(time.RFC3339),
			Text: fmt.Sprintf(d.words.ClockAhead, newest.Format(layout)), Advice: d.words.ClockAdvice,
		})
	}
	return findings
}
