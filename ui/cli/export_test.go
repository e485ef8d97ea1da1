package cli

// Unexported functions for the tests.
var (
	ProgressLine = progressLine
	ProgressText = progressText
	Clock        = formatClock
	ShellQuoted  = shellQuoted
)
