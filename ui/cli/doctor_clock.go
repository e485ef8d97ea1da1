package cli

import (
	"context"
	"fmt"
	"time"

	"fourfactor/juhe"
)

// clock tells the time, by which look-ups are counted and repeats are known.
func (d *doctor) clock(context.Context) []finding {
	const layout = "2006-01-02 15:04:05"
	w := d.words
	now := d.app.Now().Local() // what the machine believes
	beijing := now.In(juhe.Beijing())
	found := []finding{{
		Status: statusOK, Value: now.Format(time.RFC3339),
		Text: fmt.Sprintf(w.Clock, now.Format(layout+" MST -07:00"), beijing.Format(layout)),
	}}
	if d.newest.After(now) {
		newest := d.newest.In(now.Location())
		found = append(found, finding{
			Status: statusWarn, Value: newest.Format(time.RFC3339), Text: fmt.Sprintf(w.ClockAhead, newest.Format(layout)), Advice: w.ClockAdvice,
		})
	}
	if synchronised, known := clockSynchronised(); known && !synchronised {
		found = append(found, finding{Status: statusNote, Text: w.ClockAlone, Advice: w.ClockAdvice})
	}
	return found
}
