//go:build unix

package config

import (
	"io/fs"
	"syscall"
)

// owner returns the ID of the user who owns a file, or -1.
func owner(info fs.FileInfo) int {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(sys.Uid)
	}
	return -1
}
