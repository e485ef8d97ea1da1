package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// TestTypedLines: a typed line counts only as a whole and with its newline. From
// a pipe the last one needs none.
func TestTypedLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("京", 64<<10)
	for _, test := range []struct {
		in   string
		code int
		want string
	}{
		{"北京晨星虚构科技有限公司\r\n91110199MAYYY0013X\n  张三 \n11010519491231002X\n", 0, ""},
		{"北京晨星虚构科技有限公司\n91110199MAYYY0013X\n张三\n11010519491231002X", cli.ExitUsage, "缺少证件号码"},
		{"北京晨星虚构科技有限公司\n91110199MAYYY0013X\n张三\n11010519491231002X\t\n", 0, ""},
		{long + "\n91110199MAYYY0013X\n张三\n11010519491231002X\n", cli.ExitUsage, "超过 64 KiB"},
		{"北京晨星虚构科技有限公司\n" + long, cli.ExitUsage, "超过 64 KiB"},
		{"北京晨星虚构科技有限公司\n\n\n", cli.ExitUsage, "缺少企业标识"},
	} {
		r := newFixture(t)
		prog, out, errs := r.newApp(strings.NewReader(test.in))
		prog.InTerminal = true
		code := prog.Run(context.Background(), []string{"check"})
		if code != test.code || !strings.Contains(errs.String(), test.want) || (out.Len() > 0) != (code == 0) {
			t.Errorf("%.40q: exit %d, %s%s", test.in, code, out, errs)
		}
		r.assertRequests(t, map[int]int{0: 1}[code])
	}
	r := newFixture(t)
	assertResult(t, r.run("北京", "history", "list", "--search", "-"), 0, nil, nil)
	assertResult(t, r.run(long, "history", "list", "--search", "-"), cli.ExitUsage, nil, []string{"超过 64 KiB"})
}

// TestTypedRow: a spreadsheet row is not a value: the company, which is shown,
// would contain the person.
func TestTypedRow(t *testing.T) {
	t.Parallel()
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	row := strings.Join(lookupLines(f), "\t")
	r := newFixture(t)
	prog, out, errs := r.newApp(strings.NewReader(strings.Join([]string{row, f[juhe.Entname], row, f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], ""}, "\n")))
	prog.InTerminal = true
	got := result{prog.Run(t.Context(), []string{"check"}), out.String(), errs.String()}
	assertResult(t, got, 0, []string{"✓ 一致"}, []string{"请重新输入企业名称。\n企业名称：企业标识：", "请重新输入企业标识。\n企业标识：姓名："})
	assertPrivate(t, got, f)
	r.assertRequests(t, 1)
}

// TestTypedConsent: input from before a question, and a line without a newline,
// are not consent. A typed number cannot have been meant for anything else.
func TestTypedConsent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rows     []juhe.Factors
		in       string
		slow     bool
		code     int
		requests int
	}{
		{companyFactors()[:2], "y\n", false, cli.ExitInterrupted, 0},
		{companyFactors()[:2], "y\nyes\n是\nn\n", false, cli.ExitInterrupted, 0},
		{companyFactors()[:2], "y", true, cli.ExitInterrupted, 0},
		{companyFactors()[:2], "y\n", true, 0, 2},
		{inventedRows(101), "101", false, cli.ExitInterrupted, 0},
		{inventedRows(101), "101\n", false, 0, 101},
	} {
		r := newFastFixture(t)
		prog, _, errs := r.newApp(strings.NewReader(test.in))
		now := time.Now()
		if prog.InTerminal, prog.Now = true, slowClock(); !test.slow {
			prog.Now = func() time.Time { return now }
		}
		args := []string{"batch", "run", r.writeFile(t, "in.csv", csvTable(test.rows...)), "--out", filepath.Join(r.home, "out.xlsx")}
		if code := prog.Run(t.Context(), args); code != test.code {
			t.Errorf("%q: exit %d, %s", test.in, code, errs)
		}
		tooSoon := 0
		if !test.slow {
			tooSoon = strings.Count(strings.ToLower(test.in), "y") + strings.Count(test.in, "是")
		}
		if n := strings.Count(errs.String(), "不算同意"); n != tooSoon {
			t.Errorf("%q: %d answers were too soon", test.in, n)
		}
		r.assertRequests(t, test.requests)
	}
}
