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
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// draft is a run that has not started: its input is opened, its columns are mapped, and
// its plan is confirmed.
type draft struct {
	request engine.Request
	run     *engine.Run
	id      lookup.RunID // of a resumed run
	resend  bool

	columns         [juhe.NumFactors]int
	columnsEdited   bool // by the operator
	focused         int
	typedLetters    string // of a column name
	output          widget.Field
	suggestedOutput string

	plan                consent.Plan
	issueLines          issueLines
	number              widget.Field // typed number of calls
	askedAt             time.Time    // when the question appeared
	tableFaultConfirmed bool
	fileState           fileState // when the input was opened
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

func newDraft(q juhe.Query) *draft {
	return &draft{
		request: engine.Request{API: q.API, Regstatus: q.Regstatus}, output: newField(), number: widget.NewField(),
		columns: [juhe.NumFactors]int{-1, -1, -1, -1},
	}
}

// dropDraft closes the draft.
func (s *Screen) dropDraft() {
	d := s.draft
	s.draft = nil
	if d != nil && d.run != nil {
		d.run.Close()
	}
}

type openedMsg struct {
	id        int
	request   engine.Request
	run       *engine.Run
	plan      bool // plan it next
	err       error
	fileState fileState
	previous  *draft // earlier draft of the same file
}

// openInput opens the input of the draft, also after a change of its settings. It
// suggests an output if there is none.
func (s *Screen) openInput(q engine.Request, plan bool) tea.Cmd {
	if s.task.isActive() {
		return nil
	}
	b, suffix, folder, base := s.Runner, s.Messages.Batch.Suffix, s.outputFolder(q.InputPath), s.newBaseName(q)
	again := s.previous
	if s.page != pagePick || again == nil || again.request.InputPath != q.InputPath {
		again = nil
	}
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
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

// detectInput opens an input and detects what the request leaves open: the sheet with a
// table and whether it has a header.
func detectInput(ctx context.Context, b Runner, q engine.Request) (*engine.Run, engine.Request, error) {
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
	return run, q, err
}

// onOpened takes an opened input, or reports why it could not be opened.
func (s *Screen) onOpened(msg openedMsg) tea.Cmd {
	if !s.finishTask(msg.id) {
		if msg.run != nil {
			msg.run.Close()
		}
		return nil
	}
	d := s.draft
	switch {
	case msg.run == nil && s.task.cancelled && d.run == nil:
		s.dropDraft()
		return nil
	case msg.run == nil && s.task.cancelled:
		d.resetRequest()
		return nil
	case msg.run == nil:
		return s.openFailed(msg)
	case d.run != nil:
		d.run.Close()
	}
	d.run, d.request, d.fileState = msg.run, msg.request, msg.fileState
	if d.id != 0 { // a resumed run has its columns
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
		d.columns = msg.run.GuessColumns(ident.ScorePossible)
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

// resetRequest restores the request of the open input.
func (d *draft) resetRequest() {
	kept := d.run.Record()
	d.request.API, d.request.Regstatus = kept.Query.API, kept.Query.Regstatus
	d.request.HeaderRow, d.request.Sheet = kept.HeaderRow, kept.Sheet
}

// openFailed reports an error on the page where the input was chosen.
func (s *Screen) openFailed(msg openedMsg) tea.Cmd {
	d, text := s.draft, s.errorText(msg.err)
	if d.run == nil {
		s.dropDraft()
	} else {
		d.resetRequest()
	}
	switch {
	case d.run != nil && isOutputError(msg.err):
		s.focusSetting(settingOutput)
	case d.run == nil && s.page == pagePick && msg.fileState.folder:
		return s.enterFolder()
	case d.run == nil && s.page == pagePick:
		s.picker.problem = text
		return nil
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

// resumeRun opens an unfinished run for its plan.
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
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, job int) tea.Msg {
		run, err := b.Resume(ctx, id, resend)
		return openedMsg{id: job, run: run, err: err}
	})
}

// errorText returns the localized text of an error.
func (c *common) errorText(err error) string {
	var cred *juhe.CredentialError
	switch {
	case errors.As(err, &cred) && cred.Name == "openid":
		return fmt.Sprintf(c.Messages.Form.BadOpenid, juhe.Sanitize(cred.Err.Error()), c.Options.Keys.Name(keymap.ReplaceKey))
	case errors.As(err, &cred):
		return fmt.Sprintf(c.Messages.Form.BadKey, juhe.Sanitize(cred.Err.Error()), c.Options.Keys.Name(keymap.ReplaceKey))
	}
	return c.Messages.ErrorText(err)
}
