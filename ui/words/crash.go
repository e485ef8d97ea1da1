package words

// Crash is what is said when fourfactor itself has failed.
type Crash struct {
	Kept string // what failed, and where the log of it is
}
