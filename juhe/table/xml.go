package table

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// maxToken is the limit of a tag, or of the text between two, in bytes. A cell fits
// even if each of its characters is written as &#x10000;.
const maxToken = 1 << 20

// xmlReader reads the tags and texts of XML. It accepts any nesting. It refuses a
// token of more than maxToken bytes, which encoding/xml would keep in memory.
type xmlReader struct {
	*xml.Decoder
	src *tokenLimiter
}

func newXMLReader(r io.Reader) *xmlReader {
	src := &tokenLimiter{Reader: bufio.NewReader(utf8XML(r))}
	return &xmlReader{newXMLDecoder(src), src}
}

// newXMLDecoder returns a decoder of XML in UTF-8, whatever its first line says.
func newXMLDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return d
}

// utf8XML converts XML to UTF-8 from either of the encodings that a workbook may have
// (ECMA-376 part 2, 8.3.4.2). What no XML may contain becomes U+FFFD.
func utf8XML(r io.Reader) io.Reader {
	replace := runes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return '\ufffd'
		}
		return r
	})
	return transform.NewReader(transform.NewReader(r, unicode.BOMOverride(transform.Nop)), replace)
}

// token returns the next xml.StartElement, xml.EndElement or xml.CharData. The error
// is io.EOF at the end and io.ErrUnexpectedEOF within a token. The token is valid
// until the next one.
func (x *xmlReader) token() (xml.Token, error) {
	for {
		x.src.size = 0
		t, err := x.RawToken()
		if x.src.size > maxToken {
			return nil, tooLargeError("part")
		}
		if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
			if x.src.ended {
				return nil, io.ErrUnexpectedEOF
			}
			return nil, malformedXML()
		}
		if err != nil {
			return nil, err
		}
		switch t.(type) {
		case xml.StartElement, xml.EndElement, xml.CharData:
			return t, nil
		case xml.Directive: // a document type, which no workbook has (ECMA-376 part 2, 8.3.4.3)
			return nil, malformedXML()
		}
	}
}

// malformedXML returns the error of XML that is not well-formed. The error of
// encoding/xml would quote the content of a cell.
func malformedXML() *ReadError { return damagedError(errors.New("not well-formed XML")) }

// attribute returns the value of an attribute of any name space, or "" if the tag
// does not have it.
func attribute(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isTrue reports whether an attribute is true (xsd:boolean).
func isTrue(value string) bool { return value == "1" || value == "true" }

// tokenLimiter fails after maxToken bytes of a token.
type tokenLimiter struct {
	*bufio.Reader
	size  int
	ended bool
}

func (l *tokenLimiter) ReadByte() (byte, error) {
	if l.size++; l.size > maxToken {
		return 0, io.ErrShortBuffer
	}
	b, err := l.Reader.ReadByte()
	if err != nil {
		l.ended = errors.Is(err, io.EOF)
	}
	return b, err
}
