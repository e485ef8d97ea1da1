package ui_test

import (
	"go/ast"
	"go/token"
	"go/types"
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

// TestRootRoutes: the root model only routes, so it stays small.
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

// TestShort: files stay under 400 lines, functions under 60, tables aside.
func TestShort(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if strings.HasPrefix(s.name, "ui/i18n/") { // tables of texts
			continue
		}
		if n := s.lines(); n > 400 {
			t.Errorf("%s has %d lines, want at most 400", s.name, n)
		}
		for _, f := range s.functions() {
			if n := s.length(f); n > 60 && !isTable(f) {
				t.Errorf("%s: %s has %d lines, want at most 60", s.name, f.Name, n)
			}
		}
	}
}

// TestMessages: every message is a struct of its own. A message that is an error
// type would match every error.
func TestMessages(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, spec := range s.types() {
			if !strings.HasSuffix(spec.Name.Name, "Msg") {
				continue
			}
			if _, ok := spec.Type.(*ast.StructType); !ok {
				t.Errorf("%s: %s is not a struct", s.name, spec.Name)
			}
		}
	}
}

// TestNoState: package variables are errors, embedded files, compile-time checks
// or read-only tables.
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

// TestCaught: the root catches panics of every command, but it cannot see into
// sequences, which Bubble Tea runs itself.
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

// TestOneWidth: text is measured in one way.
func TestOneWidth(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			if strings.HasSuffix(imported, "/uniseg") || strings.HasSuffix(imported, "/go-runewidth") && s.name != "ui/app/program.go" {
				t.Errorf("%s imports %s", s.name, imported)
			}
		}
		for _, call := range s.calls() {
			if call == "lipgloss.Width" || call == "lipgloss.Size" || call == "ansi.StringWidth" && s.pkg != "ui/widget" && !strings.HasPrefix(s.pkg, "ui/cli") {
				t.Errorf("%s: %s", s.name, call)
			}
		}
	}
}

// TestOneZone: times are shown in the config's zone, not the machine's. Only
// doctor shows both.
func TestOneZone(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Local" && s.name != "ui/cli/doctor/ledger.go" {
					t.Errorf("%s uses the machine's time zone", s.name)
				}
			case *ast.SelectorExpr:
				if types.ExprString(n) == "time.Local" {
					t.Errorf("%s uses the machine's time zone", s.name)
				}
			}
			return true
		})
	}
}

// TestDocumented: exported declarations have doc comments.
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

// undocumented returns the name of an exported declaration without a comment.
func undocumented(decl ast.Decl) (name string, ok bool) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		// Methods of well-known interfaces need none.
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

// TestTests: tests run in parallel, do not sleep and are not skipped.
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
			// The environment and the umask belong to the whole process.
			calls := source{ast: &ast.File{Decls: []ast.Decl{f}, Name: s.ast.Name}}.calls()
			if !slices.ContainsFunc([]string{"t.Parallel", "t.Setenv", "syscall.Umask"}, func(call string) bool { return slices.Contains(calls, call) }) {
				t.Errorf("%s: %s does not call t.Parallel", s.name, f.Name)
			}
		}
	}
}

// TestFuzzed: packages that parse foreign text have a fuzz target.
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
	for _, pkg := range []string{"juhe", "juhe/ident", "juhe/detect", "juhe/lookup", "juhe/ledger/gram", "juhe/ledger/pinyin", "juhe/table", "juhe/internal/aesecb", "ui/config", "ui/widget", "ui/result"} {
		if fuzzed[pkg] == 0 {
			t.Errorf("%s has no fuzz target", pkg)
		}
	}
}

// TestDecisions: each stands under a heading, has a title, and is short enough
// to be read.
func TestDecisions(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.ci/DECISIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	heading := ""
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "## "):
			heading = line
		case heading == "":
			t.Errorf("%q stands under no heading", line)
		case !strings.HasPrefix(line, "- **"):
			t.Errorf("%q has no title", line)
		case len(line) > 700:
			t.Errorf("%q has %d bytes, want at most 700", line, len(line))
		}
	}
}

// TestOneScript: .ci/run runs every check.
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

// isTable reports whether a function does nothing but return a table.
func isTable(f *ast.FuncDecl) bool {
	n := len(f.Body.List)
	if n == 0 || n > 2 {
		return false
	}
	_, ok := f.Body.List[n-1].(*ast.ReturnStmt)
	return ok
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

// variables returns the names of package variables.
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

// only reports whether name is never assigned to in the file, and its address is
// never taken.
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
