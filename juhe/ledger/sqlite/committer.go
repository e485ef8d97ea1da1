package sqlite

import (
	"context"
	"slices"
	"sync"
)

// maxGroup limits the changes in one transaction, because other writers wait for the
// transaction.
const maxGroup = 256

// committer commits changes together, because syncing the disk takes as long for one change
// as for a hundred. It also updates the search index between groups.
type committer struct {
	write func(context.Context, func(*conn) error) error // runs a transaction
	sem   chan struct{}                                  // held while the queue is committed or updateIndex runs

	mu         sync.Mutex
	queue      []*groupChange
	closed     bool
	indexing   bool // updateIndex waits or runs
	background sync.WaitGroup
}

// groupChange is a change that waits to be committed along with others.
type groupChange struct {
	ctx  context.Context
	do   func(*conn) error
	done chan struct{} // closed once err is known
	err  error
}

// commit runs do in a transaction along with all other changes that wait. The change is
// durable when commit returns nil. do may run more than once; only its last run has an
// effect.
func (g *committer) commit(ctx context.Context, do func(*conn) error) error {
	change := &groupChange{ctx: ctx, do: do, done: make(chan struct{})}
	g.mu.Lock()
	g.queue = append(g.queue, change)
	g.mu.Unlock()
	select {
	case <-change.done:
	case g.sem <- struct{}{}:
		g.commitUntil(change)
	case <-ctx.Done():
		if g.dequeue(change) {
			return ctx.Err()
		}
		<-change.done
	}
	return change.err
}

// close waits for work in the background and starts none any more.
func (g *committer) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.background.Wait()
}

// dequeue removes a change from the queue and reports whether it was there.
func (g *committer) dequeue(change *groupChange) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := len(g.queue)
	g.queue = slices.DeleteFunc(g.queue, func(c *groupChange) bool { return c == change })
	return len(g.queue) < before
}

// commitUntil commits groups until change is done. Then one of the goroutines whose changes
// are still in the queue continues.
func (g *committer) commitUntil(change *groupChange) {
	defer func() { <-g.sem }()
	unindexed := int64(0)
	for !change.isDone() {
		unindexed = g.commitGroup(g.nextGroup())
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	due := unindexed >= maxUnindexed || unindexed >= indexBatch && len(g.queue) == 0
	if due && !g.indexing && !g.closed {
		g.indexing = true
		g.background.Go(g.updateIndex)
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

// updateIndex updates the search index. It ignores an error, because a search also finds
// lookups that are not in the index.
func (g *committer) updateIndex() {
	g.sem <- struct{}{}
	defer func() { <-g.sem }()
	_ = g.write(context.Background(), func(c *conn) error { return c.index.update() })
	g.mu.Lock()
	g.indexing = false
	g.mu.Unlock()
}

// nextGroup removes up to maxGroup changes from the queue and returns them.
func (g *committer) nextGroup() []*groupChange {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := min(len(g.queue), maxGroup)
	group := slices.Clone(g.queue[:n])
	g.queue = slices.Delete(g.queue, 0, n)
	return group
}

// commitGroup runs a group of changes in one transaction. If one of them fails, it runs
// each in a separate transaction, so that none fails because of another. It returns how
// many lookups are not in the search index yet.
func (g *committer) commitGroup(group []*groupChange) (unindexed int64) {
	ctx := context.Background()
	if len(group) == 1 {
		ctx = group[0].ctx
	}
	changeFailed := false // otherwise an error comes from the transaction
	err := g.write(ctx, func(c *conn) (err error) {
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
			unindexed = g.commitGroup([]*groupChange{change})
		}
		return unindexed
	}
	for _, change := range group {
		change.err = err
		close(change.done)
	}
	return unindexed
}
