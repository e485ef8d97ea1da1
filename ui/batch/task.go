package batch

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
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
	return tea.Batch(s.nextTaskTick(), s.track(func() tea.Msg { return do(ctx, id) }))
}

// finishTask ends the task with this id and reports whether it was the current one.
func (s *Screen) finishTask(id int) bool {
	if !s.task.isActive() || id != s.task.id {
		return false
	}
	s.task.cancel()
	s.task.cancel = nil
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

func (s *Screen) nextTaskTick() tea.Cmd {
	id := s.task.id
	return tea.Tick(tickInterval, func(time.Time) tea.Msg { return taskTickMsg{id} })
}

func (s *Screen) onTaskTick(msg taskTickMsg) tea.Cmd {
	if !s.task.isActive() || msg.id != s.task.id {
		return nil
	}
	s.task.frame++
	return s.nextTaskTick()
}
