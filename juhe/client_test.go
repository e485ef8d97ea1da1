package juhe_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/internal/aesecb"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
)

// slack is the deadline of lookups that get an answer, brief that of lookups
// that do not.
const (
	slack = 30 * time.Second
	brief = 300 * time.Millisecond
)

func secret(value string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return value, nil }
}

// client returns a client with the credentials of the mock server.
func client(t testing.TB, base, method string, timeout time.Duration) *juhe.Client {
	t.Helper()
	c, err := juhe.New(juhe.Options{
		BaseURL: base, Method: method, ConnectTimeout: timeout, Timeout: timeout,
		Key: secret(mockserver.Key), Openid: secret(mockserver.Openid), KnownOpenid: func() string { return mockserver.Openid }, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// service starts a mock server.
func service(t testing.TB) (*mockserver.Server, string) {
	t.Helper()
	s := mockserver.New(mockserver.Key, mockserver.Openid)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

func do(t testing.TB, c *juhe.Client, q juhe.Query) juhe.Reply {
	t.Helper()
	reply, err := c.Do(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// everyWay runs a test for each endpoint and method, each with a mock server.
func everyWay(t *testing.T, test func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string)) {
	for _, api := range juhe.APIs() {
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			t.Run(string(api)+"/"+method, func(t *testing.T) {
				t.Parallel()
				s, base := service(t)
				test(t, s, base, api, method)
			})
		}
	}
}

// TestMisbehaviours: every case has the outcome of the table, is sent once, and
// returns no secret and no control character.
func TestMisbehaviours(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		t.Cleanup(func() {
			if n := s.Requests(); n != len(mockserver.Cases()) {
				t.Errorf("%d requests for %d lookups", n, len(mockserver.Cases()))
			}
		})
		for _, c := range mockserver.Cases() {
			t.Run(c.Slug, func(t *testing.T) {
				t.Parallel()
				timeout := slack
				if slices.Contains([]string{"slow", "hang", "hang-in-body"}, c.Slug) {
					timeout = brief
				}
				f := mockserver.Companies()[0].Factors(api)
				f[juhe.Entname] = c.Entname()
				q := juhe.Query{API: api, Factors: f}
				reply := do(t, client(t, base, method, timeout), q)
				if reply.Outcome != c.Want {
					t.Errorf("outcome = %s %+v, want %s", reply.Outcome, reply.Fault, c.Want)
				}
				if n := s.RequestsFor(c.Entname()); n != 1 {
					t.Errorf("sent %d times", n)
				}
				checkReply(t, reply)
				checkPrivate(t, reply, q)
			})
		}
	})
}

// TestEchoes: names with a space, a dot or two characters, and short numbers
// are redacted from every echo.
func TestEchoes(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, _ *mockserver.Server, base string, api juhe.API, method string) {
		c := client(t, base, method, slack)
		for _, company := range mockserver.Companies() {
			for _, slug := range []string{"echo-in-text", "echo-in-html", "echo-in-result"} {
				f := company.Factors(api)
				f[juhe.Entname] = "虚构" + slug + "公司"
				q := juhe.Query{API: api, Factors: f}
				checkPrivate(t, do(t, c, q), q)
			}
		}
	})
}

// checkReply checks what holds for every reply.
func checkReply(t *testing.T, r juhe.Reply) {
	t.Helper()
	if !slices.Contains(juhe.Outcomes(), r.Outcome) {
		t.Errorf("outcome %q", r.Outcome)
	}
	if r.Outcome.IsVerdict() != (r.State != nil) || r.Outcome.IsVerdict() != (r.Billable == juhe.BillableYes) {
		t.Errorf("verdict, state and price disagree: %+v", r)
	}
	if !r.Outcome.IsVerdict() && (r.Code != nil || r.Desc != "" || r.Regstatus != "") {
		t.Errorf("no verdict, but parts of one: %+v", r)
	}
	faulty := r.Outcome == juhe.Unclear || r.Outcome == juhe.Lost || r.Outcome == juhe.Unsent
	if faulty != (r.Fault.Kind != "") {
		t.Errorf("outcome %s with fault %q", r.Outcome, r.Fault.Kind)
	}
	if len(r.Raw) > juhe.RawLimit || len(r.Reason) > juhe.TextLimit {
		t.Errorf("raw %d bytes, reason %d", len(r.Raw), len(r.Reason))
	}
	for _, text := range texts(r) {
		for _, c := range strings.ReplaceAll(text, "\n", "") {
			if juhe.IsInvisible(c) {
				t.Errorf("%U in %.200q", c, text)
				break
			}
		}
		if !utf8.ValidString(text) {
			t.Errorf("not UTF-8: %.200q", text)
		}
	}
}

func texts(r juhe.Reply) []string {
	return []string{r.Reason, r.Desc, r.Regstatus, r.Orderid, r.Fault.Detail, r.Raw}
}

// checkPrivate checks that no text contains a secret or the person, in any encoding.
func checkPrivate(t *testing.T, r juhe.Reply, q juhe.Query) {
	t.Helper()
	key := aesecb.Key(mockserver.Openid)
	values := []string{mockserver.Key, mockserver.Openid, key, q.Factors[juhe.Realname], q.Factors[juhe.Idcard]}
	for _, plain := range q.Factors {
		if q.API != juhe.APIQueryEncry {
			break
		}
		sealed, err := aesecb.Seal(key, plain)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, sealed)
	}
	for _, text := range texts(r) {
		folded := strings.ToLower(text)
		for _, v := range values {
			for _, spelling := range []string{v, url.QueryEscape(v), url.QueryEscape(url.QueryEscape(v)), jsonEscaped(v), v[:len(v)*2/3]} {
				if utf8.RuneCountInString(v) > 1 && spelling != "" && utf8.ValidString(spelling) &&
					utf8.RuneCountInString(spelling) > 1 && strings.Contains(folded, strings.ToLower(spelling)) {
					t.Errorf("%q shows in %.300q", spelling, text)
				}
			}
		}
	}
}

func jsonEscaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(strings.ReplaceAll(strings.ToLower(quoteRune(r)), `"`, ""))
	}
	return b.String()
}

func quoteRune(r rune) string {
	const hex = "0123456789abcdef"
	return `\u` + string([]byte{hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15]})
}

// TestVerdicts: all 7 detail codes on both endpoints that have them, res 1
// and 2, and every error code.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		c := client(t, base, method, slack)
		for _, v := range mockserver.Verdicts(api) {
			reply := do(t, c, juhe.Query{API: api, Factors: v.Factors})
			if v.Code == 253504 {
				if reply.Outcome != juhe.Refused || *reply.ErrorCode != 253504 {
					t.Errorf("253504: %+v", reply)
				}
				continue
			}
			want := juhe.Mismatch
			if v.Code == 7 {
				want = juhe.Match
			}
			if reply.Outcome != want {
				t.Errorf("code %d: outcome %s, want %s", v.Code, reply.Outcome, want)
			}
			if api == juhe.APIQueryV2 {
				if reply.Code != nil {
					t.Errorf("queryV2 has no code, got %d", *reply.Code)
				}
				continue
			}
			if reply.Code == nil || *reply.Code != v.Code {
				t.Errorf("code = %v, want %d", reply.Code, v.Code)
			}
			if official, _ := juhe.FindCode(v.Code); reply.Desc != official.Text {
				t.Errorf("desc = %q, want %q", reply.Desc, official.Text)
			}
		}
		for _, code := range juhe.Codes() {
			if code.Level == juhe.LevelDetail {
				continue
			}
			f := mockserver.Companies()[0].Factors(api)
			f[juhe.Entname] = mockserver.ErrorCodeEntname(code.Code)
			reply := do(t, c, juhe.Query{API: api, Factors: f})
			if reply.Outcome != juhe.Refused || *reply.ErrorCode != code.Code ||
				reply.Billable != code.Billable() || reply.Reason != code.Text {
				t.Errorf("%d: %+v", code.Code, reply)
			}
		}
	})
}

// TestRegstatus: every form of it, requested and not.
func TestRegstatus(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, _ *mockserver.Server, base string, api juhe.API, method string) {
		c := client(t, base, method, slack)
		for _, company := range mockserver.Companies() {
			for _, asked := range []bool{true, false} {
				reply := do(t, c, juhe.Query{API: api, Factors: company.Factors(api), Regstatus: asked})
				want := ""
				if asked && company.Regstatus != "null" {
					want = strings.Trim(company.Regstatus, `"`)
				}
				if reply.Outcome != juhe.Match || reply.Regstatus != want {
					t.Errorf("%s: %s, regstatus %q, want %q", company.Entname, reply.Outcome, reply.Regstatus, want)
				}
			}
		}
	})
}

// TestCredentials: nothing is sent without them, and wrong ones are refused.
func TestCredentials(t *testing.T) {
	t.Parallel()
	none := errors.New("none")
	missing := func(context.Context) (string, error) { return "", none }
	for name, test := range map[string]struct {
		api         juhe.API
		key, openid func(context.Context) (string, error)
		missing     string
		code        int
	}{
		"no key":                 {juhe.APIQuery, missing, secret("x"), "key", 0},
		"no openid":              {juhe.APIQueryEncry, secret(mockserver.Key), missing, "openid", 0},
		"openid is not asked":    {juhe.APIQuery, secret(mockserver.Key), missing, "", 0},
		"wrong key":              {juhe.APIQuery, secret("wrong"), missing, "", 10001},
		"openid of someone else": {juhe.APIQueryEncry, secret(mockserver.Key), secret("other"), "", 10004},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, base := service(t)
			c, err := juhe.New(juhe.Options{BaseURL: base, Timeout: slack, Key: test.key, Openid: test.openid})
			if err != nil {
				t.Fatal(err)
			}
			reply, err := c.Do(context.Background(), juhetest.Query(test.api))
			var cred *juhe.CredentialError
			switch {
			case test.missing != "":
				if !errors.As(err, &cred) || cred.Name != test.missing || !errors.Is(err, none) || s.Requests() != 0 {
					t.Errorf("%v, %d requests", err, s.Requests())
				}
			case test.code != 0:
				if err != nil || reply.ErrorCode == nil || *reply.ErrorCode != test.code {
					t.Errorf("%+v, %v", reply, err)
				}
			case err != nil || reply.Outcome != juhe.Match:
				t.Errorf("%+v, %v", reply, err)
			}
		})
	}
}

// TestSlowKey: fetching the key has a deadline too.
func TestSlowKey(t *testing.T) {
	t.Parallel()
	c, err := juhe.New(juhe.Options{BaseURL: "http://127.0.0.1:1", Timeout: brief, Key: func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}})
	if err != nil {
		t.Fatal(err)
	}
	var cred *juhe.CredentialError
	if _, err := c.Do(context.Background(), juhe.Query{API: juhe.APIQuery}); !errors.As(err, &cred) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// TestRefusedOrderid: a refusal keeps its order number, which a dispute needs.
func TestRefusedOrderid(t *testing.T) {
	t.Parallel()
	_, base := service(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	f[juhe.Entname] = "虚构code-with-orderid公司"
	if reply := do(t, client(t, base, http.MethodPost, slack), juhe.Query{API: juhe.APIQuery, Factors: f}); reply.Orderid != "JH1" {
		t.Errorf("%+v", reply)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, o := range []juhe.Options{
		{BaseURL: ""},
		{BaseURL: "apis.juhe.cn"},
		{BaseURL: "ftp://apis.juhe.cn"},
		{BaseURL: "https://"},
		{BaseURL: "https://u:p@apis.juhe.cn"},
		{BaseURL: "https://apis.juhe.cn?x=1"},
		{BaseURL: "https://apis.juhe.cn#x"},
		{BaseURL: "https://apis.juhe.cn", Method: "PUT"},
		{BaseURL: "https://apis.juhe.cn", Proxy: "user:hunter2@"},
	} {
		if _, err := juhe.New(o); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	c, err := juhe.New(juhe.Options{BaseURL: "http://gateway.example/juhe/"})
	if err != nil || c.Service() != "http://gateway.example/juhe" || !c.Insecure() {
		t.Errorf("%v, %v", c, err)
	}
	for _, spelling := range []string{"HTTP://Gateway.EXAMPLE:80/juhe/", "http://gateway.example//./juhe", "http://gateway.example/x/../juhe"} {
		if same, err := juhe.New(juhe.Options{BaseURL: spelling}); err != nil || same.Service() != c.Service() {
			t.Errorf("%s: %v, %v", spelling, same, err)
		}
	}
	for _, other := range []string{"http://gateway.example:443/juhe", "https://gateway.example/juhe", "http://gateway.example/Juhe"} {
		if two, err := juhe.New(juhe.Options{BaseURL: other}); err != nil || two.Service() == c.Service() {
			t.Errorf("%s: %v", other, err)
		}
	}
	if _, err := c.Do(context.Background(), juhe.Query{API: "queryV3"}); err == nil {
		t.Error("took an unknown endpoint")
	}
}
