package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// token is a piece of XML.
type token uint8

const (
	startTag token = iota + 1
	endTag
	charData
)

// maxToken bounds a tag or the text between two: a cell in the longest way of
// writing it, &#x10000;, and some more.
const maxToken = 1 << 20

var errMarkup = errors.New("not well-formed XML")

// markup splits XML into tags and text, without any memory of what is open.
// encoding/xml takes ten times as long for a sheet and keeps a text in memory
// however long it is.
type markup struct {
	src    io.Reader
	buf    []byte
	pos    int
	end    int
	err    error
	closed bool  // the last tag was <a/>: its end tag comes next
	offset int64 // of pos

	name  []byte // of the tag, without a prefix; good until the next token
	attrs []byte // of a start tag
	text  []byte // character data, as it is written
	plain bool   // text is from CDATA
}

func newMarkup(r io.Reader) (*markup, error) {
	r, err := decoded(r)
	return &markup{src: r, buf: make([]byte, 64<<10)}, err
}

// decoded is XML in UTF-8, whichever of the two encodings it has (ECMA-376 part
// 2, 8.3.4.2).
func decoded(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	mark, err := b.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch e := (seen{head: mark}).encoding(); {
	case e.mark == 0:
		return b, nil
	case e.name == utf8Text:
		return &skipper{b, e.mark}, nil
	default:
		return e.reader(b), nil
	}
}

// fill reads more, behind what is still needed.
func (m *markup) fill() error {
	if m.err != nil {
		return m.err
	}
	if m.pos > 0 {
		m.end = copy(m.buf, m.buf[m.pos:m.end])
		m.pos = 0
	}
	if m.end == len(m.buf) {
		if m.end >= maxToken {
			return tooLarge("part")
		}
		m.buf = append(m.buf, make([]byte, len(m.buf))...)
	}
	var n int
	n, m.err = m.src.Read(m.buf[m.end:])
	m.end += n
	if n == 0 && m.err != nil {
		return m.err
	}
	return nil
}

// find is where the next stop is, from pos on and not before from.
func (m *markup) find(from int, stop string) (int, error) {
	for {
		if have := m.end - m.pos; have > from {
			if i := bytes.Index(m.buf[m.pos+from:m.end], []byte(stop)); i >= 0 {
				return from + i, nil
			}
			from = max(from, have-len(stop)+1)
		}
		if err := m.fill(); err != nil {
			return 0, err
		}
	}
}

func (m *markup) skip(n int) {
	m.pos += n
	m.offset += int64(n)
}

// next is the next token; io.EOF at the end, and io.ErrUnexpectedEOF within a
// tag.
func (m *markup) next() (token, error) {
	if m.closed {
		m.closed = false
		return endTag, nil
	}
	for {
		i, err := m.find(0, "<")
		if err != nil {
			return 0, err
		}
		if i > 0 {
			m.text, m.plain = m.buf[m.pos:m.pos+i], false
			m.skip(i)
			return charData, nil
		}
		t, err := m.tag()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if t != 0 || err != nil {
			return t, err
		}
	}
}

// tag is what begins with <; 0 for what does not matter.
func (m *markup) tag() (token, error) {
	i, err := m.find(1, ">")
	if err != nil {
		return 0, err
	}
	tag := m.buf[m.pos+1 : m.pos+i]
	if len(tag) == 0 {
		return 0, errMarkup
	}
	switch tag[0] {
	case '!', '?':
		return m.special(tag)
	case '/':
		m.name = local(bytes.TrimRight(tag[1:], " \t\r\n"))
		m.skip(i + 1)
		return endTag, nil
	}
	for open(tag) {
		if i, err = m.find(i+1, ">"); err != nil {
			return 0, err
		}
		tag = m.buf[m.pos+1 : m.pos+i]
	}
	m.skip(i + 1)
	if tag[len(tag)-1] == '/' {
		m.closed = true
		tag = tag[:len(tag)-1]
	}
	m.name, m.attrs = tag, nil
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		m.name, m.attrs = tag[:i], tag[i:]
	}
	m.name = local(m.name)
	return startTag, nil
}

// special is a comment, CDATA or an instruction. There is no document type in a
// workbook (ECMA-376 part 2, 8.3.4.3).
func (m *markup) special(tag []byte) (token, error) {
	begin, stop := "<?", "?>"
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		begin, stop = "<!--", "-->"
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		begin, stop = "<![CDATA[", "]]>"
	case tag[0] == '!':
		return 0, errMarkup
	}
	i, err := m.find(len(begin), stop)
	if err != nil {
		return 0, err
	}
	m.text, m.plain = m.buf[m.pos+len(begin):m.pos+i], true
	m.skip(i + len(stop))
	if stop == "]]>" {
		return charData, nil
	}
	return 0, nil
}

// open tells whether a tag ends within the value of an attribute.
func open(tag []byte) bool {
	var quote byte
	for _, b := range tag {
		switch {
		case quote == b:
			quote = 0
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		}
	}
	return quote != 0
}
