package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestSingleErrors: every wrong character and every swap of two neighbours in a valid
// 18-character identifier gets a warning.
func TestSingleErrors(t *testing.T) {
	t.Parallel()
	files := []struct {
		name     string
		field    juhe.Factor
		alphabet string
	}{
		{"uscc_valid.txt", juhe.Entmark, "0123456789ABCDEFGHJKLMNPQRTUWXY"},
		{"id_valid.txt", juhe.Idcard, "0123456789X"},
	}
	for _, file := range files {
		for _, line := range readVectors(t, file.name) {
			if len(line[0]) != 18 {
				continue
			}
			for _, slip := range singleErrors(line[0], file.alphabet) {
				if len(ident.Check(file.field, slip, nil, today)) == 0 {
					t.Errorf("%s typed as %s has no warning", line[0], slip)
				}
			}
		}
	}
}

func singleErrors(code, alphabet string) []string {
	var all []string
	for i := range len(code) {
		for _, c := range []byte(alphabet) {
			if c != code[i] {
				all = append(all, code[:i]+string(c)+code[i+1:])
			}
		}
		if i > 0 && code[i] != code[i-1] {
			all = append(all, code[:i-1]+code[i:i+1]+code[i-1:i]+code[i+1:])
		}
	}
	return all
}
