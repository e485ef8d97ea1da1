package ui_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/help"
	"fourfactor/ui/history"
	"fourfactor/ui/result"
	"fourfactor/ui/widget"
)

// Screens are used by pointer, by one contract.
var (
	_ widget.Screen = (*form.Screen)(nil)
	_ widget.Screen = (*result.Screen)(nil)
	_ widget.Screen = (*history.Screen)(nil)
	_ widget.Screen = (*batch.Screen)(nil)
	_ widget.Screen = (*help.Screen)(nil)
)

// TestRootRoutes: the root model stays small.
func TestRootRoutes(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.pkg != "ui" {
			continue
		}
		if n := s.lines(); n > 320 {
			t.Errorf("%s has %d lines", s.name, n)
		}
		for _, f := range s.functions() {
			if n := s.length(f); f.Name.Name == "update" && n > 80 {
				t.Errorf("%s: update has %d lines", s.name, n)
			}
		}
	}
}

// TestShort: files and functions are short. The models' files have 60 to 170
// lines in the middle, and nine of ten functions under 40.
func TestShort(t *testing.T) {
	t.Parallel()
	var files, functions []int
	for _, s := range sources(t) {
		if strings.HasPrefix(s.name, "ui/i18n/") { // tables of texts
			continue
		}
		if files = append(files, s.lines()); s.lines() > 400 {
			t.Errorf("%s has %d lines", s.name, s.lines())
		}
		for _, f := range s.functions() {
			functions = append(functions, s.length(f))
		}
	}
	slices.Sort(files)
	slices.Sort(functions)
	if middle := files[len(files)/2]; middle > 170 {
		t.Errorf("the median file has %d lines", middle)
	}
	if middle := functions[len(functions)/2]; middle > 15 {
		t.Errorf("the median function has %d lines", middle)
	}
	if most := functions[len(functions)*9/10]; most >= 40 {
		t.Errorf("one of ten functions has %d lines or more", most)
	}
}

// TestMessages: a message is a struct, so that none is taken for another's. A
// type that is an error would catch every error.
func TestMessages(t *testing.T) {
	t.Parallel()
	found := 0
	for _, s := range sources(t) {
		for _, spec := range s.types() {
			if !regexp.MustCompile(`Msg$`).MatchString(spec.Name.Name) {
				continue
			}
			found++
			if _, ok := spec.Type.(*ast.StructType); !ok {
				t.Errorf("%s: %s is no struct", s.name, spec.Name)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d messages: the walk has missed some", found)
	}
}

// TestNoState: no package keeps anything that changes. What stands there is an
// error, an embedded file, a check for the compiler, or a table that is only
// read.
func TestNoState(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, name := range s.variables() {
			if strings.HasPrefix(name, "err") || strings.HasPrefix(name, "Err") || name == "_" {
				continue
			}
			if !s.only(name) {
				t.Errorf("%s: %s is changed somewhere", s.name, name)
			}
		}
	}
}

// TestCaught: every command is one that the root catches a defect of. It does not
// see into what Bubble Tea runs in turn.
func TestCaught(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, call := range s.calls() {
			if call == "tea.Sequence" || call == "tea.Sequentially" || call == "tea.SetWindowTitle" {
				t.Errorf("%s: %s", s.name, call)
			}
		}
	}
}

// TestOneWidth: there is one measure of text.
func TestOneWidth(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			if strings.HasSuffix(imported, "/uniseg") || strings.HasSuffix(imported, "/go-runewidth") && s.name != "main.go" {
				t.Errorf("%s imports %s", s.name, imported)
			}
		}
		for _, call := range s.calls() {
			if call == "lipgloss.Width" || call == "lipgloss.Size" || call == "ansi.StringWidth" && s.pkg != "ui/widget" && s.pkg != "ui/cli" {
				t.Errorf("%s: %s", s.name, call)
			}
		}
	}
}

// TestOneZone: times are shown in the zone of the config, whatever the machine's
// is; doctor shows the machine's too.
func TestOneZone(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Local" && s.name != "ui/cli/doctor_clock.go" {
				t.Errorf("%s uses the machine's time zone", s.name)
			}
			return true
		})
	}
}

// TestDocumented: what other packages can use says what it is.
func TestDocumented(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, decl := range s.ast.Decls {
			if name, ok := undocumented(decl); ok {
				t.Errorf("%s: %s has no comment", s.name, name)
			}
		}
	}
}

// undocumented gives the name of an exported declaration without a comment.
func undocumented(decl ast.Decl) (name string, ok bool) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		// What a method of a well-known interface does is known.
		known := slices.Contains([]string{"Error", "Unwrap", "String", "ServeHTTP"}, d.Name.Name)
		if d.Name.IsExported() && d.Doc == nil && !known && (d.Recv == nil || exportedType(d.Recv.List[0].Type)) {
			return d.Name.Name, true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if of, ok := spec.(*ast.TypeSpec); ok && of.Name.IsExported() && d.Doc == nil && of.Doc == nil {
				return of.Name.Name, true
			}
		}
	}
	return "", false
}

func exportedType(of ast.Expr) bool {
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	name, ok := of.(*ast.Ident)
	return ok && name.IsExported()
}

// TestTests: tests run side by side, and neither sleep nor are skipped.
func TestTests(t *testing.T) {
	t.Parallel()
	for _, s := range tests(t) {
		for _, call := range s.calls() {
			if call == "time.Sleep" || regexp.MustCompile(`^t\.Skip`).MatchString(call) {
				t.Errorf("%s: %s", s.name, call)
			}
		}
		for _, f := range s.functions() {
			if !regexp.MustCompile(`^Test[A-Z]`).MatchString(f.Name.Name) || f.Name.Name == "TestMain" {
				continue
			}
			// The environment and the umask are the whole process's.
			calls := source{ast: &ast.File{Decls: []ast.Decl{f}, Name: s.ast.Name}}.calls()
			if !slices.ContainsFunc([]string{"t.Parallel", "t.Setenv", "syscall.Umask"}, func(call string) bool { return slices.Contains(calls, call) }) {
				t.Errorf("%s: %s runs alone", s.name, f.Name)
			}
		}
	}
}

// TestFuzzed: whatever takes foreign text apart has a fuzz target.
func TestFuzzed(t *testing.T) {
	t.Parallel()
	fuzzed := map[string]int{}
	for _, s := range tests(t) {
		for _, f := range s.functions() {
			if strings.HasPrefix(f.Name.Name, "Fuzz") {
				fuzzed[s.pkg]++
			}
		}
	}
	for _, pkg := range []string{"juhe", "juhe/ident", "juhe/lookup", "juhe/sheet", "juhe/internal/aesecb", "ui/config", "ui/widget", "ui/result"} {
		if fuzzed[pkg] == 0 {
			t.Errorf("%s has no fuzz target", pkg)
		}
	}
}

// TestDecisions: they are numbered from 1, and each is two or three lines of
// text at the most.
func TestDecisions(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.ci/DECISIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if n++; !strings.HasPrefix(line, fmt.Sprintf("%d. ", n)) || len(line) > 900 {
			t.Errorf("decision %d: %q", n, line)
		}
	}
	if n < 30 {
		t.Errorf("%d decisions", n)
	}
}

// TestOneScript: what has to hold before a commit is one script.
func TestOneScript(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"gofumpt -l", "go vet ./...", "staticcheck ./...", "go mod tidy -diff", "\ngo test ./...\n", "-shuffle=on", "-race", "LC_ALL=zh_CN.UTF-8", "-fuzz ", "-bench .",
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf(".ci/run has no %q", part)
		}
	}
}

func (s source) lines() int { return s.set.File(s.ast.Pos()).LineCount() }

func (s source) length(f *ast.FuncDecl) int {
	return s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
}

func (s source) functions() []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for _, decl := range s.ast.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			all = append(all, f)
		}
	}
	return all
}

func (s source) types() []*ast.TypeSpec {
	var all []*ast.TypeSpec
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			all = append(all, spec)
		}
		return true
	})
	return all
}

// variables lists the names of package variables.
func (s source) variables() []string {
	var all []string
	for _, decl := range s.ast.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				all = append(all, name.Name)
			}
		}
	}
	return all
}

// only tells whether a name is nowhere in the file on the left of an assignment,
// nor has its address taken.
func (s source) only(name string) bool {
	read := true
	named := func(of ast.Expr) bool {
		if index, ok := of.(*ast.IndexExpr); ok {
			of = index.X
		}
		id, ok := of.(*ast.Ident)
		return ok && id.Name == name
	}
	ast.Inspect(s.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			read = read && !slices.ContainsFunc(n.Lhs, named)
		case *ast.IncDecStmt:
			read = read && !named(n.X)
		case *ast.UnaryExpr:
			read = read && (n.Op != token.AND || !named(n.X))
		}
		return true
	})
	return read
}
