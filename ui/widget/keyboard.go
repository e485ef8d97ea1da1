package widget

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// Keyboard stands between the terminal and Bubble Tea, which takes the end of what
// has come for the end of a key, and the answers of a terminal for keys. It knows
// when each byte came, so that a paste is one even where the terminal does not mark
// it, and hands on whole keys only.
//
// It has no Name, on purpose: so Bubble Tea sets the terminal's modes by Fd, and
// leaves the waiting to Read.
type Keyboard struct {
	file    *os.File
	now     func() time.Time
	send    func(tea.Msg)
	decoder decoder

	events chan keyEvent
	rest   []byte // of the press at hand
	closed chan struct{}

	mu      sync.Mutex
	wake    *os.File // ends the wait for input
	stopped chan struct{}
	paused  chan struct{} // closed while Read must not wait
}

// KeyboardOptions are what a keyboard needs beside the terminal.
type KeyboardOptions struct {
	Now   func() time.Time
	Send  func(tea.Msg) // takes a paste, and [MaybePastedMsg], before the keys behind are read
	Mouse bool          // events of the mouse are wanted
}

// MaybePastedMsg tells that the next key has come together with text, or is a character that
// has come together with a key, as nobody types: it may be a part of something that
// was pasted.
type MaybePastedMsg struct{}

// NewKeyboard reads from a terminal. Close ends that.
func NewKeyboard(f *os.File, o KeyboardOptions) (*Keyboard, error) {
	k := &Keyboard{
		file: f, now: o.Now, send: o.Send, decoder: decoder{scanner: scanner{mouse: o.Mouse}},
		events: make(chan keyEvent, 64), closed: make(chan struct{}), paused: make(chan struct{}),
	}
	return k, k.Resume()
}

// Fd is the terminal's.
func (k *Keyboard) Fd() uintptr { return k.file.Fd() }

// Write writes to the terminal. Bubble Tea does not.
func (k *Keyboard) Write(p []byte) (int, error) { return k.file.Write(p) }

// Closed is closed when the terminal gives nothing more.
func (k *Keyboard) Closed() <-chan struct{} { return k.closed }

// Read gives one key, or one piece of typed text, once it has come whole. It gives
// nothing while the keyboard is paused.
func (k *Keyboard) Read(p []byte) (int, error) {
	for len(k.rest) == 0 {
		k.mu.Lock()
		paused := k.paused
		k.mu.Unlock()
		select {
		case next := <-k.events:
			switch {
			case next.isPaste:
				k.send(pasteMsg(next.text))
			case next.maybePasted:
				k.send(MaybePastedMsg{})
			default:
				k.rest = next.keys
			}
		case <-k.closed:
			return 0, io.EOF
		case <-paused:
			<-time.After(time.Millisecond) // Bubble Tea asks again until it is done here
			return 0, nil
		}
	}
	n := min(len(k.rest), len(p)-1) // a full buffer would be waited on
	for n < len(k.rest) && n > 0 && !utf8.RuneStart(k.rest[n]) {
		n--
	}
	copy(p, k.rest[:n])
	k.rest = k.rest[n:]
	return n, nil
}

// pasteMsg is a paste as Bubble Tea gives one.
func pasteMsg(text string) tea.KeyMsg {
	msg := tea.KeyMsg{Type: tea.KeyRunes, Paste: true}
	for _, r := range text {
		if r != utf8.RuneError {
			msg.Runes = append(msg.Runes, r)
		}
	}
	return msg
}

// Pause leaves the terminal to another program, until Resume.
func (k *Keyboard) Pause() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.wake == nil {
		return
	}
	close(k.paused)
	k.wake.Close()
	<-k.stopped
	k.wake = nil
}

// Resume reads from the terminal again.
func (k *Keyboard) Resume() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.wake != nil {
		return nil
	}
	awake, wake, err := os.Pipe()
	if err != nil {
		return err
	}
	k.wake, k.stopped, k.paused = wake, make(chan struct{}), make(chan struct{})
	go k.readLoop(awake, k.stopped, k.paused)
	return nil
}

// Close ends the reading.
func (k *Keyboard) Close() error {
	k.Pause()
	return nil
}

// readLoop reads as long as it is not woken up, and hands on what has come.
func (k *Keyboard) readLoop(awake *os.File, done, paused chan struct{}) {
	defer close(done)
	defer awake.Close()
	chunk := make([]byte, 4096)
	for {
		ready, woken, err := readable(int(k.file.Fd()), int(awake.Fd()), k.waitLimit())
		n := 0
		if ready && err == nil {
			n, err = k.file.Read(chunk)
		}
		now := k.now()
		var out []keyEvent
		switch {
		case woken && !ready:
			return
		case err != nil:
			close(k.closed)
			return
		case ready:
			out = k.decoder.decode(chunk[:n], now)
		default:
			out = k.decoder.expire(now)
		}
		for _, p := range out {
			select {
			case k.events <- p:
			case <-paused:
				return
			}
		}
	}
}

// waitLimit is how long the rest of something is waited for; negative if nothing is.
func (k *Keyboard) waitLimit() time.Duration {
	at, waits := k.decoder.deadline()
	if !waits {
		return -1
	}
	return max(at.Sub(k.now()), 0)
}

// readable waits until something can be read from one of two files, but not longer
// than so long, if that is not negative.
func readable(file, wake int, wait time.Duration) (ready, woken bool, err error) {
	var set unix.FdSet
	set.Set(file)
	set.Set(wake)
	var left *unix.Timeval
	if wait >= 0 {
		tv := unix.NsecToTimeval(wait.Nanoseconds())
		left = &tv
	}
	_, err = unix.Select(max(file, wake)+1, &set, nil, nil, left)
	if errors.Is(err, unix.EINTR) {
		return false, false, nil
	}
	return err == nil && set.IsSet(file), err == nil && set.IsSet(wake), err
}
