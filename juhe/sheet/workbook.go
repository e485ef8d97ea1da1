package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Limits of what a workbook unpacks to: an archive of a megabyte can hold a
// thousand.
const (
	maxPart  = 32 << 20 // of a part that is kept in memory
	maxSheet = 16 << 30 // of one that is not
)

// workbook is an XLSX file (ECMA-376).
type workbook struct {
	parts   map[string]*zip.File // by name, in lower case and without a slash before it
	sheets  []worksheet
	strings *sharedStrings
	dates   []bool // by style: a number is a date
	since   epoch
}

type worksheet struct {
	name   string
	hidden bool
	part   *zip.File
}

func (s worksheet) size() int64 { return int64(s.part.UncompressedSize64) }

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// bookXML is xl/workbook.xml. Names have no name space here, as there are two of
// everything: transitional and strict.
type bookXML struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name     string `xml:"name,attr"`
		State    string `xml:"state,attr"`
		Relation string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
}

func openWorkbook(ctx context.Context, r io.ReaderAt, size int64) (*workbook, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, part := range archive.File {
		name := partName("", part.Name)
		if w.parts[name] == nil {
			w.parts[name] = part
		}
	}
	main, err := w.main()
	if err != nil {
		return nil, err
	}
	var book bookXML
	if err := w.decode(main, &book); err != nil {
		return nil, err
	}
	w.since = epoch1900
	if p := book.Properties.Date1904; p == "1" || p == "true" {
		w.since = epoch1904
	}
	relations, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.addSheets(book, main, relations); err != nil {
		return nil, err
	}
	return w, w.addParts(ctx, main, relations)
}

// partName is the name of a part that is named in a folder of the archive.
// Programs write backslashes, capitals, and slashes before the name.
func partName(folder, name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	if !strings.HasPrefix(name, "/") {
		name = folder + "/" + name
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// main is the name of the workbook's own part.
func (w *workbook) main() (string, error) {
	relations, err := w.relations("")
	if err != nil {
		return "", err
	}
	name := "xl/workbook.xml"
	for _, r := range relations {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			name = partName("", r.Target)
		}
	}
	// Of the archives that are none, .docx, .xlsb and .ods have the relation to
	// something else, or none.
	if w.parts[name] == nil || !strings.HasSuffix(name, ".xml") || strings.HasPrefix(name, "word/") || strings.HasPrefix(name, "ppt/") {
		return "", &ReadError{Problem: ProblemFormat, Detail: "zip"}
	}
	return name, nil
}

// relations are those of a part; none where it has no list of them.
func (w *workbook) relations(part string) ([]relation, error) {
	folder, name := path.Split(part)
	list := folder + "_rels/" + name + ".rels"
	if w.parts[list] == nil {
		return nil, nil
	}
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	err := w.decode(list, &all)
	return all.Relations, err
}

// decode reads a small part.
func (w *workbook) decode(name string, to any) error {
	r, err := w.open(w.parts[name], maxPart)
	if err != nil {
		return err
	}
	defer r.Close()
	text, err := decoded(r)
	if err != nil {
		return err
	}
	whole, err := io.ReadAll(text)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(whole))
	// The bytes are UTF-8 by now, whatever the first line says.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	if err := d.Decode(to); err != nil {
		return damaged(err)
	}
	return nil
}

// open unpacks a part, but not without end.
func (w *workbook) open(part *zip.File, limit int64) (io.ReadCloser, error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	return &limited{r, limit}, nil
}

// addSheets leaves out charts and dialogues.
func (w *workbook) addSheets(book bookXML, main string, relations []relation) error {
	for _, s := range book.Sheets {
		i := slices.IndexFunc(relations, func(r relation) bool { return r.ID == s.Relation })
		if i < 0 || !strings.HasSuffix(relations[i].Type, "/worksheet") {
			continue
		}
		part := w.parts[partName(path.Dir(main), relations[i].Target)]
		if part == nil {
			return damaged(errors.New("the part of a sheet is missing"))
		}
		w.sheets = append(w.sheets, worksheet{s.Name, s.State != "" && s.State != "visible", part})
	}
	if len(w.sheets) == 0 {
		return &ReadError{Problem: ProblemEmpty}
	}
	return nil
}

// addParts reads what all sheets share.
func (w *workbook) addParts(ctx context.Context, main string, relations []relation) (err error) {
	for _, r := range relations {
		name := partName(path.Dir(main), r.Target)
		switch {
		case w.parts[name] == nil:
		case strings.HasSuffix(r.Type, "/styles"):
			var styles stylesXML
			if err := w.decode(name, &styles); err != nil {
				return err
			}
			w.dates = styles.dates()
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			if w.strings, err = w.shared(ctx, w.parts[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *workbook) names() []string {
	all := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		all[i] = s.name
	}
	return all
}

// find is a sheet by its name, of which a spreadsheet does not tell the case, or
// else by its number, from 1.
func (w *workbook) find(sheet string) (int, error) {
	names := w.names()
	if i := slices.Index(names, sheet); i >= 0 {
		return i, nil
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, sheet) }); i >= 0 {
		return i, nil
	}
	if n, err := strconv.Atoi(sheet); err == nil && 1 <= n && n <= len(names) {
		return n - 1, nil
	}
	return 0, &ReadError{Problem: ProblemSheet, Detail: strings.Join(names, ", ")}
}
