package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// members are the JSON members of a lookup; true for those that are always
// present.
var members = map[string]bool{
	"schema": true, "id": true, "at": true, "service": true, "api": true, "entname": true, "entmark": true,
	"realname": true, "idcard": true, "outcome": true, "billable": true, "masked": true, "elapsed_ms": true,
	"meaning": true, "state": false, "code": false, "desc": false, "regstatus": false, "orderid": false,
	"error_code": false, "reason": false, "remarks": false, "repeated": false, "demo": false,
}

// parseLookup parses the only JSON line of a lookup and checks it against the
// contract.
func parseLookup(t *testing.T, out string) map[string]any {
	t.Helper()
	if strings.Count(out, "\n") != 1 || !strings.HasSuffix(out, "\n") {
		t.Fatalf("not one line: %q", out)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for name, always := range members {
		if _, ok := got[name]; always && !ok {
			t.Errorf("%s is missing: %s", name, out)
		}
	}
	for name, value := range got {
		if _, ok := members[name]; !ok || value == nil || value == "" {
			t.Errorf("%s = %v: %s", name, value, out)
		}
	}
	if _, err := time.Parse(time.RFC3339, fmt.Sprint(got["at"])); err != nil {
		t.Error(err)
	}
	return got
}

func factorsJSON(f juhe.Factors) string {
	text, _ := json.Marshal(map[string]string{
		"entname": f[juhe.Entname], "entmark": f[juhe.Entmark], "realname": f[juhe.Realname], "idcard": f[juhe.Idcard],
	})
	return string(text)
}

// exits are the exit codes by outcome; that of a refusal depends on its code.
var exits = map[juhe.Outcome]int{
	juhe.Match: 0, juhe.Mismatch: 1, juhe.Refused: 3, juhe.Unclear: 3, juhe.Lost: 5, juhe.Unsent: 7,
}

// TestCheckMisbehaviours: whatever the service does, check ends with the right
// outcome, exit code and JSON, has sent once, and shows no secret.
func TestCheckMisbehaviours(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for _, c := range mockserver.Cases() {
			t.Run(string(api)+"/"+c.Slug, func(t *testing.T) {
				t.Parallel()
				r := newFixture(t)
				if slices.Contains([]string{"slow", "hang", "hang-in-body"}, c.Slug) {
					r.configure(t, "[juhe]\ntimeout = \"200ms\"\n")
				}
				f := mockserver.Companies()[0].Factors(api)
				f[juhe.Entname] = c.Entname()
				got := r.run(factorsJSON(f), "check", "--stdin", "--json", "--debug", "--api", string(api))
				want := exits[c.Want]
				if strings.HasPrefix(c.Slug, "echo-in-result") {
					want = cli.ExitKey
				}
				said := parseLookup(t, got.out)
				if got.code != want || said["outcome"] != string(c.Want) || r.service.Requests() != 1 {
					t.Errorf("exit %d, want %d; %v, want %s; %d requests", got.code, want, said["outcome"], c.Want, r.service.Requests())
				}
				_, state := said["state"]
				if state != c.Want.IsVerdict() {
					t.Errorf("state with %s: %s", c.Want, got.out)
				}
				assertPrivate(t, got, f)
			})
		}
	}
}

// assertPrivate fails if a secret or the person is shown.
func assertPrivate(t *testing.T, got result, f juhe.Factors) {
	t.Helper()
	for _, value := range []string{mockserver.Key, mockserver.Openid, f[juhe.Realname], f[juhe.Idcard], f[juhe.Idcard][6:14]} {
		for _, text := range []string{got.out, got.err} {
			if strings.Contains(strings.ToLower(text), strings.ToLower(value)) {
				t.Errorf("%q shows in %.400q", value, text)
			}
		}
	}
}

func TestCheckVerdicts(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		t.Run(string(api), func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			for _, v := range juhetest.Verdicts(api) {
				got := r.run(factorsJSON(v.Factors), "check", "--stdin", "--json", "--api", string(api))
				said := parseLookup(t, got.out)
				want := map[string]any{"outcome": "mismatch", "state": 2.0, "error_code": 0.0, "billable": "yes"}
				switch v.Code {
				case 7:
					want["outcome"], want["state"] = "match", 1.0
				case 253504:
					want = map[string]any{"outcome": "refused", "error_code": 253504.0, "billable": "unknown"}
				}
				if api != juhe.APIQueryV2 && v.Code != 253504 {
					want["code"] = float64(v.Code)
				}
				for name, value := range want {
					if said[name] != value {
						t.Errorf("%d: %s = %v, want %v", v.Code, name, said[name], value)
					}
				}
				if got.code != exits[juhe.Outcome(want["outcome"].(string))] {
					t.Errorf("%d: exit %d", v.Code, got.code)
				}
			}
			for _, c := range juhe.Codes() {
				if c.Level == juhe.LevelDetail {
					continue
				}
				f := mockserver.Companies()[0].Factors(api)
				f[juhe.Entname] = mockserver.ErrorCodeEntname(c.Code)
				got := r.run(factorsJSON(f), "check", "--stdin", "--json", "--api", string(api))
				said := parseLookup(t, got.out)
				want := cli.ExitRefused
				if c.Code <= 10013 {
					want = cli.ExitKey
				}
				if got.code != want || said["error_code"] != float64(c.Code) || said["reason"] != c.Text || said["billable"] != string(c.Billable()) {
					t.Errorf("%d: exit %d, %s", c.Code, got.code, got.out)
				}
			}
		})
	}
}

func TestCheckText(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	assertResult(t, r.run(example, "check", "--stdin", "--regstatus"), 0,
		[]string{"✓ 一致  四项要素全部一致", "姓名：张*  ✓ 一致", "证件号码：1***************2X", "经营状态：存续（在营、开业、在册）"}, nil)
	assertResult(t, r.run(strings.Replace(example, "张三", "李三", 1), "check", "--stdin", "--lang", "en"), 1,
		[]string{"✗ Mismatch 不一致", "Name: 李*  ✗ differs", "Code: -22", "Official text: 姓名不一致", "ID number: 1***************2X  - not stated"}, nil)
	assertResult(t, r.run(example, "check", "--stdin", "--reveal"), 0, []string{"张三", "11010519491231002X"}, nil)
	typed := strings.NewReplacer("91110199MAYYY0013X", " 9111 0199-MAYYY-0013Ｘ ", "002X", "002x").Replace(example)
	got := r.run(typed, "check", "--stdin", "--json", "--reveal")
	said := parseLookup(t, got.out)
	if said["entmark"] != "91110199MAYYY0013X" || said["idcard"] != "11010519491231002X" || said["masked"] != false || got.code != 0 {
		t.Errorf("%s", got.out)
	}
	rules := []string{}
	for _, remark := range said["remarks"].([]any) {
		rules = append(rules, fmt.Sprint(remark.(map[string]any)["field"], " ", remark.(map[string]any)["rule"]))
	}
	if want := []string{"entmark changed", "idcard changed"}; !slices.Equal(rules, want) {
		t.Errorf("remarks %v, want %v", rules, want)
	}
}

// TestCheckWarns: warnings are printed to standard error before the lookup is
// sent; --strict does not send it.
func TestCheckWarns(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for from, to := range map[string]string{"北京晨星虚构科技有限公司": "北京(晨星)公司", "91110199MAYYY0013X": "91110199MAYYY00130", "张三": "阿依•三", "11010519491231002X": "110105194912310021"} {
		odd := strings.Replace(example, from, to, 1)
		got := r.run(odd, "check", "--stdin", "--json", "--strict")
		if got.code != cli.ExitUsage || got.out != "" || !strings.Contains(got.err, "提醒：") || !strings.Contains(got.err, "--strict") {
			t.Errorf("%s: exit %d: %s%s", to, got.code, got.out, got.err)
		}
	}
	r.assertRequests(t, 0)
	got := r.run(strings.Replace(example, "张三", "阿依•三", 1), "check", "--stdin", "--json")
	if got.code == cli.ExitUsage || !strings.Contains(got.err, "提醒：姓名：") || parseLookup(t, got.out)["remarks"] == nil {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
	r.assertRequests(t, 1)
	for _, good := range []string{example, strings.Replace(example, "张三", " 张三 ", 1)} {
		if got := r.run(good, "check", "--stdin", "--json", "--strict"); got.code != 0 || strings.Contains(got.err, "提醒") {
			t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
		}
	}
	r.assertRequests(t, 2)
}

// TestCheckPlaceholders: a placeholder is refused with the fix.
func TestCheckPlaceholders(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for _, test := range []struct{ from, to, says string }{
		{"张三", "NULL", "姓名 (realname)"},
		{"张三", "张*", "--reveal"},
		{"11010519491231002X", "暂无", "只有占位符"},
		{"11010519491231002X", "1***************2X", "--reveal"},
		{"91110199MAYYY0013X", "0", "企业标识"},
		{"北京晨星虚构科技有限公司", "????", "企业名称"},
	} {
		got := r.run(strings.Replace(example, test.from, test.to, 1), "check", "--stdin", "--again")
		if got.code != cli.ExitUsage || got.out != "" || !strings.Contains(got.err, test.says) {
			t.Errorf("%s: exit %d: %s%s", test.to, got.code, got.out, got.err)
		}
	}
	r.assertRequests(t, 0)
}

func TestCheckUnsent(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	r.env["JUHE_BASE_URL"] = gone.URL
	got := r.run(example, "check", "--stdin", "--json")
	if said := parseLookup(t, got.out); got.code != cli.ExitUnsent || said["outcome"] != "unsent" || said["billable"] != "no" {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
}

func TestCheckCredentials(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	delete(r.env, "JUHE_KEY")
	delete(r.env, "JUHE_OPENID")
	assertResult(t, r.run(example, "check", "--stdin", "--json"), cli.ExitUsage, nil, []string{"没有 key", "尚未配置", "个人中心 → 我的数据"})
	r.configure(t, "")
	dir := filepath.Join(r.home, ".config", "fourfactor")
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(mockserver.Key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.run(example, "check", "--stdin"), 0, []string{"一致"}, nil)
	assertResult(t, r.run(example, "check", "--stdin", "--again", "--api", "queryEncry"), cli.ExitUsage, nil, []string{"没有 openid", "个人中心"})
	if err := os.WriteFile(filepath.Join(dir, "openid"), []byte(mockserver.Openid), 0o600); err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.run(example, "check", "--stdin", "--again", "--api", "queryEncry"), 0, []string{"一致"}, nil)
	r.env["JUHE_KEY"] = "another"
	assertResult(t, r.run(example, "check", "--stdin", "--again"), cli.ExitKey, []string{"未受理", "10001", "错误的请求KEY"}, nil)
}

// TestCheckAsks: missing factors are asked for on the terminal, on standard
// error.
func TestCheckAsks(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	prog, out, errs := r.newApp(strings.NewReader("\n91110199MAYYY0013X\n张三\n11010519491231002X\n"))
	prog.InTerminal = true
	code := prog.Run(context.Background(), []string{"check", "--entname", "北京晨星虚构科技有限公司"})
	assertResult(t, result{code, out.String(), errs.String()}, 0, []string{"✓ 一致"}, []string{"企业标识：企业标识：姓名：证件号码："})
	prog, out, errs = r.newApp(strings.NewReader("北京\n"))
	prog.InTerminal = true
	code = prog.Run(context.Background(), []string{"check"})
	assertResult(t, result{code, out.String(), errs.String()}, cli.ExitUsage, nil, []string{"缺少企业标识"})
}

// TestCheckInterrupted: an interrupt before sending leaves no lookup. After it,
// the first signal awaits the answer, says so, and prints it as usual; the next
// one stops waiting.
func TestCheckInterrupted(t *testing.T) {
	t.Parallel()
	for _, patient := range []bool{true, false} {
		r := newFixture(t)
		ctx, interrupt := context.WithCancel(t.Context())
		giving, giveUp := context.WithCancel(t.Context())
		defer giveUp()
		said := make(chan struct{})
		over := r.beforeAnswer(t, func() {
			interrupt()
			<-said
		})
		prog, out, errs := r.newApp(strings.NewReader(example))
		prog.GiveUp = giving
		prog.Err = cli.NewOutput(&cue{errs, "再按一次 Ctrl+C 不再等待", func() {
			if patient {
				close(said)
				return
			}
			giveUp()
		}})
		code := prog.Run(ctx, []string{"check", "--stdin", "--json"})
		want, outcome := cli.ExitOK, "match"
		if !patient {
			close(said)
			want, outcome = cli.ExitLost, "lost"
		}
		if got := parseLookup(t, out.String()); code != want || got["outcome"] != outcome {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
		assertResult(t, r.run("", "history", "list", "--json"), 0, []string{`"outcome":"` + outcome + `"`}, nil)
		over()
		r.assertRequests(t, 1)
	}
	r := newFixture(t)
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	never, writer := io.Pipe()
	t.Cleanup(func() { writer.Close() })
	prog, out, _ := r.newApp(never)
	if code := prog.Run(ctx, []string{"check", "--stdin", "--json"}); code != cli.ExitInterrupted || out.Len() != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
	r.assertRequests(t, 0)
}

// TestCheckHungUp: an answer that arrives after the terminal is gone is recorded
// and sets the exit code.
func TestCheckHungUp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"check", "--stdin"}, {"check", "--stdin", "--json"}} {
		r := newFixture(t)
		ctx, hangUp := context.WithCancel(t.Context())
		r.beforeAnswer(t, hangUp)
		prog, _, _ := r.newApp(strings.NewReader(example))
		prog.Out, prog.Err = cli.NewOutput(brokenWriter{syscall.EIO}), cli.NewOutput(brokenWriter{syscall.EIO})
		if code := prog.Run(ctx, args); code != cli.ExitOK {
			t.Errorf("%v: exit %d", args, code)
		}
		assertResult(t, r.run("", "history", "list", "--json"), 0, []string{`"outcome":"match"`}, nil)
	}
}

// brokenWriter is a standard output that cannot be written.
type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }

// TestCheckOutputBroken: a charged answer is printed to standard error if
// standard output is broken.
func TestCheckOutputBroken(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	prog, _, errs := r.newApp(strings.NewReader(example))
	prog.Out = cli.NewOutput(brokenWriter{syscall.EPIPE})
	if code := prog.Run(context.Background(), []string{"check", "--stdin", "--json"}); code != cli.ExitBug || !strings.Contains(errs.String(), `"outcome":"match"`) {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// TestBug: a panic is reported and has its own exit code.
func TestBug(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	prog, out, errs := r.newApp(strings.NewReader(example))
	prog.Now = nil
	code := prog.Run(context.Background(), []string{"check", "--stdin"})
	assertResult(t, result{code, out.String(), errs.String()}, cli.ExitBug, nil, []string{"程序内部出错"})
}

// TestDemo: the demo ignores key, base URL and config, and every line says that
// it is the demo.
func TestDemo(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "nonsense")
	r.env["JUHE_KEY"] = "nonsense"
	got := r.run(example, "--demo", "check", "--stdin", "--json")
	said := parseLookup(t, got.out)
	if got.code != 0 || said["demo"] != true || said["outcome"] != "match" || r.service.Requests() != 0 {
		t.Errorf("exit %d: %s %s", got.code, got.out, got.err)
	}
	files := map[string]bool{}
	filepath.WalkDir(r.home, func(path string, _ os.DirEntry, _ error) error { files[path] = true; return nil })
	if len(files) != 4 {
		t.Errorf("the demo left files: %v", slices.Collect(maps.Keys(files)))
	}
}

// TestMockServer: the mock server runs until it is interrupted, and prints only its
// address.
func TestMockServer(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	reader, writer := io.Pipe()
	prog, _, _ := r.newApp(bytes.NewReader(nil))
	prog.Out = cli.NewOutput(writer)
	done := make(chan int)
	go func() { done <- prog.Run(ctx, []string{"mock-server"}) }()
	var base string
	if _, err := fmt.Fscanln(reader, &base); err != nil {
		t.Fatal(err)
	}
	r.env["JUHE_BASE_URL"] = base
	assertResult(t, r.run(example, "check", "--stdin"), 0, []string{"✓ 一致"}, nil)
	cancel()
	if code := <-done; code != 0 {
		t.Errorf("exit %d", code)
	}
}
