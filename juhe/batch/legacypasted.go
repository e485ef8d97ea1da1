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

// An older program has kept pasted rows in files of these names. One that belongs to
// no run is of a console that has not begun it, for so long.
const (
	legacyPrefix = "pasted-"
	legacySuffix = ".tsv"
	legacyMinAge = time.Hour
)

// ImportPastedFiles takes pasted rows that an older program has kept in a folder into the
// ledger, where their runs can go on with them, and removes the files: also those
// that no run needs any more. It gives how many there were of either. What it cannot
// deal with stays.
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
	os.Remove(folder) // if nothing is left in it
	return taken, removed, nil
}

// importPastedFile takes in one file, unless somebody drives its run or it is not what it was.
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
