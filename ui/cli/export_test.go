package cli

// Inner parts, for tests.
var (
	ProgressLine = progressLine
	ProgressText = progressText
	Clock        = formatClock
	ShellQuoted  = shellQuoted
)
