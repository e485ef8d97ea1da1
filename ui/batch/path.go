package batch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// entry is a folder or a possible table.
type entry struct {
	name   string
	folder bool
}

// tableExtensions are the extensions of readable tables.
var tableExtensions = [...]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".html", ".htm", ".mht", ".mhtml", ".xml"}

// readFolder reads a folder: first its folders, then its tables.
func readFolder(folder string) ([]entry, error) {
	there, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var folders, tables []entry
	for _, d := range there {
		e := entry{d.Name(), d.IsDir()}
		if d.Type()&fs.ModeSymlink != 0 {
			info, err := os.Stat(filepath.Join(folder, e.name))
			e.folder = err == nil && info.IsDir()
		}
		switch {
		case e.folder:
			folders = append(folders, e)
		case strings.HasPrefix(e.name, "~$"), strings.HasPrefix(e.name, ".~"), strings.HasPrefix(e.name, "._"): // lock and metadata files
		case slices.Contains(tableExtensions[:], strings.ToLower(filepath.Ext(e.name))):
			tables = append(tables, e)
		}
	}
	return append(folders, tables...), nil
}

// newField returns a field for a path.
func newField() widget.Field {
	const longest = 4096 // of a path
	f := widget.NewField()
	f.SetLimit(longest)
	f.ShowOverflow()
	return f
}

// editPath passes a key to the field of a path.
func editPath(field *widget.Field, msg tea.KeyMsg) {
	field.Update(msg)
	if msg.Paste { // a terminal quotes a dropped file
		if path := unquotePath(field.Value()); path != strings.TrimSpace(field.Value()) {
			field.SetValue(path)
		}
	}
}

// absolutePath returns an absolute path. It replaces ~ and starts relative paths at
// WorkDir.
func (c *common) absolutePath(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && c.Home != "" && (rest == "" || rest[0] == filepath.Separator) {
		path = c.Home + rest
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.WorkDir, path)
	}
	return path
}

// unquotePath removes the quotation marks that a terminal adds to a dropped file.
func unquotePath(path string) string {
	path = strings.TrimSpace(path)
	for _, q := range []string{"'", `"`} {
		if inside, ok := strings.CutPrefix(path, q); ok && len(inside) > 1 && strings.HasSuffix(inside, q) {
			return strings.TrimSuffix(inside, q)
		}
	}
	return path
}

// freeOutputPath returns a path for an output, named after its input, where no file
// exists.
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

// fitFileName returns base and end, with base cut to the length that file systems
// allow.
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

// timestamp is the format of the time in the name of a file.
const timestamp = "-20060102-150405"

// outputName returns the folder and the first part of the name for an output. For pasted
// rows they are WorkDir and a name of their own.
func (c *common) outputName(input string) (folder, base string) {
	if input == "" {
		return c.WorkDir, c.Messages.Batch.PastedName
	}
	base = filepath.Base(input)
	return filepath.Dir(input), strings.TrimSuffix(base, filepath.Ext(base))
}

// newPathPrompt returns a prompt for a path, which takes the keys.
func newPathPrompt(label string) widget.Prompt {
	p := widget.Prompt{Label: label, Field: newField()}
	p.Focus()
	return p
}
