package ledger

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

// holder is this process as the others see it: a file in dir that it keeps
// locked while it has the ledger open. The system lets go of the lock when the
// process ends, however it ends; a process number would be given again.
type holder struct {
	dir string

	mu   sync.Mutex
	name string
	file *os.File
}

// hold takes the lock, once, and gives the holder's name.
func (h *holder) hold() (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.file == nil {
		if err := folder(h.dir); err != nil {
			return "", err
		}
		name := strings.ToLower(rand.Text())
		file, err := os.OpenFile(filepath.Join(h.dir, name), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			return "", err
		}
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil && h.still(name, file) {
			h.name, h.file = name, file
			break
		}
		file.Close()
		// Another process that tidies up has been quicker: once more.
		if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
			return "", err
		}
	}
	return h.name, nil
}

// still tells whether a file that we have locked is there: another process
// may have tidied it away in between.
func (h *holder) still(name string, file *os.File) bool {
	return sameFile(file, filepath.Join(h.dir, name))
}

// sameFile tells whether a file that we have open is the one at a path.
func sameFile(file *os.File, path string) bool {
	ours, err1 := file.Stat()
	there, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(ours, there)
}

// release ends the hold.
func (h *holder) release() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.file == nil {
		return nil
	}
	err := errors.Join(os.Remove(h.file.Name()), h.file.Close())
	h.file, h.name = nil, ""
	return err
}

// gone tells whether the process behind a name has ended. Its file is taken
// away then.
func (h *holder) gone(name string) bool {
	h.mu.Lock()
	own := h.name
	h.mu.Unlock()
	if name == own {
		return false
	}
	path := filepath.Join(h.dir, filepath.Base(name))
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	defer file.Close()
	if syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return false
	}
	_ = os.Remove(path)
	return true
}

// others tells whether any other process holds, and takes away the files of
// those that were killed.
func (h *holder) others() bool {
	entries, err := os.ReadDir(h.dir)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	h.mu.Lock()
	own := h.name
	h.mu.Unlock()
	held := false
	for _, e := range entries {
		if e.Name() != own && !h.gone(e.Name()) {
			held = true
		}
	}
	return held
}
