package sheet

import (
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// gb18030Reader decodes GB18030, of which GBK and GB 2312 are parts.
func gb18030Reader(r io.Reader) io.Reader {
	return transform.NewReader(transform.NewReader(r, longFormTransformer{}), simplifiedchinese.GB18030.NewDecoder())
}

// longFormTransformer writes with four bytes the eight characters 龴 … 龻 that have two in
// GB 18030-2005 and later, but none in golang.org/x/text. Names have them.
type longFormTransformer struct{ transform.NopResetter }

// longForm is that of a character of two bytes, if it is one of the eight.
func longForm(lead, trail byte) string {
	if lead != 0xFE {
		return ""
	}
	switch trail {
	case 0x59:
		return "\x82\x35\x90\x37"
	case 0x61:
		return "\x82\x35\x90\x38"
	case 0x66:
		return "\x82\x35\x90\x39"
	case 0x67:
		return "\x82\x35\x91\x30"
	case 0x6D:
		return "\x82\x35\x91\x31"
	case 0x7E:
		return "\x82\x35\x91\x32"
	case 0x90:
		return "\x82\x35\x91\x33"
	case 0xA0:
		return "\x82\x35\x91\x34"
	}
	return ""
}

// Transform walks from character to character: the second byte of one must not
// be taken for the first of the next.
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

// gb18030Size is how many bytes the next character has, and whether they are there.
func gb18030Size(src []byte) (size int, ok bool) {
	switch {
	case src[0] <= 0x80 || src[0] == 0xFF:
		return 1, true
	case len(src) == 1:
		return 2, false
	case '0' <= src[1] && src[1] <= '9':
		return 4, len(src) >= 4
	case src[1] < 0x40:
		return 1, true // broken: a line end or a comma is not part of it
	}
	return 2, true
}
