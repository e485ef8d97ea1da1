package widget

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// JobControl is the console as a shell's job: it is stopped and goes on. Bubble Tea knows
// only of a stop that it has asked for itself, and after any other one the terminal
// is in the shell's mode, with the shell's text on the screen.
type JobControl struct {
	keyboard  *Keyboard
	stops     chan os.Signal
	continues chan os.Signal
	resumed   chan struct{}
	stopping  atomic.Bool
	mouse     bool
}

// NewJobControl makes one. With mouse its events are asked for again.
func NewJobControl(k *Keyboard, mouse bool) *JobControl {
	return &JobControl{
		keyboard: k, stops: make(chan os.Signal, 1), continues: make(chan os.Signal, 1), resumed: make(chan struct{}, 1), mouse: mouse,
	}
}

// NoShellMsg tells that there is no shell that could continue what Ctrl+Z stops.
type NoShellMsg struct{}

// Suspend is the command that gives the terminal back and stops the job, as Ctrl+Z
// does in a shell.
func (j *JobControl) Suspend() tea.Msg {
	// A shell gives each job a group of its own.
	if sid, err := unix.Getsid(0); err != nil || sid == unix.Getpgrp() {
		return NoShellMsg{}
	}
	return j.suspend(0)
}

// suspend gives the terminal back and stops a process, or the group for 0.
func (j *JobControl) suspend(pid int) tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(shellCommand{j, true, pid}, j.restoreMouse)()
}

// redraw takes the terminal anew, with its modes, its size and the whole frame.
func (j *JobControl) redraw() tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(shellCommand{job: j}, j.restoreMouse)()
}

// restoreMouse asks for what Bubble Tea forgets.
func (j *JobControl) restoreMouse(error) tea.Msg {
	if j.mouse {
		return tea.EnableMouseCellMotion()
	}
	return nil
}

// Watch stops and redraws the console as the system's signals say, until ctx ends.
func (j *JobControl) Watch(ctx context.Context, send func(tea.Msg)) {
	if !signal.Ignored(unix.SIGTSTP) {
		signal.Notify(j.stops, unix.SIGTSTP)
	}
	signal.Notify(j.continues, unix.SIGCONT)
	go j.watch(ctx, send)
}

func (j *JobControl) watch(ctx context.Context, send func(tea.Msg)) {
	defer signal.Stop(j.stops)
	defer signal.Stop(j.continues)
	for {
		select {
		case <-ctx.Done():
			return
		case <-j.stops:
			send(j.suspend(unix.Getpid()))
		case <-j.continues:
			if !j.stopping.Load() {
				send(j.redraw())
				continue
			}
			select {
			case j.resumed <- struct{}{}:
			default:
			}
		}
	}
}

// stop stops a process, or the group, and returns when it goes on. The runtime would
// swallow SIGTSTP once it was asked for.
func (j *JobControl) stop(pid int) error {
	j.stopping.Store(true)
	defer j.stopping.Store(false)
	if err := unix.Kill(pid, unix.SIGSTOP); err != nil {
		return err
	}
	select {
	case <-j.resumed:
	case <-time.After(time.Second): // the first process of a container cannot be stopped
	}
	return nil
}

// shellCommand is what Bubble Tea leaves the terminal to.
type shellCommand struct {
	job  *JobControl
	stop bool
	pid  int
}

// Run stops if that was asked for, and then reads keys again.
func (h shellCommand) Run() error {
	var err error
	if h.stop {
		err = h.job.stop(h.pid)
	}
	return errors.Join(err, h.job.keyboard.Resume())
}

// SetStdin has nothing to set, and neither have the others.
func (shellCommand) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (shellCommand) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (shellCommand) SetStderr(io.Writer) {}
