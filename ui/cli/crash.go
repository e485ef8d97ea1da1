package cli

import (
	"fmt"
	"runtime"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// ReportCrash keeps what a panic has left in a log of its own, and gives what to tell
// the operator: what it was, and where the log is if it could be written. value
// is what recover gave, stack is debug.Stack's.
//
// The log is to be sent to us, so the value itself stands in neither: it may
// hold a person or a key. A stack has numbers and names of functions alone.
func (a *App) ReportCrash(value any, stack []byte) string {
	// Not a.Now: nobody knows what of the program still works.
	now := time.Now().In(juhe.Beijing())
	if of, ok := value.(*batch.Defect); ok { // of a look-up, in a run
		value, stack = of.Value, of.Stack
	}
	what := crashText(value)
	path, err := a.writeCrashLog(now, fmt.Appendf(nil, "fourfactor %s\n%s\n%s %s/%s\n%s\n\n%s",
		a.Version, now.Format(time.RFC3339), runtime.Version(), runtime.GOOS, runtime.GOARCH, what, stack))
	if err != nil {
		return fmt.Sprintf(a.words.Errors.Bug, what)
	}
	return fmt.Sprintf(a.words.Errors.Kept, what, juhe.Sanitize(path))
}

// crashText is the type of a panic's value, and what the Go runtime says of an
// error of its own.
func crashText(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return juhe.Sanitize(err.Error())
	}
	return fmt.Sprintf("panic (%T)", value)
}

// writeCrashLog writes a log of its own, and gives its path.
func (a *App) writeCrashLog(now time.Time, text []byte) (path string, err error) {
	file, err := a.stateFile("crash-" + now.Format("20060102-150405") + ".log")
	if err != nil {
		return "", err
	}
	if _, err = file.Write(text); err != nil {
		file.Close()
		return "", err
	}
	return file.Name(), file.Close()
}
