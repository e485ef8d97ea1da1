package app_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

const heading = "序号,公司名称,统一社会信用代码,法定代表人,身份证号\r\n"

// companyFactors returns the factors of the mock server's companies, which
// match.
func companyFactors() (all []juhe.Factors) {
	for _, c := range mockserver.Companies() {
		all = append(all, c.Factors(juhe.APIQuery))
	}
	return all
}

// inventedRows returns n different rows. The mock server answers mismatch,
// except for the tenth of more than 20 rows, so that the run does not pause.
func inventedRows(n int) []juhe.Factors {
	all := make([]juhe.Factors, n)
	for i := range all {
		all[i] = companyFactors()[i%12]
		if i == 9 && n > 20 {
			continue
		}
		all[i][juhe.Realname] = fmt.Sprintf("示例%c%c", '一'+i/100, '三'+i%100)
	}
	return all
}

// caseRows returns n different rows that the mock server answers according to a
// case.
func caseRows(slug string, n int) []juhe.Factors {
	all := inventedRows(n)
	for i := range all {
		all[i][juhe.Entname] = "虚构" + slug + "公司"
	}
	return all
}

// csvTable returns a CSV of rows below the header.
func csvTable(rows ...juhe.Factors) string {
	var b strings.Builder
	b.WriteString(heading)
	for i, f := range rows {
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s\r\n", i+1, f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
	}
	return b.String()
}

// writeFile writes a file into the home directory.
func (r *fixture) writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(r.home, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// collapseBlanks returns the result with every run of blanks reduced to one.
func (r result) collapseBlanks() result {
	blanks := regexp.MustCompile(` {2,}`)
	return result{r.code, blanks.ReplaceAllString(r.out, " "), blanks.ReplaceAllString(r.err, " ")}
}

// runBatch runs a batch command and checks that it shows no person of rows.
func (r *fixture) runBatch(t *testing.T, rows []juhe.Factors, args ...string) result {
	t.Helper()
	got := r.run("", append([]string{"batch"}, args...)...).collapseBlanks()
	for _, f := range rows {
		for _, value := range []string{mockserver.Key, f[juhe.Realname], f[juhe.Idcard]} {
			if strings.Contains(got.out+got.err, value) {
				t.Errorf("%q shows:\n%s%s", value, got.out, got.err)
			}
		}
	}
	return got
}

// runOnTerminal runs a command on a terminal with in typed.
func (r *fixture) runOnTerminal(in string, args ...string) result {
	prog, out, errs := r.newApp(strings.NewReader(in))
	prog.InTerminal, prog.Now = true, slowClock()
	code := prog.Run(context.Background(), args)
	return result{code, out.String(), errs.String()}.collapseBlanks()
}

// newFastFixture returns a fixture whose batches have no rate limit.
func newFastFixture(t *testing.T) *fixture {
	t.Helper()
	r := newFixture(t)
	r.configure(t, "[batch]\nrate = 0.0\n")
	return r
}

// intercept lets handler answer instead of the service.
func (r *fixture) intercept(t *testing.T, handler func(service http.Handler, w http.ResponseWriter, q *http.Request, entname string)) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			t.Error(err)
		}
		q.Body = io.NopCloser(bytes.NewReader(body))
		form, err := url.ParseQuery(string(body))
		if err != nil {
			t.Error(err)
		}
		handler(r.service, w, q, form.Get("entname"))
	}))
	t.Cleanup(server.Close)
	r.env["JUHE_BASE_URL"] = server.URL
}

// parseSummary checks the JSON line of a run and returns it without its time.
func parseSummary(t *testing.T, got result) string {
	t.Helper()
	var s map[string]any
	if err := json.Unmarshal([]byte(got.out), &s); err != nil || strings.Count(got.out, "\n") != 1 {
		t.Fatalf("%v: %q\n%s", err, got.out, got.err)
	}
	sum := 0
	for _, name := range []string{"match", "mismatch", "refused", "unclear", "lost", "unsent", "duplicate", "invalid"} {
		n, ok := s[name].(float64)
		if !ok {
			t.Errorf("%s is missing: %s", name, got.out)
		}
		sum += int(n)
	}
	if float64(sum) != s["rows"] {
		t.Errorf("the counts come to %d: %s", sum, got.out)
	}
	return regexp.MustCompile(`,"elapsed_ms":\d+}\n$`).ReplaceAllString(got.out, "}")
}

func summaryJSON(run string, rest string) string {
	return `{"schema":1,"run":"` + run + `",` + rest + `}`
}

// readCells reads a CSV.
func readCells(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestBatch: a table goes in and comes out; duplicates cost one call, repeats
// none, and invalid rows are listed with the fix.
func TestBatch(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	all := companyFactors()
	r.mustCheck(t, all[0])
	rows := append([]juhe.Factors{}, all[:5]...)
	rows = append(rows, all[2], all[5], all[6])
	rows[3][juhe.Realname] = "钱示例"
	rows[6][juhe.Idcard], rows[7][juhe.Idcard] = "4.12723E+17", ""
	in, out := r.writeFile(t, "in.csv", "名单\r\n"+csvTable(rows...)), filepath.Join(r.home, "out.csv")
	shown := rows[:6]

	dry := r.runBatch(t, shown, "run", in, "--dry-run")
	assertResult(t, dry, 0, nil, []string{
		"尚未发送", "in.csv（UTF-8）", "第 2 行", "B 列“公司名称”", "E 列“身份证号”", "query（四要素，参数不加密）", "明文传输",
		"行数 8\n", "不能发送 2\n", "表内重复 1（", "台账已有结论 1（", "将发送 4 笔",
		"第 9 行 E 列 证件号码变成了科学计数", "请把这一列设为文本格式", "第 10 行 E 列 证件号码是空的；请补上",
	})
	if strings.Contains(dry.err, "1.10105E+17，保存后") || strings.Contains(dry.err, "估算") {
		t.Errorf("it tells of what is not so: %s", dry.err)
	}
	json := r.runBatch(t, shown, "run", in, "--dry-run", "--json")
	assertResult(t, json, 0, []string{`{"schema":1,"dry_run":true,"rows":8,"invalid":2,"duplicate":1,"repeated":1,"unsettled":0,"warned":0,"calls":4}` + "\n", `{"schema":1,"row":9,"invalid":true,"remarks":[{"field":"idcard","rule":"scientific","text":"`, `{"schema":1,"row":10,"invalid":true,"remarks":[{"field":"idcard","rule":"empty","text":"`}, nil)
	r.assertRequests(t, 1)
	assertResult(t, r.runBatch(t, nil, "list"), 0, nil, []string{"还没有批次"})

	none := r.runBatch(t, shown, "run", in, "--out", out)
	assertResult(t, none, cli.ExitUsage, nil, []string{"将发送 4 笔", "未发送。将发送 4 笔", "--yes"})
	r.assertRequests(t, 1)
	got := r.runBatch(t, shown, "run", in, "--out", out, "--yes")
	assertResult(t, got, 0, []string{
		"批次 1\n", "行数 8\n", "已发送 4\n", "✓ 一致 4\n", "✗ 不一致 1\n", "表内重复 1\n", "不能发送 2\n", "结果文件 " + out,
	}, []string{"1.10105E+17，保存后"})
	r.assertRequests(t, 5)
	if n := r.service.RequestsFor(all[2][juhe.Entname]); n != 1 {
		t.Errorf("%d requests for a row and its duplicate", n)
	}

	written := readCells(t, out)
	if len(written) != 9 || strings.Join(written[0][:7], " ") != "序号 公司名称 统一社会信用代码 法定代表人 身份证号 核验结果 结果说明" {
		t.Fatalf("%d rows: %q", len(written), written[0])
	}
	for i, want := range []string{"一致", "一致", "一致", "不一致", "一致", "一致", "未发送", "未发送"} {
		row := written[i+1]
		if row[0] != fmt.Sprint(i+1) || row[1] != rows[i][juhe.Entname] || row[3] != rows[i][juhe.Realname] || row[5] != want {
			t.Errorf("row %d: %q", i+1, row)
		}
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}

	again := r.runBatch(t, shown, "run", in, "--out", filepath.Join(r.home, "again.csv"), "--json")
	if s := parseSummary(t, again); again.code != 0 || s != summaryJSON("2", `"rows":8,"sent":0,"match":4,"mismatch":1,"refused":0,"unclear":0,"lost":0,"unsent":0,"duplicate":1,"invalid":2`) {
		t.Errorf("exit %d: %s", again.code, s)
	}
	r.assertRequests(t, 5)
}

// TestBatchXLSX: a workbook keeps every digit.
func TestBatchXLSX(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["LANG"] = "en_US.UTF-8"
	book := excelize.NewFile()
	sheet, err := book.NewSheet("名单")
	if err != nil {
		t.Fatal(err)
	}
	book.SetActiveSheet(sheet)
	f := mockserver.Companies()[1].Factors(juhe.APIQueryV2)
	for i, row := range [][]any{{"Company", "Org code", "Name", "ID number"}, {f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]}} {
		if err := book.SetSheetRow("名单", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	in, out := filepath.Join(r.home, "in.xlsx"), filepath.Join(r.home, "out.xlsx")
	if err := book.SaveAs(in); err != nil {
		t.Fatal(err)
	}
	got := r.runBatch(t, []juhe.Factors{f}, "run", in, "--out", out, "--sheet", "名单", "--api", "queryV2", "--regstatus", "--yes")
	assertResult(t, got, 0, []string{"Run ", "✓ Match 一致", "Time taken "}, []string{"sheet “名单”", "column D, “ID number”", "queryV2 (", "with business status", "To send "})
	book, err = excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 2 || rows[1][3] != f[juhe.Idcard] || rows[1][4] != "Match 一致" || rows[1][7] != "在业" {
		t.Errorf("%q, %v", rows, err)
	}
	assertResult(t, r.runBatch(t, nil, "run", in, "--out", out+".csv", "--sheet", "3"), cli.ExitUsage, nil, []string{"no such sheet"})
}
