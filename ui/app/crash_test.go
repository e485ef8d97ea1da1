package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

// crashLogs reads the crash logs below a folder and checks that they are
// private.
func crashLogs(t *testing.T, folder string) (logs []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "fourfactor", "crash-*.log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		info, failure := os.Stat(path)
		if err != nil || failure != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, %v", path, err, failure, info.Mode())
		}
		logs = append(logs, string(text))
	}
	return logs
}

// runCrashing runs a console that panics with value.
func (r *fixture) runCrashing(in string, value any) result {
	prog, out, errs := r.newApp(strings.NewReader(in))
	prog.InTerminal, prog.OutTerminal = true, true
	prog.RunScreens = func(context.Context, *app.Console) (app.ExitState, error) { panic(value) }
	code := prog.Run(context.Background(), nil)
	return result{code, out.String(), errs.String()}
}

// TestCrash: a panic is logged without its value, which may contain a person or
// a key.
func TestCrash(t *testing.T) {
	t.Parallel()
	person := mockserver.Companies()[0].Factors("query")
	secret := fmt.Sprintf("%+v %s", person, mockserver.Key)
	wrapped := fmt.Errorf("%s: %w", secret, errors.New("deep"))
	for name, test := range map[string]struct {
		value any
		want  string
	}{
		"a text":      {secret, "panic (string)"},
		"an error":    {wrapped, "panic (*fmt.wrapError)"},
		"a person":    {person, "panic (juhe.Factors)"},
		"the runtime": {nil, "panic called with nil argument"},
		"a list":      {[]string{secret}, "panic ([]string)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			got := r.runCrashing("", test.value)
			state := filepath.Join(r.home, ".local", "state")
			logs := crashLogs(t, state)
			if len(logs) != 1 {
				t.Fatalf("%d logs: %s", len(logs), got.err)
			}
			assertResult(t, got, cli.ExitBug, nil, []string{"程序内部出错", test.want, filepath.Join(state, "fourfactor", "crash-")})
			for _, part := range []string{
				"fourfactor 1.2.3\n", runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH, test.want, "goroutine ", "crash_test.go",
			} {
				if !strings.Contains(logs[0], part) {
					t.Errorf("the log lacks %q: %s", part, logs[0])
				}
			}
			assertPrivate(t, result{out: logs[0], err: got.err}, person)
		})
	}
}

// TestCrashPlace: the log is in the state folder; if it cannot be written the
// panic is still reported.
func TestCrashPlace(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	state := t.TempDir()
	r.env["XDG_STATE_HOME"] = state
	assertResult(t, r.runCrashing("", "x"), cli.ExitBug, nil, []string{state, "panic (string)"})
	if n := len(crashLogs(t, state)); n != 1 {
		t.Errorf("%d logs", n)
	}
	block := filepath.Join(r.home, "file")
	if err := os.WriteFile(block, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.env["XDG_STATE_HOME"] = block
	got := r.runCrashing("", "x")
	assertResult(t, got, cli.ExitBug, nil, []string{"程序内部出错，请反馈：panic (string)\n"})
	if strings.Contains(got.err, "crash-") {
		t.Errorf("it names a log that is not there: %s", got.err)
	}
}

// TestCrashOfScreens: a panic caught by the screens is logged as well, and the
// pending lookup is named.
func TestCrashOfScreens(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	prog, out, errs := r.newApp(strings.NewReader(""))
	prog.InTerminal, prog.OutTerminal = true, true
	query := juhetest.Query(juhe.APIQuery)
	prog.RunScreens = func(context.Context, *app.Console) (app.ExitState, error) {
		lost := lookup.Record{Query: query, Reply: juhe.Reply{Outcome: juhe.Lost}}
		crash := &juhe.Panic{Value: query, Stack: []byte("where it was")}
		return app.ExitState{Pending: &lost, Crash: crash}, nil
	}
	if code := prog.Run(t.Context(), nil); code != cli.ExitBug || out.Len() > 0 {
		t.Errorf("exit %d, %q", code, out)
	}
	logs := crashLogs(t, filepath.Join(r.home, ".local", "state"))
	if len(logs) != 1 || !strings.Contains(logs[0], "panic (juhe.Query)") || !strings.Contains(logs[0], "where it was") || strings.Contains(logs[0], query.Factors[juhe.Realname]) {
		t.Errorf("%q", logs)
	}
	if said := errs.String(); !strings.Contains(said, query.Factors[juhe.Entname]) || !strings.Contains(said, "crash-") || strings.Contains(said, query.Factors[juhe.Realname]) {
		t.Errorf("%q", said)
	}
}
