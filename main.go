// Fourfactor is the operator's console for Juhe's enterprise four-factor
// verification (企业四要素核验).
package main

import (
	"context"
	_ "embed"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	// Must be initialised before Bubble Tea: see its documentation.
	_ "fourfactor/ui/termbg"

	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

const version = "0.1.0"

//go:embed config.example.toml
var example string

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	exitOnFatal()
	ctx, leave, giveUp := shutdownSignals()
	// Files that libraries create are private too.
	syscall.Umask(0o077)
	// A closed pipe is reported as an error: the answer that could not be
	// written may have been paid for. Ignoring the signal instead would be
	// inherited by key_command.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	program := app.New()
	program.Version, program.Example = version, example
	program.Leave, program.GiveUp = leave, giveUp
	return program.Run(ctx, args)
}

// exitOnFatal makes fatal errors that cannot be recovered end the program by
// SIGABRT. Go's own exit code, 2, means "nothing was done" to many callers. No
// core is written, because it would contain the key and personal data: a limit
// of 1 also keeps it from programs that collect cores, 0 would not (core(5)).
func exitOnFatal() {
	debug.SetTraceback("crash")
	syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: 1, Max: 1})
}

// shutdownSignals returns two contexts: ctx ends when leave is called or at the
// first signal that asks the program to end, giveUp at the next one. Signals that
// were ignored when the program started (nohup) stay ignored.
func shutdownSignals() (ctx context.Context, leave context.CancelFunc, giveUp context.Context) {
	ctx, end := context.WithCancelCause(context.Background())
	leave = func() { end(nil) }
	giveUp, second := context.WithCancel(context.Background())
	taken := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}
	taken = slices.DeleteFunc(taken, signal.Ignored)
	signals := make(chan os.Signal, 8)
	if len(taken) > 0 { // without arguments, Notify relays all signals
		signal.Notify(signals, taken...)
	}
	there := hasTerminal()
	go func() {
		for s := range signals {
			switch {
			case ctx.Err() == nil && s == os.Interrupt:
				leave()
			case ctx.Err() == nil:
				end(cli.ErrTerminated)
			case s != syscall.SIGHUP || !there || !terminalGone():
				second()
			}
		}
	}()
	return ctx, leave, giveUp
}

// hasTerminal reports whether the program has a controlling terminal.
func hasTerminal() bool {
	f, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// terminalGone reports whether the controlling terminal is gone. When a line
// drops, both the shell and the kernel send a SIGHUP; the second is not a second
// request. The shell's may arrive just before the terminal goes, hence the wait.
func terminalGone() bool {
	time.Sleep(50 * time.Millisecond)
	return !hasTerminal()
}
