package batch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/i18n"
)

// TestTitleRestored: the title is restored once when the program exits, although no
// command runs any more.
func TestTitleRestored(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\x1b[22;2t") }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	close(d.service.gate)
	d.runUntilEnded(nil)
	d.Close()
	d.Close()
	if n := strings.Count(d.terminal.sequences(), "\x1b[23;2t"); n != 1 {
		t.Errorf("given back %d times: %q", n, d.terminal.sequences())
	}
}

// TestBreakerSignals: a run that asks rings the bell.
func TestBreakerSignals(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.UntilShown(d.startRun(d.writeFile("a.csv", makeRowsOf(12, "虚构html-502公司"))), d.words.Batch.AskAfterFailures, fmt.Sprintf(d.words.Batch.LastRows, 10))
	d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\a") })
	d.runUntilEnded(d.Press("n"))
}

// TestSignals: the window title shows the run and is restored. The end of a long run
// rings the bell.
func TestSignals(t *testing.T) {
	t.Parallel()
	const bell = "\a\a" // after the terminator of a title
	for _, long := range []bool{false, true} {
		d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
		d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\x1b[22;2t") }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
		if long {
			d.clock.advance(11 * time.Second)
		}
		close(d.service.gate)
		d.runUntilEnded(nil)
		d.runUntil(func() bool {
			return strings.Contains(d.terminal.sequences(), "\x1b[23;2t") || strings.Contains(d.terminal.sequences(), bell)
		})
		if rang := strings.Contains(d.terminal.sequences(), bell); rang != long {
			t.Errorf("long %t, %q", long, d.terminal.sequences())
		}
		d.runUntil(func() bool { return strings.HasSuffix(d.terminal.sequences(), "\x1b[23;2t") }, d.Press("home"))
	}
}

// TestTitles: the title and the badge say how far the run is, that it is paused, and that it
// asks.
func TestTitles(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		b := w.Batch
		for name, want := range map[string]struct {
			title, badge string
			urgent       bool
		}{
			"run":            {fmt.Sprintf(b.TitleRun, 1, 0), fmt.Sprintf(b.Badge, 1, 0), false},
			"run, paused":    {fmt.Sprintf(b.TitlePaused, 1, 0, w.Runs.States[engine.Paused]), fmt.Sprintf(b.Badge, 1, 0) + " " + w.Runs.States[engine.Paused], true},
			"run, stopping":  {"", fmt.Sprintf(b.Badge, 1, 0) + " " + w.Runs.States[engine.Stopping], false},
			"run, failures":  {fmt.Sprintf(b.TitleAsk, 1), fmt.Sprintf(b.Badge, 1, 83) + " " + b.BadgeAsk, true},
			"run, identical": {fmt.Sprintf(b.TitleAsk, 1), fmt.Sprintf(b.Badge, 1, 50) + " " + b.BadgeAsk, true},
			"run, done":      {"", "", false},
			"list":           {"", "", false},
		} {
			d := newScene(t, scenes()[name], w.Lang)
			if badge, urgent := d.Badge(); badge != want.badge || urgent != want.urgent {
				t.Errorf("%s: got badge %q, urgent %t, want %q, %t", name, badge, urgent, want.badge, want.urgent)
			}
			if want.title != "" {
				d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\x1b]2;"+want.title+"\a") }, d.Press("home"))
			}
		}
	}
}
