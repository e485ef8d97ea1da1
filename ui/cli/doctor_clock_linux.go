package cli

import "golang.org/x/sys/unix"

// clockSynchronised is what the kernel knows of its clock, which it is told by
// whoever synchronises it (adjtimex(2)).
func clockSynchronised() (synchronised, known bool) {
	state, err := unix.Adjtimex(&unix.Timex{})
	return state != unix.TIME_ERROR, err == nil
}
