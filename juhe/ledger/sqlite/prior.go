package sqlite

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Prior implements lookup.Ledger.
func (l *Ledger) Prior(ctx context.Context, rec lookup.Record) (prior lookup.Prior, err error) {
	l.retryUnrecorded() // an unrecorded outcome may concern the same factors
	dead := false
	err = l.withWriter(ctx, func(c *conn) error {
		prior, dead, err = l.readPrior(c, rec)
		return err
	})
	if err != nil || !dead || l.readOnlyErr() != nil {
		return prior, l.quarantineIfDamaged(err)
	}
	err = l.write(ctx, func(c *conn) error {
		if err := l.recordLostIntents(c); err != nil {
			return err
		}
		prior, _, err = l.readPrior(c, rec)
		return err
	})
	return prior, l.quarantineIfDamaged(err)
}

// Priors returns the Prior of each of recs, for a preview of what the guard would allow.
func (l *Ledger) Priors(ctx context.Context, recs []lookup.Record) (priors []lookup.Prior, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		for _, rec := range recs {
			prior, _, err := l.readPrior(c, rec)
			if err != nil {
				return err
			}
			priors = append(priors, prior)
		}
		return nil
	})
	return priors, err
}

// guardKind has the properties by which the guard distinguishes lookups of the same
// factors. It needs the newest lookup of each kind.
type guardKind struct {
	sameService, imported, isFuture, isVerdict bool
	api                                        juhe.API
	askedRegstatus, hasRegstatus               bool
	billable                                   juhe.Billable
}

// newGuardKind returns the kind of other when the guard decides about rec.
func newGuardKind(other, rec lookup.Record) guardKind {
	return guardKind{
		other.Service == rec.Service, other.Imported, other.At.After(rec.At), other.Reply.Outcome.IsVerdict(),
		other.Query.API, other.Query.Regstatus, other.Reply.Regstatus != "", other.Reply.Billable,
	}
}

// readPrior reads the Prior of rec. dead reports whether a lookup of the same factors is
// pending in a dead process.
func (l *Ledger) readPrior(c *conn, rec lookup.Record) (prior lookup.Prior, dead bool, err error) {
	hash := factorsHash(lookup.ComparableFactors(rec.Query.Factors))
	prior.HistoryLostAt = l.lastLossTime()
	seen := map[guardKind]bool{}
	err = c.query(func(s *sqlite3.Stmt) bool {
		r := c.scanLookup(s)
		kind := newGuardKind(r.Record, rec)
		switch {
		case r.corrupt: // its factors may have been the same
			prior.HistoryLostAt = rec.At
		case r.Reply.Billable != juhe.BillableNo && !seen[kind] && isRepeat(rec, r.Record):
			seen[kind] = true
			r.Reply.Raw = rawAnswer(s)
			prior.Concluded = append(prior.Concluded, r.Record)
		}
		return true
	}, "SELECT "+lookupColumnsWithRaw+" FROM lookup WHERE same = ? ORDER BY key DESC", hash)
	if err != nil {
		return prior, false, err
	}
	err = c.query(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if !isRepeat(rec, i.Record) {
			return true
		}
		if !l.process.removeIfDead(i.process) {
			prior.Pending = &i.Record
			return false
		}
		dead = true
		if prior.Pending == nil { // keep the newest
			prior.Pending = &i.Record
		}
		return true
	}, "SELECT "+intentColumns+" FROM intent WHERE same = ? ORDER BY at DESC", hash)
	if err != nil {
		return prior, false, err
	}
	if prior.SentToday, err = c.sentOn(rec.At); err != nil {
		return prior, false, err
	}
	prior.LatestIntentAt, err = c.newestSentTime()
	return prior, dead, err
}

// isRepeat reports whether rec has the same factors as an earlier lookup and goes to the
// same service.
func isRepeat(rec, earlier lookup.Record) bool {
	if !lookup.MayBeSameService(earlier.Service, rec.Service) {
		return false
	}
	factors := lookup.ComparableFactors(rec.Query.Factors)
	if lookup.ComparableFactors(earlier.Query.Factors) == factors {
		return true
	}
	// An older version, or the program that an import comes from, may have sent another
	// spelling. Without a verdict such a lookup counts, because it may have been billed.
	// With one it does not, because the verdict is about that spelling, but an imported
	// one counts: it never answers and is only asked about.
	return (earlier.Imported || !earlier.Reply.Outcome.IsVerdict()) &&
		lookup.ComparableFactors(lookup.NormalizeFactors(earlier.Query.Factors)) == factors
}
