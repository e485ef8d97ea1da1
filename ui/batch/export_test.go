package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestExport: results and unresolved rows are exported to new files. After a failure
// the typed path stays.
func TestExport(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeTable("", "", mockserver.ErrorCodeEntname(253504)))))
	d.Press("s")
	d.AssertShows(d.words.History.Export, "~/a-核验结果-20261123-120001.xlsx")
	d.UntilShown(d.Press("esc"), d.words.Batch.Finished)
	d.Press("u", "ctrl+u")
	path := filepath.Join(d.dir, "rest.doc")
	d.UntilStatus(d.Press(path, "enter"), fmt.Sprintf(d.words.History.ExportFailed, d.words.ErrorText(&engine.Error{Problem: engine.ProblemOutFormat, Path: path})))
	d.Press("ctrl+u")
	d.UntilStatus(d.Press("~/rest.csv", "enter"), fmt.Sprintf(d.words.Batch.Exported, 1, "~/rest.csv"))
	text, err := os.ReadFile(filepath.Join(d.dir, "rest.csv"))
	if err != nil || !strings.Contains(string(text), mockserver.ErrorCodeEntname(253504)) || strings.Contains(string(text), mockserver.Companies()[0].Entname) {
		t.Errorf("%v: %s", err, text)
	}
}

// TestExportExisting: an export never replaces a file. The typed path stays to be
// corrected.
func TestExportExisting(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	in := d.writeFile("a.csv", makeTable("", ""))
	d.runFile("a.csv", makeTable("", ""))
	taken := d.writeFile("旧.xlsx", "old")
	os.Symlink(filepath.Join(d.dir, "没有.xlsx"), filepath.Join(d.dir, "断.xlsx"))
	for path, problem := range map[string]engine.Problem{taken: "out_there", in: "out_input", filepath.Join(d.dir, "断.xlsx"): "out_there", filepath.Join(d.dir, "果.pdf"): "out_kind"} {
		d.Press("s", "ctrl+u")
		d.UntilStatus(d.Press(path, "enter"), fmt.Sprintf(d.words.History.ExportFailed, d.words.ErrorText(&engine.Error{Problem: problem, Path: path})))
		d.assertStatus(widget.Error, fmt.Sprintf(d.words.History.ExportFailed, d.words.ErrorText(&engine.Error{Problem: problem, Path: path})))
		d.AssertShows(d.words.History.Export, filepath.Base(path))
		d.Press("esc")
	}
	for path, want := range map[string]string{taken: "old", in: makeTable("", "")} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v", path, got, err)
		}
	}
	d.Press("s", "ctrl+u")
	d.UntilStatus(d.Press("~/新.xlsx", "enter"), fmt.Sprintf(d.words.Batch.Exported, 2, "~/新.xlsx"))
	d.assertStatus(widget.Note, fmt.Sprintf(d.words.Batch.Exported, 2, "~/新.xlsx"))
	d.AssertHides(d.words.History.Export)
	d.assertRequests(2)
}

// TestExportTyped: every character is text of the path, Esc drops it, and nothing is
// written to an empty path.
func TestExportTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runFile("a.csv", makeTable(""))
	d.Press("s", "ctrl+u")
	if d.deliver(d.messages(d.Press("enter"))); !d.Typing() {
		t.Error("an empty path closes the prompt")
	}
	d.Press("snuqrly?", "home", "~/")
	d.AssertShows(d.words.History.Export + "~/snuqrly?")
	d.Press("end", "ctrl+u")
	d.Update(uitest.Paste("'~/a b.xlsx' "))
	d.AssertShows(d.words.History.Export + "~/a b.xlsx")
	d.Press("esc")
	d.AssertHides(d.words.History.Export)
	d.AssertShows(d.words.Batch.Finished)
	d.Press("s")
	d.AssertHides("a b.xlsx")
	if all, err := filepath.Glob(filepath.Join(d.dir, "*.xlsx")); len(all) != 1 || err != nil {
		t.Errorf("got files %v, %v; want the output", all, err)
	}
}

// TestExportCancelled: Esc cancels an export that has begun, and no file is left. Its
// message arrives once: a second one does nothing to a new prompt.
func TestExportCancelled(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runFile("a.csv", makeTable(""))
	d.Press("s", "ctrl+u")
	exporting := d.Press("~/b.xlsx", "enter")
	if d.Typing() || len(d.Keys().ShortHelp()) != 1 {
		t.Error("something but Esc works during an export")
	}
	d.Press("s", "esc")
	messages := d.messages(exporting)
	for _, msg := range messages {
		d.deliver(d.messages(d.Update(msg)))
	}
	d.AssertHides(d.words.History.Export)
	if _, err := os.Lstat(filepath.Join(d.dir, "b.xlsx")); err == nil {
		t.Error("the cancelled file exists")
	}
	d.Press("s", "ctrl+u", "~/c.xlsx")
	d.deliver(messages)
	d.AssertShows(d.words.History.Export + "~/c.xlsx")
	d.UntilStatus(d.Press("enter"), fmt.Sprintf(d.words.Batch.Exported, 1, "~/c.xlsx"))
}

// TestExportName: the suggested name has the name of the input, what it contains and the
// time, and fits a file system.
func TestExportName(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	long := strings.Repeat("长", 83) + ".csv" // 253 bytes
	d.runFile(long, makeTable(mockserver.ErrorCodeEntname(10014)))
	for key, suffix := range map[string]string{"s": d.words.Batch.Suffix, "u": d.words.Batch.SuffixRest} {
		exporting := d.Press(key, "enter")
		d.waitTask(exporting)
		all, err := filepath.Glob(filepath.Join(d.dir, "长*"+suffix+"-20261123-1200*.xlsx"))
		if len(all) != 1 || err != nil {
			t.Fatalf("%s: got %v, %v; statuses %v", key, all, err, d.Statuses)
		}
		if n := len(filepath.Base(all[0])); n > 255 || n < 250 {
			t.Errorf("the name has %d bytes", n)
		}
	}
}
