package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/ui/i18n"
)

// TestEmpty: an empty list says what to do.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.UntilShown(d.Open(), w.Batch.Empty, fmt.Sprintf(w.Batch.EmptyNext, "n"))
		if d.HandlesBack() || d.Typing() {
			t.Error("the back key leads nowhere")
		}
	}
}

// TestListStates: each run shows its state, and the newest is first.
func TestListStates(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.SetSize(160, 30)
		d.openList(d.storeRuns()...)
		b := w.Batch
		wants := []string{
			"7 " + b.PastedName + " 3 0 0 0 0 " + b.Interrupted,
			"6 名单6.csv 3 0 0 0 0 " + w.Stopped("operator"),
			"5 名单5.csv 3 0 0 0 0 " + fmt.Sprintf(b.StoppedByCode, 10012),
			"4 名单4.csv 3 0 0 0 0 " + b.SomeUnsent,
			"3 名单3.csv 3 3 0 0 0 " + b.NotWritten,
			"2 名单2.csv 3 3 0 0 0 " + b.Finished + fmt.Sprintf(w.Runs.RowWarnings.Unresolved, 3),
			"1 名单1.csv 3 3 0 0 0 " + b.Finished,
		}
		lines := strings.Split(d.Shown(), "\n")[1:]
		for i, want := range wants {
			got := strings.Join(strings.Fields(strings.TrimPrefix(strings.Replace(lines[i], w.History.Today+" 12:00", "", 1), "▸")), " ")
			if got != want {
				t.Errorf("line %d: got %q, want %q", i, got, want)
			}
		}
	}
}

// TestListKeys: the selection moves within the list, and Enter opens the selected run.
func TestListKeys(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openList(d.storeMany(40)...)
	for _, test := range []struct {
		keys []string
		want int // of 40
	}{
		{nil, 1},
		{[]string{"up"}, 1},
		{[]string{"down", "down"}, 3},
		{[]string{"end"}, 40},
		{[]string{"end", "down"}, 40},
		{[]string{"end", "home"}, 1},
		{[]string{"pgdown"}, 28},
		{[]string{"pgdown", "pgup", "pgup"}, 1},
	} {
		d.Press("home")
		d.Press(test.keys...)
		d.AssertShows(fmt.Sprintf(d.words.Batch.Position, test.want, 40), fmt.Sprintf("▸%d", 41-test.want))
		d.Press("enter")
		d.AssertShows(fmt.Sprintf("%02d.csv", 41-test.want), fmt.Sprintf(d.words.Batch.Number, 41-test.want))
		d.Press("esc")
		d.AssertShows(fmt.Sprintf(d.words.Batch.Position, test.want, 40))
	}
}

// TestListFailed: an unreadable ledger is reported, and the list can be read again.
func TestListFailed(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.breakLedger()
	d.UntilShown(d.Open(), d.words.Batch.ListFailed, fmt.Sprintf(d.words.History.Retry, "F4"))
	d.Press("enter", "down", "end")
	d.AssertShows(d.words.Batch.ListFailed)
	os.Remove(filepath.Join(d.dir, "data"))
	d.UntilShown(d.Open(), d.words.Batch.Empty)
}

// TestStaleList: a list that was read before a newer one is dropped.
func TestStaleList(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	empty := d.messages(d.Open())
	d.openList(d.storeMany(3)...)
	d.deliver(empty)
	d.AssertShows(fmt.Sprintf(d.words.Batch.Position, 1, 3))
}

// TestSelectionKept: the selected run stays selected when the list is read again, unless
// it is the first.
func TestSelectionKept(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ down, want int }{{0, 1}, {1, 3}, {2, 4}} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openList(d.storeMany(3)...)
		for range test.down {
			d.Press("down")
		}
		if _, err := d.ledger.CreateRun(t.Context(), d.storeMany(1)[0], ""); err != nil {
			t.Fatal(err)
		}
		d.UntilShown(d.Open(), fmt.Sprintf(d.words.Batch.Position, test.want, 4))
	}
}

// TestListRunning: the list shows the progress of the run in progress. No second run can
// be started.
func TestListRunning(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, gated: true})
		d.waitInFlight()
		d.UntilShown(d.Press("esc"), w.Batch.State)
		d.AssertShows("1a.csv", "300"+w.Runs.States["running"])
		d.UntilStatus(d.Press("n"), w.Batch.OneAtATime)
		if d.Typing() {
			t.Error("a second run can be chosen")
		}
		d.service.gate <- struct{}{} // one answer
		d.runUntil(func() bool { return d.Shows("301" + w.Runs.States["running"]) }, d.Press("home"))
		close(d.service.gate)
		d.runUntilEnded(d.Press("home"))
		d.UntilShown(nil, w.Batch.Finished)
	}
}

// TestRunChanged: a run that another program has continued is shown as it is now.
func TestRunChanged(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	runs := d.storeMany(2)
	d.openList(runs...)
	d.UntilShown(d.Press("enter"), d.words.Batch.Interrupted)
	run := runs[1]
	run.ID, run.Finished, run.OutputHash, run.Duplicate = 2, true, "x", 1
	if err := d.ledger.SaveRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	d.runUntil(func() bool { return !d.Shows(d.words.Batch.Interrupted) }, d.Open())
	d.AssertShows("02.csv", d.words.Batch.Finished)
	d.AssertHides(fmt.Sprintf(d.words.Batch.HowToResume, "r"))
}
