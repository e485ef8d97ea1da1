package batch

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// draft is a run that has not started. Its input is open, unless that has failed.
type draft struct {
	request   engine.Request
	run       *engine.Run
	fileState fileState    // when the input was opened
	id        lookup.RunID // of a resumed run
	resend    bool
}

// fileState detects changes of a file.
type fileState struct {
	size   int64
	at     time.Time
	folder bool
}

func readFileState(path string) fileState {
	info, err := os.Stat(path)
	if err != nil {
		return fileState{}
	}
	return fileState{info.Size(), info.ModTime(), info.IsDir()}
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

// openInput opens the input of a new run. If the same file was opened before, its
// settings are used again. openInput suggests an output.
func (s *Screen) openInput(q engine.Request) tea.Cmd {
	q.HeaderRow, q.API, q.Regstatus = engine.DetectHeader, s.Query.API, s.Query.Regstatus
	b, suffix, folder, base := s.Runner, s.Messages.Batch.Suffix, s.outputFolder(q.InputPath), s.newBaseName(q)
	previous := s.previous
	if previous != nil && previous.request.InputPath != q.InputPath {
		previous = nil
	}
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		d := &draft{fileState: readFileState(q.InputPath)}
		if previous != nil && previous.fileState != d.fileState {
			previous = nil
		}
		if previous != nil {
			q = previous.request
		}
		q.OutputPath = freeOutputPath(folder, base, suffix)
		err := d.open(ctx, b, q)
		return openedMsg{id: id, draft: d, previous: previous, err: err}
	})
}

// reopenInput opens the input of the columns page with another setting.
func (s *Screen) reopenInput(c reopen) tea.Cmd {
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		d, err := c.open(ctx)
		return openedMsg{id: id, draft: d, plan: c.plan, err: err}
	})
}

// resumeRun opens an unfinished run for its plan.
func (s *Screen) resumeRun(c resume) tea.Cmd {
	if s.IsRunning() {
		return s.notifyOneRun()
	}
	b := s.Runner
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		run, err := b.Resume(ctx, c.run, c.resend)
		return openedMsg{id: id, draft: &draft{run: run, id: c.run, resend: c.resend}, err: err}
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
	isCurrent := s.finishTask(msg.id)
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
		s.columns = newColumnsPage(s.common)
	}
	s.columns.take(d, msg.previous, msg.plan)
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
	case s.page == &s.picker && msg.draft.fileState.folder:
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
