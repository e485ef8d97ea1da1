package app_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// slowClock returns a clock that advances a second at each call, so that every
// question has been read before it is answered. It is behind the real time.
func slowClock() func() time.Time {
	start, looks := time.Now().Add(-time.Hour), new(atomic.Int64)
	return func() time.Time { return start.Add(time.Duration(looks.Add(1)) * time.Second) }
}

// runPlain types lines into the plain console and then ends the input. It checks
// that the output is only lines of text.
func (r *fixture) runPlain(t *testing.T, lines []string, args ...string) result {
	t.Helper()
	prog, out, errs := r.newApp(strings.NewReader(strings.Join(lines, "\n") + "\n"))
	prog.InTerminal, prog.Now = true, slowClock()
	code := prog.Run(context.Background(), append([]string{"--plain"}, args...))
	got := result{code, out.String(), errs.String()}
	assertPlainText(t, got)
	return got
}

// assertPlainText checks that the output is only lines of text.
func assertPlainText(t *testing.T, got result) {
	t.Helper()
	odd := func(r rune) bool {
		return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || 0x2500 <= r && r <= 0x259f)
	}
	for _, text := range []string{got.out, got.err} {
		if i := strings.IndexFunc(text, odd); i >= 0 {
			t.Errorf("%q is no word", text[i:min(len(text), i+20)])
		}
	}
}

// lookupLines returns the lines of a lookup.
func lookupLines(f juhe.Factors, more ...string) []string {
	return append(f[:], more...)
}

// lostFactors returns factors whose lookup is lost.
func lostFactors() juhe.Factors {
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	f[juhe.Entname] = "虚构close公司"
	return f
}

// TestPlain: four lines make a lookup, which is printed as by check.
func TestPlain(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	got := r.runPlain(t, lookupLines(f, "？", "k", "j", "", ""))
	assertResult(t, got, 0,
		[]string{"✓ 一致  四项要素全部一致", "姓名：张*  ✓ 一致", "证件号码：1***************2X", `"outcome":"match"`, `"masked":true`},
		[]string{"企业四要素核验", r.base, "明文传输", "今天已发送 0", "企业名称（营业执照上的企业全称）：", "正在核验，最多 15 秒。", "输入 = ：使用这一项上次输入的内容", "没有这个选项", "已结束"})
	assertPrivate(t, got, f)
	if strings.Contains(got.out, "核验，") || strings.Contains(got.err, "四项要素全部一致") {
		t.Errorf("words and data are mixed: %s\n%s", got.out, got.err)
	}
	r.assertRequests(t, 1)
}

// TestPlainReveal: x shows the person, and the audit log records it.
func TestPlainReveal(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	assertResult(t, r.runPlain(t, lookupLines(mockserver.Companies()[0].Factors(juhe.APIQuery), "ｘ")), 0, []string{"张三", "11010519491231002X"}, nil)
	assertResult(t, r.run("", "history", "audit"), 0, []string{"完整显示"}, nil)
	r.assertRequests(t, 1)
}

// TestPlainAgain: a repeat is answered from the ledger; only a and then y send
// again.
func TestPlainAgain(t *testing.T) {
	t.Parallel()
	same := []string{"=", "=", "=", "="}
	for name, test := range map[string]struct {
		answers []string
		want    int
	}{
		"no":          {[]string{"a", "n"}, 1},
		"an end":      {[]string{"a"}, 1},
		"a word":      {[]string{"a", "a", "y"}, 1},
		"only y":      {[]string{"y", "y"}, 1},
		"yes":         {[]string{"a", "y"}, 2},
		"not for two": {[]string{"a", "y", "a", "", "y"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			lines := append(lookupLines(mockserver.Companies()[0].Factors(juhe.APIQuery), ""), same...)
			got := r.runPlain(t, append(lines, test.answers...))
			assertResult(t, got, 0, []string{"用 query 核验过：一致（本次未发送，不计费）"}, []string{"使用上次的内容：张*", "使用上次的内容：1***************2X"})
			if asked := strings.Contains(got.err, "再次发送会再次计费，仍要发送吗？"); asked != (test.answers[0] == "a") {
				t.Errorf("asked: %t", asked)
			}
			r.assertRequests(t, test.want)
		})
	}
}

// TestPlainUnsettled: what may have been charged is asked about, and only yes
// sends.
func TestPlainUnsettled(t *testing.T) {
	t.Parallel()
	for _, first := range [][]string{lookupLines(lostFactors(), "", "=", "=", "=", "="), lookupLines(lostFactors(), "a")} {
		for answer, want := range map[string]int{"": 1, "n": 1, "好": 1, "y": 2, "是": 2} {
			r := newFixture(t)
			got := r.runPlain(t, append(first, answer))
			assertResult(t, got, 0, []string{"~ 结果未知"}, []string{"结果未知，可能已计费。仍要再次发送吗？", "输入 y：再次发送（计费）"})
			if (want == 1) != strings.Contains(got.err, "未发送。") {
				t.Errorf("%q: %s", answer, got.err)
			}
			r.assertRequests(t, want)
		}
	}
}

// TestPlainUnderWay: a lookup in progress elsewhere is asked about too.
func TestPlainUnderWay(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	var once sync.Once
	r.beforeAnswer(t, func() {
		once.Do(func() {
			assertResult(t, r.runPlain(t, lookupLines(f, "n")), 0, nil, []string{"正在另一处核验", "未发送。"})
		})
	})
	assertResult(t, r.runPlain(t, lookupLines(f)), 0, []string{"✓ 一致"}, nil)
	r.assertRequests(t, 1)
}

// TestPlainConsent: consent does not cover lookups recorded after the question.
func TestPlainConsent(t *testing.T) {
	t.Parallel()
	for _, first := range []juhe.Factors{lostFactors(), mockserver.Companies()[0].Factors(juhe.APIQuery)} {
		r := newFixture(t)
		prog, _, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(first, "a", "y", "", ""), "\n")))
		prog.InTerminal, prog.Now = true, slowClock()
		var once sync.Once
		prog.Err = cli.NewOutput(&cue{errs, "输入 y：再次发送", func() {
			once.Do(func() { r.mustCheck(t, first, "--again") })
		}})
		if code := prog.Run(context.Background(), []string{"--plain"}); code != 0 {
			t.Errorf("exit %d: %s", code, errs)
		}
		r.assertRequests(t, 2)
	}
}

// TestPlainTooSoon: lines pasted for something else are not consent.
func TestPlainTooSoon(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	lines := append(lookupLines(lostFactors(), ""), lookupLines(lostFactors(), "y", "yes", "是", "n", "")...)
	prog, out, errs := r.newApp(strings.NewReader(strings.Join(lines, "\n")))
	now := time.Now()
	prog.InTerminal, prog.Now = true, func() time.Time { return now }
	code := prog.Run(context.Background(), []string{"--plain"})
	assertResult(t, result{code, out.String(), errs.String()}, 0, []string{"结果未知"}, []string{"不算同意", "未发送。"})
	if n := strings.Count(errs.String(), "不算同意"); n != 3 {
		t.Errorf("%d answers were too soon", n)
	}
	r.assertRequests(t, 1)
}

// TestPlainRemarks: warnings follow their field and are asked about before
// sending; normalisation is not.
func TestPlainRemarks(t *testing.T) {
	t.Parallel()
	odd := mockserver.Companies()[0].Factors(juhe.APIQuery)
	odd[juhe.Idcard] = "110105194912310021"
	tidy := mockserver.Companies()[0].Factors(juhe.APIQuery)
	tidy[juhe.Idcard] = strings.ToLower(tidy[juhe.Idcard])
	for _, test := range []struct {
		lines []string
		asks  bool
		want  int
	}{
		{lookupLines(odd), true, 0},
		{lookupLines(odd, "", ""), true, 0},
		{lookupLines(odd, "y"), true, 1},
		{lookupLines(tidy), false, 1},
	} {
		r := newFixture(t)
		got := r.runPlain(t, test.lines)
		if got.code != 0 || !strings.Contains(got.err, "\n提醒：") && !strings.Contains(got.err, "：提醒：") {
			t.Errorf("exit %d: %s", got.code, got.err)
		}
		if asks := strings.Contains(got.err, "仍要发送吗？"); asks != test.asks {
			t.Errorf("asks: %t", asks)
		}
		assertPrivate(t, got, odd)
		r.assertRequests(t, test.want)
	}
}

// TestPlainPlaceholders: a placeholder is asked for again, and a better value is
// suggested.
func TestPlainPlaceholders(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQueryV2)
	uscc := mockserver.Companies()[0].Entmark
	r.configure(t, "[juhe]\napi = \"queryV2\"\n")
	got := r.runPlain(t, []string{
		"NULL", f[juhe.Entname], "\\N", "9111****", uscc, "<", f[juhe.Entmark], "无", "张*", "\ue863三", "<", f[juhe.Realname], "1***************2X", "0", f[juhe.Idcard],
	})
	assertResult(t, got, 0, []string{"✓ 一致"}, []string{"应为 " + f[juhe.Entmark], "应为 䶮\n"})
	for text, want := range map[string]int{"只有占位符": 4, "脱敏": 3} {
		if n := strings.Count(got.err, text); n != want {
			t.Errorf("%q is said %d times, want %d: %s", text, n, want, got.err)
		}
	}
	r.assertRequests(t, 1)
}

// TestPlainFields: what a line can be besides a value, and what is not a value.
func TestPlainFields(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	got := r.runPlain(t, []string{
		"<", "=", "?", "错的公司", f[juhe.Entmark], "＜", "<", f[juhe.Entname], "＝", "", "张\x1b[D三", "\xff", "\u200b", strings.Repeat("张", 30_000), f[juhe.Realname],
		f[juhe.Idcard],
	})
	assertResult(t, got, 0, []string{"✓ 一致"}, []string{
		"已经是第一项", "企业名称没有上次的内容", "回到上一项", "使用上次的内容：" + f[juhe.Entmark], "还缺姓名", "姓名里有控制字符", "无法识别的字符", "超过 64 KiB",
	})
	if n := strings.Count(got.err, "还缺姓名"); n != 2 {
		t.Errorf("%d times it is missing", n)
	}
	r.assertRequests(t, 1)
	for _, lines := range [][]string{{""}, {f[juhe.Entname]}, lookupLines(f)[:3]} {
		assertResult(t, r.runPlain(t, lines), 0, nil, []string{"已结束"})
	}
	r.assertRequests(t, 1)
}

// TestPlainDemo: the demo says so, and = accepts its example.
func TestPlainDemo(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["TMPDIR"] = t.TempDir()
	got := r.runPlain(t, []string{"=", "=", "=", "="}, "--demo", "--lang", "en")
	assertResult(t, got, 0, []string{"DEMO 演示: fictional data", "✓ Match 一致"}, []string{"DEMO 演示: fictional data", "Type = to use the example", "Name (legal representative or person in charge): "})
	r.assertRequests(t, 0)
}

// TestPlainEndpoint: prompts use the endpoint's own terms.
func TestPlainEndpoint(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[juhe]\napi = \"queryV2\"\n[guard]\ndaily_limit = 5\nprice = 1.5\n")
	f := mockserver.Companies()[0].Factors(juhe.APIQueryV2)
	assertResult(t, r.runPlain(t, lookupLines(f, "", "?", "")), 0, []string{"✓ 一致", "res 1"},
		[]string{"接口 queryV2", "证件号码（身份证号）", "今天已发送 0 / 上限 5；约 ¥0.00（估算）", "今天已发送 1 / 上限 5；约 ¥1.50（估算）"})
	r.assertRequests(t, 1)
}

// TestPlainLimit: at the daily limit nothing is sent, however often it is asked
// for.
func TestPlainLimit(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[juhe]\nregstatus = true\n[guard]\ndaily_limit = 1\n")
	companies := mockserver.Companies()
	lines := append(lookupLines(companies[0].Factors(juhe.APIQuery), ""), lookupLines(companies[1].Factors(juhe.APIQuery), "a", "a")...)
	assertResult(t, r.runPlain(t, lines), 0, []string{"✓ 一致", "- 未发送", "每日上限"}, []string{"经营状态：一并查询", "今天已发送 0 / 上限 1"})
	r.assertRequests(t, 1)
}

// TestPlainRow: a spreadsheet row is not a value of any field: the company would
// contain the person.
func TestPlainRow(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	row := strings.Join(lookupLines(f), "\t")
	got := r.runPlain(t, []string{row, "=", f[juhe.Entname], row, f[juhe.Entmark], row, f[juhe.Realname], row, f[juhe.Idcard], "j", ""})
	assertResult(t, got, 0, []string{"✓ 一致"}, []string{"企业名称没有上次的内容", "请重新输入企业标识", "请重新输入姓名", "请重新输入证件号码"})
	assertPrivate(t, got, f)
	r.assertRequests(t, 1)
}

// TestPlainAgainTooSoon: a refusal that was free is sent again without a
// question, so a line typed ahead must not choose it.
func TestPlainAgainTooSoon(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	f[juhe.Entname] = "虚构错误码253501公司"
	prog, out, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(f, "a", "Ａ", "x", "", ""), "\n")))
	now := time.Now()
	prog.InTerminal, prog.Now = true, func() time.Time { return now }
	got := result{prog.Run(t.Context(), []string{"--plain"}), out.String(), errs.String()}
	assertResult(t, got, 0, []string{"未受理", "张三"}, nil)
	if n := strings.Count(got.err, "不算同意"); n != 2 {
		t.Errorf("%d answers were too soon", n)
	}
	r.assertRequests(t, 1)
	r = newFixture(t)
	assertResult(t, r.runPlain(t, lookupLines(f, "a", "")), 0, []string{"未受理"}, nil)
	r.assertRequests(t, 2)
}

// TestPlainUnended: a line that Ctrl+D leaves without a newline is neither a
// value nor consent.
func TestPlainUnended(t *testing.T) {
	t.Parallel()
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	for _, test := range []struct {
		lines []string
		want  int
	}{
		{lookupLines(f), 0},
		{lookupLines(lostFactors(), "", "=", "=", "=", "=", "y"), 1},
		{lookupLines(lostFactors(), "", "=", "=", "=", "=", "y", ""), 2},
	} {
		r := newFixture(t)
		prog, _, errs := r.newApp(strings.NewReader(strings.Join(test.lines, "\n")))
		prog.InTerminal, prog.Now = true, slowClock()
		if code := prog.Run(t.Context(), []string{"--plain"}); code != 0 || !strings.Contains(errs.String(), "已结束") {
			t.Errorf("exit %d: %s", code, errs)
		}
		r.assertRequests(t, test.want)
	}
}

// TestPlainUnrecorded: without a ledger each lookup needs its own consent, and
// its answer is shown.
func TestPlainUnrecorded(t *testing.T) {
	t.Parallel()
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	for answer, want := range map[string]int{"n": 0, "y": 1} {
		r := newFixture(t)
		block := filepath.Join(r.home, "file")
		if err := os.WriteFile(block, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		r.configure(t, fmt.Sprintf("[ledger]\npath = %q\n", filepath.Join(block, "ledger.db")))
		got := r.runPlain(t, lookupLines(f, answer, "x", "a", "n"))
		assertResult(t, got, 0, map[string][]string{"n": nil, "y": {"✓ 一致", "未入台账"}}[answer], []string{"不写入台账", "不写入台账仍发送（计费）"})
		if want == 1 && !(strings.Contains(got.err, "fourfactor: 未入台账：") && strings.Contains(got.err, "个人信息仍脱敏")) {
			t.Errorf("%s", got.err)
		}
		assertPrivate(t, got, f)
		r.assertRequests(t, want)
	}
}

// TestPlainForgotten: after damage every lookup is asked about.
func TestPlainForgotten(t *testing.T) {
	t.Parallel()
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	for answer, want := range map[string]int{"n": 0, "y": 1} {
		r := newFixture(t)
		if err := os.MkdirAll(r.dataDir(), 0o700); err != nil {
			t.Fatal(err)
		}
		aside := filepath.Join(r.dataDir(), "ledger.db.damaged-"+time.Now().UTC().Format("20060102-150405"))
		if err := os.WriteFile(aside, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		got := r.runPlain(t, lookupLines(f, answer))
		if got.code != 0 || !strings.Contains(got.err, "无法确定这四项以前是否核验过") {
			t.Errorf("exit %d: %s", got.code, got.err)
		}
		r.assertRequests(t, want)
	}
}

// TestPlainKey: without a key nothing is asked; a key that cannot be read costs
// nothing and does not end the console.
func TestPlainKey(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	delete(r.env, "JUHE_KEY")
	got := r.runPlain(t, lookupLines(f))
	assertResult(t, got, cli.ExitUsage, nil, []string{"没有 key", "个人中心 → 我的数据", "JUHE_KEY"})
	if strings.Contains(got.err, "企业名称") {
		t.Errorf("it still asks: %s", got.err)
	}
	r.env["JUHE_KEY"] = mockserver.Key
	delete(r.env, "JUHE_OPENID")
	r.configure(t, "[juhe]\napi = \"queryEncry\"\n")
	assertResult(t, r.runPlain(t, lookupLines(f, "", "")), 0, nil, []string{"没有 openid", "已结束"})
	r.assertRequests(t, 0)
}

// TestPlainTerminal: it needs a person to ask, but no screen; a dumb terminal
// gets it automatically.
func TestPlainTerminal(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	assertResult(t, r.run(example, "--plain"), cli.ExitUsage, nil, []string{"fourfactor check --stdin --json"})
	assertResult(t, r.run("", "--plain", "check"), cli.ExitUsage, nil, []string{"--plain"})
	assertResult(t, r.run(""), cli.ExitUsage, nil, []string{"fourfactor check --stdin --json"})
	for _, test := range []struct {
		term string
		out  bool
		code int
		says string
	}{
		{"xterm", false, cli.ExitUsage, "fourfactor --plain"},
		{"xterm", true, 0, ""},
		{"dumb", true, 0, "逐行问答"},
		{"dumb", false, 0, "逐行问答"},
	} {
		r.env["TERM"] = test.term
		prog, _, errs := r.newApp(strings.NewReader(""))
		prog.InTerminal, prog.OutTerminal = true, test.out
		if code := prog.Run(context.Background(), nil); code != test.code || !strings.Contains(errs.String(), test.says) {
			t.Errorf("%+v: exit %d, %s", test, code, errs)
		}
	}
	assertResult(t, r.run(example), cli.ExitUsage, nil, []string{"控制台需要终端"})
	r.assertRequests(t, 0)
}

// TestPlainInterrupted: the first Ctrl+C waits for the answer, which decides the
// exit code. The next one does not: the lookup is recorded and printed as lost.
func TestPlainInterrupted(t *testing.T) {
	t.Parallel()
	f := juhetest.Verdicts(juhe.APIQuery)[2].Factors
	for _, patient := range []bool{true, false} {
		r := newFixture(t)
		ctx, interrupt := context.WithCancel(context.Background())
		giving, giveUp := context.WithCancel(context.Background())
		defer giveUp()
		said := make(chan struct{})
		r.beforeAnswer(t, func() {
			interrupt()
			<-said
		})
		never, writer := io.Pipe()
		t.Cleanup(func() { writer.Close() })
		prog, out, errs := r.newApp(io.MultiReader(strings.NewReader(strings.Join(lookupLines(f, ""), "\n")), never))
		prog.InTerminal, prog.Now, prog.GiveUp = true, slowClock(), giving
		prog.Err = cli.NewOutput(&cue{errs, "再按一次 Ctrl+C 不再等待", func() {
			if patient {
				close(said)
				return
			}
			giveUp()
		}})
		code := prog.Run(ctx, []string{"--plain"})
		want, says := cli.ExitMismatch, "✗ 不一致"
		if !patient {
			close(said)
			want, says = cli.ExitLost, "~ 结果未知"
		}
		assertResult(t, result{code, out.String(), errs.String()}, want, []string{says}, []string{"再按一次 Ctrl+C 不再等待", "已中断。"})
		assertResult(t, r.run("", "history", "list"), 0, []string{strings.Fields(says)[1], f[juhe.Entname]}, nil)
	}
}

// TestPlainInterruptedBefore: an interrupt before sending sends and asks
// nothing.
func TestPlainInterruptedBefore(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	prog, out, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(mockserver.Companies()[0].Factors(juhe.APIQuery), ""), "\n")))
	prog.InTerminal = true
	assertResult(t, result{prog.Run(ctx, []string{"--plain"}), out.String(), errs.String()}, cli.ExitInterrupted, nil, nil)

	// Ctrl+C together with the last line.
	ctx, interrupt = context.WithCancel(context.Background())
	prog, out, errs = r.newApp(strings.NewReader(strings.Join(lookupLines(mockserver.Companies()[0].Factors(juhe.APIQuery), ""), "\n")))
	prog.InTerminal, prog.Err = true, cli.NewOutput(&cue{errs, "正在核验", interrupt})
	assertResult(t, result{prog.Run(ctx, []string{"--plain"}), out.String(), errs.String()}, cli.ExitInterrupted, nil, []string{"已中断"})
	r.assertRequests(t, 0)
}

// TestPlainDefect: a lookup that a panic interrupts may be charged, and is named
// without its person.
func TestPlainDefect(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	broken := new(atomic.Bool)
	r.beforeAnswer(t, func() { broken.Store(true) })
	prog, out, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(f, ""), "\n")))
	prog.InTerminal, prog.Now = true, func() time.Time {
		if broken.Load() {
			panic(fmt.Sprint(f))
		}
		return time.Now()
	}
	got := result{prog.Run(t.Context(), []string{"--plain"}), out.String(), errs.String()}
	assertResult(t, got, cli.ExitBug, nil, []string{f[juhe.Entname], "在途", "结果未知", "程序内部出错"})
	assertPrivate(t, got, f)
	r.assertRequests(t, 1)
}

// TestPlainInterruptedAtPrompt: the last lookup decides the exit code, if there
// was one.
func TestPlainInterruptedAtPrompt(t *testing.T) {
	t.Parallel()
	wrong := juhetest.Verdicts(juhe.APIQuery)[2].Factors
	for _, test := range []struct {
		lines []string
		until string
		want  int
	}{
		{nil, "企业名称（", cli.ExitInterrupted},
		{lookupLines(wrong), "直接按回车核验下一笔：", cli.ExitMismatch},
	} {
		r := newFixture(t)
		ctx, cancel := context.WithCancel(context.Background())
		never, writer := io.Pipe()
		t.Cleanup(func() { writer.Close() })
		prog, _, errs := r.newApp(io.MultiReader(strings.NewReader(strings.Join(append(test.lines, ""), "\n")), never))
		prog.InTerminal, prog.Now = true, slowClock()
		prog.Err = cli.NewOutput(&cue{Writer: errs, text: test.until, do: cancel})
		if code := prog.Run(ctx, []string{"--plain"}); code != test.want || !strings.Contains(errs.String(), "已中断") {
			t.Errorf("exit %d, want %d: %s", code, test.want, errs)
		}
	}
}

// cue calls a function when a text is written.
type cue struct {
	io.Writer
	text string
	do   func()
}

func (c *cue) Write(p []byte) (int, error) {
	if strings.Contains(string(p), c.text) {
		c.do()
	}
	return c.Writer.Write(p)
}

// TestPlainOutputBroken: a charged answer is printed to standard error if
// standard output is broken.
func TestPlainOutputBroken(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	prog, _, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(mockserver.Companies()[0].Factors(juhe.APIQuery), "", ""), "\n")))
	prog.InTerminal, prog.Out = true, cli.NewOutput(brokenWriter{errors.New("disk full")})
	if code := prog.Run(context.Background(), []string{"--plain"}); code != cli.ExitBug || !strings.Contains(errs.String(), "✓ 一致") {
		t.Errorf("exit %d: %s", code, errs)
	}
	r.assertRequests(t, 1)
}
