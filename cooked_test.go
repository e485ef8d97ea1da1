package main

import (
	"testing"

	"golang.org/x/sys/unix"
)

// cooked gives the terminal the mode that a shell has it in.
func cooked(t *testing.T, p *terminal) {
	t.Helper()
	mode, err := unix.IoctlGetTermios(int(p.file.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	mode.Iflag |= unix.ICRNL
	mode.Lflag |= unix.ICANON | unix.ECHO | unix.ISIG
	if err := unix.IoctlSetTermios(int(p.file.Fd()), unix.TCSETS, mode); err != nil {
		t.Fatal(err)
	}
}
