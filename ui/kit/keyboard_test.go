package kit_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fourfactor/ui/kit"
)

// later stands for a second that passes.
const later = "later"

// TestKeyboard: however the bytes come, what is read ends where a character or a
// sequence does, and nothing is lost.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ come, want []string }{
		"whole":                 {[]string{"北京", "\x1b[A", "a"}, []string{"北京", "\x1b[A", "a"}},
		"a character in two":    {[]string{"ab\xe7", "\x94\xb2cd"}, []string{"ab", "甲cd"}},
		"byte by byte":          {[]string{"\xe4", "\xbc", "\x81", "\xe4", "\xb8", "\x9a"}, []string{"", "", "企", "", "", "业"}},
		"four bytes":            {[]string{"\xf0\xa0", "\xae\xb7"}, []string{"", "𠮷"}},
		"a sequence in two":     {[]string{"\x1b[", "A"}, []string{"", "\x1b[A"}},
		"with numbers":          {[]string{"x\x1b[1;", "5C"}, []string{"x", "\x1b[1;5C"}},
		"the end of a paste":    {[]string{"\x1b[200~甲\x1b[20", "1~"}, []string{"\x1b[200~甲", "\x1b[201~"}},
		"escape is a key":       {[]string{"\x1b", "[A"}, []string{"\x1b", "[A"}},
		"alt and a letter":      {[]string{"\x1bo"}, []string{"\x1bo"}},
		"no text at all":        {[]string{"\x80\xff"}, []string{"\x80\xff"}},
		"a start without end":   {[]string{"\xe4", "a"}, []string{"", "\xe4a"}},
		"a sequence too long":   {[]string{"\x1b[" + strings.Repeat("1", 40)}, []string{"\x1b[" + strings.Repeat("1", 40)}},
		"alt+[, and then a key": {[]string{"\x1b[", later, "1", "1"}, []string{"", "\x1b[1", "1"}},
		"in a full buffer":      {[]string{strings.Repeat("中", 85) + "界", ""}[:1], []string{strings.Repeat("中", 85)}},
		"a character, then it":  {[]string{"甲\x1b[", "B"}, []string{"甲", "\x1b[B"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer from.Close()
			defer to.Close()
			now := time.Now()
			keyboard := kit.NewKeyboard(from, func() time.Time { return now })
			var got []string
			for _, text := range test.come {
				if text == later {
					now = now.Add(time.Second)
					continue
				}
				to.WriteString(text)
				chunk := make([]byte, 256)
				n, err := keyboard.Read(chunk)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(chunk[:n]))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
