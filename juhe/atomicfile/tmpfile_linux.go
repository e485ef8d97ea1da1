package atomicfile

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

const descriptors = "/proc/self/fd/"

// openTmpfile opens a file without a name in dir. It returns false if the file
// system does not support O_TMPFILE, or if /proc is not mounted.
func openTmpfile(dir string) (*os.File, bool) {
	if _, err := os.Stat(descriptors); err != nil {
		return nil, false
	}
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, false
	}
	return os.NewFile(uintptr(fd), filepath.Join(dir, "without a name")), true
}

// linkTmpfile links a file without a name to path. It fails if path exists.
func linkTmpfile(file *os.File, path string) error {
	err := unix.Linkat(unix.AT_FDCWD, descriptors+strconv.Itoa(int(file.Fd())), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: file.Name(), New: path, Err: err}
	}
	return nil
}
