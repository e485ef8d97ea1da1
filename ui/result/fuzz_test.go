package result_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// FuzzResultView: whatever the service answers, the screen and its copies contain only
// text, fit their size, and show the client's verdict.
func FuzzResultView(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `{"error_code":0,"result":{"state":1,"detail":{"code":7,"desc":"\u001b[2J\u202e"}}}`,
		`{"error_code":253599,"reason":"\u009b\u2028\ufeff"}`, "\x1b]52;c;eA==\a\xff\xfe", "<html>\r\n\t\u200b</html>",
		`{"error_code":0,"result":{"state":2,"detail":{"code":-26,"regstatus":["\u0000"]},"orderid":{"\u2066":1}}}`,
	} {
		f.Add([]byte(seed))
	}
	var body atomic.Pointer[[]byte]
	verifier := newVerifier(f, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(*body.Load()) }))
	query := juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery), Regstatus: true}
	f.Fuzz(func(t *testing.T, answer []byte) {
		body.Store(&answer)
		rec, err := verifier.Do(t.Context(), query, lookup.Consent{Unconditional: true})
		if err != nil {
			t.Fatal(err)
		}
		s := newScreen(t, "zh", nil)
		s.SetSize(60, 16)
		s.Show(rec)
		assertFits(t, s.View(), 60, 16)
		assertHeadline(enlarged(s), rec)
		assertPlain(t, s.everything())
	})
}

// enlarged makes the screen large enough for everything.
func enlarged(s testScreen) testScreen {
	s.SetSize(4000, 1000)
	return s
}
