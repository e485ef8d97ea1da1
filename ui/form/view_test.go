package form_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/standin"
	"fourfactor/ui/form"
	"fourfactor/ui/kit"
	"fourfactor/ui/words"
)

// TestEndpoints: Ctrl+T goes round the three, and labels, hints and remarks
// follow.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, api := range append(juhe.APIs(), juhe.APIQuery) {
		d.shows(d.words.Endpoints[string(api)])
		for name, field := range d.words.Fields {
			hint := field.Hint
			if api == juhe.APIQueryV2 {
				hint = field.V2
			}
			d.shows(field.Label, hint)
			if name == "idcard" && api != juhe.APIQueryV2 {
				d.hides(field.V2)
			}
		}
		if d.press("ctrl+t") != nil {
			t.Error("Ctrl+T does more than that")
		}
	}
}

// TestRemarks: they are of the endpoint, and never in the way.
func TestRemarks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api     juhe.API
		factors juhe.Factors
		want    []string
	}{
		"credit code by query":         {juhe.APIQuery, juhe.Factors{Entmark: company().Entmark}, []string{"✓ 统一社会信用代码"}},
		"credit code by queryV2":       {juhe.APIQueryV2, juhe.Factors{Entmark: company().Entmark}, []string{"! 这是统一社会信用代码，本接口要组织机构代码"}},
		"organisation code by query":   {juhe.APIQuery, juhe.Factors{Entmark: company().Orgcode}, []string{"! 这是组织机构代码，本接口要统一社会信用代码"}},
		"organisation code by queryV2": {juhe.APIQueryV2, juhe.Factors{Entmark: company().Orgcode}, []string{"✓ 组织机构代码"}},
		"passport by query":            {juhe.APIQuery, juhe.Factors{Idcard: "E12345678"}, []string{"✓ 护照"}},
		"passport by queryV2":          {juhe.APIQueryV2, juhe.Factors{Idcard: "E12345678"}, []string{"! 这是护照，本接口要身份证号"}},
		"a wrong check digit":          {juhe.APIQuery, juhe.Factors{Idcard: "110105194912310021"}, []string{"! 居民身份证的校验位不符"}},
		"what was changed":             {juhe.APIQuery, juhe.Factors{Idcard: "11010519491231002x "}, []string{"~ 已自动整理：去掉空格；字母转大写"}},
		"odd and changed":              {juhe.APIQuery, juhe.Factors{Idcard: "110105194912310021 "}, []string{"! 居民身份证的校验位不符；已自动整理：去掉空格"}},
		"look-alikes":                  {juhe.APIQuery, juhe.Factors{Entname: "苏州(虚构)公司"}, []string{"! 有形近字符"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.Fill(juhe.Query{API: test.api, Factors: test.factors})
			d.SetSize(140, 20)
			d.shows(test.want...)
			d.holds(test.factors)
		})
	}
}

// TestRemarkIsRead: in a narrow window a long remark is told to its end where
// the operator is.
func TestRemarkIsRead(t *testing.T) {
	t.Parallel()
	for _, w := range words.Languages() {
		for _, width := range []int{60, 80, 100, 140} {
			d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.Words = w })
			d.SetSize(width, 16)
			d.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{Entmark: " 110105194912310 "}})
			d.press("tab")
			told := strings.Join(strings.Fields(d.shown()), "")
			d.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{Entmark: "12345"}})
			d.press("tab")
			told += strings.Join(strings.Fields(d.shown()), "")
			for _, text := range []string{w.Rules["length/entmark"], w.Changes["blanks"]} {
				if !strings.Contains(told, strings.Join(strings.Fields(text), "")) {
					t.Errorf("%s, %d wide: %q is cut:\n%s", w.Lang, width, text, d.shown())
				}
			}
			if _, y, _ := d.Caret(); y != 2 {
				t.Errorf("caret in line %d", y)
			}
		}
	}
}

// TestTypedTextStays: what is sent is in its normal form, what was typed is
// not touched.
func TestTypedTextStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("tab", "ctrl+u")
	d.write("9111 0199-mayyy００13x")
	d.shows("9111 0199-mayyy００13x", "去掉空格；去掉连字符；全角转半角；字母转大写")
	rec := await[form.DoneMsg](t, d.press("f5")).Record
	if rec.Query.Entmark != company().Entmark || rec.Reply.Outcome != juhe.Match {
		t.Errorf("sent %s: %s", rec.Query.Entmark, rec.Reply.Outcome)
	}
	d.shows("9111 0199-mayyy００13x")
}

func TestRegstatus(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.shows(d.words.Form.Off)
	d.press("ctrl+g")
	d.shows(d.words.Form.On)
	if rec := await[form.DoneMsg](t, d.press("f5")).Record; !rec.Query.Regstatus || rec.Reply.Regstatus == "" {
		t.Errorf("%+v", rec)
	}
	d.press("ctrl+g")
	d.shows(d.words.Form.Off)
}

func TestClear(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("ctrl+t", "ctrl+g", "tab", "ctrl+l")
	d.hides(company().Entname, company().Entmark, company().Realname, company().Idcard)
	d.shows(d.words.Fields["entname"].Hint, d.words.Endpoints["queryEncry"], d.words.Form.On)
	if x, y, _ := d.Caret(); x != 12 || y != 0 {
		t.Errorf("caret at %d, %d", x, y)
	}
}

func TestFocus(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, step := range []struct {
		key  string
		line int
	}{
		{"tab", 2}, {"down", 4}, {"enter", 6}, {"tab", 0}, {"shift+tab", 6}, {"up", 4}, {"up", 2}, {"shift+tab", 0}, {"up", 6},
	} {
		if d.press(step.key) != nil {
			t.Errorf("%s does more than to move", step.key)
		}
		if _, y, _ := d.Caret(); y != step.line {
			t.Errorf("%s: caret in line %d, want %d", step.key, y, step.line)
		}
	}
}

// TestCaret: it stands behind the text before it, in cells.
func TestCaret(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		d := newDesk(t)
		d.SetSize(width, 20)
		d.write("北京")
		if x, y, ok := d.Caret(); x != 16 || y != 0 || !ok {
			t.Errorf("caret at %d, %d", x, y)
		}
		d.press("left")
		if x, _, _ := d.Caret(); x != 14 {
			t.Errorf("caret at %d after a step back", x)
		}
		if line := strings.Split(d.shown(), "\n")[0]; ansi.Cut(line, 12, 16) != "北京" {
			t.Errorf("the text is not where its caret is: %q", line)
		}
	}
}

// TestPaste: it is text, and nothing in it is a key or reaches the terminal.
func TestPaste(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("tab", "tab", "tab")
	if cmd := d.paste("1\x1b[2J\r\n\x00\t2\u202e\u200b\u2028\x9b\r"); cmd != nil || d.UnderWay() {
		t.Fatal("a paste does something")
	}
	plain(t, d.View())
	d.shows("1[2J", "2�")
	if _, y, _ := d.Caret(); y != 6 {
		t.Errorf("a paste moves the focus to line %d", y)
	}
	d.paste("？?")
	d.shows("？?")
}

// plain fails if a frame has anything but text, lines and colours.
func plain(t *testing.T, frame string) {
	t.Helper()
	for _, r := range strings.ReplaceAll(ansi.Strip(frame), "\n", "") {
		if juhe.Shapeless(r) {
			t.Errorf("%U on the screen: %q", r, frame)
		}
	}
	if strings.Contains(frame, "\x1b[2J") {
		t.Errorf("a sequence of the paste on the screen: %q", frame)
	}
}

// TestWay: who can read a look-up on its way is always told.
func TestWay(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long.", 12) + "example"
	for name, test := range map[string]struct {
		base, proxy string
		width       int
		want        []string
		not         []string
	}{
		"https":         {"https://apis.juhe.cn", "", 60, []string{"https://apis.juhe.cn", "加密传输"}, []string{"明文", "代理"}},
		"http":          {"http://apis.juhe.cn", "", 60, []string{"http://apis.juhe.cn", "! 明文传输"}, []string{"加密传输"}},
		"far away":      {"http://" + long, "", 60, []string{"http://long.", "! 明文传输"}, nil},
		"a proxy":       {"https://apis.juhe.cn", "http://u:hunter2@proxy.example:3128", 60, []string{"加密传输", "经代理 proxy.example:3128"}, []string{"hunter2"}},
		"all of it":     {"http://" + long, "http://proxy.example:3128", 60, []string{"! 明文传输", "经代理 proxy.example:3128"}, nil},
		"room for more": {"http://" + long, "", 140, []string{"http://" + long, "! 明文传输"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, func(_ *form.Options, c *juhe.Options) { c.BaseURL, c.Proxy = test.base, test.proxy })
			d.SetSize(test.width, 16)
			frame := kit.Frame(strings.Split(d.View(), "\n"), test.width, 16)
			for _, text := range test.want {
				if !strings.Contains(ansi.Strip(frame), text) {
					t.Errorf("%q is not on the screen:\n%s", text, ansi.Strip(frame))
				}
			}
			d.hides(test.not...)
		})
	}
}

func TestNoKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.NoKey = true })
	d.says(d.Init(), kit.Warn, d.words.Form.NoKey)
	if newDesk(t).Init() != nil {
		t.Error("a form with a key has something to say")
	}
}

// TestKeysFollowTheState: what can be done now is what the footer offers.
func TestKeysFollowTheState(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	offers := func(description string) bool {
		for _, b := range d.Keys().ShortHelp() {
			if b.Enabled() && b.Help().Desc == description {
				return true
			}
		}
		return false
	}
	check := func(when string, send, stop, last bool) {
		t.Helper()
		f := d.words
		if offers(f.Keys["send"]) != send || offers(f.Form.StopWaiting) != stop || offers(f.Keys["last"]) != last {
			t.Errorf("%s: send %t, stop %t, last %t", when, offers(f.Keys["send"]), offers(f.Form.StopWaiting), offers(f.Keys["last"]))
		}
	}
	check("at first", true, false, false)
	sent := d.press("f5")
	check("waiting", false, true, false)
	d.press("esc")
	check("not waiting", false, false, false)
	d.Update(await[form.DoneMsg](t, sent))
	check("answered", true, false, true)
	if !d.Typing() {
		t.Error("the form does not take text")
	}
}

// TestProgress: it moves while a look-up is under way, and stops with it.
func TestProgress(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	sent := d.press("f5")
	before := d.View()
	tick := anyTick(t, sent)
	if d.Update(tick) == nil || d.View() == before {
		t.Error("a tick moves nothing")
	}
	d.shows("s / 1m0s")
	d.Update(await[form.DoneMsg](t, sent))
	if d.Update(tick) != nil {
		t.Error("a tick goes on after the end")
	}
}

// anyTick runs what is beside the look-up in a command.
func anyTick(t *testing.T, cmd tea.Cmd) tea.Msg {
	t.Helper()
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("sending is %v, not a tick and a look-up", cmd())
	}
	return batch[0]()
}

// TestCompaniesHaveNoRemark: a good identifier that fits the endpoint has none.
func TestCompaniesHaveNoRemark(t *testing.T) {
	t.Parallel()
	for _, c := range standin.Companies() {
		for _, api := range juhe.APIs() {
			if api == juhe.APIQueryV2 && strings.HasPrefix(c.Idcard, "E") {
				continue // a passport, which queryV2 does not take
			}
			d := newDesk(t)
			d.Fill(juhe.Query{API: api, Factors: c.Factors(api)})
			for y, line := range strings.Split(d.shown(), "\n")[:8] {
				if y%2 == 1 && strings.ContainsAny(line, "!~") {
					t.Error(fmt.Sprintf("%s by %s:", c.Entname, api), line)
				}
			}
		}
	}
}
