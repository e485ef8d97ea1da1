package sheet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// maxParts bounds the parts of a web archive.
const maxParts = 1000

// webArchivePages are the pages in a web page with its parts (RFC 2557), as Excel saves
// a workbook: one for each sheet.
func (in *Input) webArchivePages(ctx context.Context) (pages []page, err error) {
	n := 0
	err = in.archiveParts(ctx, func(i int, r io.Reader) (bool, error) {
		// A page has an encoding of its own.
		seen, err := sniff(r)
		if err != nil {
			return false, err
		}
		e := seen.encoding()
		pages = append(pages, func(ctx context.Context) (io.Reader, *countingReader, error) { return in.archivePart(ctx, i, e) })
		n++
		return n < maxParts, nil
	})
	return pages, err
}

// archivePart is the text of one page, by its number among the parts.
func (in *Input) archivePart(ctx context.Context, of int, e encoding) (text io.Reader, count *countingReader, err error) {
	err = in.archiveParts(ctx, func(i int, r io.Reader) (bool, error) {
		if i == of {
			count = &countingReader{Reader: r}
			text = e.reader(count)
		}
		return text == nil, nil
	})
	if err == nil && text == nil {
		err = damaged(errors.New("a part is missing"))
	}
	return text, count, err
}

// archiveParts goes through the pages among the parts. What is given is good until the
// next one.
func (in *Input) archiveParts(ctx context.Context, each func(i int, r io.Reader) (bool, error)) error {
	body := bufio.NewReader(contextReader{ctx, in.contents()})
	head, err := textproto.NewReader(body).ReadMIMEHeader()
	if err != nil {
		return archiveError(err)
	}
	kind, parameters, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return damaged(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		_, err := each(0, decodeTransfer(body, head.Get("Content-Transfer-Encoding")))
		return err
	}
	m := multipart.NewReader(body, parameters["boundary"])
	for i := 0; ; i++ {
		p, err := m.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return archiveError(err)
		}
		if kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type")); kind != "text/html" {
			continue
		}
		more, err := each(i, decodeTransfer(p, p.Header.Get("Content-Transfer-Encoding")))
		if !more || err != nil {
			return err
		}
	}
}

// decodeTransfer undoes the encoding of a part.
func decodeTransfer(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	return archiveReader{r}
}

// archiveReader says of an archive that it is cut off or damaged.
type archiveReader struct{ io.Reader }

func (r archiveReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = archiveError(err)
	}
	return n, err
}

// archiveError tells a cancelled context and the system's errors from the
// archive's own.
func archiveError(err error) error {
	var system *fs.PathError
	if errors.As(err, &system) {
		return err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &ReadError{Problem: ProblemCutOff, Err: err}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return damaged(err)
}

// isWebArchive reports whether a text begins with the head of one. It may begin
// with who has saved it.
func isWebArchive(begin []byte) bool {
	for _, first := range []string{"mime-version:", "content-type:", "from:", "date:", "subject:", "x-document-type:"} {
		if bytes.HasPrefix(begin, []byte(first)) {
			return bytes.Contains(begin, []byte("content-type: multipart/")) || bytes.Contains(begin, []byte("content-type: text/html"))
		}
	}
	return false
}
