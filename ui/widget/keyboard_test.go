package widget_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// ms is a pause in milliseconds between two pieces of input.
type ms int

// decode decodes pieces of input with pauses between them. It returns keys as they are
// and pastes in angle brackets.
func decode(mouse bool, pieces ...any) (out []string) {
	d := widget.NewDecoder(mouse)
	add := func(all []widget.Press) {
		for _, p := range all {
			if p.Paste {
				p.Keys = "<" + p.Keys + ">"
			}
			out = append(out, p.Keys)
		}
	}
	for _, piece := range append(pieces, ms(10_000)) {
		if n := d.Buffered(); n > 9<<20 {
			panic(fmt.Sprintf("%d bytes are kept", n))
		}
		switch piece := piece.(type) {
		case string:
			add(d.Decode(piece))
		case ms:
			add(d.Wait(time.Duration(piece) * time.Millisecond))
		}
	}
	return out
}

// TestKeyboard: however the input is split, only complete characters and keys are
// passed on, and nothing is lost.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		come []any
		want []string
	}{
		"whole":                  {[]any{"北京", ms(50), "\x1b[A", "a"}, []string{"北京", "\x1b[A", widget.MaybePasted, "a"}},
		"a character in two":     {[]any{"ab\xe7", ms(300), "\x94\xb2cd"}, []string{"ab", "甲cd"}},
		"byte by byte":           {[]any{"\xe4", ms(90), "\xbc", ms(90), "\x81", ms(90), "\xe4", ms(90), "\xb8", ms(90), "\x9a"}, []string{"企", "业"}},
		"four bytes":             {[]any{"\xf0\xa0", ms(200), "\xae\xb7"}, []string{"𠮷"}},
		"a sequence in two":      {[]any{"\x1b[", ms(400), "A"}, []string{"\x1b[A"}},
		"with numbers":           {[]any{"x\x1b[1;", ms(2000), "5C"}, []string{"x", widget.MaybePasted, "\x1b[1;5C"}},
		"F3 in two":              {[]any{"\x1bO", ms(300), "R"}, []string{"\x1bOR"}},
		"F3 in three":            {[]any{"\x1b", ms(30), "O", ms(30), "R"}, []string{"\x1bOR"}},
		"F3 behind a lost Esc":   {[]any{"\x1b", ms(200), "OR"}, []string{"\x1b", "\x1bOR"}},
		"application arrows":     {[]any{"\x1bOA\x1bOH"}, []string{"\x1bOA", "\x1b[H"}},
		"escape is a key":        {[]any{"\x1b", ms(50), "a"}, []string{"\x1b", "a"}},
		"escape, twice":          {[]any{"\x1b\x1b"}, []string{"\x1b", "\x1b"}},
		"alt and an arrow":       {[]any{"\x1b\x1b[A"}, []string{"\x1b\x1b[A"}},
		"alt and a letter":       {[]any{"\x1bo", ms(9), "x"}, []string{"\x1bo", widget.MaybePasted, "x"}},
		"alt and a letter, slow": {[]any{"\x1b", ms(30), "x"}, []string{"\x1bx"}},
		"alt and more":           {[]any{"\x1b\xe7", ms(30), "\x94\xb2", "\x1b\r"}, []string{"\x1b甲", widget.MaybePasted, "\x1b\r"}},
		"escape and [":           {[]any{"\x1b", ms(200), "[", ms(120), "1"}, []string{"\x1b", "[", "1"}},
		"alt and O":              {[]any{"\x1bO", ms(600), "R"}, []string{"\x1bO", "R"}},
		"alt and [":              {[]any{"\x1b[", ms(600), "1"}, []string{"\x1b[", "1"}},
		"alt and ]":              {[]any{"\x1b]", ms(600), "1"}, []string{"\x1b]", "1"}},
		"no text at all":         {[]any{"\x80\xff", "a"}, []string{widget.MaybePasted, "a"}},
		"a start without end":    {[]any{"\xe4", "a"}, []string{"a"}},
		"a sequence too long":    {[]any{"\x1b[" + strings.Repeat("1", 100), ms(100), "11;1~a"}, []string{"a"}},
		"a broken sequence":      {[]any{"\x1b[1\x1b[B"}, []string{"\x1b[B"}},
		"the Linux console":      {[]any{"\x1b[[", ms(300), "C"}, []string{"\x1b[[C"}},
		"rxvt":                   {[]any{"\x1b[7$\x1b[8^\x1b[5@\x1b[a"}, []string{"\x1b[7$", "\x1b[8^", "\x1b[5@", "\x1b[a"}},
		"number pad":             {[]any{"\x1bOq", ms(50), "\x1bOM"}, []string{"1", "\r"}},
		"ctrl keys":              {[]any{"\x13", "\x03", "\x00"}, []string{"\x13", "\x03", "\x00"}},
		"edits behind text":      {[]any{"ab\x7f", "c\x15"}, []string{"ab", widget.MaybePasted, "\x7f", widget.MaybePasted, "c", widget.MaybePasted, "\x15"}},
		"Enter alone":            {[]any{"\r\r\r\r"}, []string{"\r", "\r", "\r", "\r"}},
		"a quick typist":         {[]any{"ab", ms(50), "\t", ms(50), "c", ms(50), "\r"}, []string{"ab", "\t", "c", "\r"}},
		"an input method":        {[]any{"北京晨星虚构科技有限公司"}, []string{"北京晨星虚构科技有限公司"}},
		"a key held down":        {[]any{"a", ms(30), "a", ms(30), "a", ms(30), "a", ms(50), "\r"}, []string{"aaa", widget.MaybePasted, "a", "\r"}},
		"Enter held down":        {[]any{"\r", ms(30), "\r", ms(30), "\r", ms(30), "\r", ms(30), "\r", ms(30), "\r"}, []string{"\r", "\r", "\r", "\r", "\r", "\r"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := decode(false, test.come...); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestBurst: input that arrives together with text, as nobody types, is one paste.
func TestBurst(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		come []any
		want []string
	}{
		"one cell":                   {[]any{"张三\r"}, []string{"<张三\r>"}},
		"a break first":              {[]any{"\r", ms(25), "\r", ms(25), "a", ms(25), "\t"}, []string{"<\r\ra\t>"}},
		"a break a moment later":     {[]any{"张三", ms(30), "\r"}, []string{widget.MaybePasted, "张三", widget.MaybePasted, "\r"}},
		"an answer and a break":      {[]any{"y", ms(5), "\r"}, []string{widget.MaybePasted, "y", widget.MaybePasted, "\r"}},
		"and more":                   {[]any{"张三", ms(30), "\r", ms(30), "1"}, []string{"<张三\r1>"}},
		"two breaks":                 {[]any{"张三", ms(30), "\r\n"}, []string{"<张三\r\n>"}},
		"on a slower line":           {[]any{"a\tb", ms(90), "c", ms(90), "\r"}, []string{"<a\tbc\r>"}},
		"on a slower line yet":       {[]any{"a", ms(25), "b", ms(25), "c", ms(90), "\r"}, []string{"<abc\r>"}},
		"its start was late":         {[]any{"北", ms(120), "京晨", ms(90), "星\t1", ms(190), "\r"}, []string{"北", "京晨", "\x7f", "\x7f", "\x7f", "<北京晨星\t1\r>"}},
		"typed long before":          {[]any{"北", ms(160), "京\t1"}, []string{"北", "<京\t1>"}},
		"a key before":               {[]any{"北", ms(60), "\x1b[C", ms(60), "京\t1"}, []string{"北", "\x1b[C", "<京\t1>"}},
		"typed, and a mark":          {[]any{"北", ms(60), "\x1b[200~京\t1\x1b[201~"}, []string{"北", "<京\t1>"}},
		"a mark in pieces, late":     {[]any{"\x1b", ms(70), "[", ms(70), "2", ms(70), "00~a\r\x1b", ms(70), "[201~"}, []string{"\x1b", "<a\r>"}},
		"marked":                     {[]any{"\x1b[200~a\tb\r\x1b[201~"}, []string{"<a\tb\r>"}},
		"its end in it":              {[]any{"\x1b[200~a\x1b[201~\r\x1b[201~"}, []string{"<a\r>"}},
		"its end in it, late":        {[]any{"\x1b[200~a\x1b[20", ms(25), "1~", ms(25), "\r"}, []string{"<a\r>"}},
		"its start in it":            {[]any{"\x1b[200~a\x1b[200~b\x1b[201~\r"}, []string{"<a\x1b[200~b\r>"}},
		"keys in it":                 {[]any{"\x1b[200~a\x1b[15~\x13\x1b[201~"}, []string{"<a\x1b[15~\x13>"}},
		"keys in it, unmarked":       {[]any{"a\t\x1b[15~\x13\x1bOP\x03"}, []string{"<a\t>", "\x13", widget.MaybePasted, "\x1bOP", widget.MaybePasted, "\x03"}},
		"Ctrl+S behind text":         {[]any{"a\x13"}, []string{widget.MaybePasted, "a", widget.MaybePasted, "\x13"}},
		"Ctrl+S behind a paste":      {[]any{"\x1b[200~a\x1b[201~\x13"}, []string{"<a>", "\x13"}},
		"Enter, and text":            {[]any{"\r", ms(1), "张三"}, []string{widget.MaybePasted, "\r", "张三"}},
		"Enter and text, at once":    {[]any{"\r张三"}, []string{widget.MaybePasted, "\r", "张三"}},
		"Enter and a cell in pieces": {[]any{"\r", ms(25), "a", ms(25), "b", ms(25), "c"}, []string{"<\rabc>"}},
		"000000 in pieces":           {[]any{"0", ms(20), "0", ms(20), "0", ms(20), "0", ms(20), "0", ms(20), "0", ms(20), "\r"}, []string{"000", "000", widget.MaybePasted, "\r"}},
		"000 and Ctrl+S":             {[]any{"0", ms(20), "0", ms(20), "0", ms(20), "\x13"}, []string{"000", widget.MaybePasted, "\x13"}},
		"an answer behind a key":     {[]any{"d\x1b[Ay"}, []string{widget.MaybePasted, "d", widget.MaybePasted, "\x1b[A", widget.MaybePasted, "y"}},
		"before a key":               {[]any{"y", ms(30), "\x1b[A"}, []string{widget.MaybePasted, "y", widget.MaybePasted, "\x1b[A"}},
		"behind what is held down":   {[]any{"d", ms(20), "d", ms(20), "d", ms(20), "y"}, []string{"ddd", widget.MaybePasted, "y"}},
		"behind a reply":             {[]any{"d", ms(60), "\x1b]0;x\a", ms(20), "y"}, []string{"d", widget.MaybePasted, "y"}},
		"with Alt":                   {[]any{"\x1b[A", ms(20), "\x1b", ms(20), "y"}, []string{"\x1b[A", widget.MaybePasted, "\x1by"}},
		"a slow Alt alone":           {[]any{"\x1b[A", ms(60), "\x1b", ms(30), "y"}, []string{"\x1b[A", "\x1by"}},
		"an answer in time":          {[]any{"d", ms(60), "y", ms(60), "\x1b[A"}, []string{"d", "y", "\x1b[A"}},
		"Enter behind mixed keys":    {[]any{"120\x1b[A\r"}, []string{"120", widget.MaybePasted, "\x1b[A", widget.MaybePasted, "\r"}},
		"Ctrl+S behind mixed keys":   {[]any{"1", ms(25), "\x1b[A", ms(25), "\x1b[B", ms(25), "\x13"}, []string{widget.MaybePasted, "1", widget.MaybePasted, "\x1b[A", widget.MaybePasted, "\x1b[B", widget.MaybePasted, "\x13"}},
		"a slow key behind text":     {[]any{"1", ms(25), "\x1b", ms(25), "[", ms(25), "A", ms(25), "\x13"}, []string{widget.MaybePasted, "1", widget.MaybePasted, "\x1b[A", widget.MaybePasted, "\x13"}},
		"a later one yet":            {[]any{"1", ms(25), "2", ms(25), "3", ms(25), "4", ms(25), "5", ms(25), "\x01", ms(60), "\x13"}, []string{"12345", widget.MaybePasted, "\x01", widget.MaybePasted, "\x13"}},
		"a reply in the midst":       {[]any{"1", ms(25), "\x1b", ms(25), "]0;x", ms(25), "\a", ms(25), "\r"}, []string{"1", widget.MaybePasted, "\r"}},
		"arrows held, and Enter":     {[]any{"\x1b[A", ms(30), "\x1b[A", ms(30), "\x1b[A", ms(30), "\r"}, []string{"\x1b[A", "\x1b[A", "\x1b[A", "\r"}},
		"F5 behind text":             {[]any{"a\x1b[15~"}, []string{widget.MaybePasted, "a", widget.MaybePasted, "\x1b[15~"}},
		"its end is lost":            {[]any{"\x1b[200~a\r", ms(5000), "\r"}, []string{"<a\r>", "\r"}},
		"an end alone":               {[]any{"\x1b[201~\r"}, []string{"\r"}},
		"Enter after it":             {[]any{"\x1b[200~a\x1b[201~", ms(120), "\r"}, []string{"<a>", "\r"}},
		"typed before it":            {[]any{"x", "\x1b[200~a\x1b[201~"}, []string{"x", "<a>"}},
		"a longer one than any":      {[]any{"\x1b[200~" + strings.Repeat("a", 9<<20) + "\x1b[201~", ms(200), "b"}, []string{"<>", "b"}},
		"much text, and no row":      {[]any{strings.Repeat("a", 70_000)}, []string{"<" + strings.Repeat("a", 70_000) + ">"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := decode(false, test.come...); !slices.Equal(got, test.want) {
				t.Errorf("got %.99q, want %.99q", got, test.want)
			}
		})
	}
}

// rows are rows as copied from a spreadsheet.
var rows = []string{
	"北京晨星虚构科技有限公司\t91110108MA00000000\t张三\t110101199003070011\r",
	"甲公司\t1\t张三\t2\r乙公司\t3\t李四\t4\r\n",
	"张三\r", "\t\t甲公司\t1\n", "\r\n\r\n甲公司\t1\r",
}

// TestPieces: a paste is one paste however it is split, with or without bracketed
// paste or a mark inside, and yields no Enter key.
func TestPieces(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		for _, form := range []string{"%s", "\x1b[200~%s\x1b[201~", "\x1b[200~\x1b[201~%s\x1b[201~\r"} {
			for _, size := range []int{1, 2, 3, 7, 64, 1 << 20} {
				for _, pause := range []ms{0, 5, 15, 25} {
					var pieces []any
					for piece := range slices.Chunk([]byte(fmt.Sprintf(form, row)), size) {
						pieces = append(pieces, string(piece), pause)
					}
					got := decode(false, pieces...)
					if len(got) != 1 || !strings.HasPrefix(got[0], "<"+row) {
						t.Errorf("%q in pieces of %d, %d ms apart: %q", fmt.Sprintf(form, row), size, pause, got)
					}
				}
			}
		}
	}
}

// TestUnicodeKeys: keys given by their Unicode number are decoded.
func TestUnicodeKeys(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\x1b[97u": "a", "\x1b[99;5u": "\x03", "\x1b[27;5;13~": "\r", "\x1b[27;2;9~": "\x1b[Z", "\x1b[27;5;99~": "\x03", "\x1b[27;3;120~": "\x1bx",
		"\x1b[97;2u": "A", "\x1b[97:65;2u": "A", "\x1b[97;;229u": "å", "\x1b[20013u": "中", "\x1b[27;2;65~": "A",
		"\x1b[97;3u": "\x1ba", "\x1b[99;7u": "\x1b\x03", "\x1b[13u": "\r", "\x1b[13;2u": "\r", "\x1b[13;3u": "\x1b\r", "\x1b[9;2u": "\x1b[Z", "\x1b[9u": "\t",
		"\x1b[27u": "\x1b", "\x1b[127u": "\x7f", "\x1b[127;5u": "\x08", "\x1b[32u": " ", "\x1b[32;5u": "\x00", "\x1b[91;5u": "\x1b", "\x1b[115;69u": "\x13",
		"\x1b[97;1:1u": "a", "\x1b[97;1:2u": "a", "\x1b[97;1:3u": "", "\x1b[1;1:3A": "", "\x1b[1;1:1A": "\x1b[A", "\x1b[1;65B": "\x1b[B", "\x1b[3;1:3~": "", "\x1b[5;129~": "\x1b[5~",
		"\x1b[57399u": "0", "\x1b[57414u": "\r", "\x1b[57419u": "\x1b[A", "\x1b[57441;2u": "", "\x1b[57358u": "", "\x1b[97;9u": "", "\x1b[49;5u": "",
		"\x1b[u": "", "\x1b[99999999999u": "", "\x1b[1114112u": "", "\x1b[55296u": "", "\x1b[0u": "", "\x1b[27;5~": "", "\x1b[97;;13u": "",
		"\x1b[15~": "\x1b[15~", "\x1b[1;2P": "\x1b[1;2P", "\x1b[13~": "\x1b[13~", "\x1b[Z": "\x1b[Z", "\x1b[1;5C": "\x1b[1;5C", "\x1b[1~": "\x1b[1~",
	} {
		if got := strings.Join(decode(false, in), "|"); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestKeyboardReads: events are read one by one, pastes are sent in order, nothing is
// read while paused, and the end is reported.
func TestKeyboardReads(t *testing.T) {
	t.Parallel()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var sent []string
	k, err := widget.NewKeyboard(from, widget.KeyboardOptions{Now: time.Now, Send: func(msg tea.Msg) { sent = append(sent, fmt.Sprint(msg)) }})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	long := strings.Repeat("中", 100)
	to.WriteString(long + "\x1b[A\x1b]11;rgb:0/0/0\a\x1b[200~甲\r\x1b[201~\x03")
	read := func(upto string) (got string) {
		for !strings.HasSuffix(got, upto) {
			chunk := make([]byte, 256)
			n, err := k.Read(chunk)
			if err != nil {
				t.Fatal(err)
			}
			if part := string(chunk[:n]); n == len(chunk) || !utf8.ValidString(part) {
				t.Errorf("%q is no whole piece", part)
			}
			got += string(chunk[:n])
		}
		return got
	}
	if got := read("\x03"); got != long+"\x1b[A\x03" {
		t.Errorf("%q", got)
	}
	if want := []string{"{}", "[甲\r]", "{}"}; !slices.Equal(sent, want) {
		t.Errorf("%q was sent, want %q", sent, want)
	}
	k.Pause()
	if n, err := k.Read(make([]byte, 9)); n != 0 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	to.WriteString("\x1b[B")
	mine := make([]byte, 9) // another program reads
	if n, err := from.Read(mine); string(mine[:n]) != "\x1b[B" || err != nil {
		t.Errorf("%q, %v", mine[:n], err)
	}
	if err := k.Resume(); err != nil {
		t.Fatal(err)
	}
	to.WriteString("\x1b[C")
	if got := read("C"); got != "\x1b[C" {
		t.Errorf("%q", got)
	}
	to.Close()
	<-k.Closed()
	if _, err := k.Read(make([]byte, 9)); !errors.Is(err, io.EOF) {
		t.Errorf("%v", err)
	}
}
