package form_test

import (
	"fmt"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/standin"
	"fourfactor/ui/form"
	"fourfactor/ui/words"
)

// TestRemarks: they are of the endpoint, and never in the way.
func TestRemarks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api     juhe.API
		factors juhe.Factors
		want    []string
	}{
		"credit code by query":         {juhe.APIQuery, juhe.Factors{Entmark: company().Entmark}, []string{"✓ 统一社会信用代码"}},
		"credit code by queryV2":       {juhe.APIQueryV2, juhe.Factors{Entmark: company().Entmark}, []string{"! 本接口需填组织机构代码，即统一社会信用代码第 9–17 位"}},
		"organisation code by query":   {juhe.APIQuery, juhe.Factors{Entmark: company().Orgcode}, []string{"! 本接口需填统一社会信用代码或注册号，这里填的是组织机构代码"}},
		"organisation code by queryV2": {juhe.APIQueryV2, juhe.Factors{Entmark: company().Orgcode}, []string{"✓ 组织机构代码"}},
		"passport by query":            {juhe.APIQuery, juhe.Factors{Idcard: "E12345678"}, []string{"✓ 护照"}},
		"passport by queryV2":          {juhe.APIQueryV2, juhe.Factors{Idcard: "E12345678"}, []string{"! 本接口需填身份证号，这里填的是护照"}},
		"a wrong check digit":          {juhe.APIQuery, juhe.Factors{Idcard: "110105194912310021"}, []string{"! 居民身份证的校验位不符"}},
		"what was changed":             {juhe.APIQuery, juhe.Factors{Idcard: "11010519491231002x "}, []string{"~ 已整理：去除多余空白；字母转大写"}},
		"odd and changed":              {juhe.APIQuery, juhe.Factors{Idcard: "110105194912310021 "}, []string{"! 居民身份证的校验位不符；已整理：去除多余空白"}},
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
	d.shows("9111 0199-mayyy００13x", "去除多余空白；去除连字符；全角转半角；字母转大写")
	rec := await[form.DoneMsg](t, d.press("f5")).Record
	if rec.Query.Entmark != company().Entmark || rec.Reply.Outcome != juhe.Match {
		t.Errorf("sent %s: %s", rec.Query.Entmark, rec.Reply.Outcome)
	}
	d.shows("9111 0199-mayyy００13x")
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
