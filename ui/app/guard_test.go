package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

// dataDir is the folder of the ledger.
func (r *fixture) dataDir() string { return filepath.Join(r.home, ".local", "share", "fourfactor") }

// mustCheck makes a lookup and returns its JSON.
func (r *fixture) mustCheck(t *testing.T, f juhe.Factors, args ...string) (said map[string]any, got result) {
	t.Helper()
	got = r.run(factorsJSON(f), append([]string{"check", "--stdin", "--json"}, args...)...)
	return parseLookup(t, got.out), got
}

// assertRequests checks the number of requests.
func (r *fixture) assertRequests(t *testing.T, want int) {
	t.Helper()
	if n := r.service.Requests(); n != want {
		t.Errorf("%d requests, want %d", n, want)
	}
}

// TestRepeat: a recent verdict is answered from the ledger free of charge, which
// is said; only --again sends.
func TestRepeat(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for i, f := range []juhe.Factors{mockserver.Companies()[0].Factors(juhe.APIQuery), juhetest.Verdicts(juhe.APIQuery)[2].Factors} {
		first, got := r.mustCheck(t, f)
		code := got.code
		r.assertRequests(t, 2*i+1)
		second, got := r.mustCheck(t, f, "--api", "queryEncry")
		r.assertRequests(t, 2*i+1)
		for name, want := range map[string]any{
			"outcome": first["outcome"], "repeated": first["id"], "id": first["id"], "at": first["at"],
			"billable": "no", "orderid": first["orderid"], "api": "queryEncry",
		} {
			if second[name] != want {
				t.Errorf("%s = %v, want %v", name, second[name], want)
			}
		}
		meaning := fmt.Sprint(second["meaning"])
		if got.code != code || first["billable"] != "yes" || !strings.HasPrefix(meaning, fmt.Sprint(first["meaning"])+" [") || !strings.Contains(meaning, "用 query 核验过") {
			t.Errorf("exit %d, then %d: %s", code, got.code, got.out)
		}
		third, got := r.mustCheck(t, f, "--again")
		r.assertRequests(t, 2*i+2)
		if _, repeated := third["repeated"]; repeated || got.code != code {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
	}
	got := r.run(example, "check", "--stdin")
	assertResult(t, got, 0, []string{"✓ 一致  台账作答，", "上一次：", " 用 query 核验过：一致（本次未发送，不计费）", "是否计费：不计费"}, []string{"history show", "--again"})
	_, id, _ := strings.Cut(got.out, "编号：")
	assertResult(t, r.run("", "history", "show", strings.TrimSpace(id)), 0, []string{"✓ 一致  四项要素全部一致"}, nil)
}

// TestRepeatHolds: a record answers only for what it holds.
func TestRepeatHolds(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQueryV2)
	r.mustCheck(t, f, "--api", "queryV2")
	r.mustCheck(t, f, "--api", "queryV2")
	r.assertRequests(t, 1)
	if said, _ := r.mustCheck(t, f); said["repeated"] != nil {
		t.Errorf("queryV2 answers for query: %v", said)
	}
	r.assertRequests(t, 2)
	r.mustCheck(t, f, "--regstatus")
	r.assertRequests(t, 3)
	r.configure(t, "[guard]\nrepeat_within = \"0s\"\n")
	r.mustCheck(t, f)
	r.assertRequests(t, 4)
}

// TestUnsettled: after a lookup without a verdict that may have been charged,
// only --again sends.
func TestUnsettled(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"close", "html-502"} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			f := mockserver.Companies()[0].Factors(juhe.APIQuery)
			f[juhe.Entname] = "虚构" + slug + "公司"
			first, _ := r.mustCheck(t, f)
			said, got := r.mustCheck(t, f)
			r.assertRequests(t, 1)
			if got.code != cli.ExitUnsent || said["outcome"] != "unsent" || said["billable"] != "no" || said["repeated"] != nil {
				t.Errorf("exit %d: %s", got.code, got.out)
			}
			assertResult(t, got, cli.ExitUnsent, []string{"没有结论"}, []string{fmt.Sprint("history show ", first["id"]), "--again"})
			r.mustCheck(t, f, "--again")
			r.assertRequests(t, 2)
		})
	}
}

// TestDailyLimit: at the limit nothing is sent, not even with --again.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[guard]\ndaily_limit = 2\n")
	verdicts := juhetest.Verdicts(juhe.APIQuery)
	r.mustCheck(t, verdicts[0].Factors)
	r.mustCheck(t, verdicts[1].Factors)
	said, got := r.mustCheck(t, verdicts[2].Factors, "--again")
	if got.code != cli.ExitUnsent || said["outcome"] != "unsent" || !strings.Contains(fmt.Sprint(said["meaning"]), "每日上限") || strings.Contains(got.err, "--again") {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
	repeated, got := r.mustCheck(t, verdicts[0].Factors)
	if got.code != 0 || repeated["repeated"] == nil {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
	r.assertRequests(t, 2)
}

// TestNoLedger: nothing is sent that cannot be recorded.
func TestNoLedger(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	block := filepath.Join(r.home, "file")
	if err := os.WriteFile(block, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.configure(t, fmt.Sprintf("[ledger]\npath = %q\n", filepath.Join(block, "ledger.db")))
	assertResult(t, r.run(example, "check", "--stdin", "--json"), cli.ExitLedger, nil, []string{"未发送，不计费。台账 " + block})
	assertResult(t, r.run("", "history", "list"), cli.ExitLedger, nil, []string{"台账"})
	r.assertRequests(t, 0)
}

// TestUnsaved: an answer is printed even if the ledger breaks meanwhile.
func TestUnsaved(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.mustCheck(t, mockserver.Companies()[1].Factors(juhe.APIQuery)) // makes the ledger
	db := filepath.Join(r.dataDir(), "ledger.db")
	garbage := strings.Repeat("not a database ", 1000)
	r.beforeAnswer(t, func() {
		for _, name := range []string{db, db + "-wal"} {
			if err := os.WriteFile(name, []byte(garbage), 0o600); err != nil {
				t.Error(err)
			}
		}
	})
	got := r.run(example, "check", "--stdin", "--json", "--reveal")
	said := parseLookup(t, got.out)
	if got.code != cli.ExitLedger || said["outcome"] != "match" || said["masked"] != true {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
	assertResult(t, got, cli.ExitLedger, []string{`"match"`}, []string{"未入台账："})
	// The next commands report it and ask as long as the old file exists.
	said, got = r.mustCheck(t, mockserver.Companies()[2].Factors(juhe.APIQuery))
	if got.code != cli.ExitUnsent || said["outcome"] != "unsent" || !strings.Contains(got.err, "--again") {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
	assertResult(t, r.run("", "history", "verify"), 0, []string{"台账完好"}, []string{"台账损坏过", "ledger.db.damaged-"})
	old, err := filepath.Glob(db + ".damaged-*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	r.env["JUHE_BASE_URL"] = r.base
	if _, got := r.mustCheck(t, mockserver.Companies()[2].Factors(juhe.APIQuery)); got.code != 0 || got.err != "" {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

// TestReveal leaves a trace of each person that is shown.
func TestReveal(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	first, _ := r.mustCheck(t, mockserver.Companies()[0].Factors(juhe.APIQuery), "--reveal")
	if first["realname"] != "张三" {
		t.Errorf("%v", first)
	}
	assertResult(t, r.run(example, "check", "--stdin", "--reveal"), 0, []string{"张三", "11010519491231002X"}, nil)
	r.mustCheck(t, mockserver.Companies()[0].Factors(juhe.APIQuery))
	audit := r.run("", "history", "audit")
	assertResult(t, audit, 0, []string{"完整显示", fmt.Sprint(first["id"])}, nil)
	if n := strings.Count(audit.out, fmt.Sprint(first["id"])); n != 2 {
		t.Errorf("%d traces: %s", n, audit.out)
	}
}

// TestDemoHistory: the demo has a history of every kind, of its own lookups,
// and none that keeps its first one from being sent.
func TestDemoHistory(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["TMPDIR"] = t.TempDir()
	got := r.run("", "--demo", "history", "list", "--json", "--reveal")
	outcomes, tried := map[string]int{}, false
	for text := range strings.Lines(got.out) {
		said := parseLookup(t, text)
		outcomes[fmt.Sprint(said["outcome"])]++
		if said["demo"] != true {
			t.Errorf("not marked: %s", text)
		}
		at, _ := time.Parse(time.RFC3339, fmt.Sprint(said["at"]))
		if f := mockserver.Companies()[0]; said["entname"] == f.Entname && time.Since(at) < 48*time.Hour {
			t.Errorf("the demo's example was verified: %s", text)
		}
		tried = tried || said["outcome"] == "match" && time.Since(at) < 2*time.Hour
	}
	if outcomes["match"] < 5 || outcomes["mismatch"] < 4 || outcomes["refused"] == 0 || outcomes["lost"] == 0 || outcomes["unclear"] == 0 || !tried {
		t.Errorf("exit %d, %v, %s", got.code, outcomes, got.err)
	}
	second := factorsJSON(mockserver.Companies()[1].Factors(juhe.APIQuery))
	assertResult(t, r.run(second, "--demo", "check", "--stdin"), 0, []string{"演示", "本次未发送"}, nil)
	assertResult(t, r.run(example, "--demo", "check", "--stdin"), 0, []string{"演示", "是否计费：计费"}, nil)
	if left, err := os.ReadDir(r.env["TMPDIR"]); err != nil || len(left) != 0 {
		t.Errorf("the demo left %v, %v", left, err)
	}
}

// TestDemoToday: the demo's lookups of earlier days do not count as sent today.
func TestDemoToday(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["TMPDIR"] = t.TempDir()
	prog, _, _ := r.newApp(strings.NewReader(""))
	prog.InTerminal, prog.OutTerminal = true, true
	prog.Now = func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, juhe.Beijing()) }
	got := -1
	prog.RunScreens = func(ctx context.Context, c *app.Console) (app.ExitState, error) {
		n, err := c.Ledger.SentToday(ctx)
		got = n
		return app.ExitState{}, err
	}
	if code := prog.Run(context.Background(), []string{"--demo"}); code != 0 {
		t.Errorf("got exit code %d, want 0", code)
	}
	if want := 5; got != want {
		t.Errorf("got %d sent today, want %d", got, want)
	}
}

// TestSessionEnds: a console that ends at once leaves nothing behind.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["TMPDIR"] = t.TempDir()
	prog, _, _ := r.newApp(strings.NewReader(""))
	prog.InTerminal, prog.OutTerminal = true, true
	if code := prog.Run(context.Background(), []string{"--demo"}); code != 0 {
		t.Errorf("exit %d", code)
	}
	if left, err := os.ReadDir(r.env["TMPDIR"]); err != nil || len(left) != 0 {
		t.Errorf("the demo left %v, %v", left, err)
	}
}

// TestVanishedLedger: where the database is gone nothing is sent unasked, by this
// command nor by the next ones, and the missing file is named.
func TestVanishedLedger(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	r.mustCheck(t, f)
	path := filepath.Join(r.dataDir(), "ledger.db")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		said, got := r.mustCheck(t, f)
		r.assertRequests(t, 1)
		if said["outcome"] != "unsent" {
			t.Errorf("%v", said)
		}
		assertResult(t, got, cli.ExitUnsent, []string{`"unsent"`}, []string{"台账文件不见了：" + path, "--again"})
	}
	if got := r.run("", "history", "list"); !strings.Contains(got.err, "台账文件不见了："+path) {
		t.Error(got.err)
	}
	if said, _ := r.mustCheck(t, f, "--again"); said["outcome"] != "match" {
		t.Errorf("%v", said)
	}
	marks, err := filepath.Glob(path + ".missing-*")
	if err != nil || len(marks) != 1 {
		t.Fatal(marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	if said, got := r.mustCheck(t, f); said["repeated"] == nil || strings.Contains(got.err, "台账") {
		t.Errorf("%v, %s", said, got.err)
	}
}
