//go:build unix

package table_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"fourfactor/juhe/table"
)

// TestPipe: opening a pipe without a writer does not block.
func TestPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readError(t, path, ""); got.Problem != table.ProblemNotFile || got.Detail != "pipe" {
		t.Errorf("%+v", got)
	}
}
