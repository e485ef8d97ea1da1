package form_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
)

// TestRemarks: they are of the endpoint, and never in the way.
func TestRemarks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api     juhe.API
		factors juhe.Factors
		want    []string
	}{
		"credit code by query":         {juhe.APIQuery, juhe.Factors{juhe.Entmark: company().Entmark}, []string{"✓ 统一社会信用代码"}},
		"credit code by queryV2":       {juhe.APIQueryV2, juhe.Factors{juhe.Entmark: company().Entmark}, []string{"! 本接口需填组织机构代码，即统一社会信用代码第 9–17 位"}},
		"organisation code by query":   {juhe.APIQuery, juhe.Factors{juhe.Entmark: company().Orgcode}, []string{"! 本接口需填统一社会信用代码或注册号，这里填的是组织机构代码"}},
		"organisation code by queryV2": {juhe.APIQueryV2, juhe.Factors{juhe.Entmark: company().Orgcode}, []string{"✓ 组织机构代码"}},
		"passport by query":            {juhe.APIQuery, juhe.Factors{juhe.Idcard: "E12345678"}, []string{"✓ 护照"}},
		"passport by queryV2":          {juhe.APIQueryV2, juhe.Factors{juhe.Idcard: "E12345678"}, []string{"! 本接口需填身份证号，这里填的是护照"}},
		"a wrong check digit":          {juhe.APIQuery, juhe.Factors{juhe.Idcard: "110105194912310021"}, []string{"! 居民身份证的校验位不符"}},
		"what was changed":             {juhe.APIQuery, juhe.Factors{juhe.Idcard: "11010519491231002x "}, []string{"~ 已整理：去除多余空白；字母转大写"}},
		"odd and changed":              {juhe.APIQuery, juhe.Factors{juhe.Idcard: "110105194912310021 "}, []string{"! 居民身份证的校验位不符；已整理：去除多余空白"}},
		"private use":                  {juhe.APIQuery, juhe.Factors{juhe.Realname: "\ue863三"}, []string{"! 应为 䶮；有自造字"}},
		"several persons":              {juhe.APIQuery, juhe.Factors{juhe.Realname: "张三 李四"}, []string{"! 像是不止一个人；已整理：去除多余空白"}},
		"a company as a person":        {juhe.APIQuery, juhe.Factors{juhe.Realname: "虚构有限公司"}, []string{"! 像是企业名称，可能填错了栏"}},
		"a radical":                    {juhe.APIQuery, juhe.Factors{juhe.Realname: "陈⼦"}, []string{"~ 已整理：部首字、兼容字换成标准字"}},
		"look-alikes":                  {juhe.APIQuery, juhe.Factors{juhe.Entname: "苏州(虚构)公司"}, []string{"! 有形近字符"}},
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
	for _, w := range i18n.Languages() {
		for _, width := range []int{60, 80, 100, 140} {
			d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.Words = w })
			d.SetSize(width, 16)
			d.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{juhe.Entmark: " 110105194912310 "}})
			d.press("tab")
			told := strings.Join(strings.Fields(d.shown()), "")
			d.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{juhe.Entmark: "12345"}})
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

// warned is a form with four warnings, and its time, which stands still.
func warned(t *testing.T, settings ...setting) (d *desk, later func(time.Duration)) {
	t.Helper()
	at := time.Now()
	settings = append(settings, func(o *form.Options, _ *juhe.Options) {
		o.Now = func() time.Time { return at }
		o.InitialQuery.Factors = juhe.Factors{juhe.Entname: "虚构(北京)公司", juhe.Entmark: "91110199MAYYY00130", juhe.Realname: "阿依•古丽", juhe.Idcard: "110105194912310021"}
	})
	return newDesk(t, settings...), func(by time.Duration) { at = at.Add(by) }
}

// TestWarnedBeforePaying: with warnings the first key that sends says what is wrong,
// each field by its name, and only the next one sends, once it could be read.
func TestWarnedBeforePaying(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 20}, {140, 30}} {
		for _, key := range []string{"f5", "ctrl+s", "enter"} {
			d, later := warned(t)
			d.SetSize(size[0], size[1])
			d.press("tab", "tab", "tab") // to where Enter sends
			name := map[string]string{"f5": "F5", "ctrl+s": "F5", "enter": "Enter"}[key]
			if name != "Enter" {
				d.press("tab")
			}
			for i, wait := range []time.Duration{0, 0, 30 * time.Millisecond, 399 * time.Millisecond} {
				later(wait)
				if d.press(key); d.InProgress() {
					t.Fatalf("%s sends at once, %d", key, i)
				}
				d.shows("! 企业名称：有形近字符", "! 企业标识：统一社会信用代码的校验位不符", "! 姓名：有形近字符", "! 证件号码：居民身份证的校验位不符", fmt.Sprintf(d.words.Form.SendWarned, name))
				if lines := strings.Count(d.shown(), "\n") + 1; lines > size[1] {
					t.Errorf("%d lines of %d", lines, size[1])
				}
				if _, _, caret := d.Caret(); !caret || !d.Typing() {
					t.Error("the form takes no text")
				}
			}
			later(400 * time.Millisecond)
			done := await[form.DoneMsg](t, d.press(key))
			d.hides(fmt.Sprintf(d.words.Form.SendWarned, name))
			if n := d.server.Requests(); n != 1 || done.Err != nil {
				t.Errorf("%d requests: %v", n, done.Err)
			}
		}
	}
}

// TestWarnedAgain: whatever happens in between, what is sent is what the warnings
// were told of, and they are told anew.
func TestWarnedAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *desk){
		"a letter and back": func(d *desk) { d.write("1"); d.press("backspace") },
		"a move":            func(d *desk) { d.press("left") },
		"the next field":    func(d *desk) { d.press("tab") },
		"the endpoint":      func(d *desk) { d.press("ctrl+t") },
		"the status":        func(d *desk) { d.press("ctrl+g", "ctrl+g") },
		"a paste":           func(d *desk) { d.paste("1") },
		"a pasted row": func(d *desk) {
			d.paste("虚构(北京)公司\t91110199MAYYY00130\t阿依•古丽\t110105194912310021")
		},
		"Esc":                func(d *desk) { d.press("esc") },
		"an earlier lookup":  func(d *desk) { d.Fill(d.Query()) },
		"cleared and undone": func(d *desk) { d.press("ctrl+l", "ctrl+z") },
		"another screen":     func(d *desk) { d.Open() },
	} {
		d, later := warned(t)
		d.press("f5")
		later(time.Second)
		if change(d); strings.Contains(d.shown(), fmt.Sprintf(d.words.Form.SendWarned, "F5")) {
			t.Errorf("%s: the warnings stay", name)
		}
		later(time.Second)
		if d.press("f5"); d.InProgress() || d.server.Requests() > 0 {
			t.Errorf("%s: sent", name)
		}
		later(time.Second)
		if d.press("f5"); !d.InProgress() {
			t.Errorf("%s: it cannot be sent", name)
		}
		d.Cancel()
	}
}

// TestChangedIsNoWarning: what normalising has changed is told, and not in the way.
func TestChangedIsNoWarning(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("tab", "tab", "tab")
	d.write(" ")
	if d.press("f5"); !d.InProgress() {
		t.Error("it has to be sent twice")
	}
	d.Cancel()
}

// TestTypedTextStays: what is sent is in its normal form, what was typed is
// not touched.
func TestTypedTextStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("tab", "ctrl+u")
	d.write("9111 0199-mayyy００13x")
	d.shows("9111 0199-mayyy００13x", "去除多余空白；去除连字符；全角转半角；字母转大写")
	rec := await[form.DoneMsg](t, d.press("f5")).Record
	if rec.Query.Factors[juhe.Entmark] != company().Entmark || rec.Reply.Outcome != juhe.Match {
		t.Errorf("sent %s: %s", rec.Query.Factors[juhe.Entmark], rec.Reply.Outcome)
	}
	d.shows("9111 0199-mayyy００13x")
}

// TestCompaniesHaveNoRemark: a good identifier that fits the endpoint has none.
func TestCompaniesHaveNoRemark(t *testing.T) {
	t.Parallel()
	for _, c := range mockserver.Companies() {
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
