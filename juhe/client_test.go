package juhe_test

import (
	"context"
	"errors"
	"net/http"
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

// longTimeout is the deadline of lookups that get an answer, shortTimeout that of lookups
// that do not.
const (
	longTimeout  = 30 * time.Second
	shortTimeout = 300 * time.Millisecond
)

// clientOptions returns the options of a client with the credentials of the mock
// server.
func clientOptions(url string, timeout time.Duration) juhe.Options {
	o := juhetest.ClientOptions(url)
	o.ConnectTimeout, o.Timeout = timeout, timeout
	return o
}

func newClient(t testing.TB, url, method string, timeout time.Duration) *juhe.Client {
	t.Helper()
	o := clientOptions(url, timeout)
	o.Method, o.Version, o.KnownOpenid = method, "test", func() string { return mockserver.Openid }
	return juhetest.NewClient(t, o)
}

// checkOutcome checks the outcome and the fault of a reply. An empty fault means none.
func checkOutcome(t testing.TB, r juhe.Reply, outcome juhe.Outcome, fault juhe.FaultKind) {
	t.Helper()
	if r.Outcome != outcome {
		t.Errorf("got outcome %s with fault %+v, want %s", r.Outcome, r.Fault, outcome)
	}
	if r.Fault.Kind != fault {
		t.Errorf("got fault %+v, want %q", r.Fault, fault)
	}
}

// checkCount checks a number of requests or connections.
func checkCount[N int | int64](t testing.TB, what string, got, want N) {
	t.Helper()
	if got != want {
		t.Errorf("got %d %s, want %d", got, what, want)
	}
}

// lookUp prepares a lookup and sends it.
func lookUp(ctx context.Context, c *juhe.Client, q juhe.Query) (juhe.Reply, error) {
	send, err := c.Prepare(ctx, q)
	if err != nil {
		return juhe.Reply{}, err
	}
	return send(ctx), nil
}

// do makes a lookup that must not return an error.
func do(t testing.TB, c *juhe.Client, q juhe.Query) juhe.Reply {
	t.Helper()
	reply, err := lookUp(context.Background(), c, q)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// forEachEndpoint runs a test for each endpoint and method, each with its own mock
// server.
func forEachEndpoint(t *testing.T, test func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string)) {
	for _, api := range juhe.APIs() {
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			t.Run(string(api)+"/"+method, func(t *testing.T) {
				t.Parallel()
				s, base := juhetest.NewMockServer(t)
				test(t, s, base, api, method)
			})
		}
	}
}

// TestMisbehaviours: every case has the outcome of the table, is sent once, and
// returns no secret and no control character.
func TestMisbehaviours(t *testing.T) {
	t.Parallel()
	forEachEndpoint(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		t.Cleanup(func() {
			checkCount(t, "requests", s.Requests(), len(mockserver.Cases()))
		})
		for _, c := range mockserver.Cases() {
			t.Run(c.Slug, func(t *testing.T) {
				t.Parallel()
				timeout := longTimeout
				if slices.Contains([]string{"slow", "hang", "hang-in-body"}, c.Slug) {
					timeout = shortTimeout
				}
				q := juhetest.QueryNamed(api, c.Entname())
				reply := do(t, newClient(t, base, method, timeout), q)
				if reply.Outcome != c.Want {
					t.Errorf("got outcome %s with fault %+v, want %s", reply.Outcome, reply.Fault, c.Want)
				}
				checkCount(t, "requests", s.RequestsFor(c.Entname()), 1)
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
	forEachEndpoint(t, func(t *testing.T, _ *mockserver.Server, base string, api juhe.API, method string) {
		c := newClient(t, base, method, longTimeout)
		for _, company := range mockserver.Companies() {
			for _, slug := range []string{"echo-in-text", "echo-in-html", "echo-in-result"} {
				f := company.Factors(api)
				f[juhe.Entname] = juhetest.CaseName(t, slug)
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
	if got := r.State != nil; got != r.Outcome.IsVerdict() {
		t.Errorf("outcome %s with a state: %t", r.Outcome, got)
	}
	if got := r.Billable == juhe.BillableYes; got != r.Outcome.IsVerdict() {
		t.Errorf("outcome %s with billable %s", r.Outcome, r.Billable)
	}
	if !r.Outcome.IsVerdict() && (r.Code != nil || r.Desc != "" || r.Regstatus != "") {
		t.Errorf("outcome %s with parts of a verdict: %+v", r.Outcome, r)
	}
	faulty := r.Outcome == juhe.Unclear || r.Outcome == juhe.Lost || r.Outcome == juhe.Unsent
	if faulty != (r.Fault.Kind != "") {
		t.Errorf("outcome %s with fault %q", r.Outcome, r.Fault.Kind)
	}
	if len(r.Raw) > juhe.RawLimit {
		t.Errorf("got %d bytes of Raw, want at most %d", len(r.Raw), juhe.RawLimit)
	}
	if len(r.Reason) > juhe.TextLimit {
		t.Errorf("got %d bytes of Reason, want at most %d", len(r.Reason), juhe.TextLimit)
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

// TestVerdicts: the mock server's answers for all 7 detail codes, on queryV2 for res 1
// and 2, and for every error code are read.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	forEachEndpoint(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		c := newClient(t, base, method, longTimeout)
		for _, v := range juhetest.Verdicts(api) {
			reply := do(t, c, juhe.Query{API: api, Factors: v.Factors})
			if v.Code == 253504 {
				checkErrorCode(t, reply, 253504)
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
			reply := do(t, c, juhetest.QueryNamed(api, mockserver.ErrorCodeEntname(code.Code)))
			checkErrorCode(t, reply, code.Code)
			if reply.Billable != code.Billable() {
				t.Errorf("%d: got billable %s, want %s", code.Code, reply.Billable, code.Billable())
			}
			if reply.Reason != code.Text {
				t.Errorf("%d: got reason %q, want %q", code.Code, reply.Reason, code.Text)
			}
		}
	})
}

// checkErrorCode checks that a lookup was refused with an error code.
func checkErrorCode(t testing.TB, r juhe.Reply, want int) {
	t.Helper()
	checkOutcome(t, r, juhe.Refused, "")
	if r.ErrorCode == nil || *r.ErrorCode != want {
		t.Errorf("got reply %+v, want error code %d", r, want)
	}
}

// TestRegstatus: the business status is returned in every form, if it was requested.
func TestRegstatus(t *testing.T) {
	t.Parallel()
	forEachEndpoint(t, func(t *testing.T, _ *mockserver.Server, base string, api juhe.API, method string) {
		c := newClient(t, base, method, longTimeout)
		for _, company := range mockserver.Companies() {
			for _, requested := range []bool{true, false} {
				reply := do(t, c, juhe.Query{API: api, Factors: company.Factors(api), Regstatus: requested})
				want := ""
				if requested && company.Regstatus != "null" {
					want = strings.Trim(company.Regstatus, `"`)
				}
				checkOutcome(t, reply, juhe.Match, "")
				if reply.Regstatus != want {
					t.Errorf("%s: got regstatus %q, want %q", company.Entname, reply.Regstatus, want)
				}
			}
		}
	})
}

// TestCredentials: nothing is sent without credentials, and the service refuses wrong
// ones.
func TestCredentials(t *testing.T) {
	t.Parallel()
	none := errors.New("none")
	missing := func(context.Context) (string, error) { return "", none }
	for name, test := range map[string]struct {
		api         juhe.API
		key, openid func(context.Context) (string, error)
		missing     string
		code        int // 0 means a match
	}{
		"no key":                 {juhe.APIQuery, missing, juhetest.Secret("x"), "key", 0},
		"no openid":              {juhe.APIQueryEncry, juhetest.Secret(mockserver.Key), missing, "openid", 0},
		"openid is not needed":   {juhe.APIQuery, juhetest.Secret(mockserver.Key), missing, "", 0},
		"wrong key":              {juhe.APIQuery, juhetest.Secret("wrong"), missing, "", 10001},
		"openid of someone else": {juhe.APIQueryEncry, juhetest.Secret(mockserver.Key), juhetest.Secret("other"), "", 10004},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, url := juhetest.NewMockServer(t)
			o := clientOptions(url, longTimeout)
			o.Key, o.Openid = test.key, test.openid
			reply, err := lookUp(context.Background(), juhetest.NewClient(t, o), juhetest.Query(test.api))
			if test.missing != "" {
				var cred *juhe.CredentialError
				if !errors.As(err, &cred) || cred.Name != test.missing || !errors.Is(err, none) {
					t.Errorf("got error %v, want that the %s is missing", err, test.missing)
				}
				checkCount(t, "requests", s.Requests(), 0)
				return
			}
			switch {
			case err != nil:
				t.Error(err)
			case test.code != 0:
				checkErrorCode(t, reply, test.code)
			default:
				checkOutcome(t, reply, juhe.Match, "")
			}
		})
	}
}

// TestSlowKey: the timeout limits fetching the key too.
func TestSlowKey(t *testing.T) {
	t.Parallel()
	o := clientOptions("http://127.0.0.1:1", shortTimeout)
	o.Key = func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}
	_, err := lookUp(context.Background(), juhetest.NewClient(t, o), juhe.Query{API: juhe.APIQuery})
	if cred := (*juhe.CredentialError)(nil); !errors.As(err, &cred) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v, want that the key takes too long", err)
	}
}

// TestRefusedOrderid: a refusal keeps its order number, which a dispute needs.
func TestRefusedOrderid(t *testing.T) {
	t.Parallel()
	_, base := juhetest.NewMockServer(t)
	reply := do(t, newClient(t, base, http.MethodPost, longTimeout), juhetest.QueryNamed(juhe.APIQuery, juhetest.CaseName(t, "code-with-orderid")))
	if reply.Orderid != "JH1" {
		t.Errorf("got order ID %q, want JH1", reply.Orderid)
	}
}

// TestNew: invalid options are refused, and all spellings of an address are one service.
func TestNew(t *testing.T) {
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
			t.Errorf("%+v: got error %v, want one without the password", o, err)
		}
	}
	c := juhetest.NewClient(t, juhe.Options{BaseURL: "http://gateway.example/juhe/"})
	if got, want := c.Service(), "http://gateway.example/juhe"; got != want {
		t.Errorf("got service %s, want %s", got, want)
	}
	if !c.Insecure() {
		t.Error("http is secure")
	}
	for _, spelling := range []string{"HTTP://Gateway.EXAMPLE:80/juhe/", "http://gateway.example//./juhe", "http://gateway.example/x/../juhe"} {
		if got := juhetest.NewClient(t, juhe.Options{BaseURL: spelling}).Service(); got != c.Service() {
			t.Errorf("%s: got service %s, want %s", spelling, got, c.Service())
		}
	}
	for _, other := range []string{"http://gateway.example:443/juhe", "https://gateway.example/juhe", "http://gateway.example/Juhe"} {
		if got := juhetest.NewClient(t, juhe.Options{BaseURL: other}).Service(); got == c.Service() {
			t.Errorf("%s: got service %s, want another one", other, got)
		}
	}
	if _, err := lookUp(context.Background(), c, juhe.Query{API: "queryV3"}); err == nil {
		t.Error("took an unknown endpoint")
	}
}
