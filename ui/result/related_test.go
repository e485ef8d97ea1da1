package result_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// concluded returns a lookup with a verdict, some minutes after noon. queryV2 has no
// code.
func concluded(api juhe.API, outcome juhe.Outcome, code, minutes int) lookup.Record {
	zero := 0
	rec := lookup.Record{
		ID: fmt.Sprintf("%s-%d-%d", api, code, minutes), At: noon.Add(time.Duration(minutes) * time.Minute), Service: "https://apis.juhe.cn",
		Query: juhe.Query{API: api, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)},
		Reply: juhe.Reply{Outcome: outcome, Billable: juhe.BillableYes, ErrorCode: &zero},
	}
	if api != juhe.APIQueryV2 {
		rec.Reply.Code = &code
	}
	return rec
}

// TestChanged: outcomes are compared, and codes if both endpoints return them.
func TestChanged(t *testing.T) {
	t.Parallel()
	const query, encrypted, v2 = juhe.APIQuery, juhe.APIQueryEncry, juhe.APIQueryV2
	for name, test := range map[string]struct {
		before, after lookup.Record
		want          string // empty if nothing changed
	}{
		"the same":           {concluded(query, juhe.Match, 7, 0), concluded(encrypted, juhe.Match, 7, 1), ""},
		"no code after":      {concluded(query, juhe.Match, 7, 0), concluded(v2, juhe.Match, 0, 1), ""},
		"no code before":     {concluded(v2, juhe.Mismatch, 0, 0), concluded(query, juhe.Mismatch, -22, 1), ""},
		"no code at all":     {concluded(v2, juhe.Match, 0, 0), concluded(v2, juhe.Match, 0, 1), ""},
		"another code":       {concluded(query, juhe.Mismatch, -22, 0), concluded(encrypted, juhe.Mismatch, -23, 1), "结论由“不一致 -22”变为“不一致 -23”"},
		"another outcome":    {concluded(query, juhe.Match, 7, 0), concluded(query, juhe.Mismatch, -24, 1), "结论由“一致 7”变为“不一致 -24”"},
		"outcome, no code":   {concluded(query, juhe.Match, 7, 0), concluded(v2, juhe.Mismatch, 0, 1), "结论由“一致 7”变为“不一致”"},
		"outcome, none ever": {concluded(v2, juhe.Mismatch, 0, 0), concluded(v2, juhe.Match, 0, 1), "结论由“不一致”变为“一致”"},
	} {
		for _, shown := range []lookup.Record{test.before, test.after} {
			s := newScreen(t, "zh", nil)
			importRecords(t, &s, test.before, test.after)
			for _, msg := range run(s.Show(shown)) {
				s.Update(msg)
			}
			want := test.want
			if want == "" {
				want = s.words.Result.Unchanged
			}
			s.AssertShows(s.words.Result.Earlier, want)
			if test.want == "" && strings.Contains(s.Shown(), "变为") {
				t.Errorf("%s: a change is shown without one:\n%s", name, s.Shown())
			}
		}
	}
}

// importRecords puts lookups into the screen's ledger.
func importRecords(t *testing.T, s *testScreen, recs ...lookup.Record) {
	t.Helper()
	if _, err := s.Ledger.(fullLedger).Ledger.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
}

// TestFromLedger: the headline of a verdict from the ledger says so, with time and
// endpoint, on the screen and in copies.
func TestFromLedger(t *testing.T) {
	t.Parallel()
	earlier := concluded(juhe.APIQueryEncry, juhe.Match, 7, 0)
	rec := earlier
	rec.Query.API, rec.Reply.Billable, rec.Earlier = juhe.APIQuery, juhe.BillableNo, &earlier
	for _, lang := range []string{"zh", "en"} {
		s := newScreen(t, lang, nil)
		s.Show(rec)
		head, _, _ := strings.Cut(s.Shown(), "\n")
		copied, _ := s.pressCopy("c")
		want := s.words.Headline(rec)
		if !strings.Contains(want, "2026-11-23 12:00:00") || !strings.Contains(want, "queryEncry") {
			t.Errorf("got headline %q, want the time and endpoint of the earlier lookup", want)
		}
		for _, line := range []string{head, strings.SplitN(copied, "\n", 2)[0]} {
			if !strings.Contains(line, want) {
				t.Errorf("got headline %q, want %q in it", line, want)
			}
		}
		s.AssertShows(earlier.ID)
		fresh := earlier
		s.Show(fresh)
		if strings.Contains(s.Shown(), strings.TrimSuffix(want, s.words.Codes[7].Meaning)) {
			t.Errorf("a fresh verdict is said to be the ledger's:\n%s", s.Shown())
		}
	}
}
