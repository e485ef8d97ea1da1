package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestWrongKey expects a wrong or missing key to be reported and no file to change.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("1f", 32)
	command := func(text string, err error) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return text, err }
	}
	for name, test := range map[string]struct {
		change func(o *sqlite.Options) error
		want   lookup.LedgerProblem
	}{
		"another key file": {func(o *sqlite.Options) error { return os.WriteFile(o.KeyFile, []byte(key), 0o600) }, lookup.LedgerWrongKey},
		"no key file":      {func(o *sqlite.Options) error { return os.Remove(o.KeyFile) }, lookup.LedgerNoEncryptionKey},
		"no key in it":     {func(o *sqlite.Options) error { return os.WriteFile(o.KeyFile, []byte(key[1:]), 0o600) }, lookup.LedgerNoEncryptionKey},
		"none":             {func(o *sqlite.Options) error { o.Encryption = sqlite.EncryptionNone; return nil }, lookup.LedgerWrongKey},
		"another command": {func(o *sqlite.Options) error {
			o.Encryption, o.KeyCommand = sqlite.EncryptionCommand, command(key+"\n", nil)
			return nil
		}, lookup.LedgerWrongKey},
		"a failing command": {func(o *sqlite.Options) error {
			o.Encryption, o.KeyCommand = sqlite.EncryptionCommand, command("", errors.New("locked"))
			return nil
		}, lookup.LedgerNoEncryptionKey},
		"another key, no fingerprint": {func(o *sqlite.Options) error {
			return errors.Join(os.WriteFile(o.KeyFile, []byte(key), 0o600), os.Remove(o.Path+".id"))
		}, lookup.LedgerWrongKey},
		"a folder": {func(o *sqlite.Options) error { o.Path = filepath.Dir(o.Path); return nil }, lookup.LedgerFailed},
		"nowhere":  {func(o *sqlite.Options) error { o.Path = ""; return nil }, lookup.LedgerNowhere},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := newClosedLedger(t)
			held, err := os.ReadFile(good.KeyFile)
			if err != nil {
				t.Fatal(err)
			}
			bad := good
			if err := test.change(&bad); err != nil {
				t.Fatal(err)
			}
			assertRefuses(t, bad, test.want)
			if err := os.WriteFile(good.KeyFile, held, 0o600); err != nil {
				t.Fatal(err)
			}
			assertIntact(t, good)
		})
	}
}

// TestKeyCommand expects the key of a command to work in either case.
func TestKeyCommand(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = sqlite.EncryptionCommand
	for _, key := range []string{strings.Repeat("ab", 32), strings.Repeat("AB", 32) + "\n"} {
		asked := 0
		o.KeyCommand = func(context.Context) (string, error) { asked++; return key, nil }
		l := sqlite.New(o)
		if _, err := l.Search(t.Context(), lookup.Search{}); err != nil || asked != 1 {
			t.Errorf("%v, asked %d times", err, asked)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(o.KeyFile); err == nil {
		t.Error("a key file was made")
	}
}

// TestKeyCommandRetried expects the command to run again after a wrong key.
func TestKeyCommandRetried(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	answers := []string{"the agent is locked", strings.Repeat("ab", 32)}
	o.Encryption = sqlite.EncryptionCommand
	o.KeyCommand = func(context.Context) (string, error) {
		answer := answers[0]
		answers = answers[1:]
		return answer, nil
	}
	l := sqlite.New(o)
	defer l.Close()
	if err := l.Open(t.Context()); err == nil {
		t.Error("that was no key")
	}
	if err := l.Open(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestKeyFileComplete expects the key file to be complete and no temporary file to be
// left.
func TestKeyFileComplete(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	for _, dir := range []string{filepath.Dir(o.Path), filepath.Dir(o.KeyFile)} {
		if left, err := filepath.Glob(strings.ReplaceAll(dir, "?", "[?]") + "/.*"); len(left) > 0 || err != nil {
			t.Errorf("left: %v, %v", left, err)
		}
	}
	if key := mustRead(os.ReadFile(o.KeyFile)); len(key) != 65 {
		t.Errorf("got %d bytes, want 65", len(key))
	}
}
