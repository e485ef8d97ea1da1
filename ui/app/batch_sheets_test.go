package app_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe"

	"github.com/xuri/excelize/v2"
)

// workbook writes a workbook with these rows in each of its sheets.
func (r *fixture) workbook(t *testing.T, name string, rows [][]string, sheets ...string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for _, s := range sheets {
		if _, err := book.NewSheet(s); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(s, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(r.home, name)
	if err := errors.Join(book.DeleteSheet("Sheet1"), book.SetRowVisible(sheets[0], 3, false), book.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBatchSheets: hidden rows and other sheets are reported before anything is
// sent.
func TestBatchSheets(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	companies := companyFactors()[:2]
	rows := [][]string{strings.Split(strings.TrimSpace(heading), ",")}
	for _, f := range companies {
		rows = append(rows, []string{"1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]})
	}
	path := r.workbook(t, "in.xlsx", rows, "2024", "2023", "2022")
	got := r.runBatch(t, companies, "run", path, "--dry-run")
	for _, want := range []string{"工作表“2024”", "另有“2023”“2022”", "其中 1 行被隐藏或筛选掉，也会发送"} {
		if got.code != 0 || !strings.Contains(got.err, want) {
			t.Errorf("%+v, want %s", got, want)
		}
	}
	if got := r.runBatch(t, companies, "run", path, "--dry-run", "--sheet", "2023"); strings.Contains(got.err, "另有") || strings.Contains(got.err, "隐藏") {
		t.Errorf("%+v", got)
	}
	rows[0][2] = "编码"
	got = r.runBatch(t, companies, "run", r.workbook(t, "odd.xlsx", rows, "2024"), "--dry-run")
	if want := "无法确定哪一列是企业标识（工作表“2024”）"; got.code != 64 || !strings.Contains(got.err, want) {
		t.Errorf("%+v, want %s", got, want)
	}
}

// TestBatchHeadlessPersons: a row of data used as the header is not shown,
// whatever surrounds its numbers.
func TestBatchHeadlessPersons(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := companyFactors()[0]
	for _, row := range []string{
		f[juhe.Entname] + "," + f[juhe.Entmark] + "(有效)," + f[juhe.Realname] + ",备注",
		f[juhe.Entname] + ",编码," + f[juhe.Realname] + ",身份证" + f[juhe.Idcard],
		f[juhe.Realname] + "|" + f[juhe.Idcard] + "|" + f[juhe.Entname],
		f[juhe.Entname] + "，" + f[juhe.Realname] + "，１１０１０５１９４９１２３１００２Ｘ",
	} {
		path := r.writeFile(t, "in.csv", row+"\n"+row+"\n")
		for _, args := range [][]string{
			{"run", path, "--dry-run"}, {"run", path, "--dry-run", "--map", "entname=住址"}, {"run", path, "--dry-run", "--map", "entname=A,entmark=B,realname=C,idcard=D"},
		} {
			got := r.run("", append([]string{"batch"}, args...)...)
			if strings.Contains(got.out+got.err, f[juhe.Realname]) || strings.Contains(got.out+got.err, f[juhe.Idcard]) {
				t.Errorf("%q shows a person:\n%s", args, got.err)
			}
		}
	}
}
