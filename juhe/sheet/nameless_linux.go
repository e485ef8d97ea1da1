package sheet

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

const descriptors = "/proc/self/fd/"

// nameless begins a file that has no name yet, so that nothing of it is left
// when the process is killed. Not every file system can.
func nameless(dir string) (*os.File, bool) {
	if _, err := os.Stat(descriptors); err != nil {
		return nil, false
	}
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, false
	}
	return os.NewFile(uintptr(fd), filepath.Join(dir, "without a name")), true
}

// christen gives a nameless file a name that is free.
func christen(file *os.File, path string) error {
	err := unix.Linkat(unix.AT_FDCWD, descriptors+strconv.Itoa(int(file.Fd())), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: file.Name(), New: path, Err: err}
	}
	return nil
}
