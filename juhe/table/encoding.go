package table

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// encodingName is the name of an encoding, as Input.Encoding returns it.
type encodingName string

const (
	utf8Text    encodingName = "UTF-8"
	utf16Little encodingName = "UTF-16LE"
	utf16Big    encodingName = "UTF-16BE"
	gb18030     encodingName = "GB18030"
)

// encoding is the encoding of a text.
type encoding struct {
	name    encodingName
	bomSize int
	valid   bool // the whole text is valid UTF-8
}

// reader decodes r to UTF-8 without a byte order mark. What cannot be decoded
// becomes U+FFFD.
func (e encoding) reader(r io.Reader) io.Reader {
	r = skipBytes(r, e.bomSize)
	switch {
	case e.name == utf16Little:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case e.name == utf16Big:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case e.name == gb18030:
		return transform.NewReader(transform.NewReader(r, longFormTransformer{}), simplifiedchinese.GB18030.NewDecoder()) // GBK and GB 2312 too
	case !e.valid:
		return transform.NewReader(r, unicode.UTF8.NewDecoder())
	}
	return r
}

// sniffResult is the result of one pass over a file.
type sniffResult struct {
	size     int64
	hash     string // SHA-256 in hex
	head     []byte // the first headSize bytes of text
	utf8     bool   // all of it is valid UTF-8
	nearUTF8 bool   // nearly all of it is

	nuls   int64 // at the end
	nulRow int   // the line with minLostNULs NULs before other text, or 0
}

const headSize = 64 << 10

// minLostNULs is a number of NULs that no text has: a disk or a transfer wrote them
// instead of something else.
const minLostNULs = 64

// textSize returns the size without the NULs at the end, with which some programs
// and file systems pad files.
func (s sniffResult) textSize() int64 {
	size := s.size - s.nuls
	if size%2 == 1 && s.nuls > 0 && s.encoding().name == utf16Little {
		size++ // the last NUL is half a character
	}
	return size
}

// sniff reads all of r.
func sniff(r io.Reader) (s sniffResult, err error) {
	sum := sha256.New()
	text := bufio.NewReaderSize(io.TeeReader(r, sum), headSize)
	head, err := text.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return s, err
	}
	s.head = bytes.Clone(head)
	var stats utf8Stats
	lines := 0
	for {
		r, size, err := text.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s, err
		}
		s.size += int64(size)
		if r == 0 {
			s.nuls++
			continue
		}
		if s.nuls >= minLostNULs && s.nulRow == 0 {
			s.nulRow = lines + 1
		}
		s.nuls = 0
		if r == '\n' {
			lines++
		}
		if r == utf8.RuneError && size == 1 {
			_ = text.UnreadRune()
			b, _ := text.ReadByte()
			stats.addInvalid(b)
		} else {
			stats.add(size)
		}
	}
	s.hash = hex.EncodeToString(sum.Sum(nil))
	s.utf8, s.nearUTF8 = stats.invalid == 0, stats.isNearUTF8()
	head = s.head
	s.head = head[:min(int64(len(head)), s.size-s.nuls)]
	s.head = head[:min(int64(len(head)), s.textSize())]
	return s, nil
}

// utf8Stats counts valid and invalid characters of UTF-8.
type utf8Stats struct {
	multibyte, long int // characters of two bytes and more, of three and more
	invalid         int // places where a character cannot be decoded
	continuation    int // bytes that may be left of the invalid one before
}

func (s *utf8Stats) add(size int) {
	s.continuation = 0
	if size > 1 {
		s.multibyte++
	}
	if size > 2 {
		s.long++
	}
}

func (s *utf8Stats) addInvalid(b byte) {
	if s.continuation > 0 && !utf8.RuneStart(b) {
		s.continuation--
		return
	}
	s.invalid++
	s.continuation = 2
}

// isNearUTF8 reports whether the text was UTF-8 before a few of its bytes were lost.
// Text in GB18030 rarely contains valid two-byte characters of UTF-8, and hardly ever
// longer ones.
func (s *utf8Stats) isNearUTF8() bool {
	return 20*s.invalid < s.multibyte || 4*s.invalid < s.long
}

// encoding returns the encoding: that of the byte order mark, or UTF-16 if the zero
// bytes indicate it, or UTF-8 if all or nearly all of the text is valid, or else
// GB18030, which includes GBK and GB 2312.
func (s sniffResult) encoding() encoding {
	for _, mark := range []struct {
		bytes string
		name  encodingName
	}{{"\xef\xbb\xbf", utf8Text}, {"\xff\xfe", utf16Little}, {"\xfe\xff", utf16Big}} {
		if bytes.HasPrefix(s.head, []byte(mark.bytes)) {
			return encoding{mark.name, len(mark.bytes), s.utf8}
		}
	}
	if name := utf16WithoutBOM(s.head); name != "" {
		return encoding{name: name}
	}
	if s.utf8 || s.nearUTF8 {
		return encoding{name: utf8Text, valid: s.utf8}
	}
	return encoding{name: gb18030}
}

// utf16WithoutBOM recognises UTF-16 by the zero bytes of its digits, commas and line
// ends: nearly all of them are at odd or at even places.
func utf16WithoutBOM(head []byte) encodingName {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch many := len(head) / 20; {
	case zeros[1] > many && zeros[1] > 4*zeros[0]:
		return utf16Little
	case zeros[0] > many && zeros[0] > 4*zeros[1]:
		return utf16Big
	}
	return ""
}

// longFormTransformer writes the eight characters 龴 … 龻 with four bytes. GB
// 18030-2005 and later have two for them, which golang.org/x/text does not
// decode. They occur in names.
type longFormTransformer struct{ transform.NopResetter }

// longForm returns the four bytes of a character of two, if it is one of the
// eight.
func longForm(lead, trail byte) string {
	if lead != 0xFE {
		return ""
	}
	i := strings.IndexByte("\x59\x61\x66\x67\x6d\x7e\x90\xa0", trail)
	if i < 0 {
		return ""
	}
	n := byte(i) + 7 // 82359037, 82359038, 82359039, 82359130, …
	return "\x82\x35" + string([]byte{0x90 + n/10, '0' + n%10})
}

// Transform goes by character, because the second byte of one must not be taken
// for the first of the next.
func (longFormTransformer) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		size, ok := gb18030Size(src[nSrc:])
		if !ok && !atEOF {
			return nDst, nSrc, transform.ErrShortSrc
		}
		size = min(size, len(src)-nSrc)
		char := src[nSrc : nSrc+size]
		if size == 2 {
			if long := longForm(char[0], char[1]); long != "" {
				char = []byte(long)
			}
		}
		if len(dst)-nDst < len(char) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], char)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// gb18030Size returns the length of the next character, and whether all of it is
// there.
func gb18030Size(src []byte) (size int, ok bool) {
	switch {
	case src[0] <= 0x80 || src[0] == 0xFF:
		return 1, true
	case len(src) == 1:
		return 2, false
	case '0' <= src[1] && src[1] <= '9':
		return 4, len(src) >= 4
	case src[1] < 0x40:
		return 1, true // invalid: a line end or a comma is not part of it
	}
	return 2, true
}
