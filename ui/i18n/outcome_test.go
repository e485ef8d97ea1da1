package i18n_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
)

// has fails for each name without a text.
func has[K ~string](t *testing.T, what string, table map[K]string, names []K) {
	t.Helper()
	for _, name := range names {
		if table[name] == "" {
			t.Errorf("%s has no text for %q", what, name)
		}
	}
}

// complete fails for each constant without a text, and for each text that is not of a
// constant.
func complete[K ~string](t *testing.T, what string, table map[K]string) {
	t.Helper()
	constants := juhetest.Constants[K](t)
	has(t, what, table, constants)
	for name := range table {
		if !slices.Contains(constants, name) {
			t.Errorf("%s has a text for %q, which is no constant", what, name)
		}
	}
}

// TestEveryName: every name of the service, of a check or of a screen has a text
// in every language.
func TestEveryName(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		t.Run(w.Lang, func(t *testing.T) {
			t.Parallel()
			complete(t, "Outcomes", w.Outcomes)
			complete(t, "Billable", w.Billable)
			complete(t, "Faults", w.Faults)
			has(t, "FactorResults", w.FactorResults, append(juhetest.Constants[juhe.FactorResult](t), juhe.ResultNone))
			complete(t, "Labels", w.Labels)
			complete(t, "Ledgers", w.Ledgers)
			complete(t, "ImportProblems", w.ImportProblems)
			complete(t, "AuditActions", w.AuditActions)
			complete(t, "Runs.Problems", w.Runs.Problems)
			complete(t, "Runs.TableFaults.Faults", w.Runs.TableFaults.Faults)
			complete(t, "Runs.Columns", w.Runs.Columns)
			complete(t, "Runs.States", w.Runs.States)
			complete(t, "Runs.ReadProblems", w.Runs.ReadProblems)
			complete(t, "Runs.MappingProblems", w.Runs.MappingProblems)
			complete(t, "Runs.Faults", w.Runs.Faults)
			complete(t, "Runs.Cures", w.Runs.Cures)
			complete(t, "Runs.InputFaults", w.Runs.InputFaults)
			complete(t, "Runs.InputCures", w.Runs.InputCures)
			complete(t, "Runs.Plan.Rules", w.Runs.Plan.Rules)
			complete(t, "Runs.Stopped", w.Runs.Stopped)
			complete(t, "Inputs", w.Inputs)
			complete(t, "Kinds", w.Kinds)
			complete(t, "Findings", w.Findings)
			complete(t, "Changes", w.Changes)
			complete(t, "Endpoints", w.Endpoints)
			complete(t, "Levels", w.Levels)
			complete(t, "Keys", w.Keys)
			has(t, "Verdicts", w.Verdicts, []juhe.Outcome{juhe.Match, juhe.Mismatch})
			has(t, "Advice", w.Advice, []juhe.Outcome{juhe.Refused, juhe.Unclear, juhe.Lost, juhe.Unsent})
		})
	}
}

// withCode returns a lookup that ended with a code.
func withCode(outcome juhe.Outcome, code int) lookup.Record {
	r := lookup.Record{Reply: juhe.Reply{Outcome: outcome}}
	if outcome.IsVerdict() {
		r.Reply.Code = &code
	} else {
		r.Reply.ErrorCode = &code
	}
	return r
}

// withFault returns a lookup that ended with a fault.
func withFault(outcome juhe.Outcome, kind juhe.FaultKind, detail string) lookup.Record {
	return lookup.Record{Reply: juhe.Reply{Outcome: outcome, Fault: juhe.Fault{Kind: kind, Detail: detail}}}
}

// TestEveryCode: every code has a meaning and, except for a match, a next step.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, c := range juhe.Codes() {
			outcome := juhe.Refused
			if c.Level == juhe.LevelDetail {
				outcome = juhe.Mismatch
			}
			rec := withCode(outcome, c.Code)
			if w.Codes[c.Code].Meaning == "" || w.Meaning(rec) != w.Codes[c.Code].Meaning {
				t.Errorf("%s: %d means %q", w.Lang, c.Code, w.Meaning(rec))
			}
			if next := w.NextStep(rec); (next == "") != (c.Code == 7) || next != w.Codes[c.Code].Next {
				t.Errorf("%s: after %d do %q", w.Lang, c.Code, next)
			}
		}
		if len(w.Codes) != len(juhe.Codes()) {
			t.Errorf("%s explains %d codes, the document has %d", w.Lang, len(w.Codes), len(juhe.Codes()))
		}
	}
}

// TestUndocumented: an undocumented code is explained by its format, and never as a
// documented one.
func TestUndocumented(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, test := range []struct {
			code  int
			text  string
			shows []string
		}{
			{253599, w.Undocumented.Service, []string{"535", "99"}},
			{207301, w.Undocumented.Service, []string{"073", "01"}},
			{100201, w.Undocumented.System, []string{"01"}},
			{10099, w.Undocumented.System, []string{"99"}},
			{-99, w.Undocumented.Other, nil},
			{5, w.Undocumented.Other, nil},
			{-2147483648, w.Undocumented.Other, nil},
			{2147483647, w.Undocumented.Other, nil},
		} {
			rec := withCode(juhe.Refused, test.code)
			got := w.Meaning(rec)
			begin, _, _ := strings.Cut(test.text, "%")
			if !strings.HasPrefix(got, begin) || strings.Contains(got, "%") {
				t.Errorf("%s: %d means %q", w.Lang, test.code, got)
			}
			for _, part := range test.shows {
				if !strings.Contains(got, part) {
					t.Errorf("%s: %d means %q, without %s", w.Lang, test.code, got, part)
				}
			}
			advice := w.Advice[juhe.Refused]
			if test.code < 10000 {
				advice = w.Undocumented.ResultAdvice
			}
			if w.NextStep(rec) != w.Advice[juhe.Refused] || w.CodeNextStep(test.code) != advice {
				t.Errorf("%s: after %d do %q, %q", w.Lang, test.code, w.NextStep(rec), w.CodeNextStep(test.code))
			}
		}
	}
}

func TestMeaning(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, test := range []struct{ got, want string }{
			{w.Meaning(withFault(juhe.Unclear, juhe.FaultStatus, "502")), w.Faults[juhe.FaultStatus] + w.Colon + "502"},
			{w.Meaning(withFault(juhe.Lost, juhe.FaultTimeout, "")), w.Faults[juhe.FaultTimeout]},
			{w.Meaning(withFault(juhe.Lost, juhe.FaultTimeout, "15s")), w.Faults[juhe.FaultTimeout] + w.Colon + w.Duration(15*time.Second)},
			{w.Meaning(withFault(juhe.Unsent, juhe.FaultLimit, "100")), w.Faults[juhe.FaultLimit] + w.Colon + "100"},
			{w.Meaning(withFault(juhe.Lost, juhe.FaultImported, "时限内未收到完整应答：15s")), "时限内未收到完整应答：15s"},
			{w.Meaning(withFault(juhe.Lost, juhe.FaultImported, "")), w.Faults[juhe.FaultImported]},
			{w.Meaning(lookup.Record{Reply: juhe.Reply{Outcome: juhe.Match}}), w.Verdicts[juhe.Match]},
			{w.Meaning(lookup.Record{Reply: juhe.Reply{Outcome: juhe.Mismatch}}), w.Verdicts[juhe.Mismatch]},
			{w.AnswerMeaning(batch.Answer{Outcome: juhe.Mismatch}), w.Verdicts[juhe.Mismatch]},
			{w.AnswerMeaning(batch.Answer{Outcome: juhe.Refused, Code: 10012}), w.Codes[10012].Meaning},
			{w.NextStep(withFault(juhe.Lost, juhe.FaultTimeout, "")), w.Advice[juhe.Lost]},
			{w.NextStep(lookup.Record{Reply: juhe.Reply{Outcome: juhe.Match}}), ""},
		} {
			if test.got != test.want {
				t.Errorf("%s: %q, want %q", w.Lang, test.got, test.want)
			}
		}
	}
}

// TestNextByCause: the next step for an unsent lookup depends on the cause.
func TestNextByCause(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for fault, want := range map[juhe.FaultKind]string{
			juhe.FaultDNS: "fourfactor doctor", juhe.FaultConnect: "fourfactor doctor", juhe.FaultConnectTimeout: "fourfactor doctor",
			juhe.FaultTLS: "fourfactor doctor", juhe.FaultProxy: "fourfactor doctor", juhe.FaultLimit: "guard.daily_limit",
			juhe.FaultVerdictImported: "--again", juhe.FaultVerdictOtherService: "--again", juhe.FaultVerdictInFuture: "--again",
			juhe.FaultClock: cmp.Or(w.FaultAdvice[juhe.FaultClock], "advice"),
		} {
			if got := w.NextStep(withFault(juhe.Unsent, fault, "")); !strings.Contains(got, want) {
				t.Errorf("%s: after %s do %q, want %q in it", w.Lang, fault, got, want)
			}
		}
		if got, want := w.NextStep(withFault(juhe.Unsent, juhe.FaultCancelled, "")), w.Advice[juhe.Unsent]; got != want {
			t.Errorf("%s: got %q, want %q", w.Lang, got, want)
		}
	}
}

// TestLedger: a ledger error names the file, and where a damaged one was moved.
func TestLedger(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, p := range juhetest.Constants[lookup.LedgerProblem](t) {
			for _, aside := range []string{"", "/data/ledger.db.damaged"} {
				err := &lookup.LedgerError{Problem: p, Where: "/data/ledger.db", MovedTo: aside, Err: errors.New("I/O error")}
				got := w.ErrorText(fmt.Errorf("wrapped: %w", err))
				moved := p == lookup.LedgerDamaged && aside != ""
				if strings.Contains(got, "/data/ledger.db") == (p == lookup.LedgerNowhere) || strings.Contains(got, aside) != (moved || aside == "") ||
					strings.ContainsAny(got, "{}%") || !strings.Contains(got, "I/O error") {
					t.Errorf("%s: %s: %q", w.Lang, p, got)
				}
			}
		}
		if got := w.ErrorText(&lookup.LedgerError{Problem: "new", Where: "/x"}); got != strings.ReplaceAll(w.Ledgers[lookup.LedgerFailed], "{path}", "/x") {
			t.Errorf("%s: a problem without a text: %q", w.Lang, got)
		}
		noKey := &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: "/x", Err: fmt.Errorf("key: %w", config.ErrMissing)}
		if got := w.ErrorText(noKey); !strings.HasPrefix(got, strings.ReplaceAll(w.Ledgers[lookup.LedgerNoEncryptionKey], "{path}", "/x")) {
			t.Errorf("%s: a key that is not configured: %q", w.Lang, got)
		}
		if got := w.ErrorText(errors.New("a\x1bb")); got != "a␛b" {
			t.Errorf("%s: %q", w.Lang, got)
		}
	}
}

// TestEarlier: the earlier lookup is named with its endpoint, and that nothing was
// sent.
func TestEarlier(t *testing.T) {
	t.Parallel()
	const at = "2026-11-23 11:00:05"
	earlier := func(api juhe.API, outcome juhe.Outcome) lookup.Record {
		return lookup.Record{At: time.Date(2026, 11, 23, 11, 0, 5, 0, time.UTC), Query: juhe.Query{API: api}, Reply: juhe.Reply{Outcome: outcome}}
	}
	zh, en := i18n.For("zh", nil), i18n.For("en", nil)
	for _, test := range []struct{ got, want string }{
		{zh.Earlier(earlier(juhe.APIQuery, juhe.Match), true), at + " 用 query 核验过：一致（本次未发送，不计费）"},
		{zh.Earlier(earlier(juhe.APIQuery, juhe.Lost), false), at + " query 结果未知"},
		{zh.Earlier(earlier(juhe.APIQueryV2, ""), false), at + " queryV2 在途，还没有应答"},
		{en.Earlier(earlier(juhe.APIQuery, juhe.Match), true), at + " via query: Match 一致 (not sent this time, not charged)"},
		{zh.ImportProblem(lookup.JSONMember, "idcard"), "idcard 缺少或有误"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

// TestEveryRemark: a warning of any field, rule and kind has a text.
func TestEveryRemark(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for field := range juhe.NumFactors {
			for _, rule := range ident.Rules() {
				for _, kind := range append(juhetest.Constants[ident.Kind](t), ident.KindNone) {
					got := w.Warning(ident.Warning{Factor: field, Rule: rule, Kind: kind, Changes: ident.Changes()})
					if got == "" || got == string(rule) || strings.ContainsAny(got, "{}%") {
						t.Errorf("%s: %s %s %q: %q", w.Lang, field, rule, kind, got)
					}
				}
			}
		}
	}
}

// TestRemarkOfEndpoint: a warning names what an endpoint does not accept, and what it
// accepts instead.
func TestRemarkOfEndpoint(t *testing.T) {
	t.Parallel()
	zh := i18n.For("zh", nil)
	for _, test := range []struct {
		field juhe.Factor
		kind  ident.Kind
		want  []string
	}{
		{juhe.Entmark, ident.KindOrgcode, []string{"组织机构代码", "统一社会信用代码", "注册号"}},
		{juhe.Entmark, ident.KindUSCC, []string{"统一社会信用代码", "组织机构代码"}},
		{juhe.Entmark, ident.KindRegno, []string{"注册号", "组织机构代码"}},
		{juhe.Entmark, ident.KindResident18, []string{"居民身份证", "填错"}},
		{juhe.Idcard, ident.KindPassport, []string{"护照", "身份证号"}},
		{juhe.Idcard, ident.KindUSCC, []string{"统一社会信用代码", "填错"}},
		{juhe.Entname, ident.KindUSCC, []string{"统一社会信用代码", "填错"}},
	} {
		got := zh.Warning(ident.Warning{Factor: test.field, Rule: ident.RuleKind, Kind: test.kind})
		for _, part := range test.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s in %s: %q, without %s", test.kind, test.field, got, part)
			}
		}
	}
}

// TestDetails: the details of a lookup, and their labels.
func TestDetails(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 11, 0, 5, 0, time.UTC)
	zero, code, refusal := 0, -22, 10012
	for _, w := range i18n.Languages() {
		for name, test := range map[string]struct {
			reply     juhe.Reply
			regstatus bool
			want      map[string]string // by label
			not       lookup.DetailName
		}{
			"a verdict": {
				juhe.Reply{Outcome: juhe.Mismatch, Code: &code, Billable: juhe.BillableYes, Regstatus: "在业", Orderid: "JH1", Reason: "成功"},
				false,
				map[string]string{
					w.Labels[lookup.DetailCode]: "-22", w.Labels[lookup.DetailRegstatus]: "在业", w.Labels[lookup.DetailOrderid]: "JH1",
					w.Labels[lookup.DetailBillable]: w.Billable[juhe.BillableYes], w.Labels[lookup.DetailNextStep]: w.Codes[-22].Next,
					w.Labels[lookup.DetailElapsed]: w.Duration(time.Second), w.Labels[lookup.DetailAt]: "2026-11-23 11:00:05 +00:00",
				},
				lookup.DetailReason,
			},
			"no status": {
				juhe.Reply{Outcome: juhe.Match, State: &zero},
				true,
				map[string]string{w.Labels[lookup.DetailRegstatus]: w.Result.NotGiven, w.Labels[lookup.DetailCode]: "res 0"},
				lookup.DetailImported,
			},
			"a refusal": {
				juhe.Reply{Outcome: juhe.Refused, ErrorCode: &refusal, Reason: "次数"},
				true,
				map[string]string{w.ErrorCode: "10012", w.Labels[lookup.DetailReason]: "次数"},
				lookup.DetailRegstatus,
			},
		} {
			rec := lookup.Record{ID: "a", At: at, Elapsed: time.Second, Query: juhe.Query{API: juhe.APIQuery, Regstatus: test.regstatus}, Reply: test.reply}
			rec.Warnings = []ident.Warning{{Factor: juhe.Entmark, Rule: ident.RuleDate}}
			test.want[w.Labels[lookup.DetailWarning]] = w.FactorWarning(rec.Warnings[0])
			got := map[string]string{}
			for _, d := range w.Details(rec) {
				if got[d.Label] = d.Value; d.Name == test.not {
					t.Errorf("%s: %s has %+v", w.Lang, name, d)
				}
			}
			for label, want := range test.want {
				if got[label] != want {
					t.Errorf("%s: %s: got %s %q, want %q", w.Lang, name, label, got[label], want)
				}
			}
		}
	}
}

// TestEnglishKeepsTheOutcome: in English the official Chinese word of an
// outcome stays beside the translation.
func TestEnglishKeepsTheOutcome(t *testing.T) {
	t.Parallel()
	zh, en := i18n.For("zh", nil), i18n.For("en", nil)
	for _, o := range juhe.Outcomes() {
		if !strings.HasSuffix(en.Outcomes[o], " "+zh.Outcomes[o]) {
			t.Errorf("%s is %q", o, en.Outcomes[o])
		}
	}
	for place, text := range texts(en) {
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) && r != '\n' && r != '\t' }) {
			t.Errorf("%s: %q", place, text)
		}
	}
}
