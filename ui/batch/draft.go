package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// draft is a run that has not begun: it is opened, its columns are said, it is
// planned, and at last it is asked whether to pay for it.
type draft struct {
	request engine.Request
	run     *engine.Run
	id      lookup.RunID // of a run that is taken up again
	resend  bool

	columns [4]int
	touched bool // the operator has said where something is
	focus   int
	letters string // of a column, so far
	out     widget.Field
	outSaid string // the output that was proposed

	plan   engine.Plan
	faults faultText
	number widget.Field // how many calls, typed
	notice notice
	whole  bool  // that the whole table has a fault was agreed to
	stamp  stamp // of the file, when it was opened
}

// stamp tells two states of a file apart.
type stamp struct {
	size   int64
	at     time.Time
	folder bool
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime(), info.IsDir()}
}

func newDraft(q juhe.Query) *draft {
	return &draft{
		request: engine.Request{API: q.API, Regstatus: q.Regstatus}, out: newField(), number: widget.NewField(),
		columns: [4]int{-1, -1, -1, -1},
	}
}

// drop ends a draft that is not wanted any more. What was pasted for it goes.
func (s *Screen) drop() tea.Cmd {
	d := s.draft
	s.draft = nil
	if d != nil && d.run != nil {
		d.run.Close()
	}
	return nil
}

type openedMsg struct {
	id      int
	request engine.Request
	run     *engine.Run
	plan    bool // it is to be planned next
	err     error
	stamp   stamp
	again   *draft // what was said of the same file before
}

// open opens the input of a draft, perhaps again with something changed. Where
// no output is said one is proposed.
func (s *Screen) open(q engine.Request, plan bool) tea.Cmd {
	if s.job.underWay() {
		return nil
	}
	b, suffix, folder, base := s.Batch, s.Words.Batch.Suffix, s.outFolder(q.Path), s.newBase(q)
	again := s.earlier
	if s.page != pagePick || again == nil || again.request.Path != q.Path {
		again = nil
	}
	return s.begin(s.Words.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		is := stampOf(q.Path)
		if again != nil && again.stamp != is {
			again = nil
		}
		if again != nil {
			q = again.request
			q.Out = ""
		}
		if q.Out == "" {
			q.Out = beside(folder, base, suffix)
		}
		run, q, err := find(ctx, b, q)
		return openedMsg{id, q, run, plan, err, is, again}
	})
}

// find opens an input, and finds out what nobody has said: which sheet of a
// workbook has a table, and whether that has a header.
func find(ctx context.Context, b Batch, q engine.Request) (*engine.Run, engine.Request, error) {
	run, err := b.Open(ctx, q)
	if isOut(err) && q.Head == engine.Find { // what was asked for was the input
		out := q.Out
		q.Out = ""
		run, err = b.Open(ctx, q)
		q.Out = out
	}
	// On a cover there is nothing below the first row: it is on another sheet.
	const covers = 9
	for n := 2; n <= covers && is(err, engine.ProblemNoRow) && q.Sheet == ""; n++ {
		other := q
		other.Sheet = strconv.Itoa(n)
		there, otherErr := b.Open(ctx, other)
		if there != nil {
			run, q, err = there, other, otherErr
		}
	}
	if run != nil && err != nil && q.Head == engine.Find && engine.IsData(run.Head()) {
		run.Close() // there is no header: the first row is one of many
		q.Head = 0
		run, err = b.Open(ctx, q)
	}
	return run, q, err
}

// opened takes an opened input, or says why there is none.
func (s *Screen) opened(msg openedMsg) tea.Cmd {
	if !s.finish(msg.id) {
		if msg.run != nil {
			msg.run.Close()
		}
		return nil
	}
	d := s.draft
	switch {
	case msg.run == nil && s.job.cancelled:
		return s.unopened()
	case msg.run == nil:
		return s.cannotOpen(msg)
	case d.run != nil:
		d.run.Close()
	}
	d.run, d.request, d.stamp = msg.run, msg.request, msg.stamp
	if d.id != 0 { // its columns are known
		return s.startPlan()
	}
	kept := msg.run.Kept()
	d.request.Head, d.request.Sheet = kept.HeaderRow, kept.Sheet
	if msg.again != nil {
		d.columns, d.touched = msg.again.columns, msg.again.touched
		if out := msg.again.out.Value(); out != msg.again.outSaid {
			d.out.SetValue(out)
		}
	} else if !d.touched && !msg.plan {
		d.columns = msg.run.Guess()
	}
	if d.out.Value() == "" || d.out.Value() == d.outSaid {
		d.outSaid = s.short(msg.request.Out)
		d.out.SetValue(d.outSaid)
	}
	if s.page != pageColumns {
		s.page = pageColumns
		s.focusRow(s.firstRow())
	}
	s.layout()
	if msg.plan {
		return s.checked()
	}
	return nil
}

// unopened goes back to where nothing has been opened yet.
func (s *Screen) unopened() tea.Cmd {
	if s.draft.run == nil {
		return s.drop()
	}
	s.draft.undo()
	return nil
}

// undo shows the request that the open input is of.
func (d *draft) undo() {
	kept := d.run.Kept()
	d.request.API, d.request.Regstatus = kept.Query.API, kept.Query.Regstatus
	d.request.Head, d.request.Sheet = kept.HeaderRow, kept.Sheet
}

// cannotOpen says why an input cannot be opened, there where it was chosen.
func (s *Screen) cannotOpen(msg openedMsg) tea.Cmd {
	d, text := s.draft, s.errorText(msg.err)
	if isOut(msg.err) && d.run != nil {
		d.undo()
		s.focusRow(rowOut)
		return widget.Notify(widget.Error, text)
	}
	switch {
	case d.run != nil:
		d.undo()
	case s.page == pagePick && msg.stamp.folder:
		return tea.Batch(s.drop(), s.enter())
	case s.page == pagePick:
		s.pick.problem = text
		return s.drop()
	default:
		return tea.Batch(widget.Notify(widget.Error, text), s.drop())
	}
	return widget.Notify(widget.Error, text)
}

// is tells whether an error is one of these problems.
func is(err error, problems ...engine.Problem) bool {
	var e *engine.Error
	return errors.As(err, &e) && slices.Contains(problems, e.Problem)
}

// isOut tells whether it is the output that has to be another one.
func isOut(err error) bool {
	return is(err, engine.ProblemOutKind, engine.ProblemOutInput, engine.ProblemOutThere, engine.ProblemOutFail, engine.ProblemOutName)
}

// takeUp begins to go on with a run that is not finished.
func (s *Screen) takeUp(id lookup.RunID, resend bool) tea.Cmd {
	switch {
	case s.UnderWay():
		return s.oneAtATime()
	case s.job.underWay():
		return nil
	}
	s.draft = newDraft(s.Query)
	s.draft.id, s.draft.resend = id, resend
	b := s.Batch
	return s.begin(s.Words.Batch.Opening, func(ctx context.Context, job int) tea.Msg {
		run, err := b.Resume(ctx, id, resend)
		return openedMsg{id: job, run: run, err: err}
	})
}

// errorText says why something failed.
func (s *Screen) errorText(err error) string {
	var cred *juhe.CredentialError
	switch {
	case errors.As(err, &cred) && cred.Name == "openid":
		return fmt.Sprintf(s.Words.Form.BadOpenid, juhe.Harmless(cred.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	case errors.As(err, &cred):
		return fmt.Sprintf(s.Words.Form.BadKey, juhe.Harmless(cred.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	}
	return engine.ErrorText(s.Words, err)
}
