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

// TestPages: all look-ups can be walked through, each once, by cursors.
func TestPages(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(130)...)}
	pages := []lookup.Page{}
	l.page = func(p *lookup.Page) { pages = append(pages, *p) }
	s := opened(t, "zh", l)
	for i := range 130 {
		s.isAt(i)
		s.press("down")
	}
	s.isAt(129)
	if len(l.searches) != 3 {
		t.Fatalf("%d searches", len(l.searches))
	}
	for i, search := range l.searches {
		if search.Limit != 50 || i == 0 && search.After != 0 || i > 0 && search.After != pages[i-1].Next {
			t.Errorf("search %d is %+v", i, search)
		}
	}
}

// TestMoves: from one place to the other.
func TestMoves(t *testing.T) {
	t.Parallel()
	s := opened(t, "zh", newLedger(t, records(60)...))
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
		s.isAt(step.at)
	}
}

// TestFoot: where the selection is and what is loaded; how many there are in
// all nobody knows.
func TestFoot(t *testing.T) {
	t.Parallel()
	w := newScreen(t, "zh", nil).words.History
	foot := func(n, loaded int, rest string) string {
		return fmt.Sprintf(w.Position+" · "+w.Loaded, n, loaded) + " · " + rest
	}
	s := opened(t, "zh", newLedger(t, records(60)...))
	s.shows(foot(1, 50, w.More))
	s.press("down", "down")
	s.shows(foot(3, 50, w.More))
	s.press("end")
	s.shows(foot(50, 60, w.Oldest))
	s.press("end")
	s.shows(foot(60, 60, w.Oldest))
}

// TestGoesOn: at the end of what is loaded, ↓ goes on to what comes.
func TestGoesOn(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"down", "pgdown", "end"} {
		s := opened(t, "zh", newLedger(t, records(60)...))
		more := s.key("end")
		if more == nil {
			t.Fatal("the next page is not fetched ahead")
		}
		s.isAt(49)
		if s.key(key) != nil {
			t.Error("it is fetched twice")
		}
		s.run(more)
		s.isAt(50)
	}
}

// cut is a ledger whose searches run out of time after so many rows.
func cut(t *testing.T, recs []lookup.Record, rows ...int) *watched {
	l := &watched{Ledger: newLedger(t, recs...)}
	l.page = func(p *lookup.Page) {
		n := len(l.searches) - 1
		if n >= len(rows) {
			return
		}
		// The ledger gives no cursor for a row in the middle: ask for so many.
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

// TestThrough: a search that ran out of time says how far it came, and goes
// on when it is asked to.
func TestThrough(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"down", "pgdown", "end"} {
		l := cut(t, records(10), 3, 0, 2)
		s := opened(t, "zh", l)
		through := fmt.Sprintf(s.words.History.Through, "今天 11:58")
		s.SetSize(140, 20)
		s.shows(through)
		s.SetSize(60, 20)
		if squeezed := strings.Join(strings.Fields(s.shown()), ""); !strings.Contains(squeezed, strings.ReplaceAll(through, " ", "")) {
			t.Errorf("%q is cut:\n%s", through, s.shown())
		}
		s.press("down", "down")
		if s.isAt(2); len(l.searches) != 1 {
			t.Fatalf("%d searches without being asked", len(l.searches))
		}
		s.press(key)
		if s.isAt(2); len(l.searches) != 2 {
			t.Fatalf("%d searches after %s", len(l.searches), key)
		}
		s.press(key)
		s.isAt(4)
		s.press("down", "down")
		s.isAt(6)
		s.shows(s.words.History.Oldest)
	}
}

// TestNothingYet: neither is an empty page the end.
func TestNothingYet(t *testing.T) {
	t.Parallel()
	l := cut(t, records(5), 0, 0)
	s := opened(t, "zh", l)
	s.shows(fmt.Sprintf(s.words.History.SoFar, "今天 12:00"))
	s.hides(s.words.History.Empty)
	s.press("pgdown")
	if len(l.searches) != 2 {
		t.Fatalf("%d searches", len(l.searches))
	}
	s.press("down")
	s.isAt(2)
	s.shows(s.words.History.Oldest)

	l = &watched{Ledger: newLedger(t, records(5)...)}
	l.page = func(p *lookup.Page) {
		if len(l.searches) == 1 {
			*p = lookup.Page{More: true, Next: p.Next}
		}
	}
	s = opened(t, "zh", l)
	s.shows(s.words.History.Onward)
	s.hides(s.words.History.Empty)
}

// TestOpenAgain: the rows are read again, and the selection stays where it
// was.
func TestOpenAgain(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(130)...)
	s := opened(t, "zh", l)
	s.press("end", "end")
	s.isAt(99)
	newest := record(0)
	newest.ID, newest.At = "new", noon.Add(time.Minute)
	if _, err := l.Import(t.Context(), []lookup.Record{newest}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Delete(t.Context(), "id-040"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.isAt(99)
	s.press("home")
	s.isAt(-1)
	if _, err := l.Delete(t.Context(), "new"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.isAt(0)
	for range 30 {
		s.press("down")
	}
	if _, err := l.Delete(t.Context(), "id-030"); err != nil {
		t.Fatal(err)
	}
	s.run(s.Open())
	s.isAt(31)
}

// TestOpenShowsTheNewest: what has just been looked up is in sight, and selected
// unless the operator was looking at the rows.
func TestOpenShowsTheNewest(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(30)...)
	s := opened(t, "zh", l)
	newest := record(0)
	newest.ID, newest.At = "new", noon.Add(time.Minute)
	if _, err := l.Import(t.Context(), []lookup.Record{newest}); err != nil {
		t.Fatal(err)
	}
	s.run(s.Refresh())
	s.isAt(0)
	s.shows("今天 12:01")
	s.press("up", "down", "up")
	s.run(s.Open())
	s.shows("▸ 今天 12:01")
}

// TestCalm: only what takes long says that it does.
func TestCalm(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", newLedger(t, records(3)...))
	loading := s.words.History.Loading
	first := parts(s.Open())
	s.hides(loading, s.words.History.Empty)
	slow := first[1]()
	s.Update(slow)
	s.shows(loading)
	s.Update(first[0]())
	s.hides(loading)
	s.isAt(0)

	second := parts(s.Open())
	s.Update(second[0]())
	s.Update(second[1]())
	s.hides(loading)

	third := parts(s.Open())
	s.Update(slow)
	s.hides(loading)
	s.Update(third[1]())
	s.shows(loading)
	s.isAt(0)
}

// TestMoreFails: what is there stays, and the next step tries again.
func TestMoreFails(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(60)...)}
	s := opened(t, "zh", l)
	l.err = full
	s.press("end")
	s.isAt(49)
	s.says(widget.Error, lookup.ErrorText(s.words, full))
	l.err = nil
	s.press("down")
	s.isAt(50)
}

// TestPageOnce: a page that is delivered twice is there once.
func TestPageOnce(t *testing.T) {
	t.Parallel()
	s := opened(t, "zh", newLedger(t, records(60)...))
	page := parts(s.key("end"))[0]()
	for range 2 {
		s.run(s.Update(page))
		s.shows(fmt.Sprintf(s.words.History.Loaded, 60))
	}
}

// TestCalls: Update itself never asks the ledger.
func TestCalls(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil) // which would be a panic
	s.Open()
	var all []tea.Cmd
	for _, key := range strings.Fields("/ 北 京 backspace pgdown enter f f esc") {
		all = append(all, s.key(key))
	}
	if !slices.ContainsFunc(all, func(cmd tea.Cmd) bool { return cmd != nil }) {
		t.Error("no command at all")
	}
}
