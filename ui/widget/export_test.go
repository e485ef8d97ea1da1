package widget

import "time"

// Press is what the keyboard hands on.
type Press struct {
	Keys  string
	Paste bool
}

// Mixed stands for what tells that a key has come together with text.
const Mixed = "mixed"

// Decoder is the keyboard without a terminal: bytes come at times.
type Decoder struct {
	decoder decoder
	now     time.Time
}

// NewDecoder makes one; with mouse its events are wanted.
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

// Come reads bytes.
func (d *Decoder) Come(in string) []Press { return presses(d.decoder.decode([]byte(in), d.now)) }

// Held is how many bytes are kept.
func (d *Decoder) Held() int { return len(d.decoder.scanner.pending) + len(d.decoder.burst.buf) }

func presses(all []keyEvent) (out []Press) {
	for _, p := range all {
		switch {
		case p.isPaste:
			out = append(out, Press{p.text, true})
		case p.maybePasted:
			out = append(out, Press{Mixed, false})
		default:
			out = append(out, Press{string(p.keys), false})
		}
	}
	return out
}
