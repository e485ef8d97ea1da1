package ledger

import (
	"context"
	"slices"
)

// groupLimit bounds how many changes one transaction takes: others wait for it.
const groupLimit = 256

// change is a part of a transaction. It waits for whoever commits it.
type change struct {
	ctx  context.Context
	do   func(*conn) error
	done chan struct{} // closed once err is known
	err  error
}

// together runs do in a transaction, along with what others have to write at
// the time: to make a transaction durable takes as long for one change as for a
// hundred. It is durable when together returns nil. do may run more than once;
// only the last time counts.
func (l *Ledger) together(ctx context.Context, do func(*conn) error) error {
	c := &change{ctx: ctx, do: do, done: make(chan struct{})}
	l.mu.Lock()
	l.waiting = append(l.waiting, c)
	l.mu.Unlock()
	select {
	case <-c.done:
	case l.leading <- struct{}{}:
		l.lead(c)
	case <-ctx.Done():
		if l.withdraw(c) {
			return ctx.Err()
		}
		<-c.done
	}
	return c.err
}

// withdraw takes back a change that nobody has taken up yet.
func (l *Ledger) withdraw(c *change) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.waiting, c)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	return i >= 0
}

// lead commits what waits, until own is done. Who waits then leads next.
func (l *Ledger) lead(own *change) {
	defer func() { <-l.leading }()
	unindexed := int64(0)
	for !own.ended() {
		unindexed = l.commit(l.next())
	}
	l.mu.Lock()
	due := unindexed >= indexMost || unindexed >= indexGroup && len(l.waiting) == 0
	if due = due && !l.indexing && !l.closed; due {
		l.indexing = true
		l.beside.Add(1)
	}
	l.mu.Unlock()
	if due {
		go l.indexWaiting()
	}
}

func (c *change) ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// indexWaiting takes into the index what waits for it. The look-ups are recorded;
// that they wait a little longer is no harm.
func (l *Ledger) indexWaiting() {
	defer l.beside.Done()
	l.leading <- struct{}{}
	defer func() { <-l.leading }()
	_ = l.write(context.Background(), (*conn).index)
	l.mu.Lock()
	l.indexing = false
	l.mu.Unlock()
}

// next takes up a group of what waits.
func (l *Ledger) next() []*change {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(len(l.waiting), groupLimit)
	group := slices.Clone(l.waiting[:n])
	l.waiting = slices.Delete(l.waiting, 0, n)
	return group
}

// commit runs the changes of a group in one transaction. If one of them fails,
// each gets its own, so that none fails for another. It tells how many look-ups
// wait for the index.
func (l *Ledger) commit(group []*change) (unindexed int64) {
	ctx := context.Background()
	if len(group) == 1 {
		ctx = group[0].ctx
	}
	ours := false // the error is of a change, not of the database as a whole
	err := l.write(ctx, func(conn *conn) (err error) {
		for _, c := range group {
			if err := c.do(conn); err != nil {
				ours = true
				return err
			}
		}
		unindexed, err = conn.number("SELECT count(*) FROM unindexed")
		return err
	})
	if ours && len(group) > 1 {
		for _, c := range group {
			unindexed = l.commit([]*change{c})
		}
		return unindexed
	}
	for _, c := range group {
		c.err = err
		close(c.done)
	}
	return unindexed
}
