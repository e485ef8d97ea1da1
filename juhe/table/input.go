package table

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Input is a table in a file. Its rows can be read several times, also
// concurrently.
type Input struct {
	path      string
	file      io.ReaderAt
	close     io.Closer // nil if the table is in no file
	size      int64
	hash      string
	encoding  encoding // of a text
	book      *workbook
	sheet     int // of the book
	recognize Recognizer
}

// Open opens a table and reads the whole file once, for its hash and its
// encoding. The format is detected by content; of the name only the extension
// .tsv matters, which means that cells are separated by TABs.
//
// sheet is the name of a sheet of XLSX, or its number from 1. If it is empty,
// Open chooses among the sheets that are neither hidden nor empty: the active one
// if it has a complete header, or else the first that has, or else a hidden one
// that has, or else the first. CSV has no sheets; its delimiter is the one that
// yields the most headers. The error is a *ReadError or that of the context.
func Open(ctx context.Context, path, sheet string, recognize Recognizer) (*Input, error) {
	file, info, err := openRegular(path)
	if err != nil {
		return nil, wrapError(path, err)
	}
	in := &Input{path: path, file: file, close: file, size: info.Size(), recognize: recognize}
	if err := in.detect(ctx, sheet); err != nil {
		file.Close()
		return nil, wrapError(path, err)
	}
	return in, nil
}

// OpenText opens a table that is in no file. The name is used like that of a
// file.
func OpenText(ctx context.Context, name, text string, recognize Recognizer) (*Input, error) {
	in := &Input{path: name, file: strings.NewReader(text), size: int64(len(text)), recognize: recognize}
	if err := in.detect(ctx, ""); err != nil {
		return nil, wrapError(name, err)
	}
	return in, nil
}

// openRegular opens a regular file. It does not open anything else: a pipe would
// wait for a writer.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if kind := fileKind(info.Mode()); kind != "" {
		return nil, nil, &ReadError{Problem: ProblemNotFile, Detail: kind}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err = file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &ReadError{Problem: ProblemNotFile, Detail: fileKind(info.Mode())}
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func fileKind(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return ""
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
	}
	return "device"
}

func (in *Input) detect(ctx context.Context, sheet string) error {
	if original, ok := lockedFile(filepath.Base(in.path), in.size); ok {
		return &ReadError{Problem: ProblemLockFile, Detail: original}
	}
	file, err := sniff(contextReader{ctx, in.contents()})
	if err != nil {
		return err
	}
	in.hash = file.hash
	switch {
	case file.size == 0:
		return &ReadError{Problem: ProblemEmpty}
	case file.nuls == file.size:
		return &ReadError{Problem: ProblemNUL}
	case bytes.HasPrefix(file.head, []byte("PK\x03\x04")), bytes.HasPrefix(file.head, []byte("PK\x05\x06")):
		const end = 22 // the last bytes of an archive may be NULs too
		in.size = min(in.size, in.size-file.nuls+end)
		if in.book, err = openWorkbook(ctx, in.file, in.size); err != nil {
			return err
		}
		return in.selectSheet(ctx, sheet)
	case bytes.HasPrefix(file.head, []byte(compoundSignature)):
		return rejectCompound(ctx, in.contents(), in.path)
	}
	if err := file.rejectFormat(); err != nil {
		return err
	}
	in.size, in.encoding = file.textSize(), file.encoding()
	head, err := io.ReadAll(in.encoding.reader(bytes.NewReader(file.head)))
	if err != nil {
		return err
	}
	in.book, err = in.openMarkup(ctx, head)
	switch {
	case err != nil:
		return err
	case in.book != nil:
		return in.selectSheet(ctx, sheet)
	}
	return in.detectCSV(ctx, head, sheet)
}

// openMarkup opens tables in HTML and XML, which older systems name .xls. It
// recognises them by the beginning of their text and returns nil for other texts.
func (in *Input) openMarkup(ctx context.Context, head []byte) (*workbook, error) {
	begin := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 4<<10)], "\ufeff \t\r\n"))
	isXML := bytes.HasPrefix(begin, []byte("<?xml"))
	switch {
	case isWebArchive(begin):
		in.encoding = encoding{}
		pages, err := in.webArchivePages(ctx)
		if err != nil {
			return nil, err
		}
		return newHTMLWorkbook(ctx, pages, in.size)
	case bytes.Contains(begin, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && !bytes.Contains(begin, []byte("<html")):
		return newXMLWorkbook(ctx, in.text, in.size)
	case isHTML(begin):
		return newHTMLWorkbook(ctx, []pageOpener{in.text}, in.size)
	case isXML && bytes.Contains(begin, []byte("urn:oasis:names:tc:opendocument")):
		return nil, &ReadError{Problem: ProblemOtherFormat, Detail: ".fods"}
	case isXML:
		return nil, &ReadError{Problem: ProblemDocument, Detail: "XML"}
	}
	return nil, nil
}

func (in *Input) detectCSV(ctx context.Context, head []byte, sheet string) error {
	if sheet != "" {
		return &ReadError{Problem: ProblemNoSheet}
	}
	delimiter, skip := declaredDelimiter(head)
	switch {
	case skip > 0:
	case strings.EqualFold(filepath.Ext(in.path), ".tsv"):
		delimiter = '\t'
	default:
		delimiter = detectDelimiter(head, in.recognize)
	}
	in.book = newCSVWorkbook(in.text, in.size, delimiter, skip)
	return in.requireText(ctx)
}

// requireText returns an error if no row has any text.
func (in *Input) requireText(ctx context.Context) error {
	has, err := in.hasText(ctx)
	if err == nil && !has {
		err = &ReadError{Problem: ProblemEmpty}
	}
	return err
}

func (in *Input) hasText(ctx context.Context) (bool, error) {
	for row, err := range in.Rows(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || !row.IsBlank() {
			return err == nil, err
		}
	}
	return false, nil
}

// text opens the whole file, which is a text. It is a pageOpener.
func (in *Input) text(ctx context.Context) (io.Reader, *countingReader, error) {
	count := &countingReader{Reader: contextReader{ctx, in.contents()}, size: in.size}
	return in.encoding.reader(count), count, nil
}

// contents returns a reader of the whole file.
func (in *Input) contents() io.Reader { return io.NewSectionReader(in.file, 0, in.size) }

// IsDelimited reports whether a cell has its place only by its order, so that an
// extra cell moves all cells behind it.
func (in *Input) IsDelimited() bool { return in.book.delimited }

// Close closes the file.
func (in *Input) Close() error {
	if in.close == nil {
		return nil
	}
	return in.close.Close()
}

// Hash returns the SHA-256 of the whole file in hex.
func (in *Input) Hash() string { return in.hash }

// Encoding returns UTF-8, UTF-16LE, UTF-16BE or GB18030, or "" for XLSX.
func (in *Input) Encoding() string { return string(in.encoding.name) }

// Size returns how many bytes there are to read, as Row.Offset counts them: those
// of the file, or those of the unpacked sheet of XLSX.
func (in *Input) Size() int64 { return in.book.sheets[in.sheet].size() }

// Rows iterates over the rows from the beginning. Blank rows of CSV are included,
// without cells; those of XLSX are not, and Number skips them. An error, a
// *ReadError or that of the context, comes last.
func (in *Input) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := in.book.rows(ctx, in.sheet, yield); err != nil {
			yield(Row{}, wrapError(in.path, err))
		}
	}
}

// FirstRows returns the first n rows that are not blank.
func (in *Input) FirstRows(ctx context.Context, n int) ([]Row, error) {
	var top []Row
	for row, err := range in.Rows(ctx) {
		if err != nil {
			return top, err
		}
		if !row.IsBlank() {
			row.Cells = append([]Value(nil), row.Cells...)
			top = append(top, row)
		}
		if len(top) == n {
			break
		}
	}
	return top, nil
}

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
