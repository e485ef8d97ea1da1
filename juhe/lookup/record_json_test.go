package lookup_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// exportLine returns a line of an export with the person revealed.
func exportLine(api, rest string) string {
	return `{"schema":1,"id":"20261123-120000-abcdefgh","at":"2026-11-23T12:00:00Z","service":"https://apis.juhe.cn","api":"` + api +
		`","entname":"北京晨星虚构科技有限公司","entmark":"91110199MAYYY0013X","realname":"张三","idcard":"11010519491231002X",` + rest + `}`
}

// TestParseRecordJSON: an import accepts no verdict that the service cannot have
// given.
func TestParseRecordJSON(t *testing.T) {
	t.Parallel()
	const tail = `,"billable":"yes","masked":false,"elapsed_ms":12`
	for rest, member := range map[string]string{
		`"outcome":"match","state":1,"code":7,"error_code":0` + tail:         "",
		`"outcome":"mismatch","state":2,"code":-24` + tail:                   "",
		`"outcome":"refused","error_code":253501` + tail:                     "",
		`"outcome":"match","state":2,"code":7` + tail:                        "state",
		`"outcome":"match","code":7` + tail:                                  "state",
		`"outcome":"lost","state":1` + tail:                                  "state",
		`"outcome":"match","state":1,"code":-22` + tail:                      "code",
		`"outcome":"match","state":1` + tail:                                 "code",
		`"outcome":"mismatch","state":2,"code":-27` + tail:                   "code",
		`"outcome":"lost","code":7` + tail:                                   "code",
		`"outcome":"match","state":1,"code":7,"error_code":10012` + tail:     "error_code",
		`"outcome":"refused","error_code":0` + tail:                          "error_code",
		`"outcome":"good"` + tail:                                            "outcome",
		`"outcome":"lost","billable":"unknown","elapsed_ms":1`:               "masked",
		`"outcome":"lost","billable":"never","masked":false,"elapsed_ms":1`:  "billable",
		`"outcome":"lost","billable":"no","masked":false,"elapsed_ms":-1`:    "elapsed_ms",
		`"outcome":"lost","billable":"no","masked":false,"elapsed_ms":9e18`:  "elapsed_ms",
		`"outcome":"lost","billable":"no","masked":false,"elapsed_ms":86500`: "",
	} {
		_, _, err := lookup.ParseRecordJSON([]byte(exportLine("query", rest)))
		var jsonErr *lookup.JSONError
		switch {
		case member == "" && err != nil:
			t.Errorf("%s: got error %v, want none", rest, err)
		case member == "":
		case !errors.As(err, &jsonErr):
			t.Errorf("%s: got error %v, want a JSONError", rest, err)
		case jsonErr.Problem != lookup.JSONSyntax && jsonErr.Member != member:
			t.Errorf("%s: got member %q, want %q", rest, jsonErr.Member, member)
		}
	}
	for rest, valid := range map[string]bool{
		`"outcome":"match","state":1` + tail:             true,
		`"outcome":"match","state":1,"code":7` + tail:    false,
		`"outcome":"mismatch","state":2,"code":1` + tail: false,
	} {
		if _, _, err := lookup.ParseRecordJSON([]byte(exportLine("queryV2", rest))); valid != (err == nil) {
			t.Errorf("queryV2, %s: got error %v, want valid %t", rest, err, valid)
		}
	}
	rec, _, err := lookup.ParseRecordJSON([]byte(exportLine("query", `"outcome":"refused","error_code":253501,"reason":"`+strings.Repeat("长", 9000)+`\u001b[2J"`+tail)))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(rec.Reply.Reason); got > juhe.TextLimit {
		t.Errorf("got %d bytes of reason, want at most %d", got, juhe.TextLimit)
	}
	if !rec.Imported {
		t.Error("got Imported false, want true")
	}
}

// TestParseBillable: whether a lookup was billed follows from its outcome, whatever
// the line says.
func TestParseBillable(t *testing.T) {
	t.Parallel()
	for rest, want := range map[string]juhe.Billable{
		`"outcome":"match","state":1,"code":7,"repeated":"a"`: juhe.BillableYes,
		`"outcome":"mismatch","state":2,"code":-24`:           juhe.BillableYes,
		`"outcome":"refused","error_code":253504`:             juhe.BillableUnknown,
		`"outcome":"refused","error_code":10014`:              juhe.BillableUnknown,
		`"outcome":"refused","error_code":253501`:             juhe.BillableNo,
		`"outcome":"refused","error_code":10012`:              juhe.BillableNo,
		`"outcome":"unclear"`:                                 juhe.BillableUnknown,
		`"outcome":"lost"`:                                    juhe.BillableUnknown,
		`"outcome":"unsent"`:                                  juhe.BillableNo,
	} {
		for _, billable := range []juhe.Billable{juhe.BillableYes, juhe.BillableNo, juhe.BillableUnknown} {
			rec, _, err := lookup.ParseRecordJSON([]byte(exportLine("query", rest+`,"billable":"`+string(billable)+`","masked":false,"elapsed_ms":12`)))
			if err != nil || rec.Reply.Billable != want {
				t.Errorf("%s, %s: got %q, want %q, %v", rest, billable, rec.Reply.Billable, want, err)
			}
		}
	}
}

// FuzzParseRecordJSON: an accepted line, exported and parsed again, gives the same
// Record.
func FuzzParseRecordJSON(f *testing.F) {
	f.Add(exportLine("query", `"outcome":"match","state":1,"code":7,"billable":"yes","masked":false,"elapsed_ms":12`))
	f.Add(exportLine("queryV2", `"outcome":"match","state":1,"code":7,"desc":"企业法人/负责人","repeated":"a","billable":"no","masked":false,"elapsed_ms":0`))
	f.Add(exportLine("queryV2", `"outcome":"lost","billable":"unknown","masked":false,"elapsed_ms":0,"remarks":[{"field":"idcard","rule":"checksum","text":"x"}]`))
	w := i18n.For("en", nil)
	f.Fuzz(func(t *testing.T, text string) {
		rec, _, err := lookup.ParseRecordJSON([]byte(text))
		if err != nil {
			return
		}
		again, err := rec.JSON(w, true).Marshal()
		if err != nil {
			t.Fatal(err)
		}
		second, _, err := lookup.ParseRecordJSON(again)
		if err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		rec.Warnings, second.Warnings = nil, nil
		rec.Reply.Fault = second.Reply.Fault // an import sets its own
		if rec.At = rec.At.UTC(); fmt.Sprintf("%+v", withoutPointers(rec)) != fmt.Sprintf("%+v", withoutPointers(second)) {
			t.Errorf("%+v became %+v", rec, second)
		}
	})
}

// withoutPointers returns the JSON form of a record without its pointers.
func withoutPointers(rec lookup.Record) lookup.RecordJSON {
	line := rec.JSON(i18n.For("en", nil), true)
	line.State, line.Code, line.ErrorCode, line.At = nil, nil, nil, line.At.UTC()
	return line
}

// TestMaskCompany: a company name is shown as it is, without the number of a person and
// without control characters.
func TestMaskCompany(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"北京晨星虚构科技有限公司": "北京晨星虚构科技有限公司", "": "",
		"11010519491231002X": "1***************2X", "张三\x1b[2J公司": "张三␛[2J公司",
	} {
		if got := lookup.MaskCompany(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
