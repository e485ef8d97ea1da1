package form_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
)

// TestNotes: notes depend on the endpoint and do not block sending.
func TestNotes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api     juhe.API
		factors juhe.Factors
		want    []string
	}{
		"credit code by query":         {juhe.APIQuery, juhe.Factors{juhe.Entmark: firstCompany().Entmark}, []string{"✓ 统一社会信用代码"}},
		"credit code by queryV2":       {juhe.APIQueryV2, juhe.Factors{juhe.Entmark: firstCompany().Entmark}, []string{"! 本接口需填组织机构代码，即统一社会信用代码第 9–17 位"}},
		"organisation code by query":   {juhe.APIQuery, juhe.Factors{juhe.Entmark: firstCompany().Orgcode}, []string{"! 本接口需填统一社会信用代码或注册号，这里填的是组织机构代码"}},
		"organisation code by queryV2": {juhe.APIQueryV2, juhe.Factors{juhe.Entmark: firstCompany().Orgcode}, []string{"✓ 组织机构代码"}},
		"passport by query":            {juhe.APIQuery, juhe.Factors{juhe.Idcard: "E12345678"}, []string{"✓ 护照"}},
		"passport by queryV2":          {juhe.APIQueryV2, juhe.Factors{juhe.Idcard: "E12345678"}, []string{"! 本接口需填身份证号，这里填的是护照"}},
		"a wrong check digit":          {juhe.APIQuery, juhe.Factors{juhe.Idcard: "110105194912310021"}, []string{"! 居民身份证的校验位不符"}},
		"what was changed":             {juhe.APIQuery, juhe.Factors{juhe.Idcard: "11010519491231002x "}, []string{"~ 已整理：去除多余空格；字母转大写"}},
		"odd and changed":              {juhe.APIQuery, juhe.Factors{juhe.Idcard: "110105194912310021 "}, []string{"! 居民身份证的校验位不符；已整理：去除多余空格"}},
		"private use":                  {juhe.APIQuery, juhe.Factors{juhe.Realname: "\ue863三"}, []string{"! 应为 䶮；有自造字"}},
		"several persons":              {juhe.APIQuery, juhe.Factors{juhe.Realname: "张三 李四"}, []string{"! 像是不止一个人的姓名；已整理：去除多余空格"}},
		"a company as a person":        {juhe.APIQuery, juhe.Factors{juhe.Realname: "虚构有限公司"}, []string{"! 像是企业名称，可能填错了栏"}},
		"a radical":                    {juhe.APIQuery, juhe.Factors{juhe.Realname: "陈⼦"}, []string{"~ 已整理：部首字、兼容字换为标准字"}},
		"look-alikes":                  {juhe.APIQuery, juhe.Factors{juhe.Entname: "苏州(虚构)公司"}, []string{"! 有形近字符"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTestForm(t)
			s.Fill(juhe.Query{API: test.api, Factors: test.factors})
			s.SetSize(140, 20)
			s.AssertShows(test.want...)
			s.assertShowsFactors(test.factors)
		})
	}
}

// TestNoteOfFocusedField: in a narrow window the note of the focused field is shown
// in full.
func TestNoteOfFocusedField(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, width := range []int{60, 80, 100, 140} {
			s := newTestForm(t, func(o *form.Options, _ *juhe.Options) { o.Messages = w })
			s.SetSize(width, 16)
			s.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{juhe.Entmark: " 110105194912310 "}})
			s.press("tab")
			shown := strings.Join(strings.Fields(s.Shown()), "")
			s.Fill(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{juhe.Entmark: "12345"}})
			s.press("tab")
			shown += strings.Join(strings.Fields(s.Shown()), "")
			for _, text := range []string{w.Warning(ident.Warning{Factor: juhe.Entmark, Rule: ident.RuleLength}), w.Changes["blanks"]} {
				if !strings.Contains(shown, strings.Join(strings.Fields(text), "")) {
					t.Errorf("%s, %d wide: %q is cut:\n%s", w.Lang, width, text, s.Shown())
				}
			}
			s.assertCaretLine(2)
		}
	}
}

// newWarnedForm returns a form with four warnings, and a function that advances its
// clock.
func newWarnedForm(t *testing.T, options ...option) (s *testForm, later func(time.Duration)) {
	t.Helper()
	at := time.Now()
	options = append(options, func(o *form.Options, _ *juhe.Options) {
		o.Now = func() time.Time { return at }
		o.InitialQuery.Factors = juhe.Factors{juhe.Entname: "虚构(北京)公司", juhe.Entmark: "91110199MAYYY00130", juhe.Realname: "阿依•古丽", juhe.Idcard: "110105194912310021"}
	})
	return newTestForm(t, options...), func(by time.Duration) { at = at.Add(by) }
}

// TestConfirmWarnings: with warnings, the first send key shows them by field, and
// only a later one sends.
func TestConfirmWarnings(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 20}, {140, 30}} {
		for _, key := range []string{"f5", "ctrl+s", "enter"} {
			s, later := newWarnedForm(t)
			s.SetSize(size[0], size[1])
			s.press("tab", "tab", "tab") // to the last field, where Enter sends
			name := map[string]string{"f5": "F5", "ctrl+s": "F5", "enter": "Enter"}[key]
			if name != "Enter" {
				s.press("tab")
			}
			for i, wait := range []time.Duration{0, 0, 30 * time.Millisecond, 399 * time.Millisecond} {
				later(wait)
				if s.press(key); s.InProgress() {
					t.Fatalf("%s sends at once, %d", key, i)
				}
				s.AssertShows("! 企业名称：有形近字符", "! 企业标识：统一社会信用代码的校验位不符", "! 姓名：有形近字符", "! 证件号码：居民身份证的校验位不符", fmt.Sprintf(s.words.Form.SendWarned, name))
				if lines := strings.Count(s.Shown(), "\n") + 1; lines > size[1] {
					t.Errorf("%d lines of %d", lines, size[1])
				}
				s.assertTyping(true)
				if _, _, ok := s.Caret(); !ok {
					t.Error("got no caret")
				}
			}
			later(400 * time.Millisecond)
			done := uitest.Await[form.DoneMsg](t, s.press(key))
			s.AssertHides(fmt.Sprintf(s.words.Form.SendWarned, name))
			s.assertRequests(1)
			if done.Err != nil {
				t.Error(done.Err)
			}
		}
	}
}

// TestConfirmWarningsAgain: a changed query needs a new confirmation.
func TestConfirmWarningsAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(s *testForm){
		"a letter and back": func(s *testForm) { s.write("1"); s.press("backspace") },
		"a move":            func(s *testForm) { s.press("left") },
		"the next field":    func(s *testForm) { s.press("tab") },
		"the endpoint":      func(s *testForm) { s.press("ctrl+t") },
		"the status":        func(s *testForm) { s.press("ctrl+g", "ctrl+g") },
		"a paste":           func(s *testForm) { s.paste("1") },
		"a pasted row": func(s *testForm) {
			s.paste("虚构(北京)公司\t91110199MAYYY00130\t阿依•古丽\t110105194912310021")
		},
		"Esc":                func(s *testForm) { s.press("esc") },
		"an earlier lookup":  func(s *testForm) { s.Fill(s.Query()) },
		"cleared and undone": func(s *testForm) { s.press("ctrl+l", "ctrl+z") },
		"another screen":     func(s *testForm) { s.Open() },
	} {
		s, later := newWarnedForm(t)
		s.press("f5")
		later(time.Second)
		if change(s); strings.Contains(s.Shown(), fmt.Sprintf(s.words.Form.SendWarned, "F5")) {
			t.Errorf("%s: the warnings stay", name)
		}
		later(time.Second)
		s.press("f5")
		s.assertNothingSent()
		later(time.Second)
		if s.press("f5"); !s.InProgress() {
			t.Errorf("%s: it cannot be sent", name)
		}
		s.Cancel()
	}
}

// TestChangesNeedNoConfirmation: changes by normalising are shown and need no
// confirmation.
func TestChangesNeedNoConfirmation(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("tab", "tab", "tab")
	s.write(" ")
	s.press("f5")
	s.assertInProgress(true)
	s.Cancel()
}

// TestTypedTextStays: normalising does not change the typed text.
func TestTypedTextStays(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("tab", "ctrl+u")
	s.write("9111 0199-mayyy００13x")
	s.AssertShows("9111 0199-mayyy００13x", "去除多余空格；去除连字符；全角转半角；字母转大写")
	rec := uitest.Await[form.DoneMsg](t, s.press("f5")).Record
	if got, want := rec.Query.Factors[juhe.Entmark], firstCompany().Entmark; got != want {
		t.Errorf("got company ID %s sent, want %s", got, want)
	}
	if rec.Reply.Outcome != juhe.Match {
		t.Errorf("got outcome %s, want match", rec.Reply.Outcome)
	}
	s.AssertShows("9111 0199-mayyy００13x")
}

// TestDemoCompaniesHaveNoWarnings: valid identifiers that fit the endpoint have none.
func TestDemoCompaniesHaveNoWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range mockserver.Companies() {
		for _, api := range juhe.APIs() {
			if api == juhe.APIQueryV2 && strings.HasPrefix(c.Idcard, "E") {
				continue // queryV2 does not accept passports
			}
			s := newTestForm(t)
			s.Fill(juhe.Query{API: api, Factors: c.Factors(api)})
			for y, line := range strings.Split(s.Shown(), "\n")[:8] {
				if y%2 == 1 && strings.ContainsAny(line, "!~") {
					t.Error(fmt.Sprintf("%s by %s:", c.Entname, api), line)
				}
			}
		}
	}
}
