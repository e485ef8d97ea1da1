package sqlite

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"fourfactor/juhe/lookup"
)

// processLock shows other processes that this one is alive. It is a file in dir that is
// locked while the ledger is open. The system releases the lock however the process
// ends. Process IDs would not do, because the system reuses them.
type processLock struct {
	dir string

	mu   sync.Mutex
	file *os.File // with a random name; nil if the lock is not held
}

// acquire takes the lock if it is not held and returns the name of its file.
func (p *processLock) acquire() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.file == nil {
		if err := makePrivateDir(p.dir); err != nil {
			return "", err
		}
		file, err := lockFile(filepath.Join(p.dir, strings.ToLower(rand.Text())))
		// If another process has taken the new file for that of a dead process, try again.
		if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
			return "", err
		}
		p.file = file
	}
	return filepath.Base(p.file.Name()), nil
}

// lockFile locks a file, which it creates if necessary. The error is syscall.EWOULDBLOCK if
// another process holds the lock or has just removed the file.
func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = tryLock(file)
	if opened, _ := file.Stat(); err == nil && !isFileAt(opened, path) {
		err = syscall.EWOULDBLOCK
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// release removes the file and releases the lock.
func (p *processLock) release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil {
		return nil
	}
	err := errors.Join(os.Remove(p.file.Name()), p.file.Close())
	p.file = nil
	return err
}

// removeIfDead removes the lock file called name if its process has ended, and reports
// whether it has.
func (p *processLock) removeIfDead(name string) bool {
	if p.isOwn(name) {
		return false
	}
	path := filepath.Join(p.dir, filepath.Base(name))
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	defer file.Close()
	if tryLock(file) != nil {
		return false
	}
	_ = os.Remove(path)
	return true
}

// removeDead removes the lock files of dead processes. othersAlive reports whether another
// process has the ledger open.
func (p *processLock) removeDead() (othersAlive bool) {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	for _, e := range entries {
		if !p.isOwn(e.Name()) && !p.removeIfDead(e.Name()) {
			othersAlive = true
		}
	}
	return othersAlive
}

func (p *processLock) isOwn(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.file != nil && filepath.Base(p.file.Name()) == name
}

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
func (d *database) checkOwner() error {
	if d.identity.euid != 0 {
		return nil
	}
	info, err := os.Stat(existingPath(d.Path))
	if err == nil && d.identity.ownerOf(info) != 0 {
		return d.newError(lookup.LedgerOtherOwner, nil)
	}
	return nil // opening the ledger reports other errors
}
