package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/lookup"
)

// users are who runs this process, and whose a file is.
type users struct {
	euid  int
	owner func(fs.FileInfo) int
}

func systemUsers() users {
	return users{os.Geteuid(), func(info fs.FileInfo) int {
		if sys, ok := info.Sys().(*syscall.Stat_t); ok {
			return int(sys.Uid)
		}
		return 0
	}}
}

// ours keeps root from working with a ledger of somebody else, or from making one
// among somebody's files, as sudo with the user's HOME does: what root makes
// beside the database would lock its owner out. To give it away would be worse,
// in a folder where that user can put links.
func (l *Ledger) ours() error {
	if l.users.euid != 0 {
		return nil
	}
	for path := l.Path; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != filepath.Dir(path):
			continue
		case err == nil && l.users.owner(info) != 0:
			return l.problem(lookup.LedgerOtherOwner, nil)
		}
		return nil // what is wrong with it shows where it is opened
	}
}
