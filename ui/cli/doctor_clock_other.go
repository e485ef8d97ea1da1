//go:build !linux

package cli

// clockSynchronised is not known here.
func clockSynchronised() (synchronised, known bool) { return false, false }
