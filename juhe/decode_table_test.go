package juhe

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// documentedOutcome returns the outcome of a pair of state and code that the API
// document lists as a verdict; there are no others.
func documentedOutcome(state, code int) (Outcome, bool) {
	switch [2]int{state, code} {
	case [2]int{1, 7}:
		return Match, true
	case [2]int{2, -21}, [2]int{2, -22}, [2]int{2, -23}, [2]int{2, -24}, [2]int{2, -25}, [2]int{2, -26}:
		return Mismatch, true
	}
	return Unclear, false
}

// TestEveryPair: of all states and codes only the documented pairs are a
// verdict, as numbers and as strings, on query and queryEncry.
func TestEveryPair(t *testing.T) {
	t.Parallel()
	for state := -2; state <= 4; state++ {
		for code := -40; code <= 40; code++ {
			want, verdict := documentedOutcome(state, code)
			for _, body := range []string{
				fmt.Sprintf(`{"reason":"成功","result":{"state":%d,"detail":{"code":%d,"desc":"企业法人/负责人"},"orderid":"JH1"},"error_code":0}`, state, code),
				fmt.Sprintf(`{"reason":"成功","result":{"state":"%d","detail":{"code":"%d"},"res":1},"error_code":"0"}`, state, code),
			} {
				for _, api := range []API{APIQuery, APIQueryEncry} {
					reply := decode(api, []byte(body))
					if reply.Outcome != want {
						t.Fatalf("%s %s: got %s, want %s", api, body, reply.Outcome, want)
					}
					checkVerdict(t, body, reply, verdict)
					if verdict && (*reply.State != state || *reply.Code != code) {
						t.Fatalf("%s: got state %d, code %d", body, *reply.State, *reply.Code)
					}
				}
				if reply := decode(APIQueryV2, []byte(fmt.Sprintf(`{"result":{"state":%d,"detail":{"code":%d}},"error_code":0}`, state, code))); reply.Outcome != Unclear {
					t.Fatalf("queryV2 with state %d and code %d: got %s, want unclear", state, code, reply.Outcome)
				}
			}
		}
	}
}

// TestEveryRes: on queryV2 res 1 and 2 are verdicts, and nothing else is.
func TestEveryRes(t *testing.T) {
	t.Parallel()
	for res := -40; res <= 40; res++ {
		want, verdict := map[int]Outcome{1: Match, 2: Mismatch}[res], res == 1 || res == 2
		if !verdict {
			want = Unclear
		}
		for _, format := range []string{`{"result":{"res":%d},"error_code":0}`, `{"result":{"res":"%d"},"error_code":"0"}`} {
			body := fmt.Sprintf(format, res)
			reply := decode(APIQueryV2, []byte(body))
			if reply.Outcome != want {
				t.Errorf("%s: got %s, want %s", body, reply.Outcome, want)
			}
			checkVerdict(t, body, reply, verdict)
			if verdict && (*reply.State != res || reply.Code != nil) {
				t.Errorf("%s: got state %d, code %v", body, *reply.State, reply.Code)
			}
			for _, api := range []API{APIQuery, APIQueryEncry} {
				if reply := decode(api, []byte(body)); reply.Outcome != Unclear {
					t.Errorf("%s %s: got %s, want unclear", api, body, reply.Outcome)
				}
			}
		}
	}
}

// checkVerdict checks that a reply with a verdict is billed and has a state, and that
// one without has a fault and is possibly billed.
func checkVerdict(t *testing.T, body string, reply Reply, verdict bool) {
	t.Helper()
	billable := BillableUnknown
	if verdict {
		billable = BillableYes
	}
	if reply.Billable != billable {
		t.Errorf("%s: got billable %s, want %s", body, reply.Billable, billable)
	}
	if got := reply.Outcome.IsVerdict(); got != verdict {
		t.Errorf("%s: got a verdict %t, want %t", body, got, verdict)
	}
	if got := reply.State != nil; got != verdict {
		t.Errorf("%s: got a state %t, want %t", body, got, verdict)
	}
	if got := reply.Fault.Kind == ""; got != verdict {
		t.Errorf("%s: got fault %q", body, reply.Fault.Kind)
	}
}

// checkNoVerdict checks that a reply has neither a state nor a detail code.
func checkNoVerdict(t *testing.T, body string, reply Reply) {
	t.Helper()
	if reply.State != nil {
		t.Errorf("%s: got state %d, want none", body, *reply.State)
	}
	if reply.Code != nil {
		t.Errorf("%s: got code %d, want none", body, *reply.Code)
	}
}

// TestEveryErrorCode: every error code is a refusal, and only the codes that the
// specification names are certainly free.
func TestEveryErrorCode(t *testing.T) {
	t.Parallel()
	free := []int{253501, 10020, 10021, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10011, 10012, 10013}
	for _, span := range [][2]int{{-300, 300}, {9900, 10200}, {100000, 100030}, {200100, 200300}, {253400, 253600}} {
		for code := span[0]; code <= span[1]; code++ {
			want, outcome := BillableUnknown, Refused
			switch {
			case code == 0:
				outcome = Unclear // there is no result
			case slices.Contains(free, code):
				want = BillableNo
			}
			for _, format := range []string{`{"reason":"r","result":null,"error_code":%d}`, `{"result":{"orderid":"1"},"error_code":"%d"}`} {
				body := fmt.Sprintf(format, code)
				for _, api := range APIs() {
					reply := decode(api, []byte(body))
					if reply.Outcome != outcome {
						t.Fatalf("%s %s: got %s, want %s", api, body, reply.Outcome, outcome)
					}
					if reply.Billable != want {
						t.Fatalf("%s %s: got billable %s, want %s", api, body, reply.Billable, want)
					}
					checkNoVerdict(t, body, reply)
				}
			}
			if c, ok := FindCode(code); ok && c.Code == code && code != 0 && c.Level != LevelDetail && c.Billable() != want {
				t.Errorf("%d: the catalogue says %s, want %s", code, c.Billable(), want)
			}
		}
	}
	for _, c := range Codes() {
		if c.Level == LevelDetail && c.Billable() != BillableYes {
			t.Errorf("%d: got %s, want yes", c.Code, c.Billable())
		}
	}
}

// TestRefusalWithVerdict: an answer with an error code and a verdict is refused.
func TestRefusalWithVerdict(t *testing.T) {
	t.Parallel()
	for _, code := range []int{1, -1, 7, 10001, 253506} {
		for api, result := range map[API]string{
			APIQuery: `{"state":1,"detail":{"code":7}}`, APIQueryEncry: `{"state":2,"detail":{"code":-22}}`, APIQueryV2: `{"res":1}`,
		} {
			body := fmt.Sprintf(`{"result":%s,"error_code":%d}`, result, code)
			reply := decode(api, []byte(body))
			if reply.Outcome != Refused {
				t.Errorf("%s: got %s, want refused", body, reply.Outcome)
			}
			checkNoVerdict(t, body, reply)
		}
	}
}

// TestIntegers: only 32-bit integers in their shortest decimal form make a verdict, as
// numbers or as strings.
func TestIntegers(t *testing.T) {
	t.Parallel()
	for _, state := range []string{
		`"01"`, `"+1"`, `" 1"`, `"1 "`, `"1.0"`, `"1e0"`, `"0x1"`, `"１"`, `""`, `"一"`, `1.0`, `1e0`, `10e-1`, `true`, `null`, `[1]`, `{"1":1}`,
		`4294967297`, `"4294967297"`, `-4294967295`,
	} {
		for _, body := range []string{
			`{"result":{"state":` + state + `,"detail":{"code":7}},"error_code":0}`,
			`{"result":{"state":1,"detail":{"code":` + strings.Replace(state, "1", "7", 1) + `}},"error_code":0}`,
		} {
			if reply := decode(APIQuery, []byte(body)); reply.Outcome != Unclear {
				t.Errorf("%s: got %s, want unclear", body, reply.Outcome)
			}
		}
		if body := `{"result":{"res":` + state + `},"error_code":0}`; decode(APIQueryV2, []byte(body)).Outcome != Unclear {
			t.Errorf("%s is a verdict", body)
		}
		zero := strings.Replace(state, "1", "0", 1)
		if body := `{"result":{"state":1,"detail":{"code":7}},"error_code":` + zero + `}`; decode(APIQuery, []byte(body)).Outcome.IsVerdict() {
			t.Errorf("%s is a verdict", body)
		}
	}
}

// TestOneObject: an answer is exactly one JSON object, and so is its result.
func TestOneObject(t *testing.T) {
	t.Parallel()
	good := `{"result":{"state":1,"detail":{"code":7}},"error_code":0}`
	for _, body := range []string{"null", "[]", "[" + good + "]", `""`, "0", "true", "", good + good, good + "x", "x" + good} {
		if reply := decode(APIQuery, []byte(body)); reply.Outcome != Unclear || reply.Fault.Kind != FaultMalformed {
			t.Errorf("%s: got %s, %s, want unclear, %s", body, reply.Outcome, reply.Fault.Kind, FaultMalformed)
		}
	}
	for _, body := range []string{" \n" + good + "\t", "\ufeff" + good, "\n\ufeff " + good} {
		if reply := decode(APIQuery, []byte(body)); reply.Outcome != Match {
			t.Errorf("%q: got %s, want match", body, reply.Outcome)
		}
	}
}
