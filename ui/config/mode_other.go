//go:build !linux

package config

// keepsPermissions is not known here before it is tried.
func keepsPermissions(string) bool { return true }
