package form

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// Fill puts a query into the form, without sending it. It writes nothing to the audit log,
// because its query was typed in this form. See Recall for any other lookup.
func (s *Screen) Fill(q juhe.Query) {
	s.undo.push(s.fields.snapshot(true))
	s.setQuery(q)
	s.filledFactors = s.Query().Factors
}

// setQuery puts a query into the form, cancels a pending fill and closes the question.
func (s *Screen) setQuery(q juhe.Query) {
	s.fill.cancel()
	s.question = nil
	s.fields.api, s.fields.regstatus = q.API, q.Regstatus
	s.setFactors(q.Factors, 0)
}

// setFactors puts factors into the fields, focuses one, and drops the completion.
func (s *Screen) setFactors(f juhe.Factors, focus juhe.Factor) {
	s.warned = confirmation{}
	s.fields.setFactors(f, focus)
	s.completion.reset(s.fields.completionKey())
}

// Clear empties the fields and keeps the endpoint.
func (s *Screen) Clear() {
	s.undo.push(s.fields.snapshot(false))
	s.fill.cancel()
	s.question = nil
	s.recall.reset()
	s.setFactors(juhe.Factors{}, 0)
}

// Forget drops everything that could restore the person of a deleted lookup.
func (s *Screen) Forget(id string) {
	s.fill.cancel()
	s.recall.reset()
	s.undo = nil
	s.lastResult.forget(id)
}

// auditedFill is a fill that waits for its entry in the audit log.
type auditedFill struct {
	*Options
	id      int // identifies the fill, so that a cancelled one is dropped
	pending bool
}

// auditDoneMsg is the result of writing to the audit log before a fill.
type auditDoneMsg struct {
	fillID int
	fill   func() tea.Cmd
	err    error
}

// cancel drops the pending fill.
func (f *auditedFill) cancel() {
	f.id++
	f.pending = false
}

// start writes to the audit log that the person of a lookup is filled into the form. fill
// is then called, unless cancel is called first, or the ledger no longer has ledgerID.
// id identifies the lookup in the audit log; ledgerID is "" if the ledger does not have
// it. A lookup that was typed in this form needs no entry.
func (f *auditedFill) start(id, ledgerID string, typedHere bool, fill func() tea.Cmd) tea.Cmd {
	f.cancel()
	if typedHere && ledgerID == "" {
		return fill()
	}
	f.pending = true
	fillID, ledger := f.id, f.Ledger
	return widget.IfNotDeleted(ledger, ledgerID, func() tea.Msg {
		if typedHere {
			return auditDoneMsg{fillID, fill, nil}
		}
		return auditDoneMsg{fillID, fill, ledger.RecordAudit(context.Background(), lookup.AuditEvent{Action: lookup.AuditFill, ID: id})}
	})
}

// finishFill calls the fill, or reports that the audit log could not be written.
func (s *Screen) finishFill(msg auditDoneMsg) tea.Cmd {
	switch {
	case msg.fillID != s.fill.id:
		return nil
	case msg.err != nil:
		s.fill.cancel()
		s.recall.reset()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Form.NotFilled, s.Messages.ErrorText(msg.err)))
	}
	s.fill.pending = false
	return msg.fill()
}

// maxUndo is the maximum number of changes that can be undone. undoLifetime is the time
// for which a change can be undone, so that personal data does not stay in memory.
const (
	maxUndo      = 20
	undoLifetime = 10 * time.Minute
)

// snapshot is the state of the form before a change other than typing.
type snapshot struct {
	at           time.Time
	query        juhe.Query
	withEndpoint bool // the change may include endpoint and regstatus
	focus        juhe.Factor
	caret        int // its position in the focused field
}

// differs reports whether the form has changed since the snapshot.
func (s snapshot) differs(now juhe.Query) bool {
	return s.query.Factors != now.Factors || s.withEndpoint && s.query != now
}

// undoStack has the changes that can be undone, newest last.
type undoStack []snapshot

func (u *undoStack) push(now snapshot) {
	if n := len(*u); n > 0 && (*u)[n-1].query == now.query {
		last := &(*u)[n-1]
		last.at, last.withEndpoint = now.at, last.withEndpoint || now.withEndpoint
		return
	}
	*u = append(*u, now)
	*u = (*u)[max(len(*u)-maxUndo, 0):]
}

// pop removes and returns the newest snapshot from which the form differs.
func (u *undoStack) pop(now juhe.Query) (before snapshot, ok bool) {
	for n := len(*u) - 1; n >= 0; n-- {
		before, *u = (*u)[n], (*u)[:n]
		if before.differs(now) {
			return before, true
		}
	}
	return before, false
}

// expire drops snapshots older than undoLifetime.
func (u *undoStack) expire(now time.Time) {
	*u = slices.DeleteFunc(*u, func(before snapshot) bool { return now.Sub(before.at) >= undoLifetime })
}

// snapshot returns the state before a change. Undo needs no entry in the audit log: the
// person that it restores was typed, or has an entry already.
func (f *fields) snapshot(withEndpoint bool) snapshot {
	return snapshot{f.Now(), f.query(), withEndpoint, f.focus, f.focused().Position()}
}

// undoLast reverts the last change, or cancels a pending fill.
func (s *Screen) undoLast() tea.Cmd {
	if s.fill.pending || s.recall.loading {
		s.fill.cancel()
		s.recall.reset()
	} else if before, ok := s.undo.pop(s.Query()); ok {
		s.recall.reset()
		if before.withEndpoint {
			s.fields.api, s.fields.regstatus = before.query.API, before.query.Regstatus
		}
		s.setFactors(before.query.Factors, before.focus)
		s.fields.focused().SetCursor(before.caret)
	} else {
		return widget.Notify(widget.Note, s.Messages.Paste.NothingToUndo)
	}
	return widget.Notify(widget.Note, s.Messages.Paste.Undone)
}
