package app

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
	"fourfactor/ui/config"
)

// demoSession starts the mock server on loopback and returns a session for it,
// with a temporary ledger. It ignores key, base URL and config.
func (a *App) demoSession(log *slog.Logger) (*cli.Session, error) {
	dir, err := os.MkdirTemp(a.Env("TMPDIR"), "fourfactor-demo-")
	if err != nil {
		return nil, &cli.ExitError{Code: cli.ExitLedger, Text: juhe.Sanitize(err.Error())}
	}
	base, stop, err := mockserver.New(mockserver.Key, mockserver.Openid).Listen("127.0.0.1:0")
	if err != nil {
		os.RemoveAll(dir)
		return nil, &cli.ExitError{Code: cli.ExitUnsent, Text: err.Error()}
	}
	cfg := config.Default("")
	cfg.Juhe.BaseURL = base
	cfg.UI.Theme = cmp.Or(a.restart.Theme, cfg.UI.Theme)
	s := a.newSession(&cfg, sqlite.Options{
		Path: filepath.Join(dir, "ledger.db"), Encryption: sqlite.EncryptionKeyfile, KeyFile: filepath.Join(dir, "ledger.key"),
	}, log)
	s.Demo = true
	s.Query.Factors = mockserver.Companies()[0].Factors(s.Query.API)
	s.OnClose(stop)
	s.OnClose(func() error { return os.RemoveAll(dir) })
	secrets := juhe.Options{
		Key:         func(context.Context) (string, error) { return mockserver.Key, nil },
		Openid:      func(context.Context) (string, error) { return mockserver.Openid, nil },
		KnownOpenid: func() string { return mockserver.Openid },
	}
	quiet, err := a.newClient(&cfg, secrets)
	if err != nil {
		s.Close()
		return nil, err
	}
	secrets.Log = log
	if err := a.enableLookups(s, secrets); err != nil {
		s.Close()
		return nil, err
	}
	a.seedDemo(s, quiet)
	return s, nil
}

// seedDemo fills the ledger with a history, oldest first: a lookup dated before
// one that is already counted would count as sent today.
func (a *App) seedDemo(s *cli.Session, client *juhe.Client) {
	now := a.Now()
	for _, seed := range demoHistory() {
		at, calls := now.Add(-seed.ago), 0
		verifier := lookup.New(client, s.Ledger, lookup.Guard{}, func() time.Time {
			calls++
			return at.Add(time.Duration(calls-1) * 137 * time.Millisecond)
		})
		// Whoever uses the ledger gets the same error.
		_, _ = verifier.Do(context.Background(), seed.query, lookup.Consent{Unconditional: true})
	}
}

// demoLookup is a lookup of the demo's history.
type demoLookup struct {
	ago   time.Duration
	query juhe.Query
}

// demoHistory returns the demo's history, oldest first. The example in the form
// was last looked up before the time that the repeat guard covers.
func demoHistory() []demoLookup {
	const minute, hour, day = time.Minute, time.Hour, 24 * time.Hour
	companies := mockserver.Companies()
	query := func(company int, api juhe.API, change func(*juhe.Query)) juhe.Query {
		q := juhe.Query{API: api, Factors: companies[company].Factors(api)}
		if change != nil {
			change(&q)
		}
		return q
	}
	named := func(entname string) func(*juhe.Query) {
		return func(q *juhe.Query) { q.Factors[juhe.Entname] = entname }
	}
	regstatus := func(q *juhe.Query) { q.Regstatus = true }
	const plain, encrypted, v2 = juhe.APIQuery, juhe.APIQueryEncry, juhe.APIQueryV2
	return []demoLookup{
		{13*day + 5*hour + 4*minute, query(11, plain, regstatus)},
		{12*day + 2*hour + 31*minute, query(10, plain, nil)},
		{9*day + 7*hour + 47*minute, query(9, plain, named(companies[8].Entname))},
		{9*day + 6*hour + 12*minute, query(9, plain, nil)},
		{6*day + 3*hour + 53*minute, query(8, encrypted, func(q *juhe.Query) { q.Factors[juhe.Idcard] = companies[7].Idcard })},
		{5*day + 4*hour + 26*minute, query(0, v2, nil)},
		{4*day + 8*hour + 8*minute, query(7, plain, func(q *juhe.Query) {
			q.Factors[juhe.Realname], q.Factors[juhe.Idcard] = "王小五", companies[6].Idcard
		})},
		{3*day + 6*hour + 39*minute, query(0, plain, regstatus)},
		{2*day + 5*hour + 17*minute, query(6, plain, func(q *juhe.Query) { q.Factors[juhe.Entmark] = "91420199MAYYY9999X" })},
		{2*day + 4*hour + 52*minute, query(5, plain, named(mockserver.ErrorCodeEntname(253506)))},
		{30*hour + 21*minute, query(5, v2, func(q *juhe.Query) { q.Factors[juhe.Realname] = "孙八" })},
		{29*hour + 44*minute, query(4, encrypted, regstatus)},
		{8*hour + 6*minute, query(3, plain, named(mockserver.ErrorCodeEntname(10012)))},
		{7*hour + 33*minute, query(3, plain, regstatus)},
		{6*hour + 58*minute, query(2, plain, named("虚构html-502公司"))},
		{4*hour + 15*minute, query(2, plain, named("虚构close公司"))},
		{2*hour + 28*minute, query(1, plain, func(q *juhe.Query) { q.Factors[juhe.Realname] = "李思" })},
		{1*hour + 9*minute, query(1, plain, regstatus)},
	}
}
