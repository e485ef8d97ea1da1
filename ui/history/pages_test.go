package history_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// TestPages: the cursors lead through all lookups, each of them once.
func TestPages(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(130)...)}
	pages := []lookup.Page{}
	l.page = func(p *lookup.Page) { pages = append(pages, *p) }
	s := newOpenScreen(t, "zh", l)
	for i := range 130 {
		s.assertSelected(i)
		s.press("down")
	}
	s.assertSelected(129)
	if len(l.searches) != 3 {
		t.Fatalf("%d searches", len(l.searches))
	}
	for i, search := range l.searches {
		if search.Limit != 50 || i == 0 && search.After != "" || i > 0 && search.After != pages[i-1].Next {
			t.Errorf("search %d is %+v", i, search)
		}
	}
}

// TestMoves: movement keys select the right row.
func TestMoves(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(60)...))
	for _, step := range []struct {
		key string
		at  int
	}{
		{"up", 0},
		{"down", 1},
		{"down", 2},
		{"up", 1},
		{"pgdown", 13},
		{"pgdown", 25},
		{"pgup", 13},
		{"home", 0},
		{"pgup", 0},
		{"end", 59},
		{"end", 59},
		{"down", 59},
		{"pgdown", 59},
		{"up", 58},
		{"pgup", 46},
	} {
		s.press(step.key)
		s.assertSelected(step.at)
	}
}

// TestPosition: the position and the number of loaded rows are shown, not a total.
func TestPosition(t *testing.T) {
	t.Parallel()
	w := newScreen(t, "zh", nil).words.History
	s := newOpenScreen(t, "zh", newLedger(t, records(60)...))
	s.AssertShows(fmt.Sprintf(w.Position, 1, 50) + " · " + w.More)
	s.press("down", "down")
	s.AssertShows(fmt.Sprintf(w.Position, 3, 50) + " · " + w.More)
	s.press("end")
	s.AssertShows(fmt.Sprintf(w.Position, 50, 60))
	s.press("end")
	s.AssertShows(fmt.Sprintf(w.Position, 60, 60))
}

// TestNextPage: at the last loaded row, ↓ moves on to the next page.
func TestNextPage(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"down", "pgdown", "end"} {
		s := newOpenScreen(t, "zh", newLedger(t, records(60)...))
		more := s.Press("end")
		if more == nil {
			t.Fatal("the next page is not fetched ahead")
		}
		s.assertSelected(49)
		if s.Press(key) != nil {
			t.Error("it is fetched twice")
		}
		s.run(more)
		s.assertSelected(50)
	}
}

// newPagedLedger returns a ledger whose searches time out after the given numbers of
// rows.
func newPagedLedger(t *testing.T, recs []lookup.Record, rows ...int) *recordingLedger {
	l := &recordingLedger{Ledger: newLedger(t, recs...)}
	l.page = func(p *lookup.Page) {
		n := len(l.searches) - 1
		if n >= len(rows) {
			return
		}
		// The ledger has no cursor in the middle of a page, so it limits the page.
		s := l.searches[n]
		s.Limit = max(rows[n], 1)
		page, err := l.Ledger.Search(t.Context(), s)
		if err != nil {
			t.Error(err)
		}
		if len(page.Records) > 0 {
			page.SearchedBackTo = page.Records[len(page.Records)-1].At
		}
		page.Records, page.More = page.Records[:rows[n]], true
		*p = page
	}
	return l
}

// TestSearchTimeout: a search that timed out shows how far it came, and continues on
// request.
func TestSearchTimeout(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"down", "pgdown", "end"} {
		l := newPagedLedger(t, records(10), 3, 0, 2)
		s := newOpenScreen(t, "zh", l)
		through := fmt.Sprintf(s.words.History.SearchedBackTo, "今天 11:58")
		s.SetSize(140, 20)
		s.AssertShows(through)
		s.SetSize(60, 20)
		if squeezed := strings.Join(strings.Fields(s.Shown()), ""); !strings.Contains(squeezed, strings.ReplaceAll(through, " ", "")) {
			t.Errorf("%q is cut:\n%s", through, s.Shown())
		}
		s.press("down", "down")
		if s.assertSelected(2); len(l.searches) != 1 {
			t.Fatalf("%d searches without being asked", len(l.searches))
		}
		s.press(key)
		if s.assertSelected(2); len(l.searches) != 2 {
			t.Fatalf("%d searches after %s", len(l.searches), key)
		}
		s.press(key)
		s.assertSelected(4)
		s.press("down", "down")
		s.assertSelected(6)
		s.AssertHides(s.words.History.More)
	}
}

// TestEmptyPage: an empty page is not the end.
func TestEmptyPage(t *testing.T) {
	t.Parallel()
	l := newPagedLedger(t, records(5), 0, 0)
	s := newOpenScreen(t, "zh", l)
	s.AssertShows(fmt.Sprintf(s.words.History.NoneBackTo, "今天 12:00"))
	s.AssertHides(s.words.History.Empty)
	s.press("pgdown")
	if len(l.searches) != 2 {
		t.Fatalf("%d searches", len(l.searches))
	}
	s.press("down")
	s.assertSelected(2)
	s.AssertHides(s.words.History.More)

	l = &recordingLedger{Ledger: newLedger(t, records(5)...)}
	l.page = func(p *lookup.Page) {
		if len(l.searches) == 1 {
			*p = lookup.Page{More: true, Next: p.Next}
		}
	}
	s = newOpenScreen(t, "zh", l)
	s.AssertShows(s.words.History.NoneSoFar)
	s.AssertHides(s.words.History.Empty)
}

// TestOpenAgain: opening the screen again reloads the rows and keeps the selection.
func TestOpenAgain(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(130)...)
	s := newOpenScreen(t, "zh", l)
	s.press("end", "end")
	s.assertSelected(99)
	newest := record(0)
	newest.ID, newest.At = "new", noon.Add(time.Minute)
	if _, err := l.Import(t.Context(), []lookup.Record{newest}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Delete(t.Context(), "id-040"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.assertSelected(99)
	s.press("home")
	s.assertSelected(-1)
	if _, err := l.Delete(t.Context(), "new"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.assertSelected(0)
	for range 30 {
		s.press("down")
	}
	if _, err := l.Delete(t.Context(), "id-030"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.assertSelected(31)
}

// TestOpenShowsTheNewest: a new lookup is visible, and selected unless an older row
// was.
func TestOpenShowsTheNewest(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(30)...)
	s := newOpenScreen(t, "zh", l)
	newest := record(0)
	newest.ID, newest.At = "new", noon.Add(time.Minute)
	if _, err := l.Import(t.Context(), []lookup.Record{newest}); err != nil {
		t.Fatal(err)
	}
	s.run(s.Refresh())
	s.assertSelected(0)
	s.AssertShows("今天 12:01")
	s.press("up", "down", "up")
	s.run(s.Open())
	s.AssertShows("▸ 今天 12:01")
}

// TestSlowLoading: only a slow search shows that it is loading.
func TestSlowLoading(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", newLedger(t, records(3)...))
	loading := s.words.History.Loading
	first := parts(s.Open())
	s.AssertHides(loading, s.words.History.Empty)
	slow := first[1]()
	s.Update(slow)
	s.AssertShows(loading)
	s.Update(first[0]())
	s.AssertHides(loading)
	s.assertSelected(0)

	second := parts(s.Open())
	s.Update(second[0]())
	s.Update(second[1]())
	s.AssertHides(loading)

	third := parts(s.Open())
	s.Update(slow)
	s.AssertHides(loading)
	s.Update(third[1]())
	s.AssertShows(loading)
	s.assertSelected(0)
}

// TestMoreFails: after an error the rows stay, and the next step tries again.
func TestMoreFails(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(60)...)}
	s := newOpenScreen(t, "zh", l)
	l.err = errFull
	s.press("end")
	s.assertSelected(49)
	s.assertStatus(widget.Error, s.words.ErrorText(errFull))
	l.err = nil
	s.press("down")
	s.assertSelected(50)
}

// TestPageOnce: a page that is delivered twice is added once.
func TestPageOnce(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(60)...))
	page := parts(s.Press("end"))[0]()
	for range 2 {
		s.run(s.Update(page))
		s.AssertShows(loaded(s.words, 60))
	}
}

// TestCalls: Update itself never calls the ledger.
func TestCalls(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil) // a call would panic
	s.Open()
	var all []tea.Cmd
	for _, key := range strings.Fields("/ 北 京 backspace pgdown enter f f esc") {
		all = append(all, s.Press(key))
	}
	if !slices.ContainsFunc(all, func(cmd tea.Cmd) bool { return cmd != nil }) {
		t.Error("no command at all")
	}
}
