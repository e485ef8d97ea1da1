package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

type encodingName string

const (
	utf8Text    encodingName = "UTF-8"
	utf16Little encodingName = "UTF-16LE"
	utf16Big    encodingName = "UTF-16BE"
	gb18030     encodingName = "GB18030"
)

// encoding is how bytes stand for text.
type encoding struct {
	name  encodingName
	mark  int  // bytes of the mark at the beginning
	whole bool // every byte of a UTF-8 text is right
}

// reader is the text in UTF-8, without a byte order mark. What cannot be
// decoded becomes U+FFFD.
func (e encoding) reader(r io.Reader) io.Reader {
	r = &skipper{r, e.mark}
	switch {
	case e.name == utf16Little:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case e.name == utf16Big:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case e.name == gb18030:
		return gb18030Reader(r)
	case !e.whole:
		return transform.NewReader(r, unicode.UTF8.NewDecoder())
	}
	return r
}

// seen is what one pass over a file tells.
type seen struct {
	size int64
	hash string
	head []byte // the first headSize bytes of text
	utf8 bool   // all of it is valid UTF-8
	near bool   // it is UTF-8, but for a few places

	nuls  int64 // at the end
	lines int
	gap   int // the line in which there are so many NULs that text was lost; 0 for none
}

const headSize = 64 << 10

// lostText are as many NULs as stand in no text: a disk or a transfer has put
// them in the place of something.
const lostText = 64

// text is how many bytes there are without the NULs at the end, which some
// programs and file systems pad files with.
func (s seen) text() int64 {
	size := s.size - s.nuls
	if size%2 == 1 && s.nuls > 0 && s.encoding().name == utf16Little {
		size++ // the last is half a character
	}
	return size
}

func inspect(r io.Reader) (seen, error) {
	s := seen{utf8: true}
	sum := sha256.New()
	valid := validator{ok: true}
	buf := make([]byte, 256<<10)
	for {
		n, err := io.ReadFull(r, buf)
		s.take(buf[:n], sum, &valid)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return s, err
		}
	}
	s.hash = hex.EncodeToString(sum.Sum(nil))
	whole := s.head
	s.head = whole[:min(int64(len(whole)), s.size-s.nuls)]
	s.head = whole[:min(int64(len(whole)), s.text())]
	s.utf8 = valid.ok && len(valid.rest) == 0
	return s, nil
}

func (s *seen) take(p []byte, sum hash.Hash, valid *validator) {
	if s.size == 0 {
		s.head = bytes.Clone(p[:min(len(p), headSize)])
	}
	s.size += int64(len(p))
	sum.Write(p)
	valid.take(p)
	s.count(p)
}

// count counts lines and NULs.
func (s *seen) count(p []byte) {
	text := bytes.TrimRight(p, "\x00")
	if len(text) == 0 {
		s.nuls += int64(len(p))
		return
	}
	lost := -1
	if before := len(text) - len(bytes.TrimLeft(text, "\x00")); s.nuls+int64(before) >= lostText {
		lost = 0
	} else {
		lost = bytes.Index(text, make([]byte, lostText))
	}
	if lost >= 0 && s.gap == 0 {
		s.gap = s.lines + bytes.Count(text[:lost], []byte("\n")) + 1
	}
	s.lines += bytes.Count(text, []byte("\n"))
	s.nuls = int64(len(p) - len(text))
}

// validator tells whether a text that comes in pieces is UTF-8.
type validator struct {
	ok   bool
	rest []byte // the beginning of a character, 1 to 3 bytes
}

func (v *validator) take(p []byte) {
	for v.ok && len(v.rest) > 0 && len(p) > 0 && !utf8.FullRune(v.rest) {
		v.rest, p = append(v.rest, p[0]), p[1:]
	}
	if !v.ok || len(v.rest) > 0 && !utf8.FullRune(v.rest) {
		return
	}
	v.ok = utf8.Valid(v.rest)
	v.rest = v.rest[:0]
	for back := 1; back < utf8.UTFMax && back <= len(p); back++ {
		if last := p[len(p)-back:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				v.rest, p = append(v.rest, last...), p[:len(p)-back]
			}
			break
		}
	}
	v.ok = v.ok && utf8.Valid(p)
}

// encoding needs no guess but for UTF-16 without a mark: a mark, else UTF-8 if
// all of it is or nearly all, else GB18030, of which GBK and GB 2312 are parts.
func (s seen) encoding() encoding {
	for _, mark := range []struct {
		bytes string
		name  encodingName
	}{{"\xef\xbb\xbf", utf8Text}, {"\xff\xfe", utf16Little}, {"\xfe\xff", utf16Big}} {
		if bytes.HasPrefix(s.head, []byte(mark.bytes)) {
			return encoding{mark.name, len(mark.bytes), s.utf8}
		}
	}
	if name := unmarked(s.head); name != "" {
		return encoding{name: name}
	}
	if s.utf8 {
		return encoding{name: utf8Text, whole: true}
	}
	if s.near {
		return encoding{name: utf8Text}
	}
	return encoding{name: gb18030}
}

// broken counts what speaks for and against UTF-8: characters of several bytes,
// those of three or more among them, and places where none can be read.
type broken struct{ several, long, places int }

// nearlyUTF8 tells whether a text that is not UTF-8 was, before a few of its
// bytes were lost. In GB18030 bytes make characters of UTF-8 by chance alone, two
// at a time now and then, three hardly ever.
func nearlyUTF8(r io.Reader) (bool, error) {
	var count broken
	buf, have := make([]byte, 256<<10), 0
	for {
		n, err := io.ReadFull(r, buf[have:])
		have += n
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return false, err
		}
		used := count.take(buf[:have], end)
		if end {
			return 20*count.places < count.several || 4*count.places < count.long, nil
		}
		have = copy(buf, buf[used:have])
	}
}

// take counts in a piece of text, and tells how much of it. What is cut off at
// the end is not broken while more comes.
func (c *broken) take(p []byte, last bool) (used int) {
	for used < len(p) {
		if p[used] < utf8.RuneSelf {
			used++
			continue
		}
		if !last && len(p)-used < utf8.UTFMax {
			return used
		}
		r, size := utf8.DecodeRune(p[used:])
		used += size
		switch {
		case r == utf8.RuneError && size == 1:
			c.places++
			// What is left of the same character.
			for more := 0; more < 2 && used < len(p) && !utf8.RuneStart(p[used]); more++ {
				used++
			}
		case size > 2:
			c.long++
			c.several++
		default:
			c.several++
		}
	}
	return used
}

// unmarked knows UTF-16 by the zero bytes of its digits, commas and line ends:
// nearly all of them are on one side.
func unmarked(head []byte) encodingName {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch often := len(head) / 20; {
	case zeros[1] > often && zeros[1] > 4*zeros[0]:
		return utf16Little
	case zeros[0] > often && zeros[0] > 4*zeros[1]:
		return utf16Big
	}
	return ""
}
