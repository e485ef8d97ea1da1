package ui_test

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestSizes: no type has more than 25 fields or 50 methods, and no package more
// than 20 files. Structs of texts have as many fields as there are texts.
func TestSizes(t *testing.T) {
	t.Parallel()
	files, methods := map[string]int{}, map[string]int{}
	for _, s := range sources(t) {
		files[s.pkg]++
		for _, d := range s.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					methods[s.pkg+"."+receiver(d)]++
				}
			case *ast.GenDecl:
				for name, n := range fields(d) {
					if n > 25 && s.pkg != "ui/i18n" {
						t.Errorf("%s: %s has %d fields, want at most 25", s.name, name, n)
					}
				}
			}
		}
	}
	for pkg, n := range files {
		if n > 20 {
			t.Errorf("%s has %d files, want at most 20", pkg, n)
		}
	}
	for name, n := range methods {
		if n > 50 {
			t.Errorf("%s has %d methods, want at most 50", name, n)
		}
	}
	if methods["ui.Model"] == 0 {
		t.Error("the root model has no methods: the walk has missed them")
	}
}

// receiver returns the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	return of.(*ast.Ident).Name
}

// fields returns the number of fields of each struct that is declared.
func fields(d *ast.GenDecl) map[string]int {
	all := map[string]int{}
	for _, spec := range d.Specs {
		declared, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		if of, ok := declared.Type.(*ast.StructType); ok {
			for _, f := range of.Fields.List {
				all[declared.Name.Name] += max(len(f.Names), 1)
			}
		}
	}
	return all
}

// TestNoHub: no file of the commands or of the batch screen uses every other file
// of its package.
func TestNoHub(t *testing.T) {
	t.Parallel()
	packages := map[string][]source{}
	for _, s := range sources(t) {
		if s.pkg == "ui/batch" || strings.HasPrefix(s.pkg, "ui/cli") {
			packages[s.pkg] = append(packages[s.pkg], s)
		}
	}
	for pkg, files := range packages {
		declaring := map[string]string{} // the only file that declares a name
		for _, s := range files {
			for name := range declared(s) {
				if other, twice := declaring[name]; twice && other != s.name {
					declaring[name] = ""
					continue
				}
				declaring[name] = s.name
			}
		}
		for _, s := range files {
			used := map[string]bool{}
			ast.Inspect(s.ast, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					used[declaring[id.Name]] = true
				}
				return true
			})
			delete(used, "")
			delete(used, s.name)
			if others := len(files) - 1; others > 3 && len(used) == others {
				t.Errorf("%s uses every other file of %s", s.name, pkg)
			}
			if testing.Verbose() {
				t.Logf("%s uses %d of %d: %v", s.name, len(used), len(files)-1, slices.Sorted(maps.Keys(used)))
			}
		}
	}
}

// declared returns the names of the functions, methods, types, variables and
// constants that a file declares.
func declared(s source) map[string]bool {
	all := map[string]bool{}
	for _, d := range s.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			all[d.Name.Name] = true
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					all[spec.Name.Name] = true
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						all[name.Name] = true
					}
				}
			}
		}
	}
	return all
}
