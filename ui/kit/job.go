package kit

import (
	"context"
	"io"
	"os"
	"os/signal"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// Job is the console as a shell's job: it is stopped and goes on. Bubble Tea knows
// only of a stop that it has asked for itself, and after any other one the terminal
// is in the shell's mode, with the shell's text on the screen.
type Job struct {
	keyboard *Keyboard
	stops    chan os.Signal
	goesOn   chan os.Signal
	resumed  chan struct{}
	mouse    bool
}

// NewJob makes one. With mouse its events are asked for again.
func NewJob(k *Keyboard, mouse bool) *Job {
	return &Job{
		keyboard: k, stops: make(chan os.Signal, 1), goesOn: make(chan os.Signal, 1), resumed: make(chan struct{}), mouse: mouse,
	}
}

// Suspend is the command that gives the terminal back and stops, as Ctrl+Z does in
// a shell. Where nobody can continue it, the system does not stop it.
func (j *Job) Suspend() tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(hold{j, true}, j.after)()
}

// redraw takes the terminal anew, with its modes, its size and the whole frame.
func (j *Job) redraw() tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(hold{j, false}, j.after)()
}

// after asks for what Bubble Tea forgets.
func (j *Job) after(error) tea.Msg {
	if j.mouse {
		return tea.EnableMouseCellMotion()
	}
	return nil
}

// Watch stops and redraws the console as the system's signals say, until ctx ends.
func (j *Job) Watch(ctx context.Context, send func(tea.Msg)) {
	if !signal.Ignored(unix.SIGTSTP) {
		signal.Notify(j.stops, unix.SIGTSTP)
	}
	signal.Notify(j.goesOn, unix.SIGCONT)
	go j.watch(ctx, send)
}

func (j *Job) watch(ctx context.Context, send func(tea.Msg)) {
	defer signal.Stop(j.stops)
	defer signal.Stop(j.goesOn)
	for {
		select {
		case <-ctx.Done():
			return
		case <-j.stops:
			send(j.Suspend())
		case <-j.goesOn:
			select {
			case j.resumed <- struct{}{}:
			default:
				send(j.redraw())
			}
		}
	}
}

// stop stops the whole group, as the terminal's own Ctrl+Z does, and returns when it
// goes on, or soon, if nobody could continue it.
func (j *Job) stop() {
	signal.Reset(unix.SIGTSTP)
	defer signal.Notify(j.stops, unix.SIGTSTP)
	if err := unix.Kill(0, unix.SIGTSTP); err != nil {
		return
	}
	select {
	case <-j.resumed:
	case <-time.After(300 * time.Millisecond):
	}
}

// hold is what Bubble Tea leaves the terminal to.
type hold struct {
	job  *Job
	stop bool
}

// Run stops if that was asked for, and then reads keys again.
func (h hold) Run() error {
	if h.stop {
		h.job.stop()
	}
	return h.job.keyboard.Resume()
}

// SetStdin has nothing to set, and neither have the others.
func (hold) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (hold) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (hold) SetStderr(io.Writer) {}
