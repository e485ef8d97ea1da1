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

	columns         [juhe.NumFactors]int
	columnsEdited   bool // the operator has said where something is
	focused         int
	typedLetters    string // of a column, so far
	output          widget.Field
	suggestedOutput string // the output that was proposed

	plan                engine.Plan
	issueLines          issueLines
	number              widget.Field // how many calls, typed
	question            question
	tableFaultConfirmed bool      // that the whole table has a fault was agreed to
	fileState           fileState // of the file, when it was opened
}

// fileState tells two states of a file apart.
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

func newDraft(q juhe.Query) *draft {
	return &draft{
		request: engine.Request{API: q.API, Regstatus: q.Regstatus}, output: newField(), number: widget.NewField(),
		columns: [juhe.NumFactors]int{-1, -1, -1, -1},
	}
}

// dropDraft ends a draft that is not wanted any more. What was pasted for it goes.
func (s *Screen) dropDraft() tea.Cmd {
	d := s.draft
	s.draft = nil
	if d != nil && d.run != nil {
		d.run.Close()
	}
	return nil
}

type openedMsg struct {
	id        int
	request   engine.Request
	run       *engine.Run
	plan      bool // it is to be planned next
	err       error
	fileState fileState
	previous  *draft // what was said of the same file before
}

// openInput opens the input of a draft, perhaps again with something changed. Where
// no output is said one is proposed.
func (s *Screen) openInput(q engine.Request, plan bool) tea.Cmd {
	if s.task.isActive() {
		return nil
	}
	b, suffix, folder, base := s.Runner, s.Words.Batch.Suffix, s.outputFolder(q.InputPath), s.newBaseName(q)
	again := s.previous
	if s.page != pagePick || again == nil || again.request.InputPath != q.InputPath {
		again = nil
	}
	return s.startTask(s.Words.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		is := readFileState(q.InputPath)
		if again != nil && again.fileState != is {
			again = nil
		}
		if again != nil {
			q = again.request
			q.OutputPath = ""
		}
		if q.OutputPath == "" {
			q.OutputPath = freeOutputPath(folder, base, suffix)
		}
		run, q, err := detectInput(ctx, b, q)
		return openedMsg{id, q, run, plan, err, is, again}
	})
}

// detectInput opens an input, and finds out what nobody has said: which sheet of a
// workbook has a table, and whether that has a header.
func detectInput(ctx context.Context, b Runner, q engine.Request) (*engine.Run, engine.Request, error) {
	run, err := b.Open(ctx, q)
	if isOutputError(err) && q.HeaderRow == engine.DetectHeader { // what was asked for was the input
		out := q.OutputPath
		q.OutputPath = ""
		run, err = b.Open(ctx, q)
		q.OutputPath = out
	}
	// On a cover there is nothing below the first row: it is on another sheet.
	const covers = 9
	for n := 2; n <= covers && hasProblem(err, engine.ProblemNoRow) && q.Sheet == ""; n++ {
		other := q
		other.Sheet = strconv.Itoa(n)
		there, otherErr := b.Open(ctx, other)
		if there != nil {
			run, q, err = there, other, otherErr
		}
	}
	if run != nil && err != nil && q.HeaderRow == engine.DetectHeader && engine.IsDataRow(run.Header()) {
		run.Close() // there is no header: the first row is one of many
		q.HeaderRow = 0
		run, err = b.Open(ctx, q)
	}
	return run, q, err
}

// onOpened takes an opened input, or says why there is none.
func (s *Screen) onOpened(msg openedMsg) tea.Cmd {
	if !s.finishTask(msg.id) {
		if msg.run != nil {
			msg.run.Close()
		}
		return nil
	}
	d := s.draft
	switch {
	case msg.run == nil && s.task.cancelled:
		return s.cancelOpen()
	case msg.run == nil:
		return s.openFailed(msg)
	case d.run != nil:
		d.run.Close()
	}
	d.run, d.request, d.fileState = msg.run, msg.request, msg.fileState
	if d.id != 0 { // its columns are known
		return s.startPlan()
	}
	kept := msg.run.Record()
	d.request.HeaderRow, d.request.Sheet = kept.HeaderRow, kept.Sheet
	if msg.previous != nil {
		d.columns, d.columnsEdited = msg.previous.columns, msg.previous.columnsEdited
		if out := msg.previous.output.Value(); out != msg.previous.suggestedOutput {
			d.output.SetValue(out)
		}
	} else if !d.columnsEdited && !msg.plan {
		d.columns = msg.run.GuessColumns()
	}
	if d.output.Value() == "" || d.output.Value() == d.suggestedOutput {
		d.suggestedOutput = s.shortPath(msg.request.OutputPath)
		d.output.SetValue(d.suggestedOutput)
	}
	if s.page != pageColumns {
		s.page = pageColumns
		s.focusSetting(s.firstUnmapped())
	}
	s.layout()
	if msg.plan {
		return s.planDraft()
	}
	return nil
}

// cancelOpen goes back to where nothing has been opened yet.
func (s *Screen) cancelOpen() tea.Cmd {
	if s.draft.run == nil {
		return s.dropDraft()
	}
	s.draft.resetRequest()
	return nil
}

// resetRequest shows the request that the open input is of.
func (d *draft) resetRequest() {
	kept := d.run.Record()
	d.request.API, d.request.Regstatus = kept.Query.API, kept.Query.Regstatus
	d.request.HeaderRow, d.request.Sheet = kept.HeaderRow, kept.Sheet
}

// openFailed says why an input cannot be opened, there where it was chosen.
func (s *Screen) openFailed(msg openedMsg) tea.Cmd {
	d, text := s.draft, s.errorText(msg.err)
	if isOutputError(msg.err) && d.run != nil {
		d.resetRequest()
		s.focusSetting(settingOutput)
		return widget.Notify(widget.Error, text)
	}
	switch {
	case d.run != nil:
		d.resetRequest()
	case s.page == pagePick && msg.fileState.folder:
		return tea.Batch(s.dropDraft(), s.enterFolder())
	case s.page == pagePick:
		s.picker.problem = text
		return s.dropDraft()
	default:
		return tea.Batch(widget.Notify(widget.Error, text), s.dropDraft())
	}
	return widget.Notify(widget.Error, text)
}

// hasProblem tells whether an error is one of these problems.
func hasProblem(err error, problems ...engine.Problem) bool {
	var e *engine.Error
	return errors.As(err, &e) && slices.Contains(problems, e.Problem)
}

// isOutputError tells whether it is the output that has to be another one.
func isOutputError(err error) bool {
	return hasProblem(err, engine.ProblemOutFormat, engine.ProblemOutInput, engine.ProblemOutExists, engine.ProblemOutFail, engine.ProblemOutName)
}

// resumeRun begins to go on with a run that is not finished.
func (s *Screen) resumeRun(id lookup.RunID, resend bool) tea.Cmd {
	switch {
	case s.IsRunning():
		return s.notifyOneRun()
	case s.task.isActive():
		return nil
	}
	s.draft = newDraft(s.Query)
	s.draft.id, s.draft.resend = id, resend
	b := s.Runner
	return s.startTask(s.Words.Batch.Opening, func(ctx context.Context, job int) tea.Msg {
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
