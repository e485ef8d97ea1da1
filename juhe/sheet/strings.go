package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxStrings = 1 << 25 // shared strings
	maxShared  = 1 << 30 // bytes of all of them
	chunkBits  = 20
	chunkSize  = 1 << chunkBits
)

// sharedStrings are the texts that cells refer to by number (ECMA-376 part 1,
// 18.4.9): four bytes each beside the text and its length, in chunks that none of
// them crosses.
type sharedStrings struct {
	chunks []string
	starts []uint32 // chunk and place in it
	last   []byte   // the chunk that grows
}

// get is a string by its number; empty where there is none.
func (s *sharedStrings) get(i int) (string, bool) {
	if s == nil || i < 0 || i >= len(s.starts) {
		return "", false
	}
	start := s.starts[i]
	text := s.chunks[start>>chunkBits][start&(chunkSize-1):]
	length, n := uvarint(text)
	return text[n : n+length], true
}

// uvarint is binary.Uvarint of a string.
func uvarint(s string) (value, n int) {
	for shift := 0; ; shift += 7 {
		b := s[n]
		n++
		value |= int(b&0x7f) << shift
		if b < 0x80 {
			return value, n
		}
	}
}

func (s *sharedStrings) add(text []byte) error {
	if len(s.last)+len(text)+binary.MaxVarintLen32 > chunkSize {
		s.flush()
	}
	if len(s.chunks) >= maxShared/chunkSize || len(s.starts) >= maxStrings {
		return tooLarge("strings")
	}
	if s.last == nil {
		s.last = make([]byte, 0, chunkSize)
	}
	s.starts = append(s.starts, uint32(len(s.chunks)<<chunkBits|len(s.last)))
	s.last = binary.AppendUvarint(s.last, uint64(len(text)))
	s.last = append(s.last, text...)
	return nil
}

func (s *sharedStrings) flush() {
	s.chunks = append(s.chunks, string(s.last))
	s.last = s.last[:0]
}

// shared reads the part of the shared strings.
func (w *workbook) shared(ctx context.Context, part *zip.File) (*sharedStrings, error) {
	r, err := w.open(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	m, err := newMarkup(contextReader{ctx, r})
	if err != nil {
		return nil, err
	}
	s := &sharedStrings{}
	var text richText
	for {
		t, err := m.next()
		if errors.Is(err, io.EOF) {
			s.flush()
			s.last = nil
			return s, nil
		}
		if err == nil {
			err = text.take(t, m)
		}
		if err == nil && t == endTag && string(m.name) == "si" {
			err = s.add(unescape(text.text))
			text = richText{text: text.text[:0]}
		}
		if errors.Is(err, errMarkup) {
			err = damaged(err)
		}
		if err != nil {
			return nil, err
		}
	}
}

// richText joins the runs of a text and leaves out how it is pronounced
// (ECMA-376 part 1, 18.4.4 and 18.4.6).
type richText struct {
	text   []byte
	in     bool // t
	spoken bool // rPh
}

func (r *richText) take(t token, m *markup) (err error) {
	switch t {
	case charData:
		if r.in && !r.spoken {
			r.text, err = m.appendText(r.text)
		}
	case startTag, endTag:
		switch string(m.name) {
		case "t":
			r.in = t == startTag
		case "rPh":
			r.spoken = t == startTag
		}
	}
	return err
}

// unescape undoes _x0041_ (ECMA-376 part 1, 22.4.2.4), in place.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	all := string(text)
	text = text[:0]
	for len(all) > 0 {
		i := strings.Index(all, "_x")
		if i < 0 {
			return append(text, all...)
		}
		text, all = append(text, all[:i]...), all[i:]
		if !escaped(all) {
			text, all = append(text, all[:2]...), all[2:]
			continue
		}
		var r rune
		r, all = unit(all)
		if utf16.IsSurrogate(r) && escaped(all) {
			if second, rest := unit(all); utf16.DecodeRune(r, second) != utf8.RuneError {
				r, all = utf16.DecodeRune(r, second), rest
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return text
}

// unit takes the escape of a unit of UTF-16 off.
func unit(text string) (rune, string) {
	n, _ := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), text[len("_x0041_"):]
}
