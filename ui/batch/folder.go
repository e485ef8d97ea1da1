package batch

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	engine "fourfactor/juhe/batch"
)

// entry is a folder, or a file that may be a table.
type entry struct {
	name   string
	folder bool
}

// tableExtensions are what names of tables end in.
var tableExtensions = [...]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".html", ".htm", ".mht", ".mhtml", ".xml"}

// readFolder reads a folder: its folders first, then what may be a table.
func readFolder(folder string) ([]entry, error) {
	there, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, d := range there {
		e := entry{d.Name(), d.IsDir()}
		if d.Type()&fs.ModeSymlink != 0 {
			info, err := os.Stat(filepath.Join(folder, e.name))
			e.folder = err == nil && info.IsDir()
		}
		if !e.folder && (strings.HasPrefix(e.name, "~$") || strings.HasPrefix(e.name, ".~") || strings.HasPrefix(e.name, "._")) {
			continue // what a program leaves beside an open table
		}
		if e.folder || slices.Contains(tableExtensions[:], strings.ToLower(filepath.Ext(e.name))) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Compare(rank(a), rank(b))
	})
	return all, nil
}

func rank(e entry) int {
	if e.folder {
		return 0
	}
	return 1
}

// absolutePath is a path as the system takes it: ~ is the home folder, and one that
// does not begin anywhere begins in the current folder.
func (s *Screen) absolutePath(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && s.Home != "" && (rest == "" || rest[0] == filepath.Separator) {
		path = s.Home + rest
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.WorkDir, path)
	}
	return path
}

// shortPath is a path as a person reads it.
func (s *Screen) shortPath(path string) string {
	if rest, ok := strings.CutPrefix(path, s.Home+string(filepath.Separator)); ok && s.Home != "" {
		return "~" + string(filepath.Separator) + rest
	}
	return path
}

// unquotePath takes off what a terminal puts around a file that is dropped on it.
func unquotePath(path string) string {
	path = strings.TrimSpace(path)
	for _, q := range []string{"'", `"`} {
		if inside, ok := strings.CutPrefix(path, q); ok && len(inside) > 1 && strings.HasSuffix(inside, q) {
			return strings.TrimSuffix(inside, q)
		}
	}
	return path
}

// freeOutputPath is a path for an output in a folder, by the name of its input: one that
// is not taken yet.
func freeOutputPath(folder, base, suffix string) string {
	for n := 1; ; n++ {
		end := suffix
		if n > 1 {
			end += "-" + strconv.Itoa(n)
		}
		path := filepath.Join(folder, fitFileName(base, end+".xlsx"))
		if _, err := os.Lstat(path); err != nil {
			return path
		}
	}
}

// fitFileName is a name of a file that file systems take, as far as its length goes: of
// the base as much as there is room for.
func fitFileName(base, end string) string {
	const longest = 255 // in bytes
	for len(base)+len(end) > longest {
		_, size := utf8.DecodeLastRuneInString(base)
		if size == 0 {
			break
		}
		base = base[:len(base)-size]
	}
	return base + end
}

// baseName is the name of an input without its ending. That of pasted rows is
// nobody's own.
func (s *Screen) baseName(input string) string {
	if input == "" {
		return s.Words.Batch.PastedName
	}
	base := filepath.Base(input)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// newBaseName is the base of a new run's output. Pasted rows have nothing but the time to
// tell them from others.
func (s *Screen) newBaseName(q engine.Request) string {
	if q.InputPath == "" {
		return s.baseName("") + s.Now().Format("-20060102-150405")
	}
	return s.baseName(q.InputPath)
}

// outputFolder is where the output of an input goes by default: beside it, or into the
// current folder where its rows were pasted.
func (s *Screen) outputFolder(input string) string {
	if input == "" {
		return s.WorkDir
	}
	return filepath.Dir(input)
}
