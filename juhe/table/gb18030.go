package table

import (
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// gb18030Reader decodes GB18030, which includes GBK and GB 2312.
func gb18030Reader(r io.Reader) io.Reader {
	return transform.NewReader(transform.NewReader(r, longFormTransformer{}), simplifiedchinese.GB18030.NewDecoder())
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
