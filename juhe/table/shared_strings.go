package table

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxStrings = 1 << 24 // shared strings
	maxShared  = 1 << 29 // bytes of all of them
)

// readStrings reads the shared strings, to which cells refer by number (ECMA-376
// part 1, 18.4.9).
func (w *workbook) readStrings(ctx context.Context, part *zip.File) ([]string, error) {
	r, err := w.openPart(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	x := newXMLReader(contextReader{ctx, r})
	var all []string
	var text richText
	size := 0
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		text.add(t)
		if len(text.text) > maxToken {
			return nil, tooLargeError("strings")
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "si" {
			all = append(all, unescape(string(text.text)))
			size += len(text.text)
			text = richText{text: text.text[:0]}
		}
		if size > maxShared || len(all) > maxStrings {
			return nil, tooLargeError("strings")
		}
	}
}

// richText joins the runs of a text. It leaves out how the text is pronounced
// (ECMA-376 part 1, 18.4.4 and 18.4.6).
type richText struct {
	text       []byte
	inText     bool // t
	inPhonetic bool // rPh
}

func (r *richText) add(t xml.Token) {
	switch t := t.(type) {
	case xml.CharData:
		if r.inText && !r.inPhonetic {
			r.text = append(r.text, t...)
		}
	case xml.StartElement:
		r.mark(t.Name.Local, true)
	case xml.EndElement:
		r.mark(t.Name.Local, false)
	}
}

func (r *richText) mark(element string, begin bool) {
	switch element {
	case "t":
		r.inText = begin
	case "rPh":
		r.inPhonetic = begin
	}
}

// unescape decodes _x0041_ (ECMA-376 part 1, 22.4.2.4).
func unescape(text string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 {
			return b.String() + text
		}
		b.WriteString(text[:i])
		text = text[i:]
		if !isEscaped(text) {
			b.WriteString(text[:2])
			text = text[2:]
			continue
		}
		var r rune
		r, text = cutUnit(text)
		if utf16.IsSurrogate(r) && isEscaped(text) {
			if second, rest := cutUnit(text); utf16.DecodeRune(r, second) != utf8.RuneError {
				r, text = utf16.DecodeRune(r, second), rest
			}
		}
		b.WriteRune(r)
	}
}

// cutUnit cuts the escape of a unit of UTF-16 off the beginning of a text.
func cutUnit(text string) (rune, string) {
	n, _ := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), text[len("_x0041_"):]
}
