package config

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// withCommand loads a config with a helper as the key command of the ledger.
func withCommand(t *testing.T, args ...string) *Config {
	t.Helper()
	return load(t, "[ledger]\nencryption = 'command'\n"+commandLine("key_command", args...), nil)
}

func TestLedgerKey(t *testing.T) {
	t.Parallel()
	if got, err := withCommand(t, "print").LedgerKey(t.Context()); got != "printed-secret" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	counter := filepath.Join(t.TempDir(), "counter")
	withCommand(t, "count", counter)
	if _, err := os.Stat(counter); err == nil {
		t.Error("the command ran before it was needed")
	}
}

func TestLedgerKeyFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ part, want string }{
		{"fail", os.Args[0] + `: unreadable "ledger.key_command"; exit status 3`},
		{"flood", os.Args[0] + `: unreadable "ledger.key_command"; too long`},
		{"blank", os.Args[0] + `: bad_value "ledger.key_command"`},
	} {
		got, err := withCommand(t, tt.part, marker).LedgerKey(t.Context())
		if got != "" || err == nil || err.Error() != tt.want {
			t.Errorf("got  %q, %v\nwant %s", got, err, tt.want)
		}
	}
	c := load(t, "ledger = {encryption = 'command', key_command = ['/nowhere/at-all']}", nil)
	var bad *Error
	if _, err := c.LedgerKey(t.Context()); !errors.As(err, &bad) || !errors.Is(err, os.ErrNotExist) || bad.File != "/nowhere/at-all" {
		t.Error(err)
	}
	if _, err := load(t, "", nil).LedgerKey(t.Context()); !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
}

func TestLedgerKeyEndsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := withCommand(t, "hang").LedgerKey(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
