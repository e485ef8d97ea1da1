package juhe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode: every verdict is confirmed by another decoder, which accepts only
// what the document describes.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{"reason":"成功","result":{"state":1,"detail":{"code":7,"desc":"企业法人/负责人"},"orderid":"JH1"},"error_code":0}`,
		`{"reason":"成功","result":{"state":"2","detail":{"code":-22,"regstatus":1},"orderid":1},"error_code":"0"}`,
		`{"result":{"res":2,"regstatus":null},"error_code":0}`,
		`{"resultcode":"101","reason":"错误的请求KEY","result":"key","error_code":10001}`,
		"\ufeff {\"error_code\":253506,\"Error_Code\":0}",
		`{"error_code":0,"result":{"state":3,"detail":{"code":7}}}`,
		`null`, `[]`, `{}`, `{"error_code":0,"error_code":1}`, "\xff",
	} {
		for _, api := range APIs() {
			f.Add(string(api), []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, api string, body []byte) {
		reply := decode(API(api), bytes.Clone(body))
		reply.redact(Redactor{})
		if reply.Outcome.IsVerdict() {
			if got := decodeAgain(t, API(api), body); got != reply.Outcome {
				t.Fatalf("%q: got %s, another decoder says %q", body, reply.Outcome, got)
			}
		}
		if reply.Outcome != Refused && !reply.Outcome.IsVerdict() && reply.Outcome != Unclear {
			t.Fatalf("outcome %q of a complete answer", reply.Outcome)
		}
		for _, text := range []string{reply.Reason, reply.Desc, reply.Regstatus, reply.Orderid, reply.Fault.Detail} {
			checkSanitized(t, text)
		}
	})
}

// decodeAgain returns the verdict in an answer by encoding/json, or another text.
func decodeAgain(t *testing.T, api API, body []byte) Outcome {
	t.Helper()
	if !utf8.Valid(body) {
		return "not UTF-8"
	}
	trimmed := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(string(body)), "\ufeff"))
	decoder := json.NewDecoder(strings.NewReader(trimmed))
	decoder.UseNumber()
	var top map[string]any
	if err := decoder.Decode(&top); err != nil || decoder.More() {
		return "not one object"
	}
	result, _ := top["result"].(map[string]any)
	if integerText(top["error_code"]) != "0" || result == nil {
		return "no success"
	}
	if api == APIQueryV2 {
		return map[string]Outcome{"1": Match, "2": Mismatch}[integerText(result["res"])]
	}
	detail, _ := result["detail"].(map[string]any)
	state, code := integerText(result["state"]), integerText(detail["code"])
	switch {
	case state == "1" && code == "7":
		return Match
	case state == "2" && strings.Contains(" -21 -22 -23 -24 -25 -26 ", " "+code+" "):
		return Mismatch
	}
	return ""
}

// integerText returns the text of a number or of a string.
func integerText(v any) string {
	switch v.(type) {
	case json.Number, string:
		return fmt.Sprint(v)
	}
	return "not an integer"
}

func checkSanitized(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("not UTF-8: %q", text)
	}
	for _, r := range text {
		if IsInvisible(r) {
			t.Fatalf("%U in %q", r, text)
		}
	}
}

// BenchmarkLookup does everything that a lookup on the encrypted endpoint does without
// the network. Compare with the latency of the service, tens of milliseconds.
func BenchmarkLookup(b *testing.B) {
	q := Query{API: APIQueryEncry, Factors: Factors{
		Entname: "北京晨星虚构科技有限公司", Entmark: "91110199MAYYY0013X", Realname: "张三", Idcard: "11010519491231002X",
	}}
	cred := credentials{key: "mockserver0key0for0tests0only001", openid: "JHmock0openid0for0tests0only0000"}
	body := []byte(`{"reason":"成功","result":{"state":1,"detail":{"code":7,"desc":"企业法人/负责人"},"orderid":"JH535201912251349175252"},"error_code":0}`)
	b.ReportAllocs()
	for b.Loop() {
		form, secrets, err := encode(q, cred)
		if err != nil || form.Encode() == "" {
			b.Fatal(err)
		}
		reply := decode(q.API, body)
		reply.Raw = SanitizeLines(string(body))
		reply.redact(NewRedactor(secrets...))
		if reply.Outcome != Match {
			b.Fatal(reply)
		}
	}
}
