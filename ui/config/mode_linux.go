package config

import (
	"slices"

	"golang.org/x/sys/unix"
)

// keepsPermissions reports whether the file system of path stores permissions: those
// of Windows do not, however they are mounted.
func keepsPermissions(path string) bool {
	const ntfs, ntfs3, exfat, smb2, cifs = 0x5346544e, 0x7366746e, 0x2011bab0, 0xfe534d42, 0xff534d42
	var disk unix.Statfs_t
	if err := unix.Statfs(path, &disk); err != nil {
		return true
	}
	return !slices.Contains([]uint32{
		unix.V9FS_MAGIC, unix.FUSE_SUPER_MAGIC, unix.MSDOS_SUPER_MAGIC, ntfs, ntfs3, exfat, smb2, cifs,
	}, uint32(disk.Type))
}
