package lookup_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func newTestVerifier(t *testing.T, key func(context.Context) (string, error)) (*mockserver.Server, *lookup.Verifier) {
	t.Helper()
	s, url := juhetest.NewMockServer(t)
	o := juhetest.ClientOptions(url)
	o.Key, o.Openid = key, key
	return s, lookup.New(juhetest.NewClient(t, o), newTestLedger(t), lookup.Guard{}, func() time.Time { return noon })
}

// newTestLedger returns an empty ledger.
func newTestLedger(t *testing.T) *sqlite.Ledger {
	t.Helper()
	return juhetest.NewLedger(t, func() time.Time { return noon })
}

// TestDo: a query is normalised, sent once and recorded as sent.
func TestDo(t *testing.T) {
	t.Parallel()
	s, v := newTestVerifier(t, juhetest.Secret(mockserver.Key))
	want := mockserver.Companies()[0].Factors(juhe.APIQuery)
	typed := want
	typed[juhe.Entname], typed[juhe.Entmark], typed[juhe.Idcard] = "　"+want[juhe.Entname]+"\ufeff", "9111-0199 MAYYY0013x", "１１０１０５１９４９１２３１００２x"
	rec, err := v.Do(context.Background(), juhe.Query{API: juhe.APIQuery, Factors: typed}, lookup.Consent{Unconditional: true})
	if err != nil {
		t.Fatal(err)
	}
	assertOutcome(t, rec, juhe.Match)
	if got := rec.Query.Factors; got != want {
		t.Errorf("got factors %q, want %q", got, want)
	}
	if got := s.Requests(); got != 1 {
		t.Errorf("got %d requests, want 1", got)
	}
	if !rec.At.Equal(noon) {
		t.Errorf("got time %s, want %s", rec.At, noon)
	}
	if want := "20261123-120000-"; !strings.HasPrefix(rec.ID, want) {
		t.Errorf("got ID %s, want prefix %s", rec.ID, want)
	}
	if want := "http://127.0.0.1:"; !strings.HasPrefix(rec.Service, want) {
		t.Errorf("got service %s, want prefix %s", rec.Service, want)
	}
	for _, w := range rec.Warnings {
		if w.Rule != ident.RuleChanged {
			t.Errorf("got warning %+v, want only %s", w, ident.RuleChanged)
		}
	}
	if got := len(rec.Warnings); got != 3 {
		t.Errorf("got %d warnings, want 3", got)
	}
}

// TestDoInvalid: a query that cannot be sent returns an error.
func TestDoInvalid(t *testing.T) {
	t.Parallel()
	none := errors.New("none")
	for f := range juhe.NumFactors {
		for value, problem := range map[string]lookup.InputProblem{
			"": "empty", " \u200b\t": "empty", "\xff": "utf8", " NULL": "placeholder", `\N`: "placeholder", "暂无": "placeholder", "-": "placeholder", "0": "placeholder",
			"1***************2X": "masked",
		} {
			s, v := newTestVerifier(t, juhetest.Secret(mockserver.Key))
			factors := mockserver.Companies()[0].Factors(juhe.APIQuery)
			factors[f] = value
			_, err := v.Do(context.Background(), juhe.Query{API: juhe.APIQuery, Factors: factors}, lookup.Consent{Unconditional: true})
			var input *lookup.InputError
			if !errors.As(err, &input) {
				t.Fatalf("%s %q: got error %v, want an InputError", f, value, err)
			}
			if want := (lookup.InputError{Factor: f, Problem: problem}); *input != want {
				t.Errorf("%q: got %+v, want %+v", value, *input, want)
			}
			if got := s.Requests(); got != 0 {
				t.Errorf("%s %q: got %d requests, want 0", f, value, got)
			}
		}
	}
	s, v := newTestVerifier(t, func(context.Context) (string, error) { return "", none })
	_, err := v.Do(context.Background(), juhetest.Query(juhe.APIQuery), lookup.Consent{Unconditional: true})
	assertError(t, err, none)
	if got := s.Requests(); got != 0 {
		t.Errorf("got %d requests, want 0", got)
	}
}

// TestDoReused: a verdict is reused without asking for the key.
func TestDoReused(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	paid := f.do(juhetest.Query(juhe.APIQuery), noConsent, true)
	o := juhetest.ClientOptions(f.url)
	o.Key = func(context.Context) (string, error) {
		t.Error("the key is read")
		return "", nil
	}
	f.Verifier = lookup.New(juhetest.NewClient(t, o), f.ledger, guard24h, func() time.Time { return *f.now })
	assertAnsweredBy(t, f.do(juhetest.Query(juhe.APIQuery), noConsent, false), paid.ID)
}

// TestCheckNames: the findings about a name depend on how it was typed and on the
// company ID.
func TestCheckNames(t *testing.T) {
	t.Parallel()
	const company, trader, old = "91110199MAYYY0013X", "92110199MAYYY00132", "110108600000013"
	for _, test := range []struct {
		entname, mark, realname string
		want                    string // findings
	}{
		{"北京晨星虚构科技有限公司", company, "张三", ""},
		{"北京晨星虚构科技有限公司", company, "张　三", ""},
		{"北京晨星虚构科技有限公司", company, "欧阳 小红", ""},
		{"北京晨星虚构科技有限公司", company, "张三 李四", "several"},
		{"北京晨星虚构科技有限公司", company, "张三\n李四", "several"},
		{"北京晨星虚构科技有限公司", company, "张三 王小明、李四", "several"},
		{"北京晨星虚构科技有限公司", company, "买买提 艾力", "dot"},
		{"北京晨星虚构科技有限公司", company, "阿卜杜拉\n艾合买提", "dot"},
		{"北京晨星虚构科技有限公司", company, "阿卜杜拉·艾合\n买提", ""},
		{"北京晨星虚构科技有限公司", company, "张 三 丰", ""},
		{"北京晨星虚构科技有限公司", company, "李四 女士", "title"},
		{"张三", company, "张三", "person"},
		{"张三", trader, "张三", ""},
		{"张三", old, "张三", ""},
		{"张三", company, "北京晨星虚构科技有限公司", "person company"},
	} {
		_, warnings := lookup.Check(juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{
			juhe.Entname: test.entname, juhe.Entmark: test.mark, juhe.Realname: test.realname, juhe.Idcard: "11010519491231002X",
		}}, time.Now())
		var found []string
		for _, r := range warnings {
			for _, f := range r.Findings {
				found = append(found, string(f))
			}
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("%+v: got findings %q, want %q", test, got, test.want)
		}
	}
}

// TestCheckFitsEndpoint: a kind of identifier that the document does not name for the
// endpoint gets a warning of RuleKind.
func TestCheckFitsEndpoint(t *testing.T) {
	t.Parallel()
	const orgcode, uscc, regno = "MAYYY0013", "91110199MAYYY0013X", "110199990000019"
	const resident, passport = "11010519491231002X", "E12345678"
	for _, test := range []struct {
		api             juhe.API
		entmark, idcard string
		want            []juhe.Factor
	}{
		{juhe.APIQuery, uscc, resident, nil},
		{juhe.APIQuery, regno, passport, nil},
		{juhe.APIQueryEncry, uscc, "H1234567890", nil},
		{juhe.APIQueryEncry, orgcode, resident, []juhe.Factor{juhe.Entmark}},
		{juhe.APIQuery, orgcode, passport, []juhe.Factor{juhe.Entmark}},
		{juhe.APIQueryV2, orgcode, resident, nil},
		{juhe.APIQueryV2, orgcode, "150102880730303", nil},
		{juhe.APIQueryV2, orgcode, passport, []juhe.Factor{juhe.Idcard}},
		{juhe.APIQueryV2, uscc, resident, []juhe.Factor{juhe.Entmark}},
		{juhe.APIQueryV2, regno, passport, []juhe.Factor{juhe.Entmark, juhe.Idcard}},
	} {
		_, warnings := lookup.Check(juhe.Query{API: test.api, Factors: juhe.Factors{
			juhe.Entname: "北京晨星虚构科技有限公司", juhe.Entmark: test.entmark, juhe.Realname: "张三", juhe.Idcard: test.idcard,
		}}, noon)
		var got []juhe.Factor
		for _, m := range warnings {
			if m.Rule != ident.RuleKind {
				t.Errorf("%+v", m)
			}
			got = append(got, m.Factor)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s %s %s: warnings on %v, want %v", test.api, test.entmark, test.idcard, got, test.want)
		}
	}
}

// TestIDs: IDs are distinct and sort by time.
func TestIDs(t *testing.T) {
	t.Parallel()
	_, url := juhetest.NewMockServer(t)
	c := juhetest.NewClient(t, juhetest.ClientOptions(url))
	now := noon
	v := lookup.New(c, newTestLedger(t), lookup.Guard{}, func() time.Time { now = now.Add(time.Second); return now })
	var ids []string
	for range 20 {
		rec, err := v.Do(context.Background(), juhetest.Query(juhe.APIQuery), lookup.Consent{Unconditional: true})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, rec.ID)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error(ids)
	}
}
