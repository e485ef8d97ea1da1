package juhetest

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Constants returns the values of all constants of a string type of this module, sorted
// by name and without "". It reads the source, so no constant is
// forgotten.
func Constants[T ~string](t testing.TB) (all []T) {
	t.Helper()
	of := reflect.TypeFor[T]()
	if known, ok := constants.Load(of); ok {
		return slices.Clone(known.([]T))
	}
	folder, set := strings.TrimPrefix(of.PkgPath(), "fourfactor/"), token.NewFileSet()
	for range 4 { // a test starts in the folder of its package
		if _, err := os.Stat(folder); err != nil {
			folder = filepath.Join("..", folder)
		}
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	config := types.Config{IgnoreFuncBodies: true, Error: func(error) {}} // imports are not resolved
	pkg, _ := config.Check(of.PkgPath(), set, files, nil)
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if !ok || c.Type().String() != of.PkgPath()+"."+of.Name() {
			continue
		}
		if c.Val().Kind() != constant.String {
			t.Fatalf("the value of %s is unknown", name)
		}
		if value := constant.StringVal(c.Val()); value != "" {
			all = append(all, T(value))
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s has no constants", of)
	}
	constants.Store(of, all)
	return slices.Clone(all)
}

// constants has the constants of each type that was asked for, because fuzz tests ask
// often.
var constants sync.Map
