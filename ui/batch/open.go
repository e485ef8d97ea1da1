package batch

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// draft is a run that has not started. Its input is open, unless that has failed.
type draft struct {
	request engine.Request
	run     *engine.Run
	file    fs.FileInfo  // when it was opened; nil for pasted rows and in a failure
	id      lookup.RunID // of a resumed run
	resend  bool
}

// newDraft returns a draft whose input is not open yet.
func newDraft(input string) *draft {
	d := &draft{}
	d.file, _ = os.Stat(input)
	return d
}

// isUnchanged reports whether a file is as it was for another draft.
func (d *draft) isUnchanged(since *draft) bool {
	return d.file != nil && since.file != nil && d.file.Size() == since.file.Size() && d.file.ModTime().Equal(since.file.ModTime())
}

// dropDraft closes the draft.
func (s *Screen) dropDraft() {
	if s.draft != nil {
		s.draft.run.Close()
		s.draft = nil
	}
}

type openedMsg struct {
	id       int
	draft    *draft
	previous *columnsPage // earlier page of the same file
	plan     bool         // plan it next
	err      error
}

// startOpening opens an input in a task.
func (s *Screen) startOpening(open func(context.Context, *openedMsg)) tea.Cmd {
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		msg := openedMsg{id: id}
		open(ctx, &msg)
		return msg
	})
}

// openInput opens the input of a new run. If the same file was opened before, its
// settings are used again. openInput suggests an output.
func (s *Screen) openInput(q engine.Request) tea.Cmd {
	q.HeaderRow, q.API, q.Regstatus = engine.DetectHeader, s.Query.API, s.Query.Regstatus
	b, previous, suffix := s.Runner, s.previous, s.Messages.Batch.Suffix
	folder, base := s.outputName(q.InputPath)
	if q.InputPath == "" {
		base += s.Now().Format(timestamp)
	}
	return s.startOpening(func(ctx context.Context, msg *openedMsg) {
		msg.draft = newDraft(q.InputPath)
		if previous != nil && previous.request.InputPath == q.InputPath && msg.draft.isUnchanged(previous.draft) {
			msg.previous, q = previous, previous.request
		}
		q.OutputPath = freeOutputPath(folder, base, suffix)
		msg.err = msg.draft.open(ctx, b, q)
	})
}

// reopenInput opens the input of the columns page with another setting.
func (s *Screen) reopenInput(c reopen) tea.Cmd {
	return s.startOpening(func(ctx context.Context, msg *openedMsg) {
		msg.plan = c.plan
		msg.draft, msg.err = c.open(ctx)
	})
}

// resumeRun opens an unfinished run for its plan.
func (s *Screen) resumeRun(c resume) tea.Cmd {
	if s.IsRunning() {
		return widget.Notify(widget.Warn, s.Messages.Batch.OneAtATime)
	}
	b := s.Runner
	return s.startOpening(func(ctx context.Context, msg *openedMsg) {
		msg.draft = &draft{id: c.run, resend: c.resend}
		msg.draft.run, msg.err = b.Resume(ctx, c.run, c.resend)
	})
}

// open opens the input and detects what the request leaves open: the sheet with a table
// and whether it has a header.
func (d *draft) open(ctx context.Context, b Runner, q engine.Request) error {
	run, err := b.Open(ctx, q)
	if isOutputError(err) && q.HeaderRow == engine.DetectHeader { // open the input first
		out := q.OutputPath
		q.OutputPath = ""
		run, err = b.Open(ctx, q)
		q.OutputPath = out
	}
	// A cover sheet has nothing below its first row.
	const covers = 9
	for n := 2; n <= covers && hasProblem(err, engine.ProblemNoRow) && q.Sheet == ""; n++ {
		other := q
		other.Sheet = strconv.Itoa(n)
		there, otherErr := b.Open(ctx, other)
		if there != nil {
			run, q, err = there, other, otherErr
		}
	}
	if run != nil && err != nil && q.HeaderRow == engine.DetectHeader && detect.IsDataRow(run.Header().Texts) {
		run.Close() // no header: the first row is data
		q.HeaderRow = 0
		run, err = b.Open(ctx, q)
	}
	d.run, d.request = run, q
	return err
}

// onOpened takes an opened input, or reports why it could not be opened.
func (s *Screen) onOpened(msg openedMsg) tea.Cmd {
	d := msg.draft
	isCurrent := s.task.finish(msg.id)
	switch {
	case !isCurrent && d.run != nil:
		d.run.Close()
		return nil
	case !isCurrent || d.run == nil && s.task.cancelled:
		return nil
	case d.run == nil:
		return s.openFailed(msg)
	}
	reopened := s.page == s.columns
	if reopened {
		s.draft.run.Close()
	}
	if s.draft = d; d.id != 0 { // a resumed run has its columns
		return s.startPlan()
	}
	if !reopened {
		s.columns = cmp.Or(msg.previous, &columnsPage{common: s.common, output: newField(), columns: detect.NoColumns()})
	}
	s.columns.take(d, msg.plan || msg.previous != nil)
	if !reopened {
		s.columns.focus(s.columns.firstUnmapped())
	}
	s.show(s.columns)
	if msg.plan {
		return s.act(s.columns.plan())
	}
	return nil
}

// openFailed reports an error on the page where the input was chosen.
func (s *Screen) openFailed(msg openedMsg) tea.Cmd {
	text := s.errorText(msg.err)
	switch {
	case s.page == &s.picker && msg.draft.file != nil && msg.draft.file.IsDir():
		return s.picker.enterFolder()
	case s.page == &s.picker:
		s.picker.problem = text
		return nil
	case s.page == s.columns && isOutputError(msg.err):
		s.columns.focus(settingOutput)
	}
	return widget.Notify(widget.Error, text)
}

// hasProblem reports whether an error has one of these problems.
func hasProblem(err error, problems ...engine.Problem) bool {
	var e *engine.Error
	return errors.As(err, &e) && slices.Contains(problems, e.Problem)
}

// isOutputError reports whether an error requires another output.
func isOutputError(err error) bool {
	return hasProblem(err, engine.ProblemOutFormat, engine.ProblemOutInput, engine.ProblemOutExists, engine.ProblemOutFail, engine.ProblemOutName)
}
