package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fourfactor/juhe/lookup"
)

// Older versions kept pasted rows in files with these names. A file without a run may
// belong to a console that has not started it yet, unless it is older than legacyMinAge.
const (
	legacyPrefix = "pasted-"
	legacySuffix = ".tsv"
	legacyMinAge = time.Hour
)

// ImportPastedFiles moves the pasted rows that older versions kept in a folder into the
// ledger and deletes the files, those that no run needs included. It returns how many
// it imported and removed. A file that it cannot import stays.
func (b *Runner) ImportPastedFiles(ctx context.Context, folder string) (taken, removed int, err error) {
	files, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || len(files) == 0 {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	runs, err := b.List(ctx, 0)
	if err != nil {
		return 0, 0, err
	}
	byPath := map[string]Summary{}
	for _, sum := range runs {
		byPath[sum.Run.InputPath] = sum
	}
	for _, file := range files {
		name := file.Name()
		if !file.Type().IsRegular() || !strings.HasPrefix(name, legacyPrefix) || filepath.Ext(name) != legacySuffix {
			continue
		}
		path := filepath.Join(folder, name)
		sum, known := byPath[path]
		info, err := file.Info()
		over := known && sum.IsFinished() && sum.IsResolved() && sum.Run.OutputHash != ""
		switch {
		case err != nil, !known && b.Now().Sub(info.ModTime()) < legacyMinAge:
		case !known || over:
			if os.Remove(path) == nil {
				removed++
			}
		case b.importPastedFile(ctx, sum.Run, path):
			taken++
		}
	}
	os.Remove(folder) // if it is empty
	return taken, removed, nil
}

// importPastedFile imports a file unless its run is locked or the file has changed.
func (b *Runner) importPastedFile(ctx context.Context, run lookup.Run, path string) bool {
	unlock, err := b.Ledger.LockRun(ctx, run.ID)
	if err != nil {
		return false
	}
	defer unlock()
	text, err := os.ReadFile(path)
	if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != run.InputHash {
		return false
	}
	return b.Ledger.StorePastedRows(ctx, run.ID, string(text)) == nil && os.Remove(path) == nil
}
