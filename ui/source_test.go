package ui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the module that is not a test.
type source struct {
	name    string // from the module's root: ui/form/form.go
	pkg     string // the folder: ui/form; empty for main
	imports []string
	ast     *ast.File
	set     *token.FileSet
}

// sources parses every Go file of the module that is not a test.
func sources(t *testing.T) []source {
	t.Helper()
	return parsed(t, func(name string) bool { return !isTest(name) })
}

// tests parses every one that is.
func tests(t *testing.T) []source {
	t.Helper()
	return parsed(t, isTest)
}

// isTest reports whether a file is a test, or belongs to a package for tests.
func isTest(name string) bool {
	return strings.HasSuffix(name, "_test.go") || isTestPackage(filepath.ToSlash(filepath.Dir(name)))
}

// isTestPackage reports whether a package is for tests, such as juhe/juhetest.
func isTestPackage(pkg string) bool { return strings.HasSuffix(pkg, "test") }

// parsed parses the Go files of the module with such names. Hidden folders and
// testdata hold none of ours.
func parsed(t *testing.T, wanted func(name string) bool) []source {
	t.Helper()
	var all []source
	root := ".."
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || !wanted(name):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, newSource(name, file, set))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files: the walk has missed some", len(all))
	}
	return all
}

func newSource(name string, file *ast.File, set *token.FileSet) source {
	short := strings.TrimPrefix(filepath.ToSlash(name), "../")
	s := source{name: short, pkg: strings.TrimPrefix(path.Dir(short), "."), ast: file, set: set}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		s.imports = append(s.imports, imported)
	}
	return s
}

// calls lists the names of other packages that a file uses, as package.Name.
func (s source) calls() []string {
	var all []string
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				all = append(all, x.Name+"."+sel.Sel.Name)
			}
		}
		return true
	})
	return all
}

// texts lists the string literals of a file.
func (s source) texts() []string {
	var all []string
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			all = append(all, text)
		}
		return true
	})
	return all
}
