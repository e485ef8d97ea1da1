package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/lookup"
)

// identity is the user of this process, and a function that returns the user ID of the
// owner of a file.
type identity struct {
	euid    int
	ownerOf func(fs.FileInfo) int
}

func systemIdentity() identity {
	return identity{os.Geteuid(), func(info fs.FileInfo) int {
		if sys, ok := info.Sys().(*syscall.Stat_t); ok {
			return int(sys.Uid)
		}
		return 0
	}}
}

// checkOwner returns an error if root would use the ledger of another user or create one
// in the folder of another user, as sudo with the user's HOME does. The owner could not
// open the files that root creates beside the database. Root cannot chown them safely: the
// user could replace them with links.
func (l *Ledger) checkOwner() error {
	if l.identity.euid != 0 {
		return nil
	}
	for path := l.Path; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != filepath.Dir(path):
			continue
		case err == nil && l.identity.ownerOf(info) != 0:
			return l.newError(lookup.LedgerOtherOwner, nil)
		}
		return nil // opening the ledger reports other errors
	}
}
