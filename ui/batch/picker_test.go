package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
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
	for _, test := range []struct{ name, problem string }{
		{"没有.csv", "not_there"}, {"空.csv", "empty"}, {"旧.csv", "old_excel"},
	} {
		path := filepath.Join(d.dir, test.name)
		d.UntilShown(d.Press("n", "ctrl+u", path, "enter"), d.words.ReadProblem(test.problem, path, "", 0, ""))
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
