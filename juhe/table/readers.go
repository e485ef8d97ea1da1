package table

import (
	"context"
	"errors"
	"io"
)

// contextReader reads until the context is done.
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

// countingReader counts the bytes that are read of a file. If the file has become
// shorter than size since it was opened, its end is an error.
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

// skipBytes returns r without its first n bytes. An error comes with the next read.
func skipBytes(r io.Reader, n int) io.Reader {
	_, _ = io.CopyN(io.Discard, r, int64(n))
	return r
}

// limitedReader returns an error where io.LimitReader would return io.EOF.
type limitedReader struct {
	io.ReadCloser
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLargeError("part")
	}
	return n, err
}
