package batchcmd

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/ui/i18n"
)

// TestProgressLine: the line fits, and drops the least important parts first.
func TestProgressLine(t *testing.T) {
	t.Parallel()
	p := batch.Progress{
		State: batch.Running, Rows: 100000, Done: 45000, Rate: 4.95, Remaining: 3*time.Hour + 5*time.Second,
		ByOutcome: map[juhe.Outcome]int{juhe.Match: 44000, juhe.Mismatch: 900, juhe.Lost: 90, juhe.Refused: 9, juhe.Unclear: 1},
	}
	for _, w := range i18n.Languages() {
		for width := range 200 {
			for _, state := range []batch.State{batch.Preparing, batch.Running, batch.Paused, batch.Stopping, batch.Writing, batch.Done} {
				p.State = state
				line := progressLine(w, p, width)
				if got := ansi.StringWidth(line); got > width || strings.ContainsAny(line, "\r\n") {
					t.Errorf("%s %s: %d cells in %d: %q", w.Lang, state, got, width, line)
				}
			}
		}
	}
	p.State = batch.Running
	zh := i18n.For("zh", nil)
	for width, want := range map[int]string{
		40:  " 45%  45000/100000 行  5.0 行/秒",
		59:  "[####------]  45%  45000/100000 行  5.0 行/秒  还需 3:00:05",
		79:  "[####------]  45%  45000/100000 行  5.0 行/秒  还需 3:00:05  ✓ 44000  ✗ 900",
		150: "[#########-----------]  45%  45000/100000 行  5.0 行/秒  还需 3:00:05  ✓ 一致 44000  ✗ 不一致 900  ! 未受理 9  ? 无法判读 1  ~ 结果未知 90",
	} {
		if got := progressLine(zh, p, width); got != want {
			t.Errorf("%d: %q", width, got)
		}
	}
	p.Backoff = 4 * time.Second
	if got := progressText(i18n.For("en", nil), p, 80); !strings.Contains(got, "rate-limited; resuming in 0:04") {
		t.Error(got)
	}
	if got := formatClock(2*time.Hour+61*time.Second) + " " + formatClock(1499*time.Millisecond); got != "2:01:01 0:01" {
		t.Error(got)
	}
}

// TestShellQuoted: a shell reads a quoted word unchanged.
func TestShellQuoted(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/a/b.toml": "/a/b.toml", "a b": "'a b'", "it's": `'it'\''s'`, "": "''", "$(x)": "'$(x)'", "表": "'表'", "~/x": "'~/x'",
	} {
		if got := shellQuoted(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
