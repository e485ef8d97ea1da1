package sqlite

import (
	"context"
	"slices"
)

// maxGroup limits the changes in one transaction, because other writers wait for the
// transaction.
const maxGroup = 256

// groupChange is a change that waits to be committed along with others.
type groupChange struct {
	ctx  context.Context
	do   func(*conn) error
	done chan struct{} // closed once err is known
	err  error
}

// groupCommit runs do in a transaction along with all other changes that wait, because
// syncing the disk takes as long for one change as for a hundred. The change is durable
// when groupCommit returns nil. do may run more than once; only its last run has an
// effect.
func (l *Ledger) groupCommit(ctx context.Context, do func(*conn) error) error {
	change := &groupChange{ctx: ctx, do: do, done: make(chan struct{})}
	l.mu.Lock()
	l.queue = append(l.queue, change)
	l.mu.Unlock()
	select {
	case <-change.done:
	case l.commitSem <- struct{}{}:
		l.commitLoop(change)
	case <-ctx.Done():
		if l.dequeue(change) {
			return ctx.Err()
		}
		<-change.done
	}
	return change.err
}

// dequeue removes a change from the queue and reports whether it was there.
func (l *Ledger) dequeue(change *groupChange) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.queue, change)
	if i >= 0 {
		l.queue = slices.Delete(l.queue, i, i+1)
	}
	return i >= 0
}

// commitLoop commits groups until change is done. Then one of the goroutines whose changes
// are still in the queue continues.
func (l *Ledger) commitLoop(change *groupChange) {
	defer func() { <-l.commitSem }()
	unindexed := int64(0)
	for !change.isDone() {
		unindexed = l.commitGroup(l.nextGroup())
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	due := unindexed >= maxUnindexed || unindexed >= indexBatch && len(l.queue) == 0
	if due && !l.indexing && !l.closed {
		l.indexing = true
		l.background.Go(l.indexInBackground)
	}
}

func (g *groupChange) isDone() bool {
	select {
	case <-g.done:
		return true
	default:
		return false
	}
}

// indexInBackground updates the search index. It ignores an error, because a search also
// finds lookups that are not in the index.
func (l *Ledger) indexInBackground() {
	l.commitSem <- struct{}{}
	defer func() { <-l.commitSem }()
	_ = l.write(context.Background(), (*conn).updateIndex)
	l.mu.Lock()
	l.indexing = false
	l.mu.Unlock()
}

// nextGroup removes up to maxGroup changes from the queue and returns them.
func (l *Ledger) nextGroup() []*groupChange {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(len(l.queue), maxGroup)
	group := slices.Clone(l.queue[:n])
	l.queue = slices.Delete(l.queue, 0, n)
	return group
}

// commitGroup runs a group of changes in one transaction. If one of them fails, it runs
// each in a separate transaction, so that none fails because of another. It returns how
// many lookups are not in the search index yet.
func (l *Ledger) commitGroup(group []*groupChange) (unindexed int64) {
	ctx := context.Background()
	if len(group) == 1 {
		ctx = group[0].ctx
	}
	changeFailed := false // otherwise an error comes from the transaction
	err := l.write(ctx, func(c *conn) (err error) {
		for _, change := range group {
			if err := change.do(c); err != nil {
				changeFailed = true
				return err
			}
		}
		unindexed, err = c.queryInt("SELECT count(*) FROM unindexed")
		return err
	})
	if changeFailed && len(group) > 1 {
		for _, change := range group {
			unindexed = l.commitGroup([]*groupChange{change})
		}
		return unindexed
	}
	for _, change := range group {
		change.err = err
		close(change.done)
	}
	return unindexed
}
