package i18n_test

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
)

// has fails for each name without a text.
func has[K ~string](t *testing.T, what string, table map[string]string, names []K) {
	t.Helper()
	for _, name := range names {
		if table[string(name)] == "" {
			t.Errorf("%s has no text for %q", what, name)
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
			has(t, "Outcomes", w.Outcomes, juhe.Outcomes())
			has(t, "Billable", w.Billable, juhetest.Constants[juhe.Billable](t))
			has(t, "Faults", w.Faults, juhetest.Constants[juhe.FaultKind](t))
			has(t, "Said", w.FactorResults, append(juhetest.Constants[juhe.FactorResult](t), ""))
			has(t, "Facts", w.Details, juhetest.Constants[lookup.DetailName](t))
			has(t, "Ledgers", w.Ledgers, juhetest.Constants[lookup.LedgerProblem](t))
			has(t, "Lines", w.ImportProblems, juhetest.Constants[lookup.JSONProblem](t))
			has(t, "Traces", w.AuditActions, juhetest.Constants[lookup.AuditAction](t))
			has(t, "Runs.Problems", w.Runs.Problems, juhetest.Constants[batch.Problem](t))
			has(t, "Runs.Whole.Faults", w.Runs.TableFaults.Faults, juhetest.Constants[batch.TableProblem](t))
			has(t, "Runs.Columns", w.Runs.Columns, append(batch.ResultColumns(), batch.ReasonColumn))
			has(t, "Runs.States", w.Runs.States, juhetest.Constants[batch.State](t))
			has(t, "Runs.Reads", w.Runs.ReadProblems, juhetest.Constants[table.ReadProblem](t))
			has(t, "Runs.Mappings", w.Runs.MappingProblems, juhetest.Constants[detect.MappingProblem](t))
			has(t, "Runs.Faults", w.Runs.Faults, juhetest.Constants[detect.Corruption](t))
			has(t, "Runs.Cures", w.Runs.Cures, juhetest.Constants[detect.Corruption](t))
			has(t, "Runs.Faults", w.Runs.Faults, juhetest.Constants[lookup.InputProblem](t))
			has(t, "Runs.Cures", w.Runs.Cures, juhetest.Constants[lookup.InputProblem](t))
			has(t, "Inputs", w.Inputs, juhetest.Constants[lookup.InputProblem](t))
			has(t, "Runs.Stopped", w.Runs.Stopped, juhetest.Constants[lookup.StopReason](t))
			has(t, "Kinds", w.Kinds, juhetest.Constants[ident.Kind](t))
			has(t, "Findings", w.Findings, ident.Findings())
			has(t, "Changes", w.Changes, ident.Changes())
			has(t, "Endpoints", w.Endpoints, juhe.APIs())
			has(t, "Levels", w.Levels, juhetest.Constants[juhe.Level](t))
			has(t, "Verdicts", w.Verdicts, []juhe.Outcome{juhe.Match, juhe.Mismatch})
			has(t, "Advice", w.Advice, []juhe.Outcome{juhe.Refused, juhe.Unclear, juhe.Lost, juhe.Unsent})
			for _, line := range keymap.Defaults() {
				has(t, "Keys", w.Keys, []keymap.Action{line.Action})
			}
			for f := range juhe.NumFactors {
				if field := w.Fields[f.String()]; field.Label == "" || field.Hint == "" || field.V2 == "" {
					t.Errorf("Fields lacks a text of %s", f)
				}
			}
		})
	}
}

// TestEveryCode: every code has a meaning and, except for a match, a next step.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, c := range juhe.Codes() {
			outcome := string(juhe.Refused)
			if c.Level == juhe.LevelDetail {
				outcome = string(juhe.Mismatch)
			}
			if w.Codes[c.Code].Meaning == "" || w.Meaning(outcome, "", "", c.Code) != w.Codes[c.Code].Meaning {
				t.Errorf("%s: %d means %q", w.Lang, c.Code, w.Meaning(outcome, "", "", c.Code))
			}
			if next := w.NextStep(outcome, "", c.Code); (next == "") != (c.Code == 7) || next != w.Codes[c.Code].Next {
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
	for _, test := range []struct {
		code  int
		level string // by name in Levels
		shows []string
	}{
		{253599, "undocumented_service", []string{"535", "99"}},
		{207301, "undocumented_service", []string{"073", "01"}},
		{100201, "undocumented_system", []string{"01"}},
		{10099, "undocumented_system", []string{"99"}},
		{-99, "undocumented", nil},
		{5, "undocumented", nil},
		{-2147483648, "undocumented", nil},
		{2147483647, "undocumented", nil},
	} {
		for _, w := range i18n.Languages() {
			got := w.Meaning("refused", "", "", test.code)
			begin, _, _ := strings.Cut(w.Levels[test.level], "%")
			if !strings.HasPrefix(got, begin) || strings.Contains(got, "%") {
				t.Errorf("%s: %d means %q", w.Lang, test.code, got)
			}
			for _, part := range test.shows {
				if !strings.Contains(got, part) {
					t.Errorf("%s: %d means %q, without %s", w.Lang, test.code, got, part)
				}
			}
			if w.NextStep("refused", "", test.code) != w.Advice["refused"] {
				t.Errorf("%s: after %d do %q", w.Lang, test.code, w.NextStep("refused", "", test.code))
			}
		}
	}
}

func TestMeaning(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, test := range []struct{ got, want string }{
			{w.Meaning("unclear", "status", "502", 0), w.Faults["status"] + w.Colon + "502"},
			{w.Meaning("lost", "timeout", "", 0), w.Faults["timeout"]},
			{w.Meaning("unsent", "limit", "100", 0), w.Faults["limit"] + w.Colon + "100"},
			{w.Meaning("lost", "imported", "时限内未收到完整应答：15s", 0), "时限内未收到完整应答：15s"},
			{w.Meaning("lost", "imported", "", 0), w.Faults["imported"]},
			{w.Meaning("match", "", "", 0), w.Verdicts["match"]},
			{w.Meaning("mismatch", "", "", 0), w.Verdicts["mismatch"]},
			{w.NextStep("lost", "timeout", 0), w.Advice["lost"]},
			{w.NextStep("match", "", 0), ""},
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
			juhe.FaultClock: cmp.Or(w.Advice["clock"], "advice"),
		} {
			if got := w.NextStep("unsent", string(fault), 0); !strings.Contains(got, want) {
				t.Errorf("%s: after %s do %q, want %q in it", w.Lang, fault, got, want)
			}
		}
		if got, want := w.NextStep("unsent", string(juhe.FaultCancelled), 0), w.Advice["unsent"]; got != want {
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
				got := lookup.ErrorText(w, fmt.Errorf("wrapped: %w", err))
				moved := p == lookup.LedgerDamaged && aside != ""
				if strings.Contains(got, "/data/ledger.db") == (p == lookup.LedgerNowhere) || strings.Contains(got, aside) != (moved || aside == "") ||
					strings.ContainsAny(got, "{}%") || !strings.Contains(got, "I/O error") {
					t.Errorf("%s: %s: %q", w.Lang, p, got)
				}
			}
		}
		if got := w.Ledger("new", "/x", "", ""); got != strings.ReplaceAll(w.Ledgers["failed"], "{path}", "/x") {
			t.Errorf("%s: a problem without a text: %q", w.Lang, got)
		}
		if got := lookup.ErrorText(w, errors.New("a\x1bb")); got != "a␛b" {
			t.Errorf("%s: %q", w.Lang, got)
		}
	}
}

// TestEarlier: the earlier lookup is named with its endpoint, and that nothing was
// sent.
func TestEarlier(t *testing.T) {
	t.Parallel()
	const at = "2026-11-23 11:00:05"
	zh, en := i18n.For("zh", nil), i18n.For("en", nil)
	for _, test := range []struct{ got, want string }{
		{zh.Earlier(at, "query", "match", true), at + " 用 query 核验过：一致（本次未发送，不计费）"},
		{zh.Earlier(at, "query", "lost", false), at + " query 结果未知"},
		{zh.Earlier(at, "queryV2", "", false), at + " queryV2 在途，还没有应答"},
		{en.Earlier(at, "query", "match", true), at + " via query: Match 一致 (not sent this time, not charged)"},
		{zh.ImportProblem("member", "idcard"), "idcard 缺少或有误"},
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
					got := lookup.WarningText(w, ident.Warning{Factor: field, Rule: rule, Kind: kind, Changes: ident.Changes()})
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
		got := lookup.WarningText(zh, ident.Warning{Factor: test.field, Rule: ident.RuleKind, Kind: test.kind})
		for _, part := range test.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s in %s: %q, without %s", test.kind, test.field, got, part)
			}
		}
	}
}

func TestDetail(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, test := range []struct{ name, field, value, want string }{
			{"billable", "", "unknown", w.Billable["unknown"]},
			{"regstatus", "", "", w.Result.NotGiven},
			{"regstatus", "", "在业", "在业"},
			{"remark", "entmark", "x", w.Fields["entmark"].Label + w.Colon + "x"},
			{"orderid", "", "JH1", "JH1"},
			{"code", "", "-22", "-22"},
			{"code", "", "res 1", "res 1"},
		} {
			label, got := w.Detail(test.name, test.field, test.value)
			if label != w.Details[test.name] || got != test.want {
				t.Errorf("%s: Detail(%s, %s, %s) = %s, %s", w.Lang, test.name, test.field, test.value, label, got)
			}
		}
		if label, _ := w.Detail("code", "", "10012"); label != w.Details["error_code"] {
			t.Errorf("%s: the label of 10012 is %q, want %q", w.Lang, label, w.Details["error_code"])
		}
	}
}

// TestEnglishKeepsTheOutcome: in English the official Chinese word of an
// outcome stays beside the translation.
func TestEnglishKeepsTheOutcome(t *testing.T) {
	t.Parallel()
	zh, en := i18n.For("zh", nil), i18n.For("en", nil)
	for _, o := range juhe.Outcomes() {
		if !strings.HasSuffix(en.Outcomes[string(o)], " "+zh.Outcomes[string(o)]) {
			t.Errorf("%s is %q", o, en.Outcomes[string(o)])
		}
	}
	for place, text := range texts(en) {
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) && r != '\n' && r != '\t' }) {
			t.Errorf("%s: %q", place, text)
		}
	}
}
