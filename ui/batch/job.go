package batch

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// job is what takes time and costs nothing: to open a file, to plan, to export.
// There is never a second one. Esc ends it by its context, and the screen waits
// until it has ended: a run that is still open here could not be taken up again.
type job struct {
	id        int
	cancel    context.CancelFunc // nil if there is none
	cancelled bool
	what      string // in words
	frame     int    // of the spinner; it shows from the first one on
}

func (j *job) underWay() bool { return j.cancel != nil }

func (j *job) stop() {
	j.cancel()
	j.cancelled = true
}

// begin begins a job: do is its command, whose message says id.
func (s *Screen) begin(what string, do func(ctx context.Context, id int) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	s.job = job{id: s.job.id + 1, cancel: cancel, what: what}
	id := s.job.id
	return tea.Batch(s.nextJobTick(), s.work(func() tea.Msg { return do(ctx, id) }))
}

// finish ends the job if it is the one of that id, and tells whether it is.
func (s *Screen) finish(id int) bool {
	if !s.job.underWay() || id != s.job.id {
		return false
	}
	s.job.cancel()
	s.job.cancel = nil
	return true
}

// work makes a command that Close waits for.
func (s *Screen) work(do func() tea.Msg) tea.Cmd {
	s.works.Add(1)
	return func() tea.Msg {
		defer s.works.Done()
		return do()
	}
}

type jobTickMsg struct{ id int }

const tickEvery = 100 * time.Millisecond

func (s *Screen) nextJobTick() tea.Cmd {
	id := s.job.id
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return jobTickMsg{id} })
}

func (s *Screen) tickJob(msg jobTickMsg) tea.Cmd {
	if !s.job.underWay() || msg.id != s.job.id {
		return nil
	}
	s.job.frame++
	return s.nextJobTick()
}
