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
)

// processLock shows other processes that this one is alive. It is a file in dir that is
// locked while the ledger is open. The system releases the lock however the process
// ends. Process IDs would not do, because the system reuses them.
type processLock struct {
	dir string

	mu   sync.Mutex
	name string   // of the file, random; "" if the lock is not held
	file *os.File // nil if the lock is not held
}

// acquire takes the lock if it is not held and returns the name of its file.
func (p *processLock) acquire() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.file == nil {
		if err := makePrivateDir(p.dir); err != nil {
			return "", err
		}
		name := strings.ToLower(rand.Text())
		file, err := os.OpenFile(filepath.Join(p.dir, name), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			return "", err
		}
		err = tryLock(file)
		if err == nil && isFileAt(file, file.Name()) {
			p.name, p.file = name, file
			break
		}
		file.Close()
		// If another process has taken the new file for that of a dead process and
		// removed it, try again.
		if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
			return "", err
		}
	}
	return p.name, nil
}

// isFileAt reports whether an open file still has the name path.
func isFileAt(file *os.File, path string) bool {
	opened, err1 := file.Stat()
	named, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(opened, named)
}

// release removes the file and releases the lock.
func (p *processLock) release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil {
		return nil
	}
	err := errors.Join(os.Remove(p.file.Name()), p.file.Close())
	p.file, p.name = nil, ""
	return err
}

// removeIfDead removes the lock file called name if its process has ended, and reports
// whether it has.
func (p *processLock) removeIfDead(name string) bool {
	if name == p.ownName() {
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
		if e.Name() != p.ownName() && !p.removeIfDead(e.Name()) {
			othersAlive = true
		}
	}
	return othersAlive
}

func (p *processLock) ownName() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}
