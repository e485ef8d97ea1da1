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

// JobControl suspends and resumes the console as a shell's job. Bubble Tea handles
// only suspensions that it requested itself; after any other one the terminal is in
// the shell's mode with the shell's output on the screen.
type JobControl struct {
	keyboard  *Keyboard
	stops     chan os.Signal
	continues chan os.Signal
	resumed   chan struct{}
	stopping  atomic.Bool
	mouse     bool
}

// NewJobControl returns a job control for k. mouse reports whether mouse events are
// enabled again after a suspension.
func NewJobControl(k *Keyboard, mouse bool) *JobControl {
	return &JobControl{
		keyboard: k, stops: make(chan os.Signal, 1), continues: make(chan os.Signal, 1), resumed: make(chan struct{}, 1), mouse: mouse,
	}
}

// NoShellMsg reports that Ctrl+Z has no effect because no shell could resume the
// console.
type NoShellMsg struct{}

// Suspend is a command that releases the terminal and stops the job, like Ctrl+Z in a
// shell.
func (j *JobControl) Suspend() tea.Msg {
	// A shell runs each job in a process group of its own.
	if sid, err := unix.Getsid(0); err != nil || sid == unix.Getpgrp() {
		return NoShellMsg{}
	}
	return j.suspend(0)
}

// suspend releases the terminal and stops a process, or the whole group if pid is 0.
func (j *JobControl) suspend(pid int) tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(shellCommand(func() error { return errors.Join(j.stop(pid), j.keyboard.Resume()) }), j.restoreMouse)()
}

// redraw restores the terminal's modes and redraws the whole frame at the current
// size.
func (j *JobControl) redraw() tea.Msg {
	j.keyboard.Pause()
	return tea.Exec(shellCommand(j.keyboard.Resume), j.restoreMouse)()
}

// restoreMouse enables mouse events again, which Bubble Tea does not.
func (j *JobControl) restoreMouse(error) tea.Msg {
	if j.mouse {
		return tea.EnableMouseCellMotion()
	}
	return nil
}

// Watch suspends and redraws the console on SIGTSTP and SIGCONT until ctx is done.
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

// stop stops a process, or the group, and returns when it is resumed. It uses SIGSTOP
// because the Go runtime ignores the default action of a SIGTSTP that is caught.
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

// shellCommand is the tea.ExecCommand that runs while Bubble Tea has released the
// terminal.
type shellCommand func() error

// Run runs the command.
func (run shellCommand) Run() error { return run() }

// SetStdin does nothing.
func (shellCommand) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (shellCommand) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (shellCommand) SetStderr(io.Writer) {}
