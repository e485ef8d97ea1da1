package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// TestBatchStopCode: a permanent error code stops the run; resume sends the
// remaining rows only.
func TestBatchStopCode(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()
	empty := atomic.Bool{}
	empty.Store(true)
	r.intercept(t, func(service http.Handler, w http.ResponseWriter, q *http.Request, entname string) {
		if entname == rows[4][juhe.Entname] && empty.Load() {
			fmt.Fprint(w, `{"reason":"请求超过次数限制","result":null,"error_code":10012}`)
			return
		}
		service.ServeHTTP(w, q)
	})
	in, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.xlsx")
	got := r.runBatch(t, rows, "run", in, "--out", out, "--yes", "--json", "--concurrency", "1", "--rate", "0")
	if s := parseSummary(t, got); s != summaryJSON("1", `"rows":12,"sent":4,"match":4,"mismatch":0,"refused":0,"unclear":0,"lost":0,"unsent":8,"duplicate":0,"invalid":0,"stopped":"10012"`) {
		t.Error(s)
	}
	assertResult(t, got, cli.ExitUnfinished, []string{"10012"}, []string{"未完成：服务返回错误码 10012：可用次数已用完；请充值后再试", "\nfourfactor batch resume 1\n"})
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("there is an output: %v", err)
	}
	assertResult(t, r.runBatch(t, rows, "list"), 0, []string{"1 20", "in.csv", "未完成：服务返回错误码 10012", "✓ 一致 4"}, nil)

	assertResult(t, r.runBatch(t, rows, "resume", "1"), cli.ExitUsage, nil, []string{"本批已核验 4（不再发送）", "将发送 8 笔", "--yes"})
	empty.Store(false)
	got = r.runBatch(t, rows, "resume", "1", "--yes", "--json")
	if s := parseSummary(t, got); got.code != 0 || s != summaryJSON("1", `"rows":12,"sent":12,"match":12,"mismatch":0,"refused":0,"unclear":0,"lost":0,"unsent":0,"duplicate":0,"invalid":0`) {
		t.Errorf("exit %d: %s\n%s", got.code, s, got.err)
	}
	for _, f := range rows {
		if n := r.service.RequestsFor(f[juhe.Entname]); n != 1 {
			t.Errorf("%d requests for %s", n, f[juhe.Entname])
		}
	}

	// A finished run asks nothing, and restores a missing output.
	for range 2 {
		assertResult(t, r.runBatch(t, rows, "resume", "1"), 0, []string{"✓ 一致 12", out}, []string{"将发送 0\n"})
		if err := os.Remove(out); err != nil {
			t.Fatal(err)
		}
	}
	r.assertRequests(t, 12)
}

// TestBatchLimits: --max-calls and the daily limit are never exceeded.
func TestBatchLimits(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	rows := companyFactors()
	r.configure(t, "[batch]\nrate = 0.0\n[guard]\nprice = 1.5\ndaily_limit = 5\n")
	in, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.csv")
	got := r.runBatch(t, rows, "run", in, "--out", out, "--max-calls", "3", "--yes", "--json", "--rate", "0")
	if s := parseSummary(t, got); got.code != cli.ExitUnfinished || !strings.Contains(s, `"sent":3,"match":3,`) || !strings.HasSuffix(s, `"unsent":9,"duplicate":0,"invalid":0,"stopped":"limit"}`) {
		t.Errorf("exit %d: %s", got.code, s)
	}
	assertResult(t, got, cli.ExitUnfinished, []string{"limit"}, []string{"12 笔，这次最多发送 3 笔（计费）", "约 ¥4.50（3 × ¥1.50，仅为估算）", "已达"})
	got = r.runBatch(t, rows, "resume", "1", "--yes", "--json")
	assertResult(t, got, cli.ExitUnfinished, []string{`"sent":5,`, `"stopped":"limit"`}, []string{"已发送 3 笔，每日上限 5 笔", "9 笔，每日上限内今天还可以发送 2 笔", "约 ¥3.00（2 × ¥1.50", "fourfactor batch resume 1\n"})
	r.assertRequests(t, 5)
	got = r.runBatch(t, rows, "run", in, "--dry-run", "--json")
	assertResult(t, got, 0, []string{`"repeated":5,"unsettled":0,"warned":0,"calls":0,"estimate":0}`}, nil)
	r.configure(t, "[batch]\nrate = 0.0\n")
	assertResult(t, r.runBatch(t, rows, "resume", "1", "--yes"), 0, []string{"✓ 一致 12"}, nil)
	r.assertRequests(t, 12)
}

// TestBatchWarned: rows with warnings are listed before they are sent, as text
// and as JSON, and --hold-warned holds them back.
func TestBatchWarned(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:4]
	rows[1][juhe.Idcard] = "110105194912310021"
	rows[3][juhe.Idcard] = ""
	in, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.csv")
	shown := rows[:3]
	dry := r.runBatch(t, shown, "run", in, "--dry-run", "--json")
	assertResult(t, dry, 0, []string{
		`"rows":4,"invalid":1,"duplicate":0,"repeated":0,"unsettled":0,"warned":1,"calls":3}`,
		`{"schema":1,"row":3,"remarks":[{"field":"idcard","rule":"checksum","text":"`, `{"schema":1,"row":5,"invalid":true,"remarks":[{"field":"idcard","rule":"empty","text":"`,
	}, []string{"有提醒 1（照常处理）", "第 3 行 E 列 证件号码：", "--hold-warned"})
	assertResult(t, r.runBatch(t, shown, "run", in, "--dry-run", "--json", "--hold-warned"), 0, []string{`"warned":1,"calls":2}`}, []string{"有提醒 1（不发送）", "第 3 行 E 列"})
	got := r.runBatch(t, shown, "run", in, "--out", out, "--yes", "--json", "--hold-warned")
	if s := parseSummary(t, got); got.code != 0 || s != summaryJSON("1", `"rows":4,"sent":2,"match":2,"mismatch":0,"refused":0,"unclear":0,"lost":0,"unsent":1,"duplicate":0,"invalid":1`) {
		t.Errorf("exit %d: %s\n%s", got.code, s, got.err)
	}
	assertResult(t, r.runBatch(t, shown, "resume", "1", "--yes"), 0, []string{"有提醒；不发送 1"}, []string{"有提醒 1（不发送）"})
	r.assertRequests(t, 2)
	rest := filepath.Join(r.home, "rest.csv")
	assertResult(t, r.runBatch(t, shown, "export", "1", "--rest", "--out", rest), 0, nil, []string{"已写出 2 行"})
	if left := readCells(t, rest); !strings.HasPrefix(left[1][5], "有提醒，按要求未发送：") || left[2][5] == "" {
		t.Errorf("%q", left)
	}
}

// TestBatchBounded: the plan, its JSON and the question show what can be sent
// now, and no more is sent.
func TestBatchBounded(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[batch]\nrate = 0.0\n[guard]\nprice = 1.50\ndaily_limit = 3\n")
	in, out := r.writeFile(t, "in.csv", csvTable(inventedRows(150)...)), filepath.Join(r.home, "out.csv")
	for _, c := range []struct {
		most  string
		calls int
		told  string
	}{
		{"0", 3, "150 笔，每日上限内今天还可以发送 3 笔"}, {"2", 2, "150 笔，这次最多发送 2 笔"}, {"100", 3, "今天还可以发送 3 笔"},
	} {
		yuan := 1.5 * float64(c.calls)
		dry := r.runBatch(t, nil, "run", in, "--dry-run", "--json", "--max-calls", c.most)
		assertResult(t, dry, 0, []string{fmt.Sprintf(`"calls":%d,"estimate":%g}`, c.calls, yuan)}, []string{c.told, fmt.Sprintf("约 ¥%.2f（%d × ¥1.50", yuan, c.calls)})
		asked := r.runBatch(t, nil, "run", in, "--out", out, "--max-calls", c.most)
		assertResult(t, asked, cli.ExitUsage, nil, []string{fmt.Sprintf("未发送。将发送 %d 笔", c.calls)})
	}
	got := r.runBatch(t, nil, "run", in, "--out", out, "--yes")
	assertResult(t, got, cli.ExitUnfinished, []string{"已发送 3\n", "费用估算 约 ¥4.50（3 × ¥1.50"}, []string{"今天还可以发送 3 笔", "已达上限"})
	r.assertRequests(t, 3)
	assertResult(t, r.runBatch(t, nil, "resume", "1"), cli.ExitUnfinished, []string{"已发送 3\n"}, []string{"147 笔，每日上限内今天还可以发送 0 笔"})
	r.assertRequests(t, 3)
}

// TestBatchQuestions: a person is asked; above 100 calls the number has to be
// typed.
func TestBatchQuestions(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	few, many := r.writeFile(t, "few.csv", csvTable(companyFactors()[:2]...)), r.writeFile(t, "many.csv", csvTable(inventedRows(101)...))
	run := func(in, path, out string) result {
		return r.runOnTerminal(in, "batch", "run", path, "--out", filepath.Join(r.home, out), "--rate", "0", "--concurrency", "16")
	}
	for _, answer := range []string{"", "\n", "n\n", "2\n", "101\n"} {
		assertResult(t, run(answer, few, "out.csv"), cli.ExitInterrupted, nil, []string{"将发送 2 笔（计费），确定吗？[y/N]", "未发送"})
	}
	for _, answer := range []string{"", "y\n", "yes\n", "100\n", "101笔\n"} {
		assertResult(t, run(answer, many, "out.csv"), cli.ExitInterrupted, nil, []string{"请输入笔数 101 确认", "未发送"})
	}
	assertResult(t, r.runBatch(t, nil, "list"), 0, nil, []string{"还没有批次"})
	r.assertRequests(t, 0)
	assertResult(t, run("ｙ\n", few, "few.xlsx"), 0, []string{"✓ 一致 2"}, nil)
	assertResult(t, run(" １０１ \n", many, "many.xlsx"), 0, []string{"✓ 一致 1", "✗ 不一致 100"}, nil)
	r.assertRequests(t, 103)
	// The question has the number that can be sent.
	r.configure(t, "[guard]\nrepeat_within = \"0s\"\n")
	assertResult(t, r.runOnTerminal("y\n", "batch", "run", many, "--max-calls", "1", "--out", filepath.Join(r.home, "one.csv")), cli.ExitUnfinished, []string{"已发送 1"}, []string{"发送 1 笔"})
}

// TestBatchAlike: a run pauses when its first rows all get the same answer.
func TestBatchAlike(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := inventedRows(60)
	rows[9][juhe.Realname] = "示例一"
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	got := r.runBatch(t, rows, "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--json")
	assertResult(t, got, cli.ExitUnfinished, []string{`"sent":20,"match":0,"mismatch":20,`, `"stopped":"unwell"`}, []string{"前 20 笔的结果全都相同（不一致 -22：", "\nfourfactor batch resume 1\n"})
	r.assertRequests(t, 20)
	assertResult(t, r.runBatch(t, rows, "resume", "1", "--yes"), 0, []string{"✗ 不一致 60"}, nil)
	rows = rows[:0:0]
	for _, f := range inventedRows(60) {
		f[juhe.Entname], f[juhe.Realname] = "北京晨星"+f[juhe.Entname], f[juhe.Realname]+"丰"
		rows = append(rows, f)
	}
	asked := r.runOnTerminal("y\nn\n", "batch", "run", r.writeFile(t, "more.csv", csvTable(rows...)), "--out", filepath.Join(r.home, "more.csv.csv"))
	assertResult(t, asked, cli.ExitUnfinished, []string{"已发送 20"}, []string{"继续发送照常计费"})
}

// TestBatchLost: a lost row is sent again only on request.
func TestBatchLost(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:3]
	broken := atomic.Bool{}
	broken.Store(true)
	r.intercept(t, func(service http.Handler, w http.ResponseWriter, q *http.Request, entname string) {
		if entname == rows[1][juhe.Entname] && broken.Load() {
			panic(http.ErrAbortHandler)
		}
		service.ServeHTTP(w, q)
	})
	in, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.csv")
	got := r.runBatch(t, rows, "run", in, "--out", out, "--yes")
	assertResult(t, got, 0, []string{"~ 结果未知 1", "✓ 一致 2"}, []string{"有 1 行结果未知", "可能再次计费", "\nfourfactor batch resume 1 --resend-lost\n"})
	broken.Store(false)
	assertResult(t, r.runBatch(t, rows, "resume", "1"), 0, []string{"~ 结果未知 1"}, []string{"将发送 0\n"})
	r.assertRequests(t, 2)
	// Neither does another run of the same rows.
	assertResult(t, r.runBatch(t, rows, "run", in, "--dry-run", "--json"), 0, []string{`"repeated":2,"unsettled":1,"warned":0,"calls":0}`}, []string{"上次无结论 1"})
	rest := filepath.Join(r.home, "rest.csv")
	assertResult(t, r.runBatch(t, rows, "export", "1", "--rest", "--out", rest), 0, nil, []string{"已写出 1 行：" + rest})
	if left := readCells(t, rest); len(left) != 2 || len(left[1]) != 6 || left[0][5] != "无结论的原因" || left[1][5] == "" || left[1][1] != rows[1][juhe.Entname] {
		t.Errorf("%q", left)
	}
	assertResult(t, r.runOnTerminal("n\n", "batch", "resume", "1", "--resend-lost"), cli.ExitInterrupted, nil, []string{"可能再次计费", "发送 1 笔"})
	assertResult(t, r.runOnTerminal("y\n", "batch", "resume", "1", "--resend-lost"), 0, []string{"✓ 一致 3"}, nil)
	r.assertRequests(t, 3)
	if written := readCells(t, out); written[2][5] != "一致" {
		t.Errorf("%q", written[2])
	}
}

// TestBatchUnwell: ten failures in a row stop a run without a terminal, and ask
// on a terminal.
func TestBatchUnwell(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in       string
		yes      bool
		stopped  string
		requests int
	}{
		"unattended": {"", true, "unwell", 10},
		"go on":      {"y\ny\nn\n", false, "operator", 20},
		"stop":       {"y\n", false, "operator", 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.configure(t, "[juhe]\ntimeout = \"1s\"\n")
			rows := caseRows("hang", 25)
			in := r.writeFile(t, "in.csv", csvTable(rows...))
			args := []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--json", "--rate", "0", "--concurrency", "10"}
			if test.yes {
				args = append(args, "--yes")
			}
			got := r.runOnTerminal(test.in, args...)
			s := parseSummary(t, got)
			if !strings.Contains(s, `"stopped":"`+test.stopped+`"`) || !strings.Contains(s, fmt.Sprintf(`"lost":%d,"unsent":%d,`, test.requests, 25-test.requests)) {
				t.Error(s)
			}
			assertResult(t, got, cli.ExitUnfinished, []string{"lost"}, []string{"\nfourfactor batch resume 1\n"})
			if asked := strings.Contains(got.err, "连续 10 笔没有正常应答，已暂停。最近一笔：时限内未收到完整应答"); asked == test.yes {
				t.Errorf("asked: %t\n%s", asked, got.err)
			}
			r.assertRequests(t, test.requests)
		})
	}
}

// TestBatchTerminatedAtQuestion: a signal while a run asks whether to continue is the end
// of the program, not the operator's answer.
func TestBatchTerminatedAtQuestion(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[ledger]\nencryption = \"none\"\n")
	ctx, end := context.WithCancelCause(t.Context())
	in := r.writeFile(t, "in.csv", csvTable(caseRows("html-502", 12)...))
	prog, out, errs := r.newApp(io.MultiReader(strings.NewReader("y\n"), readerFunc(func() { end(cli.ErrTerminated) })))
	prog.InTerminal, prog.Now = true, slowClock()
	code := prog.Run(ctx, []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--rate", "0"})
	assertResult(t, result{code, out.String(), errs.String()}, cli.ExitUnfinished, []string{"批次"}, []string{"继续发送吗"})
	l := sqlite.New(sqlite.Options{Path: filepath.Join(r.dataDir(), "ledger.db"), Encryption: sqlite.EncryptionNone, Now: time.Now})
	defer l.Close()
	if run, _, err := l.Run(t.Context(), 1); err != nil || run.StopReason != lookup.StopShutdown {
		t.Errorf("got stop reason %q, %v, want %q", run.StopReason, err, lookup.StopShutdown)
	}
}

// TestBatchInterrupted: the first Ctrl+C waits for the calls in progress.
func TestBatchInterrupted(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	rows := companyFactors()
	ctx, interrupt := context.WithCancel(t.Context())
	var once sync.Once
	r.intercept(t, func(service http.Handler, w http.ResponseWriter, q *http.Request, entname string) {
		if entname == rows[2][juhe.Entname] {
			once.Do(interrupt)
		}
		service.ServeHTTP(w, q)
	})
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	config := filepath.Join(r.home, "it's.toml")
	if err := os.WriteFile(config, []byte("[batch]\nconcurrency = 1\nrate = 20.0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	prog, out, errs := r.newApp(strings.NewReader(""))
	code := prog.Run(ctx, []string{"--config", config, "batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--json"})
	got := result{code, out.String(), errs.String()}
	if s := parseSummary(t, got); code != cli.ExitUnfinished || !strings.Contains(s, `"sent":3,"match":3,`) || !strings.Contains(s, `"lost":0,"unsent":9,`) || !strings.Contains(s, `"stopped":"operator"`) {
		t.Errorf("exit %d: %s", code, s)
	}
	quoted := `'` + strings.ReplaceAll(config, "'", `'\''`) + `'`
	assertResult(t, got, cli.ExitUnfinished, []string{"operator"}, []string{"未完成：已手动停止", "\nfourfactor --config " + quoted + " batch resume 1\n"})
	assertResult(t, r.runBatch(t, rows, "--config", config, "resume", "1", "--yes"), 0, []string{"✓ 一致 12"}, nil)
	for _, f := range rows {
		if n := r.service.RequestsFor(f[juhe.Entname]); n != 1 {
			t.Errorf("%d requests for %s", n, f[juhe.Entname])
		}
	}
}

// TestBatchGivenUp: the second Ctrl+C does not wait.
func TestBatchGivenUp(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	rows := companyFactors()[:3]
	ctx, interrupt := context.WithCancel(t.Context())
	r.intercept(t, func(_ http.Handler, w http.ResponseWriter, q *http.Request, entname string) {
		interrupt()
		<-q.Context().Done()
	})
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	prog, out, errs := r.newApp(strings.NewReader(""))
	prog.GiveUp = ctx
	started := time.Now()
	code := prog.Run(ctx, []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--json", "--concurrency", "1"})
	got := result{code, out.String(), errs.String()}
	if s := parseSummary(t, got); code != cli.ExitUnfinished || !strings.Contains(s, `"lost":1,"unsent":2,`) || time.Since(started) > 10*time.Second {
		t.Errorf("exit %d after %v: %s", code, time.Since(started), s)
	}
	assertResult(t, got, cli.ExitUnfinished, []string{"operator"}, []string{"\nfourfactor batch resume 1\n", "\nfourfactor batch resume 1 --resend-lost\n"})
}

// TestBatchBeforeSending: an interrupt before anything is sent leaves no run.
func TestBatchBeforeSending(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	in := r.writeFile(t, "in.csv", csvTable(companyFactors()...))
	args := []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv")}
	ctx, interrupt := context.WithCancel(t.Context())
	prog, _, errs := r.newApp(readerFunc(interrupt))
	prog.InTerminal = true
	if code := prog.Run(ctx, args); code != cli.ExitInterrupted {
		t.Errorf("exit %d: %s", code, errs)
	}
	prog, _, errs = r.newApp(strings.NewReader(""))
	if code := prog.Run(ctx, append(args, "--yes")); code != cli.ExitInterrupted {
		t.Errorf("exit %d: %s", code, errs)
	}
	assertResult(t, r.run("", "batch", "list"), 0, nil, []string{"还没有批次"})
	r.assertRequests(t, 0)
}

// readerFunc is a terminal where nobody answers. It calls the function when it
// is read.
type readerFunc func()

func (r readerFunc) Read([]byte) (int, error) {
	r()
	select {}
}

// TestBatchDriven: only one process at a time sends a run.
func TestBatchDriven(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:2]
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	var once sync.Once
	r.intercept(t, func(service http.Handler, w http.ResponseWriter, q *http.Request, entname string) {
		once.Do(func() {
			assertResult(t, r.runBatch(t, rows, "resume", "1", "--yes"), cli.ExitUsage, nil, []string{"批次 1 正由另一个程序执行"})
			assertResult(t, r.runBatch(t, rows, "list"), 0, []string{"未完成"}, nil)
			assertResult(t, r.runBatch(t, rows, "export", "1", "--out", filepath.Join(r.home, "sofar.csv")), 0, nil, []string{"已写出 2 行"})
		})
		service.ServeHTTP(w, q)
	})
	assertResult(t, r.runBatch(t, rows, "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes"), 0, []string{"✓ 一致 2"}, nil)
	r.assertRequests(t, 2)
}

// TestBatchList: list prints one line a run, newest first, and needs neither key
// nor service.
func TestBatchList(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := companyFactors()[:3]
	for i := range 3 {
		in := r.writeFile(t, fmt.Sprintf("%d.csv", i), csvTable(rows[i:]...))
		assertResult(t, r.runBatch(t, rows, "run", in, "--out", filepath.Join(r.home, fmt.Sprintf("%d.out.csv", i)), "--yes"), 0, []string{"批次"}, nil)
	}
	r.env["JUHE_BASE_URL"] = "http://127.0.0.1:1"
	delete(r.env, "JUHE_KEY")
	got := r.runBatch(t, rows, "list", "--json")
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if len(lines) != 3 || got.err != "" {
		t.Fatalf("%s%s", got.out, got.err)
	}
	for i, text := range lines {
		want := fmt.Sprintf(`{"schema":1,"run":"%d","rows":%d,"sent":%d,"match":%d,"mismatch":0,"refused":0,"unclear":0,"lost":0,"unsent":0,"duplicate":0,"invalid":0,"elapsed_ms":`, 3-i, i+1, []int{0, 0, 3}[i], i+1)
		var line struct {
			At        time.Time `json:"at"`
			File, Out string
		}
		if err := json.Unmarshal([]byte(text), &line); err != nil || !strings.HasPrefix(text, want) || time.Since(line.At) > time.Hour || line.File != filepath.Join(r.home, fmt.Sprintf("%d.csv", 2-i)) || line.Out == "" {
			t.Errorf("%s, want %s…, %v", text, want, err)
		}
	}
	assertResult(t, r.runBatch(t, rows, "--lang", "en", "list"), 0, []string{"3 20", "2.csv", "rows 1", "done", "✓ Match 一致 1"}, nil)
	assertResult(t, r.runBatch(t, rows, "resume", "1", "--yes"), cli.ExitUsage, nil, []string{"属于另一个服务"})
	out := filepath.Join(r.home, "copy.csv")
	assertResult(t, r.runBatch(t, rows, "export", "1", "--out", out), 0, nil, []string{"已写出 3 行"})
	if a, b := readCells(t, out), readCells(t, filepath.Join(r.home, "0.out.csv")); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%q, want %q", a, b)
	}
}

// TestBatchDemo: the demo runs a table, says that it is the demo, and keeps
// nothing.
func TestBatchDemo(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["TMPDIR"] = t.TempDir()
	rows := append(companyFactors()[:2], juhe.Factors{juhe.Entname: mockserver.ErrorCodeEntname(10012), juhe.Entmark: "91110199MAYYY0013X", juhe.Realname: "演示甲", juhe.Idcard: "11010519491231002X"})
	in := r.writeFile(t, "in.csv", csvTable(rows...))
	got := r.runBatch(t, rows, "--demo", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--json", "--concurrency", "1", "--rate", "0")
	assertResult(t, got, cli.ExitUnfinished, []string{`{"schema":1,"demo":true,"run":"1",`, `"stopped":"10012"`}, []string{"演示", "不保留"})
	if strings.Contains(got.err, "batch resume") {
		t.Errorf("it tells how to resume: %s", got.err)
	}
	whole := r.writeFile(t, "whole.csv", csvTable(companyFactors()[:2]...))
	assertResult(t, r.runBatch(t, rows, "--demo", "run", whole, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--rate", "0", "--json"), 0, []string{`"demo":true`}, nil)
	for i, result := range strings.Split(strings.TrimSpace(readContents(t, filepath.Join(r.home, "out.csv"))), "\n")[1:] {
		if !strings.Contains(result, ",演示：") {
			t.Errorf("row %d of the output does not say that it is a demo's: %s", i+1, result)
		}
	}
	for _, ext := range []string{".csv", ".xlsx"} {
		path := filepath.Join(r.home, "history"+ext)
		assertResult(t, r.run("", "--demo", "history", "export", "--out", path), 0, nil, nil)
		if text := readContents(t, path); !strings.Contains(text, "演示：四项要素全部一致") {
			t.Errorf("%s does not say that it is a demo's", ext)
		}
	}
	assertResult(t, r.runBatch(t, rows, "--demo", "run", in, "--dry-run", "--json"), 0, []string{`{"schema":1,"demo":true,"dry_run":true,`}, nil)
	assertResult(t, r.runBatch(t, rows, "--demo", "list"), 0, nil, []string{"还没有批次"})
	r.assertRequests(t, 0)
	if left, err := os.ReadDir(r.env["TMPDIR"]); err != nil || len(left) != 0 {
		t.Errorf("the demo left %v, %v", left, err)
	}
}

// TestBatchEnds: text distinguishes a run stopped by a signal from one stopped
// by hand; JSON does not.
func TestBatchEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cause error
		told  string
	}{{cli.ErrTerminated, "程序退出或终端断开时停止"}, {nil, "已手动停止"}} {
		r := newFastFixture(t)
		rows := companyFactors()
		in := r.writeFile(t, "in.csv", csvTable(rows...))
		prog, out, errs := r.newApp(strings.NewReader(""))
		ctx, end := context.WithCancelCause(context.Background())
		r.intercept(t, func(service http.Handler, w http.ResponseWriter, q *http.Request, _ string) {
			end(c.cause)
			service.ServeHTTP(w, q)
		})
		code := prog.Run(ctx, []string{"batch", "run", in, "--out", filepath.Join(r.home, "out.csv"), "--yes", "--json", "--concurrency", "1"})
		got := result{code, out.String(), errs.String()}
		assertResult(t, got, cli.ExitUnfinished, []string{`"stopped":"operator"`}, []string{"未完成：" + c.told})
	}
}
