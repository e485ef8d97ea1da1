package aesecb

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
)

type vector struct {
	Label, Openid, Key, Plain, Base64, Urlencoded string
}

func readVectors(t testing.TB) []vector {
	t.Helper()
	f, err := os.Open("testdata/cipher.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []vector
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	if len(all) < 20 {
		t.Fatalf("only %d vectors", len(all))
	}
	return all
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, v := range readVectors(t) {
		t.Run(v.Label, func(t *testing.T) {
			t.Parallel()
			if got := Key(v.Openid); got != v.Key {
				t.Errorf("Key = %s, want %s", got, v.Key)
			}
			sealed, err := Seal(v.Key, v.Plain)
			if err != nil || sealed != v.Base64 {
				t.Errorf("Seal = %q, %v, want %q", sealed, err, v.Base64)
			}
			if got := url.QueryEscape(sealed); got != v.Urlencoded {
				t.Errorf("form-encoded = %q, want %q", got, v.Urlencoded)
			}
			plain, err := Open(v.Key, v.Base64)
			if err != nil || plain != v.Plain {
				t.Errorf("Open = %q, %v, want %q", plain, err, v.Plain)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	const key = "961d7934f501820f"
	for name, test := range map[string]struct {
		sealed string
		want   error
	}{
		"empty":           {"", ErrLength},
		"not base64":      {"fDbd*", ErrBase64},
		"url-safe base64": {"fDbdJ3Vv5JRrWy-a3FU2_g==", ErrBase64},
		"plus to blank":   {"fDbdJ3Vv5JRrWy a3FU2/g==", ErrBase64},
		"line break":      {"fDbdJ3Vv5JRr\nWy+a3FU2/g==", ErrBase64},
		"no padding":      {"fDbdJ3Vv5JRrWy+a3FU2/g", ErrBase64},
		"encoded twice":   {"fDbdJ3Vv5JRrWy%2Ba3FU2%2Fg%3D%3D", ErrBase64},
		"half a block":    {"fDbdJ3Vv5JQ=", ErrLength},
		"another key":     {"0XmV9Go3CGr8Fqni0/MCtXFKsgYO7NG0ABJYJ5EytEQ=", ErrPadding},
	} {
		if plain, err := Open(key, test.sealed); !errors.Is(err, test.want) {
			t.Errorf("%s: Open = %q, %v, want %v", name, plain, err, test.want)
		}
	}
}

func TestKeyLength(t *testing.T) {
	t.Parallel()
	if _, err := Seal("short", "x"); err == nil {
		t.Error("Seal took a key of 5 bytes")
	}
	if _, err := Open("short", "fDbdJ3Vv5JRrWy+a3FU2/g=="); err == nil {
		t.Error("Open took a key of 5 bytes")
	}
}

func FuzzOpen(f *testing.F) {
	for _, v := range readVectors(f) {
		f.Add(v.Openid, v.Base64)
	}
	f.Fuzz(func(t *testing.T, openid, sealed string) {
		key := Key(openid)
		plain, err := Open(key, sealed)
		if err != nil {
			if len(sealed) > 8 && strings.Contains(err.Error(), sealed) {
				t.Fatalf("the error holds the text: %v", err)
			}
			return
		}
		again, err := Seal(key, plain)
		if err != nil || again != sealed {
			t.Fatalf("Open took %q, which Seal writes as %q (%v)", sealed, again, err)
		}
	})
}
