package sheet

import (
	"context"
	"errors"
	"io"
)

// contextReader reads until a context is done.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// countingReader counts what is read of a file. One that has become shorter since it was
// opened must not look like one that ends there.
type countingReader struct {
	io.Reader
	n    int64
	size int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	if errors.Is(err, io.EOF) && c.n < c.size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// skipReader leaves out the first bytes.
type skipReader struct {
	io.Reader
	skip int
}

func (s *skipReader) Read(p []byte) (int, error) {
	if s.skip > 0 {
		if _, err := io.CopyN(io.Discard, s.Reader, int64(s.skip)); err != nil {
			return 0, err
		}
		s.skip = 0
	}
	return s.Reader.Read(p)
}

// limitedReader is an error where io.LimitReader would be the end.
type limitedReader struct {
	io.ReadCloser
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLarge("part")
	}
	return n, err
}
