package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestSlips makes every slip of one wrong character and of two neighbours
// swapped in every right 18-character identifier: none goes by in silence.
func TestSlips(t *testing.T) {
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
		for _, line := range vectors(t, file.name) {
			if len(line[0]) != 18 {
				continue
			}
			for _, slip := range slips(line[0], file.alphabet) {
				if len(ident.Check(file.field, slip, nil, today)) == 0 {
					t.Errorf("%s typed as %s has no remark", line[0], slip)
				}
			}
		}
	}
}

func slips(code, alphabet string) []string {
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
