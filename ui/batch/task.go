package batch

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// task is what takes time and costs nothing: to open a file, to plan, to export.
// There is never a second one. Esc ends it by its context, and the screen waits
// until it has ended: a run that is still open here could not be taken up again.
type task struct {
	id        int
	cancel    context.CancelFunc // nil if there is none
	cancelled bool
	label     string // in words
	frame     int    // of the spinner; it shows from the first one on
}

func (t *task) isActive() bool { return t.cancel != nil }

func (t *task) stop() {
	t.cancel()
	t.cancelled = true
}

// startTask begins a job: do is its command, whose message says id.
func (s *Screen) startTask(what string, do func(ctx context.Context, id int) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	s.task = task{id: s.task.id + 1, cancel: cancel, label: what}
	id := s.task.id
	return tea.Batch(s.nextTaskTick(), s.track(func() tea.Msg { return do(ctx, id) }))
}

// finishTask ends the job if it is the one of that id, and tells whether it is.
func (s *Screen) finishTask(id int) bool {
	if !s.task.isActive() || id != s.task.id {
		return false
	}
	s.task.cancel()
	s.task.cancel = nil
	return true
}

// track makes a command that Close waits for.
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
