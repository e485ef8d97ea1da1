package sqlite

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
	"regexp"
	"strings"
	"sync"
	"time"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// keySize is the length of an encryption key in bytes. It is stored in hexadecimal.
const keySize = 32

// keySource is the source of the encryption key.
type keySource struct {
	Options

	mu     sync.Mutex
	cached string // returned by KeyCommand
}

// load returns the encryption key in hexadecimal, or "" if the ledger is not encrypted.
// If mayCreate is set, it creates a missing key file.
func (k *keySource) load(ctx context.Context, mayCreate bool) (string, error) {
	var text string
	var err error
	source := k.KeyFile
	switch k.Encryption {
	case EncryptionNone:
		return "", nil
	case EncryptionCommand:
		source = "key_command"
		text, err = k.runCommand(ctx)
	default:
		text, err = k.readFile(mayCreate)
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if problemOf(err) == lookup.LedgerFull {
		return "", err
	}
	if err != nil {
		return "", &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: source, Err: sanitizeErr(err)}
	}
	key := strings.ToLower(strings.TrimSpace(text))
	if raw, err := hex.DecodeString(key); err != nil || len(raw) != keySize {
		k.drop()
		return "", &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: source}
	}
	return key, nil
}

// keyCommandTimeout leaves time to type a password.
const keyCommandTimeout = 2 * time.Minute

// runCommand returns the key from KeyCommand. It runs the command only once, because the
// command may ask for a password.
func (k *keySource) runCommand(ctx context.Context) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.cached != "" {
		return k.cached, nil
	}
	ctx, cancel := context.WithTimeout(ctx, keyCommandTimeout)
	defer cancel()
	text, err := k.KeyCommand(ctx)
	if err == nil {
		k.cached = text
	}
	return text, err
}

// drop makes the next load run KeyCommand again.
func (k *keySource) drop() {
	k.mu.Lock()
	k.cached = ""
	k.mu.Unlock()
}

func (k *keySource) readFile(mayCreate bool) (string, error) {
	text, err := os.ReadFile(k.KeyFile)
	if !errors.Is(err, fs.ErrNotExist) || !mayCreate {
		return string(text), err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	if err := makePrivateDir(filepath.Dir(k.KeyFile)); err != nil {
		return "", err
	}
	created := hex.EncodeToString(key) + "\n"
	return created, atomicfile.Write(k.KeyFile, created)
}

// fingerprint returns a text that identifies a key without revealing it.
func fingerprint(key string) string {
	if key == "" {
		return "none\n"
	}
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, "fourfactor ledger")
	return hex.EncodeToString(mac.Sum(nil)[:8]) + "\n"
}

// matchesKey reports whether the stored fingerprint is that of key.
func (f dbFiles) matchesKey(key string) bool {
	text, err := os.ReadFile(f.fingerprintPath())
	return err == nil && string(text) == fingerprint(key)
}

var fingerprintText = regexp.MustCompile(`^([0-9a-f]{16}|none)\n$`)

// hasFingerprint reports whether a fingerprint of any key is stored.
func (f dbFiles) hasFingerprint() bool {
	info, err := os.Stat(f.fingerprintPath())
	if err != nil || !info.Mode().IsRegular() || info.Size() > 64 { // a pipe without a writer would block
		return false
	}
	text, err := os.ReadFile(f.fingerprintPath())
	return err == nil && fingerprintText.Match(text)
}

func (f dbFiles) writeFingerprint(key string) error {
	if err := removeAll([]string{f.fingerprintPath()}); err != nil {
		return err
	}
	return atomicfile.Write(f.fingerprintPath(), fingerprint(key))
}
