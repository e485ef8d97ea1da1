package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
)

// TestBatchUsage: errors that can be fixed are reported, and nothing is sent.
func TestBatchUsage(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	rows := companyFactors()[:2]
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	odd := r.writeFile(t, "odd.csv", strings.Replace(csvTable(rows...), "统一社会信用代码", "编码", 1))
	twice := r.writeFile(t, "twice.csv", strings.Replace(csvTable(rows...), "序号", "公司名称", 1))
	bare := r.writeFile(t, "bare.csv", strings.TrimPrefix(csvTable(rows...), heading))
	bad := rows[0]
	bad[juhe.Idcard] = "1.10105E+17"
	none := r.writeFile(t, "none.csv", csvTable(bad, bad))
	old := r.writeFile(t, "old.csv", "old")
	out := filepath.Join(r.home, "out.csv")
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"run"}, []string{"FILE"}},
		{[]string{"run", in, in}, []string{"FILE"}},
		{[]string{"run", in}, []string{"请写明 --out"}},
		{[]string{"run", in, "--out", out, "--concurrency", "0"}, []string{"1 到 256"}},
		{[]string{"run", in, "--out", out, "--concurrency", "257"}, []string{"1 到 256"}},
		{[]string{"run", in, "--out", out, "--concurrency", "x"}, []string{"用法有误", "concurrency"}},
		{[]string{"run", in, "--out", out, "--rate", "-1"}, []string{"--rate"}},
		{[]string{"run", in, "--out", out, "--rate", "NaN"}, []string{"--rate"}},
		{[]string{"run", in, "--out", out, "--rate", "inf"}, []string{"--rate"}},
		{[]string{"run", in, "--out", out, "--max-calls", "-1"}, []string{"--max-calls"}},
		{[]string{"run", in, "--out", out, "--header-row", "-1"}, []string{"--header-row"}},
		{[]string{"run", in, "--out", out, "--api", "queryV3"}, []string{`没有 "queryV3" 这个接口`}},
		{[]string{"run", in, "--out", filepath.Join(r.home, "out.txt")}, []string{".csv 或 .xlsx"}},
		{[]string{"run", in, "--out", in}, []string{"就是要核验的表格"}},
		{[]string{"run", in, "--out", old}, []string{"已存在，没有覆盖"}},
		{[]string{"run", in, "--out", filepath.Join(r.home, "no", "out.csv")}, []string{"无法写入"}},
		{[]string{"run", filepath.Join(r.home, "no.csv"), "--out", out}, []string{"找不到文件", "no.csv"}},
		{[]string{"run", in, "--out", out, "--header-row", "9"}, []string{"没有内容"}},
		{[]string{"run", in, "--out", out, "--map", "entname"}, []string{"entname 应写成 entname=B 的形式"}},
		{[]string{"run", in, "--out", out, "--map", "name=B"}, []string{"name=B", "entname；entmark；realname；idcard"}},
		{[]string{"run", in, "--out", out, "--map", "entname=住址"}, []string{"entname=住址", "公司名称"}},
		{[]string{"run", odd, "--out", out}, []string{"无法确定哪一列是企业标识", "第 1 行的表头：A 序号；B 公司名称；C 编码；", "--map entmark=C"}},
		{[]string{"run", twice, "--out", out}, []string{"不止一列像是企业名称", "A 公司名称；B 公司名称", "--map entname=<列>"}},
		{[]string{"run", bare, "--out", out}, []string{"第 1 行像是数据", "--header-row 0", "--map entname=B,entmark=C,realname=D,idcard=E"}},
		{[]string{"run", bare, "--out", out, "--header-row", "0"}, []string{"可选的列：A 到 E"}},
		{[]string{"run", bare, "--out", out, "--map", "entname=住址"}, []string{"entname=住址"}},
		{[]string{"run", none, "--out", out, "--yes"}, []string{"没有可以发送的行", "第 2 行 E 列"}},
		{[]string{"run", none, "--dry-run", "--json"}, []string{"没有可以发送的行"}},
		{[]string{"resume"}, []string{"批次编号"}},
		{[]string{"resume", "x"}, []string{`"x" 不是批次编号`}},
		{[]string{"resume", "01"}, []string{`"01" 不是批次编号`}},
		{[]string{"resume", "7"}, []string{"没有编号为 7 的批次"}},
		{[]string{"export", "7", "--out", out}, []string{"没有编号为 7 的批次"}},
		{[]string{"export", "7"}, []string{"请写明 --out"}},
		{[]string{"lst"}, []string{`没有 "lst" 这个命令`}},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			assertResult(t, r.runBatch(t, rows, test.args...), cli.ExitUsage, nil, append(test.want, "fourfactor: "))
		})
	}
	assertResult(t, r.runBatch(t, rows, "list"), 0, nil, []string{"还没有批次"})
	r.assertRequests(t, 0)
	if text, err := os.ReadFile(old); err != nil || string(text) != "old" {
		t.Errorf("%q, %v", text, err)
	}

	// --map fixes it; a row of data used as the header is reported.
	assertResult(t, r.runBatch(t, rows, "run", odd, "--map", "entmark=编码", "--dry-run"), 0, nil, []string{"C 列“编码”", "将发送 2 笔"})
	const columns = "entname=B,entmark=C,realname=D,idcard=E"
	assertResult(t, r.runBatch(t, rows, "run", bare, "--map", columns, "--header-row", "0", "--dry-run"), 0, nil, []string{"将发送 2 笔"})
	assertResult(t, r.runBatch(t, rows, "run", bare, "--map", columns, "--dry-run"), 0, nil, []string{"第 1 行被当作表头，不核验", "将发送 1 笔"})
}

// TestBatchNoKey: without a key nothing is sent and no run is created; a dry run
// needs none.
func TestBatchNoKey(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	delete(r.env, "JUHE_KEY")
	rows := companyFactors()[:2]
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	assertResult(t, r.runBatch(t, rows, "run", in, "--dry-run"), 0, nil, []string{"将发送 2 笔"})
	assertResult(t, r.runBatch(t, rows, "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes"), cli.ExitUsage, nil, []string{"没有 key，未发送", "个人中心"})
	assertResult(t, r.runBatch(t, rows, "list"), 0, nil, []string{"还没有批次"})
	r.assertRequests(t, 0)
}

// TestBatchChanged: an edited input is refused, and so is an output that
// appeared meanwhile; the answers are kept.
func TestBatchChanged(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:3]
	in, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.csv")
	r.beforeAnswer(t, func() { r.writeFile(t, "out.csv", "another's") })
	got := r.runBatch(t, rows, "run", in, "--out", out, "--yes")
	assertResult(t, got, cli.ExitUnfinished, []string{"✓ 一致 3"}, []string{
		"已存在，没有覆盖", "没有丢失", "\nfourfactor batch resume 1\n", "\nfourfactor batch export 1 --out FILE\n",
	})
	if strings.Contains(got.out, "结果文件") {
		t.Errorf("there is an output: %s", got.out)
	}
	assertResult(t, r.runBatch(t, rows, "resume", "1"), cli.ExitUsage, nil, []string{"已存在，没有覆盖"})
	assertResult(t, r.runBatch(t, rows, "export", "1", "--out", "~/else.xlsx"), 0, nil, []string{"已写出 3 行"})
	assertResult(t, r.runBatch(t, rows, "export", "1", "--out", "~/else.xlsx"), cli.ExitUsage, nil, []string{"已存在，没有覆盖"})
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.runBatch(t, rows, "resume", "1"), 0, []string{"结果文件 " + out}, nil)
	r.assertRequests(t, 3)
	r.writeFile(t, "in.csv", csvTable(rows[0], rows[2]))
	assertResult(t, r.runBatch(t, rows, "resume", "1"), cli.ExitUsage, nil, []string{"与批次开始时不同"})
	assertResult(t, r.runBatch(t, rows, "export", "1", "--out", filepath.Join(r.home, "more.csv")), cli.ExitUsage, nil, []string{"与批次开始时不同"})
}

// TestBatchUnsaved: lookups that the ledger did not take are printed, masked.
func TestBatchUnsaved(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:3]
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	r.mustCheck(t, companyFactors()[4]) // makes the ledger
	db := filepath.Join(r.dataDir(), "ledger.db")
	garbage := strings.Repeat("not a database ", 1000)
	r.beforeAnswer(t, func() {
		for _, name := range []string{db, db + "-wal"} {
			if err := os.WriteFile(name, []byte(garbage), 0o600); err != nil {
				t.Error(err)
			}
		}
	})
	got := r.runBatch(t, rows, "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--concurrency", "1")
	assertResult(t, got, cli.ExitLedger, []string{"批次"}, []string{"笔已发送", `"outcome":"match"`, `"masked":true`, "未完成：台账"})
	// The next row may be on its way while the first outcome cannot be recorded.
	if n := r.service.Requests(); n > 3 {
		t.Errorf("got %d requests, want at most 3", n)
	}
}

// TestProgressTerminal: on a terminal the line is redrawn in place, and removed
// at the end.
func TestProgressTerminal(t *testing.T) {
	t.Parallel()
	for _, dumb := range []bool{false, true} {
		r := newFixture(t) // or the ledger would answer the second run at once
		r.configure(t, "[juhe]\ntimeout = \"500ms\"\n")
		rows := append(companyFactors()[:2], caseRows("hang", 1)...)
		in := r.writeFile(t, "in.csv", csvTable(rows...))
		prog, out, errs := r.newApp(strings.NewReader(""))
		prog.ErrTerminal, prog.Terminal.Size = true, func() (int, int) { return 60, 20 }
		if dumb {
			env := prog.Env
			prog.Env = func(name string) string {
				if name == "TERM" {
					return "dumb"
				}
				return env(name)
			}
		}
		code := prog.Run(t.Context(), []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes"})
		got := result{code, out.String(), errs.String()}
		assertResult(t, got, 0, []string{"批次"}, []string{"行数"})
		drawn := strings.Count(got.err, "\r")
		if drawn > 0 == dumb || !dumb && !strings.Contains(got.err, "\r\x1b[K") {
			t.Errorf("drawn %d times: %q", drawn, got.err)
		}
		if _, after, _ := strings.Cut(got.err, "\r"); !dumb {
			for line := range strings.SplitSeq(after, "\r") {
				line, _, _ = strings.Cut(line, "\x1b[K")
				if ansi.StringWidth(line) > 59 {
					t.Errorf("too wide: %q", line)
				}
			}
		}
	}
}
