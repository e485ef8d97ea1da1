package table_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

func TestColumnNames(t *testing.T) {
	t.Parallel()
	for i := range table.MaxColumns {
		name := table.ColumnName(i)
		if want, err := excelize.ColumnNumberToName(i + 1); name != want || err != nil {
			t.Fatalf("%d is %s, want %s, %v", i, name, want, err)
		}
		if table.ColumnIndex(name) != i || table.ColumnIndex(strings.ToLower(name)) != i {
			t.Fatalf("%s is %d", name, table.ColumnIndex(name))
		}
	}
	for _, name := range []string{"", "XFE", "ZZZZ", strings.Repeat("Z", 1000), "A1", "列", "@", "[", "`"} {
		if got := table.ColumnIndex(name); got != -1 {
			t.Errorf("%.10q is %d", name, got)
		}
	}
}

// TestErrorsQuoteNoCell: the text of a ReadError consists of its path, its place
// and fixed words.
func TestErrorsQuoteNoCell(t *testing.T) {
	t.Parallel()
	for _, p := range juhetest.Constants[table.ReadProblem](t) {
		err := &table.ReadError{Problem: p, Path: "a.csv", Row: 7, Column: 28, Detail: "cell", Err: errors.New("cause")}
		if want := fmt.Sprintf("table a.csv: %s, row 7, column AB (cell): cause", p); err.Error() != want {
			t.Error(err)
		}
	}
}
