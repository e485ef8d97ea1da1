package batchcmd

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
	"fourfactor/ui/i18n"
)

// progressLine formats progress with a bar in at most width cells. It names no
// person and no company.
func progressLine(w *i18n.Messages, p batch.Progress, width int) string {
	const short, long, frame = 10, 20, len("[] ")
	if p.State == batch.Preparing || p.State == batch.Writing || p.Rows == 0 {
		return progressText(w, p, width)
	}
	text := progressText(w, p, width-short-frame)
	room := width - frame - ansi.StringWidth(text)
	switch {
	case width < 5*short: // too narrow for a bar
		return progressText(w, p, width)
	case room >= long:
		room = long
	default:
		room = short
	}
	full := room * p.Done / p.Rows
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", room-full) + "] " + text
}

// progressText formats progress in at most width cells, and leaves out the last
// parts first.
func progressText(w *i18n.Messages, p batch.Progress, width int) string {
	t := w.Runs.Progress
	switch p.State {
	case batch.Preparing:
		return joinFitting(width, fmt.Sprintf(t.Checking, int(p.ReadFraction*100)))
	case batch.Writing:
		return joinFitting(width, fmt.Sprintf(t.Writing, int(p.ReadFraction*100)))
	}
	var parts []string
	if p.Rows > 0 {
		parts = append(parts, fmt.Sprintf("%3d%%", 100*p.Done/p.Rows))
	}
	parts = append(parts, fmt.Sprintf(t.Rows, p.Done, p.Rows))
	switch {
	case p.State == batch.Stopping:
		parts = append(parts, fmt.Sprintf(t.Stopping, p.InFlight))
	case p.State == batch.Paused:
		parts = append(parts, w.Runs.States[p.State])
	case p.Backoff > 0:
		parts = append(parts, fmt.Sprintf(t.Backoff, formatClock(p.Backoff)))
	case p.Rate > 0:
		parts = append(parts, fmt.Sprintf(t.Rate, p.Rate))
		if p.Remaining > 0 {
			parts = append(parts, fmt.Sprintf(t.Remaining, formatClock(p.Remaining)))
		}
	}
	named := append(parts[:len(parts):len(parts)], outcomeCounts(w, p.ByOutcome, true)...)
	if ansi.StringWidth(strings.Join(named, cli.ColumnGap)) <= width {
		return strings.Join(named, cli.ColumnGap)
	}
	return joinFitting(width, append(parts, outcomeCounts(w, p.ByOutcome, false)...)...)
}

// outcomeCounts lists the rows by outcome, without zeros.
func outcomeCounts(w *i18n.Messages, rows map[juhe.Outcome]int, named bool) (counts []string) {
	marks, _ := i18n.Marks(false)
	for _, o := range juhe.Outcomes() {
		if rows[o] == 0 {
			continue
		}
		name := ""
		if named {
			name = w.Outcomes[o] + " "
		}
		counts = append(counts, fmt.Sprintf("%s %s%d", marks[o], name, rows[o]))
	}
	return counts
}

// joinFitting joins as many parts as fit. It truncates the first.
func joinFitting(width int, parts ...string) string {
	text := ansi.Truncate(parts[0], max(width, 0), "")
	for _, part := range parts[1:] {
		longer := text + cli.ColumnGap + part
		if ansi.StringWidth(longer) > width {
			break
		}
		text = longer
	}
	return text
}

// formatClock formats a duration as 1:02 or 1:02:03.
func formatClock(d time.Duration) string {
	seconds := int(d.Round(time.Second).Seconds())
	if h := seconds / 3600; h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, seconds/60%60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
