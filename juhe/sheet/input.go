package sheet

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Input is a table in a file, read a row at a time, as often as wanted and by
// several at a time.
type Input struct {
	path      string
	file      io.ReaderAt
	close     io.Closer // of the file; nil if it is none
	size      int64
	hash      string
	encoding  encoding // of CSV
	delimiter rune
	skip      int       // bytes of a first line that says sep=;
	book      *workbook // of XLSX
	sheet     int       // of the book's
}

// Open looks at a file: all of it is read once, for its hash and its encoding.
// The content says what it is; of the name only .tsv matters, which says what is
// between two cells. sheet is a sheet of XLSX by name or by number, from 1. Of
// those that are neither hidden nor empty, an empty one stands for the one that
// the file opens with, else the first with a head of every factor, else one such that
// is hidden, else the first. CSV has no sheets. An error is a *ReadError or the context's.
func Open(ctx context.Context, path, sheet string) (*Input, error) {
	file, info, err := openRegular(path)
	if err != nil {
		return nil, wrapError(path, err)
	}
	in := &Input{path: path, file: file, close: file, size: info.Size()}
	if err := in.detect(ctx, sheet); err != nil {
		file.Close()
		return nil, wrapError(path, err)
	}
	return in, nil
}

// OpenText does so for text that is in no file. Of its name the ending matters, as
// with a file's, and errors tell it.
func OpenText(ctx context.Context, name, text string) (*Input, error) {
	in := &Input{path: name, file: strings.NewReader(text), size: int64(len(text))}
	if err := in.detect(ctx, ""); err != nil {
		return nil, wrapError(name, err)
	}
	return in, nil
}

// openRegular opens a file. Whatever else has a path is not even opened: a pipe
// would wait for a writer.
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
	if of, ok := lockedFile(filepath.Base(in.path), in.size); ok {
		return &ReadError{Problem: ProblemLockFile, Detail: of}
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
		const end = 22 // bytes of an archive may be NULs as well
		in.size = min(in.size, in.size-file.nuls+end)
		return in.detectXLSX(ctx, sheet)
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
	if tables := in.markupReader(head); tables != nil {
		if in.book, err = tables(ctx); err != nil {
			return err
		}
		return in.selectSheet(ctx, sheet)
	}
	return in.detectCSV(ctx, head, sheet)
}

func (in *Input) detectXLSX(ctx context.Context, sheet string) (err error) {
	if in.book, err = openWorkbook(ctx, in.file, in.size); err != nil {
		return err
	}
	return in.selectSheet(ctx, sheet)
}

// selectSheet finds the sheet to be read.
func (in *Input) selectSheet(ctx context.Context, sheet string) (err error) {
	if sheet != "" {
		in.sheet, err = in.book.findSheet(sheet)
	} else {
		in.sheet, err = in.detectSheet(ctx)
	}
	if err == nil {
		err = in.requireText(ctx)
	}
	if err == nil {
		err = in.book.loadMerged(ctx, in.sheet)
	}
	return err
}

// markupReader knows the tables that older systems name .xls although they are HTML or
// XML, by how their text begins. nil is for none.
func (in *Input) markupReader(head []byte) func(context.Context) (*workbook, error) {
	begin := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 4<<10)], "\ufeff \t\r\n"))
	whole := func(ctx context.Context) (io.Reader, *countingReader, error) {
		count := &countingReader{Reader: contextReader{ctx, in.contents()}, size: in.size}
		return in.encoding.reader(count), count, nil
	}
	switch {
	case isWebArchive(begin):
		in.encoding = encoding{}
		return func(ctx context.Context) (*workbook, error) {
			pages, err := in.webArchivePages(ctx)
			if err != nil {
				return nil, err
			}
			return htmlTables(ctx, pages, in.size)
		}
	case bytes.Contains(begin, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && !bytes.Contains(begin, []byte("<html")):
		return func(ctx context.Context) (*workbook, error) { return xmlTables(ctx, whole, in.size) }
	case isHTML(begin):
		return func(ctx context.Context) (*workbook, error) { return htmlTables(ctx, []page{whole}, in.size) }
	case bytes.HasPrefix(begin, []byte("<?xml")) && bytes.Contains(begin, []byte("urn:oasis:names:tc:opendocument")):
		return func(context.Context) (*workbook, error) {
			return nil, &ReadError{Problem: ProblemOtherFormat, Detail: ".fods"}
		}
	case bytes.HasPrefix(begin, []byte("<?xml")):
		return func(context.Context) (*workbook, error) {
			return nil, &ReadError{Problem: ProblemDocument, Detail: "XML"}
		}
	}
	return nil
}

// detectSheet is the sheet to be read where none is asked for: one with a table. What
// the file opens with is what somebody has looked at last, and goes first; an
// example goes last.
func (in *Input) detectSheet(ctx context.Context) (int, error) {
	active := slices.IndexFunc(in.book.sheets, func(s worksheet) bool { return s.active && !s.hidden })
	var filled []int
	for i, s := range in.book.sheets {
		if s.hidden {
			continue
		}
		has, err := in.withSheet(i).hasText(ctx)
		switch {
		case ctx.Err() != nil:
			return i, ctx.Err()
		case err != nil && i == active:
			return i, err
		case has && i == active:
			filled = append([]int{i}, filled...)
		case has:
			filled = append(filled, i)
		}
	}
	told := 0
	for _, i := range filled {
		found, table := in.withSheet(i).countFactors(ctx)
		if table && (i == active || !isExample(in.book.sheets[i].name)) {
			return i, ctx.Err()
		}
		told = max(told, found)
	}
	if i := in.hiddenTable(ctx); told == 0 && i >= 0 {
		return i, ctx.Err()
	}
	return append(filled, 0)[0], ctx.Err()
}

// isExample tells whether a sheet is called one.
func isExample(name string) bool {
	return slices.ContainsFunc([]string{"示例", "样例", "范例", "样表", "模板", "example", "sample", "template"}, func(word string) bool {
		return strings.Contains(strings.ToLower(name), word)
	})
}

// withSheet is the same file, of which another sheet is read.
func (in *Input) withSheet(sheet int) *Input {
	other := *in
	other.sheet = sheet
	return &other
}

// OtherSheets are the names of the sheets that are neither hidden nor empty, but for
// the one that is read. One that cannot be read is among them.
func (in *Input) OtherSheets(ctx context.Context) (names []string) {
	if in.book == nil {
		return nil
	}
	for i, s := range in.book.sheets {
		if i == in.sheet || s.hidden {
			continue
		}
		if has, err := in.withSheet(i).hasText(ctx); has || err != nil {
			names = append(names, s.name)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return names
}

func (in *Input) detectCSV(ctx context.Context, head []byte, sheet string) error {
	if sheet != "" {
		return &ReadError{Problem: ProblemNoSheet}
	}
	in.delimiter, in.skip = declaredDelimiter(head)
	switch {
	case in.skip > 0:
	case strings.EqualFold(filepath.Ext(in.path), ".tsv"):
		in.delimiter = '\t'
	default:
		in.delimiter = detectDelimiter(head)
	}
	return in.requireText(ctx)
}

// requireText is an error where no row has any text.
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

// contents is the whole file from its beginning, for one reader of several.
func (in *Input) contents() io.Reader { return io.NewSectionReader(in.file, 0, in.size) }

// IsDelimited reports whether a cell has no place but the one behind another, so
// that one too many moves all cells behind it.
func (in *Input) IsDelimited() bool { return in.book == nil || in.book.delimited }

// Close lets go of the file.
func (in *Input) Close() error {
	if in.close == nil {
		return nil
	}
	return in.close.Close()
}

// Hash is the SHA-256 of the whole file, in hex.
func (in *Input) Hash() string { return in.hash }

// Encoding is UTF-8, UTF-16LE, UTF-16BE or GB18030; empty for XLSX.
func (in *Input) Encoding() string { return string(in.encoding.name) }

// Sheets are the names of an XLSX's sheets, in order; nil for CSV.
func (in *Input) Sheets() []string {
	if in.book == nil {
		return nil
	}
	return in.book.sheetNames()
}

// Sheet is the name of the sheet that is read; empty for CSV.
func (in *Input) Sheet() string {
	if in.book == nil {
		return ""
	}
	return in.book.sheets[in.sheet].name
}

// Size is how many bytes there are to read, for Row.Offset: those of the file,
// or of an XLSX's sheet once it is unpacked.
func (in *Input) Size() int64 {
	if in.book == nil {
		return in.size
	}
	return in.book.sheets[in.sheet].size()
}

// Rows reads from the beginning. Blank rows of CSV come too, without cells;
// those of XLSX do not, and Number goes on after them. An error, a *ReadError or
// the context's, is the last that comes.
func (in *Input) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var err error
		if in.book != nil {
			err = in.book.rows(ctx, in.sheet, yield)
		} else {
			count := &countingReader{Reader: contextReader{ctx, in.contents()}, size: in.size}
			text := in.encoding.reader(count)
			if in.skip > 0 {
				text = &skipReader{text, in.skip}
			}
			err = readCSV(text, in.delimiter, count, yield)
		}
		if err != nil {
			yield(Row{}, wrapError(in.path, err))
		}
	}
}

// FirstRows reads the first rows, at most n of those that are not blank, for someone
// to look at.
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
