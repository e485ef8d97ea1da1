// Package juhetest contains what the tests of the packages below juhe, and of the
// screens, share. No binary links it.
package juhetest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/mockserver"
)

// NewServer starts a service and returns its URL.
func NewServer(t testing.TB, service http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	return server.URL
}

// NewMockServer starts a mock server and returns its URL.
func NewMockServer(t testing.TB) (s *mockserver.Server, url string) {
	t.Helper()
	s = mockserver.New(mockserver.Key, mockserver.Openid)
	return s, NewServer(t, s)
}

// Secret returns a function that returns a secret.
func Secret(value string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return value, nil }
}

// ClientOptions returns the options of a client with the credentials of the mock
// server.
func ClientOptions(url string) juhe.Options {
	return juhe.Options{
		BaseURL: url, ConnectTimeout: time.Minute, Timeout: time.Minute,
		Key: Secret(mockserver.Key), Openid: Secret(mockserver.Openid),
	}
}

// NewClient returns a client.
func NewClient(t testing.TB, o juhe.Options) *juhe.Client {
	t.Helper()
	c, err := juhe.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// NewLedger returns an empty ledger without encryption.
func NewLedger(t testing.TB, now func() time.Time) *sqlite.Ledger {
	t.Helper()
	l := sqlite.New(sqlite.Options{
		Path: filepath.Join(t.TempDir(), "ledger.db"), Encryption: sqlite.EncryptionNone, User: "老王", Now: now,
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// Query returns a query that the mock server answers with a match.
func Query(api juhe.API) juhe.Query {
	return juhe.Query{API: api, Factors: mockserver.Companies()[0].Factors(api)}
}

// QueryNamed returns the query of Query with another company name.
func QueryNamed(api juhe.API, entname string) juhe.Query {
	q := Query(api)
	q.Factors[juhe.Entname] = entname
	return q
}

// CaseName returns the company name that triggers a misbehaviour of the mock server.
func CaseName(t testing.TB, slug string) string {
	t.Helper()
	for _, c := range mockserver.Cases() {
		if c.Slug == slug {
			return c.Entname()
		}
	}
	t.Fatalf("the mock server has no case %s", slug)
	return ""
}
