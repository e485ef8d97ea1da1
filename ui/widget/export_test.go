package widget

import "time"

// Press is a result of the keyboard.
type Press struct {
	Keys  string
	Paste bool
}

// MaybePasted stands for a mark that the next key may be part of a paste.
const MaybePasted = "mixed"

// Decoder is a keyboard without a terminal, with an artificial clock.
type Decoder struct {
	decoder decoder
	now     time.Time
}

// NewDecoder returns a decoder; mouse reports whether mouse events are wanted.
func NewDecoder(mouse bool) *Decoder {
	return &Decoder{decoder: decoder{scanner: scanner{mouse: mouse}}, now: time.Unix(0, 0)}
}

// Wait lets time pass.
func (d *Decoder) Wait(pause time.Duration) (out []Press) {
	until := d.now.Add(pause)
	for {
		at, waits := d.decoder.deadline()
		if !waits || at.After(until) {
			break
		}
		d.now = at
		out = append(out, presses(d.decoder.expire(at))...)
	}
	d.now = until
	return out
}

// Decode decodes the bytes of one read.
func (d *Decoder) Decode(in string) []Press { return presses(d.decoder.decode([]byte(in), d.now)) }

// Buffered returns the number of bytes held back.
func (d *Decoder) Buffered() int { return len(d.decoder.scanner.pending) + len(d.decoder.burst.buf) }

func presses(all []keyEvent) (out []Press) {
	for _, p := range all {
		switch {
		case p.isPaste:
			out = append(out, Press{p.text, true})
		case p.maybePasted:
			out = append(out, Press{MaybePasted, false})
		default:
			out = append(out, Press{string(p.keys), false})
		}
	}
	return out
}
