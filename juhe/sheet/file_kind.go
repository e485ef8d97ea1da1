package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// lockedFile is the file that a program keeps others from while it has it open, by
// the name of what it makes beside it: Excel's ~$, WPS's .~ and macOS's ._, which
// are no tables whatever they end in.
func lockedFile(name string, size int64) (of string, ok bool) {
	const largest = 4 << 10
	for _, mark := range []string{"~$", ".~", "._"} {
		if of, ok := strings.CutPrefix(name, mark); ok && size <= largest {
			return of, true
		}
	}
	return "", false
}

// signature is how a kind of file begins that is no table.
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
		// What Excel wrote before it put its files into compound ones.
		{0, "\x09\x00\x04\x00", ProblemOldExcel, ""},
		{0, "\x09\x02\x06\x00", ProblemOldExcel, ""},
		{0, "\x09\x04\x06\x00", ProblemOldExcel, ""},
		{0, "\x09\x08\x08\x00", ProblemOldExcel, ""},
		// Encryption of documents that companies install; without the program every
		// file is this.
		{0, "\x62\x14\x23\x65", ProblemProtected, "E-SafeNet"},
		{0, "E-SafeNet", ProblemProtected, "E-SafeNet"},
		{0, "%TSD-Header-", ProblemProtected, "TSD"},
	}
}

// rejectFormat knows by the first bytes what is no table of text at all.
func (s sniffed) rejectFormat() error {
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
	// Compressed and binary files have about one in ten, text hardly any.
	few := 1 + (len(s.head)-nuls)/50
	switch {
	case controls > few && s.looksEncrypted():
		return &ReadError{Problem: ProblemProtected}
	case controls > few:
		return &ReadError{Problem: ProblemFormat}
	case s.lostRow > 0:
		return &ReadError{Problem: ProblemNUL, Row: s.lostRow}
	case controls+nuls > few:
		return &ReadError{Problem: ProblemFormat}
	}
	return nil
}

// lowerPrefix is how the text begins, in lower case.
func (s sniffed) lowerPrefix() []byte {
	return bytes.ToLower(bytes.TrimLeft(s.head[:min(len(s.head), 1<<10)], "\xef\xbb\xbf \t\r\n"))
}

// isJSON reports whether the text begins as JSON does. A heading in brackets is
// none.
func (s sniffed) isJSON() bool {
	begin := s.lowerPrefix()
	if len(begin) == 0 {
		return false
	}
	inside := bytes.TrimLeft(begin[1:], " \t\r\n")
	switch begin[0] {
	case '{':
		return bytes.HasPrefix(inside, []byte(`"`))
	case '[':
		return bytes.HasPrefix(inside, []byte("{")) || bytes.HasPrefix(inside, []byte("[")) || bytes.HasPrefix(inside, []byte(`"`))
	}
	return false
}

// looksEncrypted reports whether the bytes are spread as those of a ciphertext are. NULs
// are not counted: its head may be full of them.
func (s sniffed) looksEncrypted() bool {
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

// rejectCompound finds out what is in a compound file (MS-CFB), by the names of its
// streams: their entries have 128 bytes and lie at multiples of that.
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
	const entry, length = 128, 64 // of an entry, and where it says how long the name is
	buf := make([]byte, entry<<10)
	for {
		n, err := io.ReadFull(contextReader{ctx, r}, buf)
		for at := 0; at+entry <= n; at += entry {
			for _, k := range known {
				name := utf16.Encode([]rune(k.stream + "\x00"))
				if int(buf[at+length]) == 2*len(name) && equalUTF16(buf[at:at+length], name) {
					return &ReadError{Problem: k.problem, Detail: k.detail}
				}
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
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

func equalUTF16(b []byte, units []uint16) bool {
	for i, u := range units {
		if uint16(b[2*i])|uint16(b[2*i+1])<<8 != u {
			return false
		}
	}
	return true
}

// rejectArchive says what an archive is that is no workbook.
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

// isODS reports whether an archive is a spreadsheet of OpenDocument.
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

// decodeEntryName is the name of a file in an archive, which Windows writes in the
// encoding of its country.
func decodeEntryName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
		name = cmp.Or(decoded, name)
		if err != nil {
			name = f.Name
		}
	}
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}
