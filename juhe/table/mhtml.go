package table

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

// maxParts limits the pages of a web archive.
const maxParts = 1000

// webArchivePages returns the pages of a web archive (RFC 2557), the format in
// which Excel saves a workbook as a web page: one page for each sheet.
func (in *Input) webArchivePages(ctx context.Context) (pages []pageOpener, err error) {
	n := 0
	err = in.webArchiveParts(ctx, func(i int, r io.Reader) (bool, error) {
		// Each page has its own encoding.
		seen, err := sniff(r)
		if err != nil {
			return false, err
		}
		e := seen.encoding()
		pages = append(pages, func(ctx context.Context) (io.Reader, *countingReader, error) { return in.webArchivePart(ctx, i, e) })
		n++
		return n < maxParts, nil
	})
	return pages, err
}

// webArchivePart returns the text of a page by its number among the parts.
func (in *Input) webArchivePart(ctx context.Context, number int, e encoding) (text io.Reader, count *countingReader, err error) {
	err = in.webArchiveParts(ctx, func(i int, r io.Reader) (bool, error) {
		if i == number {
			count = &countingReader{Reader: r}
			text = e.reader(count)
		}
		return text == nil, nil
	})
	if err == nil && text == nil {
		err = damagedError(errors.New("a part is missing"))
	}
	return text, count, err
}

// webArchiveParts calls each for every page among the parts, until that returns
// false. A reader is valid until the next call.
func (in *Input) webArchiveParts(ctx context.Context, each func(i int, r io.Reader) (bool, error)) error {
	body := bufio.NewReader(contextReader{ctx, in.contents()})
	head, err := textproto.NewReader(body).ReadMIMEHeader()
	if err != nil {
		return webArchiveError(err)
	}
	kind, parameters, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return damagedError(err)
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
			return webArchiveError(err)
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

// decodeTransfer decodes the transfer encoding of a part.
func decodeTransfer(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	return webArchiveReader{r}
}

// webArchiveReader returns the errors of an archive as *ReadError.
type webArchiveReader struct{ io.Reader }

func (r webArchiveReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = webArchiveError(err)
	}
	return n, err
}

// webArchiveError converts errors of the archive. Those of the context and of the
// system stay as they are.
func webArchiveError(err error) error {
	var system *fs.PathError
	if errors.As(err, &system) {
		return err
	}
	if isEOF(err) {
		return &ReadError{Problem: ProblemCutOff, Err: err}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return damagedError(err)
}

// isWebArchive reports whether a text begins with the headers of a web archive.
// The first one may be that of a message.
func isWebArchive(begin []byte) bool {
	for _, first := range []string{"mime-version:", "content-type:", "from:", "date:", "subject:", "x-document-type:"} {
		if bytes.HasPrefix(begin, []byte(first)) {
			return bytes.Contains(begin, []byte("content-type: multipart/")) || bytes.Contains(begin, []byte("content-type: text/html"))
		}
	}
	return false
}
