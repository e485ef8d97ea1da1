package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/table"
	"fourfactor/ui/uitest"
)

// TestComplete: names of folders and tables are completed, hidden ones only after a
// dot. Other files are not offered.
func TestComplete(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.MkdirAll(filepath.Join(d.dir, "客户资料", "十一月"), 0o700)
	d.writeFile("客户资料/客户甲.csv", makeTable(""))
	d.writeFile("客户资料/客户乙.xlsx", "")
	d.writeFile("客户资料/说明.pdf", "")
	d.writeFile("客户资料/.旧.csv", "")
	d.UntilShown(d.Press("n", "~/客", "tab"), "~/客户资料/", "客户甲.csv", "客户乙.xlsx", "十一月/")
	d.AssertHides("说明", ".旧")
	d.UntilShown(d.Press("客", "tab"), "~/客户资料/客户", "客户甲.csv")
	d.AssertHides("十一月")
	d.UntilShown(d.Press("甲", "tab"), "~/客户资料/客户甲.csv")
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/.", "tab"), "客户资料/.旧.csv")
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/x", "tab"), d.words.Batch.NoCandidate)
	d.Press("ctrl+u")
	d.UntilShown(d.Press("没有/"), fmt.Sprintf(d.words.Batch.NoFolder, "~/没有"))
	d.Press("ctrl+u")
	// Arrows select, Enter opens a folder or a file.
	d.UntilShown(d.Press("客户资料/"), "十一月/")
	d.UntilShown(d.Press("down", "enter"), "客户资料/十一月/", d.words.Batch.NoCandidate)
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/"), "客户甲.csv")
	d.UntilShown(d.Press("down", "down", "down", "enter"), d.words.Batch.ColumnsHint)
}

// TestCannotOpen: an error is shown below the typed path, which stays.
func TestCannotOpen(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.writeFile("空.csv", "")
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512)
	d.writeFile("旧.csv", old)
	for _, test := range []struct {
		name    string
		problem table.ReadProblem
	}{
		{"没有.csv", table.ProblemNotFound}, {"空.csv", table.ProblemEmpty}, {"旧.csv", table.ProblemOldExcel},
	} {
		path := filepath.Join(d.dir, test.name)
		d.UntilShown(d.Press("n", "ctrl+u", path, "enter"), d.words.ErrorText(&table.ReadError{Problem: test.problem, Path: path}))
		d.AssertShows(path)
		d.Press("esc")
	}
	if len(d.outputs()) > 0 || d.service.Requests() > 0 {
		t.Error("something was made of it")
	}
}

// TestPasteIntoFields: a pasted path is text, not keys.
func TestPasteIntoFields(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("带 空格.csv", makeTable(""))
	d.Press("n")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + path + "'"), Paste: true})
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
}

// TestFolder: Enter lists a typed folder, and the quotation marks of a dropped file are
// removed.
func TestFolder(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "资料"), 0o700)
	d.writeFile("资料/a.csv", makeTable(""))
	d.UntilShown(d.Press("n", "~/资料", "enter"), "~/资料/", "a.csv")
	d.Press("ctrl+u")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + filepath.Join(d.dir, "资料/a.csv") + "' "), Paste: true})
	d.AssertHides("'")
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
}

// TestPickerKeys: what is typed is the path. Arrows move over the names below it, and
// Home and End within the path.
func TestPickerKeys(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "夹"), 0o700)
	d.writeFile("a.csv", makeTable(""))
	d.writeFile("b.csv", makeTable(""))
	d.Press("n")
	for _, test := range []struct {
		keys     []string
		path     string
		selected string // name with the pointer, "" for none
	}{
		{[]string{"n", "y", " ", "r", "ctrl+u"}, "", ""},
		{[]string{"nyjkqs？"}, "nyjkqs？", ""},
		{[]string{"b.csv", "home", "a"}, "ab.csv", ""},
		{[]string{"b.csv", "home", "right", "x", "end", "y"}, "bx.csvy", ""},
		{[]string{"down"}, "", "夹/"},
		{[]string{"down", "down"}, "", "a.csv"},
		{[]string{"down", "pgdown", "down"}, "", "b.csv"},
		{[]string{"down", "up", "up"}, "", ""},
		{[]string{"down", "down", "a"}, "a", ""}, // other names now
		{[]string{"down", "down", "tab"}, "a.csv", ""},
		{[]string{"a", "tab"}, "a.csv", ""},
		{[]string{"down", "tab"}, "夹/", ""},
		{[]string{"enter"}, "", ""},
	} {
		d.Press("end", "ctrl+u", "esc")
		d.UntilShown(d.Press("n"), "a.csv")
		d.Press(test.keys...)
		lines := strings.Split(d.Shown(), "\n")
		if got := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(lines[0]), d.words.Batch.File)); got != test.path {
			t.Errorf("%q: got path %q, want %q", test.keys, got, test.path)
		}
		selected := ""
		for _, line := range lines {
			if rest, ok := strings.CutPrefix(line, "▸ "); ok {
				selected = strings.TrimSpace(rest)
			}
		}
		if selected != test.selected {
			t.Errorf("%q: got %q selected, want %q", test.keys, selected, test.selected)
		}
	}
}

// TestPathKept: the typed path stays when the page is left, until a run has started.
func TestPathKept(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeTable(""))
	d.Press("n", "~/a", "esc")
	if d.HandlesBack() {
		t.Fatal("it is not the list")
	}
	d.Press("n")
	d.AssertShows("~/a")
	d.Press("esc")
	d.runUntilEnded(d.startRun(path))
	d.Press("n")
	d.AssertHides("a.csv")
}

// TestFolderEntries: folders and tables are listed, links to folders as folders. Hidden
// files and those of open tables are not.
func TestFolderEntries(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "丙"), 0o700)
	os.Symlink(filepath.Join(d.dir, "丙"), filepath.Join(d.dir, "乙"))
	os.Symlink(filepath.Join(d.dir, "没有"), filepath.Join(d.dir, "断.csv"))
	for _, name := range []string{"大写.CSV", "表.xlsm", "网页.HTM", "说明.pdf", ".藏.csv", "~$表.xlsx", ".~lock.表.xlsx", "._表.xlsx"} {
		d.writeFile(name, "")
	}
	d.UntilShown(d.Press("n"), "丙/", "乙/", "大写.CSV", "表.xlsm", "网页.HTM", "断.csv")
	d.AssertHides("说明", "藏", "~$", "lock", "._")
	if shown := d.Shown(); strings.Index(shown, "丙/") > strings.Index(shown, "大写") {
		t.Errorf("folders are not first:\n%s", shown)
	}
	d.Press(".")
	d.AssertShows(".藏.csv")
	d.AssertHides("lock", "._表")
}

// TestStaleFolder: the entries of a folder that is no longer typed are dropped.
func TestStaleFolder(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "夹"), 0o700)
	d.writeFile("外.csv", "")
	d.writeFile("夹/内.csv", "")
	outside := d.messages(d.Press("n"))
	d.UntilShown(d.Press("夹/"), "内.csv")
	d.deliver(outside)
	d.AssertShows("内.csv")
	d.AssertHides("外.csv")
	d.Press("esc")
	d.deliver(outside) // no page of it is open
	if d.HandlesBack() {
		t.Error("a read folder opens the page")
	}
}

// TestCompleteBeforeRead: Tab before the folder has been read completes once it has.
func TestCompleteBeforeRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ then, path string }{{"", "客户甲.csv"}, {"x", "客x"}} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.writeFile("客户甲.csv", "")
		reading := d.Press("n", "客", "tab")
		if test.then != "" {
			d.Press(test.then) // typing on cancels it
		}
		d.deliver(d.messages(reading))
		d.AssertShows(d.words.Batch.File + test.path)
		if first := strings.Split(d.Shown(), "\n")[0]; !strings.HasSuffix(strings.TrimSpace(first), test.path) {
			t.Errorf("got %q, want %q", first, test.path)
		}
	}
}

// TestVanished: a file that is gone when it is opened is reported, and the path stays to
// be corrected. Once a file is open, its rows are sent as they were planned, or not.
func TestVanished(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeTable(""))
	d.UntilShown(d.Press("n"), "a.csv")
	os.Remove(path)
	d.UntilShown(d.Press("down", "enter"), d.words.ErrorText(&table.ReadError{Problem: table.ProblemNotFound, Path: path}))
	d.AssertShows(d.words.Batch.File + "a.csv")
	d.Press("x")
	d.AssertHides(d.words.ErrorText(&table.ReadError{Problem: table.ProblemNotFound, Path: path}))
	d.Press("backspace")
	d.writeFile("a.csv", makeTable("", ""))
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
	os.Remove(path)
	d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls+"2")
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	d.AssertShows(d.words.Batch.Finished)
	d.assertRequests(2)
	// A change of a setting reads the file again.
	d.Press("n")
	d.writeFile("b.csv", makeTable(""))
	d.UntilShown(d.Press("b.csv", "enter"), d.words.Batch.ColumnsHint)
	os.Remove(filepath.Join(d.dir, "b.csv"))
	d.UntilStatus(d.Press("ctrl+t"), d.words.ErrorText(&table.ReadError{Problem: table.ProblemNotFound, Path: filepath.Join(d.dir, "b.csv")}))
	d.AssertShows(d.words.Batch.ColumnsHint, "query "+d.words.Endpoints["query"])
	d.assertRequests(2)
}

// TestQuotedPath: the quotation marks around a pasted path are removed, and no others.
func TestQuotedPath(t *testing.T) {
	t.Parallel()
	for quoted, want := range map[string]string{"'~/a b'": "~/a b", `"/x"`: "/x", " /y ": "/y", "'": "'", `"a'`: `"a'`, "''": "''"} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.Press("n")
		d.Update(uitest.Paste(quoted))
		first := strings.Split(d.Shown(), "\n")[0]
		if got := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(first), d.words.Batch.File)); got != want {
			t.Errorf("%q: got %q, want %q", quoted, got, want)
		}
	}
}
