package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// checkLedger reports the state of the ledger without creating one.
func checkLedger(ctx context.Context, m *machine) []finding {
	l := m.session.Ledger
	findings := []finding{inspectLedger(ctx, m)}
	if losses := l.Losses(); len(losses) > 0 {
		loss := losses[len(losses)-1]
		text, _ := m.LossText(loss, l.Where())
		findings = append(findings, finding{Status: statusWarn, File: cmp.Or(loss.Marker, l.Where()), Text: text})
	}
	return findings
}

func inspectLedger(ctx context.Context, m *machine) finding {
	w, place := m.Messages.Doctor, m.session.Ledger.Where()
	f := finding{Status: statusOK, File: place}
	found, err := m.session.Ledger.Inspect(ctx)
	m.newest = found.Newest
	switch {
	case err != nil:
		f.Status, f.Text = statusFail, m.Messages.ErrorText(err)
		if problem, ok := errors.AsType[*lookup.LedgerError](err); ok {
			f.Value = string(problem.Problem)
		}
	case found.Unread:
		f.Status, f.Text = statusNote, fmt.Sprintf(w.LedgerCommand, place)
	case !found.Exists:
		f.Text = fmt.Sprintf(w.LedgerNew, place)
	default:
		encrypted := m.Messages.Records.Encrypted
		if !found.Encrypted {
			encrypted = m.Messages.Records.Plain
		}
		f.Value = fmt.Sprint(found.Lookups)
		f.Text = fmt.Sprintf(w.Ledger, place, encrypted, found.Lookups, found.Pending, cli.FormatBytes(found.Size))
	}
	return f
}

// checkClock reports the time of the machine. The daily limit and the repeat guard
// depend on it.
func checkClock(_ context.Context, m *machine) []finding {
	const layout = "2006-01-02 15:04:05"
	now := m.Now().Local()
	findings := []finding{{
		Status: statusOK, Value: now.Format(time.RFC3339),
		Text: fmt.Sprintf(m.Messages.Doctor.Clock, now.Format(layout+" MST -07:00"), now.In(juhe.Beijing()).Format(layout)),
	}}
	if m.newest.After(now) {
		newest := m.newest.In(now.Location())
		findings = append(findings, finding{
			Status: statusWarn, Value: newest.Format(time.RFC3339),
			Text: fmt.Sprintf(m.Messages.Doctor.ClockAhead, newest.Format(layout)), Advice: m.Messages.Doctor.ClockAdvice,
		})
	}
	return findings
}
