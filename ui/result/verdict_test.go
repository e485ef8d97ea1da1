package result_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/i18n"
)

// TestVerdicts: each code of each endpoint has its word and mark, and exactly the
// factor results that the code states.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	said := map[int]juhe.FactorResults{
		7:   {juhe.ResultAgrees, juhe.ResultAgrees, juhe.ResultAgrees, juhe.ResultAgrees},
		-21: {juhe.ResultUnrelated, juhe.ResultUnrelated, "", ""},
		-22: {"", "", juhe.ResultDiffers, ""},
		-23: {"", "", "", juhe.ResultDiffers},
		-24: {juhe.ResultDiffers, "", "", ""},
		-25: {"", juhe.ResultDiffers, "", ""},
		-26: {juhe.ResultInconclusive, juhe.ResultInconclusive, juhe.ResultInconclusive, juhe.ResultInconclusive},
	}
	for _, api := range juhe.APIs() {
		for _, v := range juhetest.Verdicts(api) {
			want, ok := said[v.Code]
			if api == juhe.APIQueryV2 && v.Code != 7 {
				want = said[-26]
			}
			if !ok {
				continue // 253504 is a refusal
			}
			rec := lookUp(t, verifier, juhe.Query{API: api, Factors: v.Factors, Regstatus: true})
			for _, lang := range []string{"zh", "en"} {
				t.Run(fmt.Sprintf("%s/%d/%s", api, v.Code, lang), func(t *testing.T) {
					s := newScreen(t, lang, nil)
					s.Show(rec)
					assertHeadline(s, rec)
					assertFactors(s, rec, want)
				})
			}
		}
	}
}

// assertHeadline fails unless the first line has the outcome's word, mark and meaning.
func assertHeadline(s testScreen, rec lookup.Record) {
	s.t.Helper()
	outcome := rec.Reply.Outcome
	marks, _ := i18n.Marks(false)
	want := "  " + marks[outcome] + " " + s.words.Outcomes[outcome] + "  "
	line, _, _ := strings.Cut(s.Shown(), "\n")
	if !strings.HasPrefix(line, want) {
		s.t.Errorf("%q, want %q", line, want)
	}
	s.AssertShows(s.words.Meaning(rec))
	if next := s.words.NextStep(rec); next != "" {
		s.AssertShows(next)
	}
	s.AssertShows(s.words.Billable[rec.Reply.Billable], rec.ID, rec.Service)
}

// assertFactors fails unless each factor's line ends with its result.
func assertFactors(s testScreen, rec lookup.Record, want juhe.FactorResults) {
	s.t.Helper()
	_, marks := i18n.Marks(false)
	masked := lookup.MaskPerson(rec.Query.Factors)
	for f := range juhe.NumFactors {
		label, value := s.words.Fields[f].Label, masked[f]
		end := marks[want[f]] + " " + s.words.FactorResults[want[f]]
		found := false
		for line := range strings.Lines(s.Shown()) {
			line = strings.TrimSpace(line)
			found = found || strings.HasPrefix(line, label) && strings.Contains(line, value) && strings.HasSuffix(line, end)
		}
		if !found {
			s.t.Errorf("no line %q … %q … %q:\n%s", label, value, end, s.Shown())
		}
	}
}

// TestEveryOutcome: without a verdict no factor has a result.
func TestEveryOutcome(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, rec := range map[string]lookup.Record{
		"refused": lookUp(t, verifier, queryNamed(juhe.APIQuery, mockserver.ErrorCodeEntname(10012))),
		"unclear": lookUp(t, verifier, queryCase(t, "state-3")),
		"lost":    lookUp(t, verifier, queryCase(t, "close")),
		"unsent":  lookUp(t, newVerifierAt(t, gone.URL), queryNamed(juhe.APIQuery, "某公司")),
	} {
		for _, lang := range []string{"zh", "en"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				if string(rec.Reply.Outcome) != name {
					t.Fatalf("outcome %s", rec.Reply.Outcome)
				}
				s := newScreen(t, lang, nil)
				s.Show(rec)
				assertHeadline(s, rec)
				assertFactors(s, rec, juhe.FactorResults{})
				for _, text := range []string{s.words.FactorResults["agrees"], s.words.FactorResults["differs"]} {
					if strings.Contains(s.Shown(), "✓ "+text) || strings.Contains(s.Shown(), "✗ "+text) {
						t.Errorf("%q without a verdict:\n%s", text, s.Shown())
					}
				}
			})
		}
	}
}

// TestRefusals: every error code is explained with what to do.
func TestRefusals(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	for _, c := range juhe.Codes() {
		if c.Level == juhe.LevelDetail {
			continue
		}
		rec := lookUp(t, verifier, queryNamed(juhe.APIQuery, mockserver.ErrorCodeEntname(c.Code)))
		for _, lang := range []string{"zh", "en"} {
			s := newScreen(t, lang, nil)
			s.SetSize(300, 40)
			s.Show(rec)
			assertHeadline(s, rec)
			s.AssertShows(fmt.Sprint(c.Code), c.Text)
		}
	}
}

// TestRegstatus: the registration status is shown, or that the service returned none.
func TestRegstatus(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	for _, c := range mockserver.Companies() {
		rec := lookUp(t, verifier, juhe.Query{API: juhe.APIQuery, Factors: c.Factors(juhe.APIQuery), Regstatus: true})
		s := newScreen(t, "zh", nil)
		s.Show(rec)
		want := rec.Reply.Regstatus
		if want == "" {
			want = s.words.Result.NotGiven
		}
		s.AssertShows(s.words.Labels["regstatus"], want)
		rec.Query.Regstatus, rec.Reply.Regstatus = false, ""
		s.Show(rec)
		if strings.Contains(s.Shown(), s.words.Labels["regstatus"]) {
			t.Errorf("regstatus that was not asked for:\n%s", s.Shown())
		}
	}
}

// TestLongName: a long name is shown in full in a narrow window.
func TestLongName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("天地玄黄宇宙洪荒日月盈昃辰宿列张", 4) + "有限公司"
	rec := lookUp(t, newMockVerifier(t), queryNamed(juhe.APIQuery, long))
	s := newScreen(t, "zh", nil)
	s.SetSize(60, 40)
	s.Show(rec)
	squeezed := strings.NewReplacer(" ", "", "\n", "", "✗不一致", "", "✗ 不一致", "").Replace(s.Shown())
	if !strings.Contains(squeezed, long) {
		t.Errorf("the name is cut:\n%s", s.Shown())
	}
}

// TestEmpty: before the first lookup the screen says so, and its keys do nothing.
func TestEmpty(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil)
	s.AssertShows(fmt.Sprintf(s.words.Result.Empty, "F2"))
	for _, letter := range []string{"e", "n", "r", "c", "j", "o", "x"} {
		if got := s.press(letter); got != nil {
			t.Errorf("%s without a record gives %v", letter, got)
		}
	}
	if _, _, ok := s.Caret(); ok || s.Typing() || s.Init() != nil {
		t.Error("a result takes text")
	}
}
