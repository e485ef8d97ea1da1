package batch

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// task is an operation that takes time but costs nothing: open, plan or export. There
// is one at a time. Esc cancels its context, and the screen waits for its end, because
// a run that is still open here cannot be resumed.
type task struct {
	id        int
	cancel    context.CancelFunc // nil without a task
	cancelled bool
	label     string
	frame     int // of the spinner, shown from frame 1 on
}

func (t *task) isActive() bool { return t.cancel != nil }

func (t *task) stop() {
	t.cancel()
	t.cancelled = true
}

// startTask starts a task. do runs as a command; its message must carry id.
func (s *Screen) startTask(what string, do func(ctx context.Context, id int) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	s.task = task{id: s.task.id + 1, cancel: cancel, label: what}
	id := s.task.id
	return tea.Batch(tick(taskTickMsg{id}), s.track(func() tea.Msg { return do(ctx, id) }))
}

// finish ends the task with this id and reports whether it was the current one.
func (t *task) finish(id int) bool {
	if !t.isActive() || id != t.id {
		return false
	}
	t.cancel()
	t.cancel = nil
	return true
}

// track returns a command that Close waits for.
func (s *Screen) track(do func() tea.Msg) tea.Cmd {
	s.commands.Add(1)
	return func() tea.Msg {
		defer s.commands.Done()
		return do()
	}
}

type taskTickMsg struct{ id int }

const tickInterval = 100 * time.Millisecond

// tick returns a command that returns a message after tickInterval.
func tick(msg tea.Msg) tea.Cmd {
	return tea.Tick(tickInterval, func(time.Time) tea.Msg { return msg })
}

func (t *task) onTick(msg taskTickMsg) tea.Cmd {
	if !t.isActive() || msg.id != t.id {
		return nil
	}
	t.frame++
	return tick(msg)
}

// taskLines describes the task once it has taken a moment.
func (s *Screen) taskLines() []string {
	w, t := s.Messages.Batch, s.task
	if t.frame == 0 {
		return []string{"", ""}
	}
	if t.cancelled {
		return []string{s.pad(s.Theme.Dim.Render(w.Cancelling)), ""}
	}
	line := s.Theme.Accent.Render(s.Theme.SpinnerFrame(t.frame) + " " + t.label)
	if t.label == w.Planning {
		const cells = 20
		line += "  " + s.Theme.Bar(s.draft.run.Progress().ReadFraction, cells)
	}
	return []string{s.pad(line), s.pad(s.Hint(keymap.Back, s.Messages.History.Cancel))}
}

type plannedMsg struct {
	id   int
	plan engine.Plan
	err  error
}

// startPlan plans the draft.
func (s *Screen) startPlan() tea.Cmd {
	run := s.draft.run
	return s.startTask(s.Messages.Batch.Planning, func(ctx context.Context, id int) tea.Msg {
		plan, err := run.Plan(ctx)
		return plannedMsg{id, plan, err}
	})
}

// onPlanned shows the plan.
func (s *Screen) onPlanned(msg plannedMsg) tea.Cmd {
	if !s.task.finish(msg.id) {
		return nil
	}
	if msg.err == nil {
		s.plan = newPlanPage(s.common, s.draft, msg.plan)
		s.show(s.plan)
		return nil
	}
	replanned := s.page == s.plan // what it shows is not what the run would do any more
	switch {
	case s.draft.id != 0:
		if s.dropDraft(); replanned {
			s.show(&s.run)
		}
	case replanned:
		s.show(s.columns)
	}
	if s.task.wasCancelled(msg.err) {
		return nil
	}
	return widget.Notify(widget.Error, s.errorText(msg.err))
}

// wasCancelled reports whether the task ended with an error because the operator cancelled
// it.
func (t *task) wasCancelled(err error) bool {
	return t.cancelled && errors.Is(err, context.Canceled)
}

type exportedMsg struct {
	id   int
	path string
	rows int
	err  error
}

func (s *Screen) startExport(c exportTo) tea.Cmd {
	b := s.Runner
	return s.startTask(s.Messages.Batch.Exporting, func(ctx context.Context, id int) tea.Msg {
		rows, err := b.Export(ctx, c.run, c.path, c.unresolvedOnly)
		return exportedMsg{id, c.path, rows, err}
	})
}

// onExported reports the end of an export. After a failure the path can be edited.
func (s *Screen) onExported(msg exportedMsg) tea.Cmd {
	if !s.task.finish(msg.id) {
		return nil
	}
	w := s.Messages.Batch
	if msg.err != nil && !s.task.wasCancelled(msg.err) {
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.History.ExportFailed, s.errorText(msg.err)))
	}
	s.run.export = nil
	if msg.err != nil {
		return widget.Notify(widget.Note, s.Messages.History.ExportCancelled)
	}
	return widget.Notify(widget.Note, fmt.Sprintf(w.Exported, msg.rows, s.displayPath(msg.path)))
}
