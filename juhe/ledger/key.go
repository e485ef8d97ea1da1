package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// keySize is that of the cipher, in bytes; a key is written in hexadecimal.
const keySize = 32

// key is the ledger's key in hexadecimal, empty for a ledger without
// encryption. A key file is made only for a ledger that is not there yet.
func (l *Ledger) key(ctx context.Context, there bool) (string, error) {
	var text string
	var err error
	from := l.KeyFile
	switch l.Encryption {
	case EncryptionNone:
		return "", nil
	case EncryptionCommand:
		from = "key_command"
		text, err = l.commandKey(ctx)
	default:
		text, err = l.keyFile(there)
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if problemOf(err) == lookup.LedgerFull {
		return "", err
	}
	if err != nil {
		return "", &lookup.LedgerError{Problem: lookup.LedgerNoKey, Path: from, Err: harmless(err)}
	}
	key := strings.ToLower(strings.TrimSpace(text))
	if raw, err := hex.DecodeString(key); err != nil || len(raw) != keySize {
		l.forgetKey()
		return "", &lookup.LedgerError{Problem: lookup.LedgerNoKey, Path: from}
	}
	return key, nil
}

// commandPatience is how long a command may take to give the key: a person may
// have to type at it.
const commandPatience = 2 * time.Minute

// commandKey runs the command once: it may ask for a token or a password.
func (l *Ledger) commandKey(ctx context.Context) (string, error) {
	l.keyMu.Lock()
	defer l.keyMu.Unlock()
	if l.given != "" {
		return l.given, nil
	}
	ctx, cancel := context.WithTimeout(ctx, commandPatience)
	defer cancel()
	text, err := l.KeyCommand(ctx)
	if err == nil {
		l.given = text
	}
	return text, err
}

// forgetKey has the command run again: what it gave was wrong.
func (l *Ledger) forgetKey() {
	l.keyMu.Lock()
	l.given = ""
	l.keyMu.Unlock()
}

func (l *Ledger) keyFile(there bool) (string, error) {
	text, err := os.ReadFile(l.KeyFile)
	if !errors.Is(err, fs.ErrNotExist) || there {
		return string(text), err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	if err := folder(filepath.Dir(l.KeyFile)); err != nil {
		return "", err
	}
	text = []byte(hex.EncodeToString(key) + "\n")
	return string(text), atomicfile.Write(l.KeyFile, string(text))
}

// fingerprint tells keys apart and says nothing of them.
func fingerprint(key string) string {
	if key == "" {
		return "none\n"
	}
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, "fourfactor ledger")
	return hex.EncodeToString(mac.Sum(nil)[:8]) + "\n"
}

// fits compares a key with the ledger's fingerprint.
func (f files) fits(key string) bool {
	text, err := os.ReadFile(f.id())
	return err == nil && string(text) == fingerprint(key)
}

// note keeps the fingerprint of a key.
func (f files) note(key string) error {
	if err := os.Remove(f.id()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return atomicfile.Write(f.id(), fingerprint(key))
}
