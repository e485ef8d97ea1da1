package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/lookup"
)

// identity is the user of this process and the function that returns the owner of a
// file.
type identity struct {
	euid    int
	ownerOf func(fs.FileInfo) int // a user ID
}

func systemIdentity() identity {
	return identity{os.Geteuid(), func(info fs.FileInfo) int {
		if sys, ok := info.Sys().(*syscall.Stat_t); ok {
			return int(sys.Uid)
		}
		return 0
	}}
}

// checkOwner returns an error if root would use the ledger of another user, or create
// one in the folder of another user, as under sudo with the user's HOME. The files
// that root creates beside the database would lock out its owner. Root does not
// chown them: the user could put links in their place.
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
		return nil // opening it reports other errors
	}
}
