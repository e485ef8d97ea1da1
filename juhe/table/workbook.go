package table

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of the unpacked parts. An archive of a megabyte can contain a gigabyte.
const (
	maxPart  = 32 << 20 // of a part in memory
	maxSheet = 16 << 30 // of other parts

	// An archive that unpacks to much more than others is an attack. The most
	// repetitive tables shrink to a hundredth.
	suspicious = 64 << 20
	maxRatio   = 200

	maxTags      = 2 << 20 // of a part in memory
	maxSheets    = 10_000
	maxRelations = 100_000
)

// workbook is an XLSX file (ECMA-376), or another file with tables.
type workbook struct {
	parts     map[string]*zip.File // by name in lower case
	sheets    []worksheet
	strings   []string
	dates     []bool // by style: numbers are dates
	date1904  bool   // dates are counted from 1904
	delimited bool   // see Input.IsDelimited
}

type worksheet struct {
	name   string
	hidden bool
	active bool // the file opens with it
	part   *zip.File
	merged []mergedRange // of the sheet that is read

	// Of a table that is not in an archive.
	byteSize int64
	read     func(context.Context, func(Row, error) bool) error
}

func (s worksheet) size() int64 {
	if s.part == nil {
		return s.byteSize
	}
	return int64(s.part.UncompressedSize64)
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// bookXML is xl/workbook.xml. Names have no name space because there are two of
// each, transitional and strict.
type bookXML struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Views []struct {
		Active string `xml:"activeTab,attr"`
	} `xml:"bookViews>workbookView"`
	Sheets []struct {
		Name     string `xml:"name,attr"`
		State    string `xml:"state,attr"`
		Relation string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
}

func openWorkbook(ctx context.Context, r io.ReaderAt, size int64) (*workbook, error) {
	archive, err := zip.NewReader(r, size)
	if errors.Is(err, zip.ErrFormat) { // the end is missing
		return nil, &ReadError{Problem: ProblemCutOff, Err: err}
	}
	if err != nil {
		return nil, damagedError(err)
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, part := range archive.File {
		name := partName("", part.Name)
		if w.parts[name] == nil {
			w.parts[name] = part
		}
	}
	main, err := w.mainPart(ctx)
	if err != nil {
		return nil, err
	}
	if main == "" {
		return nil, w.rejectArchive(archive.File)
	}
	var book bookXML
	if err := w.decode(ctx, main, &book); err != nil {
		return nil, err
	}
	w.date1904 = isTrue(book.Properties.Date1904)
	relations, err := w.relations(ctx, main)
	if err != nil {
		return nil, err
	}
	if err := w.addSheets(book, main, relations); err != nil {
		return nil, err
	}
	return w, w.addParts(ctx, main, relations)
}

// partName returns the name of a part from a reference in a folder of the
// archive. Programs write backslashes, capitals, and leading slashes.
func partName(folder, name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	if !strings.HasPrefix(name, "/") {
		name = folder + "/" + name
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// mainPart returns the name of the workbook part, or "" if the archive is not a
// workbook.
func (w *workbook) mainPart(ctx context.Context) (string, error) {
	relations, err := w.relations(ctx, "")
	if err != nil {
		return "", err
	}
	name := "xl/workbook.xml"
	for _, r := range relations {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			name = partName("", r.Target)
		}
	}
	// .docx, .xlsb and .ods have another relation, or none.
	if w.parts[name] == nil || !strings.HasSuffix(name, ".xml") || strings.HasPrefix(name, "word/") || strings.HasPrefix(name, "ppt/") {
		return "", nil
	}
	return name, nil
}

// relations returns the relations of a part.
func (w *workbook) relations(ctx context.Context, part string) ([]relation, error) {
	folder, name := path.Split(part)
	list := folder + "_rels/" + name + ".rels"
	if w.parts[list] == nil {
		return nil, nil
	}
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	err := w.decode(ctx, list, &all)
	if len(all.Relations) > maxRelations {
		return nil, tooLargeError("part")
	}
	return all.Relations, err
}

// decode decodes a small part.
func (w *workbook) decode(ctx context.Context, name string, to any) error {
	r, err := w.openPart(w.parts[name], maxPart)
	if err != nil {
		return err
	}
	defer r.Close()
	whole, err := io.ReadAll(utf8XML(contextReader{ctx, r}))
	if err != nil {
		return err
	}
	if bytes.Count(whole, []byte("<")) > maxTags {
		return tooLargeError("part")
	}
	switch err := newXMLDecoder(contextReader{ctx, bytes.NewReader(whole)}).Decode(to); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return damagedError(err)
	}
	return nil
}

// openPart unpacks a part, up to a limit.
func (w *workbook) openPart(part *zip.File, limit int64) (io.ReadCloser, error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	packed := int64(min(part.CompressedSize64, maxSheet))
	return &limitedReader{r, min(limit, max(suspicious, packed*maxRatio))}, nil
}

// addSheets adds the worksheets. Charts and dialogs are left out.
func (w *workbook) addSheets(book bookXML, main string, relations []relation) error {
	if len(book.Sheets) > maxSheets {
		return tooLargeError("sheets")
	}
	byID := map[string]relation{}
	for _, r := range slices.Backward(relations) {
		byID[r.ID] = r
	}
	active := -1
	if len(book.Views) > 0 {
		active, _ = strconv.Atoi(cmp.Or(book.Views[0].Active, "0"))
	}
	for i, s := range book.Sheets {
		r := byID[s.Relation]
		if !strings.HasSuffix(r.Type, "/worksheet") {
			continue
		}
		part := w.parts[partName(path.Dir(main), r.Target)]
		if part == nil {
			return damagedError(errors.New("the part of a sheet is missing"))
		}
		w.sheets = append(w.sheets, worksheet{name: s.Name, hidden: s.State != "" && s.State != "visible", active: i == active, part: part})
	}
	if len(w.sheets) == 0 {
		return &ReadError{Problem: ProblemEmpty}
	}
	return nil
}

// addParts reads the parts that all sheets share.
func (w *workbook) addParts(ctx context.Context, main string, relations []relation) (err error) {
	for _, r := range relations {
		name := partName(path.Dir(main), r.Target)
		switch {
		case w.parts[name] == nil:
		case strings.HasSuffix(r.Type, "/styles") && w.dates == nil:
			var styles stylesXML
			if err := w.decode(ctx, name, &styles); err != nil {
				return err
			}
			w.dates = styles.dateStyles()
		case strings.HasSuffix(r.Type, "/sharedStrings") && w.strings == nil:
			if w.strings, err = w.readStrings(ctx, w.parts[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *workbook) sheetNames() []string {
	all := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		all[i] = s.name
	}
	return all
}

// findSheet returns a sheet by its name, in any case, or by its number from 1.
func (w *workbook) findSheet(sheet string) (int, error) {
	names := w.sheetNames()
	if i := slices.Index(names, sheet); i >= 0 {
		return i, nil
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, sheet) }); i >= 0 {
		return i, nil
	}
	if n, err := strconv.Atoi(sheet); err == nil && 1 <= n && n <= len(names) {
		return n - 1, nil
	}
	return 0, &ReadError{Problem: ProblemNoSheet, Detail: strings.Join(names, ", ")}
}

const (
	maxStrings = 1 << 24 // shared strings
	maxShared  = 1 << 29 // bytes of all of them
)

// readStrings reads the shared strings, to which cells refer by number (ECMA-376
// part 1, 18.4.9).
func (w *workbook) readStrings(ctx context.Context, part *zip.File) ([]string, error) {
	r, err := w.openPart(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	x := newXMLReader(contextReader{ctx, r})
	var all []string
	var text richText
	size := 0
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		text.add(t)
		if len(text.text) > maxToken {
			return nil, tooLargeError("strings")
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "si" {
			all = append(all, unescape(string(text.text)))
			size += len(text.text)
			text = richText{text: text.text[:0]}
		}
		if size > maxShared || len(all) > maxStrings {
			return nil, tooLargeError("strings")
		}
	}
}

// richText joins the runs of a text. It leaves out how the text is pronounced
// (ECMA-376 part 1, 18.4.4 and 18.4.6).
type richText struct {
	text       []byte
	inText     bool // t
	inPhonetic bool // rPh
}

func (r *richText) add(t xml.Token) {
	switch t := t.(type) {
	case xml.CharData:
		if r.inText && !r.inPhonetic {
			r.text = append(r.text, t...)
		}
	case xml.StartElement:
		r.mark(t.Name.Local, true)
	case xml.EndElement:
		r.mark(t.Name.Local, false)
	}
}

func (r *richText) mark(element string, begin bool) {
	switch element {
	case "t":
		r.inText = begin
	case "rPh":
		r.inPhonetic = begin
	}
}

// unescape decodes _x0041_ (ECMA-376 part 1, 22.4.2.4).
func unescape(text string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 {
			return b.String() + text
		}
		b.WriteString(text[:i])
		text = text[i:]
		if !isEscaped(text) {
			b.WriteString(text[:2])
			text = text[2:]
			continue
		}
		var r rune
		r, text = cutUnit(text)
		if utf16.IsSurrogate(r) && isEscaped(text) {
			if second, rest := cutUnit(text); utf16.DecodeRune(r, second) != utf8.RuneError {
				r, text = utf16.DecodeRune(r, second), rest
			}
		}
		b.WriteRune(r)
	}
}

// cutUnit cuts the escape of a unit of UTF-16 off the beginning of a text.
func cutUnit(text string) (rune, string) {
	n, _ := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), text[len("_x0041_"):]
}
