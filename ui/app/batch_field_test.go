package app_test

import (
	"path/filepath"
	"testing"
)

// TestFieldTables: the plan says how cells were interpreted, and names what
// cannot be read with the fix.
func TestFieldTables(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	of := func(name string) string {
		path, err := filepath.Abs(filepath.Join("..", "..", "juhe", "batch", "testdata", "field", name))
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	assertResult(t, r.runBatch(t, nil, "run", of("merged_rows.xlsx"), "--dry-run", "--json"), 0, []string{`"rows":4,"invalid":0`, `"merged":2}`}, []string{"有 2 行的企业取自合并单元格"})
	assertResult(t, r.runBatch(t, nil, "run", of("formula_nocache.xlsx"), "--dry-run"), 64, nil, []string{"第 2 行 D 列 证件号码是公式，表格中没有保存它的结果；请用 Excel 或 WPS 打开表格，保存后再核验"})
	assertResult(t, r.runBatch(t, nil, "run", of("shift2.csv"), "--dry-run"), 0, nil, []string{"第 3 行 F 列 这一行比表头多 1 个单元格", "将发送 1"})
	assertResult(t, r.runBatch(t, nil, "run", of("shift2.csv"), "--dry-run", "--lang", "en"), 0, nil, []string{"1 cells more than the header, perhaps a comma without quotation marks"})
	assertResult(t, r.runBatch(t, nil, "run", of("xlwt.xls"), "--dry-run"), 64, nil, []string{"旧版 Excel 表格（.xls）；请用 Excel 或 WPS 打开，另存为 .xlsx"})
	assertResult(t, r.runBatch(t, nil, "run", of("csv.zip"), "--dry-run"), 64, nil, []string{"压缩文件（zip: 名单.csv）；请先解压"})
	assertResult(t, r.runBatch(t, nil, "run", of("html.xls"), "--dry-run"), 0, nil, []string{"html.xls（GB18030）", "将发送 3"})
	r.assertRequests(t, 0)
}
