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

// Keyboard reads the terminal for Bubble Tea, which takes the end of a read for the
// end of a key, and terminal reports for keys. Keyboard knows when each byte arrived.
// It recognises a paste that the terminal does not mark, and passes on only complete
// keys.
//
// It has no Name method on purpose: without one Bubble Tea sets the terminal's modes
// through Fd but calls Read without waiting for input itself.
type Keyboard struct {
	file    *os.File
	now     func() time.Time
	send    func(tea.Msg)
	decoder decoder

	events chan keyEvent
	rest   []byte // of the current event
	closed chan struct{}

	mu      sync.Mutex
	wake    *os.File // closing it ends the wait for input
	stopped chan struct{}
	paused  chan struct{} // closed while Read must not block
}

// KeyboardOptions configures a Keyboard.
type KeyboardOptions struct {
	Now   func() time.Time
	Send  func(tea.Msg) // receives pastes and [MaybePastedMsg] before the keys that follow are read
	Mouse bool          // mouse events are wanted
}

// MaybePastedMsg reports that the next key arrived together with text, or is a
// character that arrived together with a key. It may be part of a paste, because
// nobody types like that.
type MaybePastedMsg struct{}

// NewKeyboard starts reading from a terminal. Close stops it.
func NewKeyboard(f *os.File, o KeyboardOptions) (*Keyboard, error) {
	k := &Keyboard{
		file: f, now: o.Now, send: o.Send, decoder: decoder{scanner: scanner{mouse: o.Mouse}},
		events: make(chan keyEvent, 64), closed: make(chan struct{}), paused: make(chan struct{}),
	}
	return k, k.Resume()
}

// Fd returns the terminal's file descriptor.
func (k *Keyboard) Fd() uintptr { return k.file.Fd() }

// Write writes to the terminal. Bubble Tea requires it but does not call it.
func (k *Keyboard) Write(p []byte) (int, error) { return k.file.Write(p) }

// Closed returns a channel that is closed when the terminal has no more input.
func (k *Keyboard) Closed() <-chan struct{} { return k.closed }

// Read returns one complete key or one piece of typed text. While the keyboard is
// paused it returns 0 bytes.
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
			<-time.After(time.Millisecond) // Bubble Tea calls Read again until it has stopped
			return 0, nil
		}
	}
	n := min(len(k.rest), len(p)-1) // after a full buffer Bubble Tea would wait for more
	for n < len(k.rest) && n > 0 && !utf8.RuneStart(k.rest[n]) {
		n--
	}
	copy(p, k.rest[:n])
	k.rest = k.rest[n:]
	return n, nil
}

// pasteMsg returns a paste as Bubble Tea would deliver it.
func pasteMsg(text string) tea.KeyMsg {
	msg := tea.KeyMsg{Type: tea.KeyRunes, Paste: true}
	for _, r := range text {
		if r != utf8.RuneError {
			msg.Runes = append(msg.Runes, r)
		}
	}
	return msg
}

// Pause stops reading, so that another program can use the terminal, until Resume.
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

// Resume starts reading again.
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

// Close stops reading.
func (k *Keyboard) Close() error {
	k.Pause()
	return nil
}

// readLoop reads and decodes input until awake is closed.
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

// waitLimit returns how long to wait for more input, or a negative duration without a
// limit.
func (k *Keyboard) waitLimit() time.Duration {
	at, waits := k.decoder.deadline()
	if !waits {
		return -1
	}
	return max(at.Sub(k.now()), 0)
}

// readable waits until one of two files has input, at most wait unless it is negative.
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
