package table

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// lockedFile returns the file that a lock file belongs to, by the prefix of its
// name: Excel's ~$, WPS's .~ and macOS's ._.
func lockedFile(name string, size int64) (original string, ok bool) {
	const largest = 4 << 10
	for _, mark := range []string{"~$", ".~", "._"} {
		if original, ok := strings.CutPrefix(name, mark); ok && size <= largest {
			return original, true
		}
	}
	return "", false
}

// signature is the beginning of a kind of file that is not a table.
type signature struct {
	offset  int
	bytes   string
	problem ReadProblem
	detail  string
}

func signatures() []signature {
	return []signature{
		{0, "\x1f\x8b", ProblemArchive, "gz"},
		{0, "7z\xbc\xaf\x27\x1c", ProblemArchive, "7z"},
		{0, "Rar!\x1a\x07", ProblemArchive, "rar"},
		{0, "\xfd7zXZ\x00", ProblemArchive, "xz"},
		{4, "1AY&SY", ProblemArchive, "bz2"},
		{0, "\x28\xb5\x2f\xfd", ProblemArchive, "zst"},
		{0, "MSCF\x00", ProblemArchive, "cab"},
		{257, "ustar", ProblemArchive, "tar"},
		{0, "%PDF-", ProblemDocument, "PDF"},
		{0, "{\\rtf", ProblemDocument, "RTF"},
		{0, "\x89PNG", ProblemDocument, "PNG"},
		{0, "\xff\xd8\xff", ProblemDocument, "JPEG"},
		{0, "GIF8", ProblemDocument, "GIF"},
		{0, "II*\x00", ProblemDocument, "TIFF"},
		{0, "MM\x00*", ProblemDocument, "TIFF"},
		{0, "RIFF", ProblemDocument, "RIFF"},
		{0, "L\x00\x00\x00\x01\x14\x02\x00", ProblemDocument, ".lnk"},
		{4, "ftyphei", ProblemDocument, "HEIC"},
		{0, "SQLite format 3\x00", ProblemDocument, "SQLite"},
		{4, "Standard Jet DB", ProblemDocument, "Access"},
		{4, "Standard ACE DB", ProblemDocument, "Access"},
		// Excel before version 5, which has no compound files.
		{0, "\x09\x00\x04\x00", ProblemOldExcel, ""},
		{0, "\x09\x02\x06\x00", ProblemOldExcel, ""},
		{0, "\x09\x04\x06\x00", ProblemOldExcel, ""},
		{0, "\x09\x08\x08\x00", ProblemOldExcel, ""},
		// Document protection that companies install: every file is encrypted.
		{0, "\x62\x14\x23\x65", ProblemProtected, "E-SafeNet"},
		{0, "E-SafeNet", ProblemProtected, "E-SafeNet"},
		{0, "%TSD-Header-", ProblemProtected, "TSD"},
	}
}

// rejectFormat returns an error if the first bytes are not those of a table in
// text.
func (s sniffResult) rejectFormat() error {
	for _, known := range signatures() {
		if len(s.head) > known.offset && bytes.HasPrefix(s.head[known.offset:], []byte(known.bytes)) {
			return &ReadError{Problem: known.problem, Detail: known.detail}
		}
	}
	if bytes.Contains(s.head[:min(len(s.head), 1<<10)], []byte("E-SafeNet")) {
		return &ReadError{Problem: ProblemProtected, Detail: "E-SafeNet"}
	}
	if s.isJSON() {
		return &ReadError{Problem: ProblemDocument, Detail: "JSON"}
	}
	if s.encoding().name == utf16Little || s.encoding().name == utf16Big {
		return nil
	}
	controls, nuls := 0, 0
	for _, b := range s.head {
		switch {
		case b == 0:
			nuls++
		case b < ' ' && b != '\t' && b != '\r' && b != '\n':
			controls++
		}
	}
	// About a tenth of the bytes of a compressed or binary file are controls.
	few := 1 + (len(s.head)-nuls)/50
	switch {
	case controls > few && s.looksEncrypted():
		return &ReadError{Problem: ProblemProtected}
	case controls > few:
		return &ReadError{Problem: ProblemFormat}
	case s.nulRow > 0:
		return &ReadError{Problem: ProblemNUL, Row: s.nulRow}
	case controls+nuls > few:
		return &ReadError{Problem: ProblemFormat}
	}
	return nil
}

// isJSON reports whether the text begins like JSON. A heading in brackets does
// not.
func (s sniffResult) isJSON() bool {
	begin := bytes.TrimLeft(s.head[:min(len(s.head), 1<<10)], "\xef\xbb\xbf \t\r\n")
	if len(begin) == 0 {
		return false
	}
	inside := bytes.TrimLeft(begin[1:], " \t\r\n")
	switch begin[0] {
	case '{':
		return bytes.HasPrefix(inside, []byte(`"`))
	case '[':
		return len(inside) > 0 && bytes.IndexByte([]byte("{[\""), inside[0]) >= 0
	}
	return false
}

// looksEncrypted reports whether the bytes are as evenly distributed as those of
// a ciphertext. NULs do not count: the header of an encrypted file may be full of
// them.
func (s sniffResult) looksEncrypted() bool {
	var often [256]float64
	for _, b := range s.head {
		often[b]++
	}
	entropy, n := 0.0, float64(len(s.head))-often[0]
	for _, k := range often[1:] {
		if k > 0 {
			entropy -= k / n * math.Log2(k/n)
		}
	}
	return entropy > 0.88*math.Log2(min(n, 256))
}

const compoundSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// rejectCompound returns the error for a compound file (MS-CFB). It recognises
// the content by the names of the streams, whose entries have 128 bytes and are
// aligned to that.
func rejectCompound(ctx context.Context, r io.Reader, name string) error {
	known := []struct {
		stream, detail string
		problem        ReadProblem
	}{
		{"EncryptedPackage", "", ProblemPassword},
		{"WordDocument", "Word", ProblemDocument},
		{"PowerPoint Document", "PowerPoint", ProblemDocument},
		{"__properties_version1.0", "Outlook", ProblemDocument},
	}
	const entry = 128
	buf := make([]byte, entry<<10)
	for {
		n, err := io.ReadFull(contextReader{ctx, r}, buf)
		for at := 0; at+entry <= n; at += entry {
			for _, k := range known {
				if bytes.HasPrefix(buf[at:], utf16Name(k.stream)) {
					return &ReadError{Problem: k.problem, Detail: k.detail}
				}
			}
		}
		if isEOF(err) {
			break
		}
		if err != nil {
			return err
		}
	}
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".et" || ext == ".ett" {
		return &ReadError{Problem: ProblemOtherFormat, Detail: ".et"}
	}
	return &ReadError{Problem: ProblemOldExcel}
}

// utf16Name returns the name of a stream as its entry has it.
func utf16Name(stream string) []byte {
	name, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(stream + "\x00")
	return []byte(name)
}

// rejectArchive returns the error for an archive that is not a workbook.
func (w *workbook) rejectArchive(files []*zip.File) error {
	for _, known := range []struct {
		part, detail string
		problem      ReadProblem
	}{
		{"xl/workbook.bin", ".xlsb", ProblemOtherFormat},
		{"index/document.iwa", ".numbers", ProblemOtherFormat},
		{"index.zip", ".numbers", ProblemOtherFormat},
		{"word/document.xml", "Word", ProblemDocument},
		{"ppt/presentation.xml", "PowerPoint", ProblemDocument},
		{"ofd.xml", "OFD", ProblemDocument},
	} {
		if w.parts[known.part] != nil {
			return &ReadError{Problem: known.problem, Detail: known.detail}
		}
	}
	if w.isODS() {
		return &ReadError{Problem: ProblemOtherFormat, Detail: ".ods"}
	}
	const named = 5
	var tables []string
	for _, f := range files {
		name := decodeEntryName(f)
		if slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods"}, strings.ToLower(path.Ext(name))) && len(tables) < named {
			tables = append(tables, name)
		}
	}
	return &ReadError{Problem: ProblemArchive, Detail: strings.TrimSuffix("zip: "+strings.Join(tables, ", "), ": ")}
}

// isODS reports whether an archive is an OpenDocument spreadsheet.
func (w *workbook) isODS() bool {
	const kind = "application/vnd.oasis.opendocument.spreadsheet"
	part := w.parts["mimetype"]
	if part == nil {
		return false
	}
	r, err := part.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	text, _ := io.ReadAll(io.LimitReader(r, int64(len(kind))))
	return string(text) == kind
}

// decodeEntryName returns the base name of a file in an archive. Windows writes
// it in the local encoding.
func decodeEntryName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}
