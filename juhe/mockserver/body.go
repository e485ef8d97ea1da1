package mockserver

import (
	"fmt"
	"net/url"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/internal/aesecb"
)

// successBody returns an answer with the given members of result.
func successBody(pair, orderid string) string {
	return fmt.Sprintf(`{"reason":"成功","result":{%s,"orderid":%q},"error_code":0}`, pair, orderid)
}

// errorBody returns an answer with an error code. System codes also have the old
// resultcode, as a string.
func errorBody(code int) string {
	c, _ := juhe.FindCode(code)
	if c.OldCode != 0 {
		return fmt.Sprintf(`{"resultcode":"%d","reason":%q,"result":null,"error_code":%d}`, c.OldCode, c.Text, code)
	}
	return fmt.Sprintf(`{"reason":%q,"result":null,"error_code":%d}`, c.Text, code)
}

// verdictMembers returns the members of result for a detail code, in the form of the
// endpoint.
func verdictMembers(api juhe.API, code int, regstatus string) string {
	state := 2
	if code == 7 {
		state = 1
	}
	if api == juhe.APIQueryV2 {
		return fmt.Sprintf(`"res":%d%s`, state, regstatus)
	}
	c, _ := juhe.FindCode(code)
	return fmt.Sprintf(`"state":%d,"detail":{"code":%d,"desc":%q%s}`, state, code, c.Text, regstatus)
}

// otherEndpoint returns an endpoint whose result has the other form.
func otherEndpoint(api juhe.API) juhe.API {
	if api == juhe.APIQueryV2 {
		return juhe.APIQuery
	}
	return juhe.APIQueryV2
}

// bodyCases returns malformed answers, and some that look odd but are well-formed. Each
// is a whole answer with placeholders: {PAIR} is a match in the form of the endpoint,
// {OTHER} in that of the other one; see fillIn.
func bodyCases() []Case {
	const evil = `\u001b[31m\u001b]0;x\u0007\u009b2J\u202e\u200b\u2066\u2028\ufeff\u0000\u007f\u00ad`
	return []Case{
		{"bom", juhe.Match, body("\ufeff" + `{"reason":"成功","result":{{PAIR}},"error_code":0}`)},
		{"outer-blanks", juhe.Match, body("\r\n\t " + `{"reason":"成功 ","result":{{PAIR}},"error_code":0}` + " \n")},
		{"unknown-members", juhe.Match, body(`{"x":[{}],"resultcode":"200","result":{"y":{"state":2},{PAIR}},"error_code":0}`)},
		{"success-as-string", juhe.Match, body(`{"reason":"success","result":{{PAIR}},"error_code":"0"}`)},
		{"no-reason", juhe.Match, body(`{"result":{{PAIR}},"error_code":0}`)},
		{"evil-text", juhe.Match, body(`{"reason":"` + evil + `","result":{{PAIR},"orderid":"` + evil + `"},"error_code":0}`)},

		{"empty", juhe.Unclear, body(``)},
		{"null", juhe.Unclear, body(`null`)},
		{"empty-object", juhe.Unclear, body(`{}`)},
		{"list", juhe.Unclear, body(`[{"reason":"成功","result":{{PAIR}},"error_code":0}]`)},
		{"html-200", juhe.Unclear, body(`<!DOCTYPE html><html><body>系统维护</body></html>`)},
		{"two-objects", juhe.Unclear, body(`{"reason":"成功","result":{{PAIR}},"error_code":0}{"error_code":253506}`)},
		{"trailing-text", juhe.Unclear, body(`{"reason":"成功","result":{{PAIR}},"error_code":0};`)},
		{"trailing-comma", juhe.Unclear, body(`{"reason":"成功","result":{{PAIR}},"error_code":0,}`)},
		{"single-quotes", juhe.Unclear, body(`{'error_code':0}`)},
		{"jsonp", juhe.Unclear, body(`callback({"reason":"成功","result":{{PAIR}},"error_code":0})`)},
		{"object-as-string", juhe.Unclear, body(`"{\"error_code\":0}"`)},
		{"deep", juhe.Unclear, body(strings.Repeat(`{"result":`, 20000) + `0` + strings.Repeat(`}`, 20000))},
		{"gbk", juhe.Unclear, body("{\"reason\":\"\xb3\xc9\xb9\xa6\",\"result\":{{PAIR}},\"error_code\":0}")},
		{"lone-surrogate", juhe.Unclear, body(`{"reason":"\ud800","result":{{PAIR}},"error_code":0}`)},
		{"utf-16", juhe.Unclear, body("\xff\xfe{\x00}\x00")},

		{"duplicate-code", juhe.Unclear, body(`{"error_code":253506,"result":{{PAIR}},"error_code":0}`)},
		{"duplicate-escaped", juhe.Unclear, body(`{"error_code":253506,"result":{{PAIR}},"\u0065rror_code":0}`)},
		{"duplicate-pair", juhe.Unclear, body(`{"result":{{PAIR},{PAIR}},"error_code":0}`)},
		{"duplicate-result", juhe.Unclear, body(`{"result":null,"result":{{PAIR}},"error_code":0}`)},
		{"duplicate-unknown", juhe.Unclear, body(`{"x":{"y":1,"y":2},"result":{{PAIR}},"error_code":0}`)},
		{"case-of-code", juhe.Refused, body(`{"error_code":253506,"result":{{PAIR}},"Error_Code":0}`)},
		{"case-of-code-alone", juhe.Unclear, body(`{"Error_Code":0,"result":{{PAIR}}}`)},
		{"case-of-result", juhe.Unclear, body(`{"error_code":0,"Result":{{PAIR}}}`)},

		{"code-missing", juhe.Unclear, body(`{"reason":"成功","result":{{PAIR}}}`)},
		{"code-null", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":null}`)},
		{"code-false", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":false}`)},
		{"code-empty", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":""}`)},
		{"code-list", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":[0]}`)},
		{"code-fraction", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":0.0}`)},
		{"code-exponent", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":0e0}`)},
		{"code-text", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":"ok"}`)},
		{"code-blank", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":"0 "}`)},
		{"code-hex", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":"0x0"}`)},
		{"code-33-bits", juhe.Unclear, body(`{"result":{{PAIR}},"error_code":4294967296}`)},
		{"code-undocumented", juhe.Refused, body(`{"reason":"?","result":{{PAIR}},"error_code":253599}`)},
		{"code-negative", juhe.Refused, body(`{"reason":"?","result":{{PAIR}},"error_code":-1}`)},
		{"code-as-string", juhe.Refused, body(`{"reason":"数据源超时","result":[],"error_code":"253507"}`)},

		{"code-with-orderid", juhe.Refused, body(`{"reason":"数据源异常","result":{"orderid":"JH1"},"error_code":253506}`)},

		{"result-missing", juhe.Unclear, body(`{"reason":"成功","error_code":0}`)},
		{"result-null", juhe.Unclear, body(`{"reason":"success","result":null,"error_code":0}`)},
		{"result-list", juhe.Unclear, body(`{"result":[{{PAIR}}],"error_code":0}`)},
		{"result-text", juhe.Unclear, body(`{"result":"","error_code":0}`)},
		{"result-empty", juhe.Unclear, body(`{"result":{},"error_code":0}`)},
		{"result-nested", juhe.Unclear, body(`{"result":{"result":{{PAIR}}},"error_code":0}`)},
		{"pair-at-top", juhe.Unclear, body(`{"result":{},{PAIR},"error_code":0}`)},
		{"pair-of-other", juhe.Unclear, body(`{"result":{{OTHER}},"error_code":0}`)},

		{"echo-in-result", juhe.Refused, body(`{"resultcode":"101","reason":"错误的请求KEY {KEY}","result":"{KEY}","error_code":10001}`)},
		{"echo-in-text", juhe.Match, body(`{"reason":"{ECHO}","result":{{PAIR},"orderid":"{ECHO}"},"error_code":0}`)},
		{"echo-in-html", juhe.Unclear, body(`<html>{ECHO}</html>`)},
		{"echo-cut-off", juhe.Unclear, body(`{"reason":"{CUTKEY}`)},
		{"long-text", juhe.Match, body(`{"reason":"` + strings.Repeat("成功", 50_000) + `","result":{{PAIR}},"error_code":0}`)},
	}
}

// body returns a response with an answer that has placeholders.
func body(text string) func(*request) {
	return func(q *request) { write(q.w, q.fillIn(text)) }
}

// fillIn replaces the placeholders of an answer.
func (q *request) fillIn(text string) string {
	return strings.NewReplacer(
		"{PAIR}", verdictMembers(q.api, 7, ""),
		"{OTHER}", verdictMembers(otherEndpoint(q.api), 7, ""),
		"{KEY}", q.key,
		"{CUTKEY}", q.key[:len(q.key)-2],
		"{ECHO}", q.echo(),
	).Replace(text)
}

// echo returns everything that must be redacted, in every encoding that a service, a
// gateway or an error page may use. It is safe inside a JSON string.
func (q *request) echo() string {
	cipherKey := aesecb.Key(q.openid)
	values := []string{q.key, q.openid, cipherKey, q.params.Get("realname"), q.params.Get("idcard")}
	for _, name := range juhe.FactorNames() {
		sealed, _ := aesecb.Seal(cipherKey, q.params.Get(name))
		values = append(values, sealed)
	}
	var b strings.Builder
	for _, v := range values {
		once := url.QueryEscape(v)
		fmt.Fprintf(&b, "%s | %s | %s | %s | ", v, strings.ToLower(v), once, url.QueryEscape(once))
		for _, r := range v {
			if r > 0xffff {
				fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
				continue
			}
			fmt.Fprintf(&b, `\u%04X`, r)
		}
		for _, r := range v {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}
