package history_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/export"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/widget"
)

// fakeExport records the IDs that it would write.
type fakeExport struct {
	ledger interface {
		Search(context.Context, lookup.Search) (lookup.Page, error)
	}
	ctx    context.Context
	search lookup.Search
	err    error
}

func (e *fakeExport) run(ctx context.Context, s lookup.Search, path string, progress func(int)) (int, error) {
	e.ctx, e.search = ctx, s
	if e.err != nil {
		return 0, e.err
	}
	page, err := e.ledger.Search(ctx, s)
	if err != nil {
		return 0, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	for i, rec := range page.Records {
		fmt.Fprintln(file, rec.ID)
		progress(i + 1)
	}
	return len(page.Records), file.Close()
}

func withExport(e *fakeExport) option { return func(o *history.Options) { o.Export = e.run } }

// typePath replaces the path.
func (s testScreen) typePath(path string) {
	s.t.Helper()
	s.run(s.Update(tea.KeyMsg{Type: tea.KeyCtrlU}))
	s.press(path)
}

// TestExport: the current search is exported, and the status shows the number and the
// file.
func TestExport(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := newLedger(t, records(24)...)
		e := &fakeExport{ledger: l}
		s := newOpenScreen(t, w.Lang, l, withExport(e))
		s.SetSize(120, 20)
		s.press("s")
		s.AssertShows(w.History.Export, "fourfactor-20261123-1200.xlsx", fmt.Sprintf(w.History.ExportWhat, w.History.ExportAll),
			w.History.ExportMasked, w.History.ExportFull)
		s.assertState(true, true, map[string]string{"enter": w.History.StartExport, "esc": w.History.Cancel})
		s.press("esc")
		s.AssertHides(w.History.ExportMasked)
		s.assertSelected(0)

		s.press("/", "北京", "enter", "f", "s")
		s.AssertShows(fmt.Sprintf(w.History.ExportWhat, "“北京” · "+w.Outcomes["match"]))
		path := filepath.Join(t.TempDir(), "核验.jsonl")
		s.typePath(path)
		s.press("enter")
		s.assertStatus(widget.Note, fmt.Sprintf(w.History.Exported, 2, path))
		s.AssertHides(w.History.ExportMasked)
		if e.ctx.Err() == nil {
			t.Error("the context of an export that has ended is kept")
		}
		if e.search != (lookup.Search{Text: "北京", Outcome: juhe.Match}) {
			t.Errorf("%+v is exported", e.search)
		}
		if text, err := os.ReadFile(path); string(text) != "id-000\nid-012\n" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// TestExportFails: the status shows the reason, and the path can be corrected.
func TestExportFails(t *testing.T) {
	t.Parallel()
	l, dir := newLedger(t, records(3)...), t.TempDir()
	there := filepath.Join(dir, "there.csv")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	all := i18n.For("zh", nil)
	w := all.History
	failed := func(format, path string) string { return fmt.Sprintf(w.ExportFailed, fmt.Sprintf(format, path)) }
	for name, test := range map[string]struct {
		path string
		err  error
		want string
	}{
		"exists":      {there, nil, failed(all.Records.Exists, there)},
		"no folder":   {dir + "/no/x.csv", nil, failed(all.Records.NoFolder, dir+"/no/x.csv")},
		"extension":   {dir + "/x.txt", export.ErrFormat, failed(all.Records.BadExtension, dir+"/x.txt")},
		"denied":      {dir + "/x.csv", &fs.PathError{Op: "open", Err: fs.ErrPermission}, failed(all.Records.Denied, dir+"/x.csv")},
		"harmful":     {dir + "/x.csv", errors.New("a\x1b[2Jb"), fmt.Sprintf(w.ExportFailed, "a␛[2Jb")},
		"the ledger":  {dir + "/x.csv", errFull, fmt.Sprintf(w.ExportFailed, all.ErrorText(errFull))},
		"interrupted": {dir + "/x.csv", context.Canceled, fmt.Sprintf(w.ExportFailed, context.Canceled)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &fakeExport{ledger: l, err: test.err}
			s := newOpenScreen(t, "zh", l, withExport(e))
			s.SetSize(200, 20)
			s.press("s")
			s.typePath(test.path)
			s.press("enter")
			s.assertStatus(widget.Error, test.want)
			s.AssertShows(w.Export+"  "+test.path, w.ExportMasked)
			if !s.Typing() {
				t.Error("the path cannot be corrected")
			}
			e.err = nil
			good := filepath.Join(t.TempDir(), "good.XLSX")
			s.typePath(good)
			s.press("enter")
			s.assertStatus(widget.Note, fmt.Sprintf(w.Exported, 3, good))
		})
	}
}

// TestExportUnderWay: progress is shown, and Esc cancels.
func TestExportUnderWay(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := newLedger(t, records(3)...)
		var ctx context.Context
		var report func(int)
		s := newOpenScreen(t, w.Lang, l, func(o *history.Options) {
			o.Export = func(c context.Context, _ lookup.Search, _ string, progress func(int)) (int, error) {
				ctx, report = c, progress
				report(50)
				<-c.Done()
				return 50, fmt.Errorf("not written: %w", c.Err())
			}
		})
		s.press("s")
		running := parts(s.Press("enter"))
		ended := make(chan tea.Msg, 1)
		s.AssertShows(fmt.Sprintf(w.History.Exporting, 0))
		go func() { ended <- running[0]() }()
		for tick := running[1]; !strings.Contains(s.Shown(), fmt.Sprintf(w.History.Exporting, 50)); {
			tick = s.Update(tick())
		}
		s.assertState(false, true, map[string]string{"esc": w.History.Cancel})
		if _, _, ok := s.Caret(); ok {
			t.Error("got a caret during the export")
		}
		s.press("x", "d", "enter", "/", "down", "?")
		s.run(s.Open())
		s.assertSelected(0)
		s.press("esc")
		s.AssertShows(w.History.ExportCancelling)
		s.run(s.Update(<-ended))
		s.assertStatus(widget.Note, w.History.ExportCancelled)
		if s.HandlesBack() || ctx.Err() == nil {
			t.Error("the export is still running")
		}
		s.press("down")
		s.assertSelected(1)
	}
}

// TestExportCaret: the caret follows the path.
func TestExportCaret(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, width := range []int{60, 80, 140} {
			s := newOpenScreen(t, w.Lang, newLedger(t, records(30)...))
			s.SetSize(width, 20)
			s.press("s")
			s.typePath("北京.csv")
			x, y, ok := s.Caret()
			line := strings.Split(s.Shown(), "\n")[y]
			if before, _, _ := strings.Cut(line, "北京.csv"); !ok || x != widget.Width(before)+len("北京.csv")-2 || !strings.HasPrefix(line, "  "+w.History.Export) {
				t.Errorf("the caret is at %d, %d, %t: %q", x, y, ok, line)
			}
		}
	}
}

// TestDemoExport: the file name of an export from the demo says so.
func TestDemoExport(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(1)...), func(o *history.Options) { o.Demo = true })
	s.press("s")
	s.AssertShows("fourfactor-demo-20261123-1200.xlsx")
}
