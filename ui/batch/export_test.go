package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe/mockserver"
)

// TestExport: results and unresolved rows are exported to new files. After a failure
// the typed path stays.
func TestExport(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeTable("", "", mockserver.ErrorCodeEntname(253504)))))
	d.Press("s")
	d.AssertShows(d.words.Batch.ExportTo, "~/a-核验结果-20261123-120001.xlsx")
	d.UntilShown(d.Press("esc"), d.words.Batch.Finished)
	d.Press("u", "ctrl+u")
	path := filepath.Join(d.dir, "rest.doc")
	d.UntilStatus(d.Press(path, "enter"), fmt.Sprintf(d.words.Batch.ExportFailed, d.words.RunProblem("out_kind", path, "", nil)))
	d.Press("ctrl+u")
	d.UntilStatus(d.Press("~/rest.csv", "enter"), fmt.Sprintf(d.words.Batch.Exported, 1, "~/rest.csv"))
	text, err := os.ReadFile(filepath.Join(d.dir, "rest.csv"))
	if err != nil || !strings.Contains(string(text), mockserver.ErrorCodeEntname(253504)) || strings.Contains(string(text), mockserver.Companies()[0].Entname) {
		t.Errorf("%v: %s", err, text)
	}
}
