package widget_test

import (
	"strings"
	"testing"

	"fourfactor/ui/widget"
)

// reports returns the reports of terminals: xterm, VTE, kitty, iTerm2, Windows
// Terminal, foot, mlterm, tmux and PuTTY.
func reports() map[string]string {
	return map[string]string{
		"OSC 4":                       "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
		"OSC 4, BEL":                  "\x1b]4;255;rgb:eeee/eeee/eeee\a",
		"OSC 5":                       "\x1b]5;0;rgb:ffff/ffff/ffff\x1b\\",
		"OSC 10":                      "\x1b]10;rgb:dcdc/dcdc/dcdc\x1b\\",
		"OSC 10, BEL":                 "\x1b]10;rgb:dcdc/dcdc/dcdc\a",
		"OSC 11":                      "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
		"OSC 11, BEL":                 "\x1b]11;rgb:1e1e/1e1e/1e1e\a",
		"OSC 11, alpha":               "\x1b]11;rgba:0000/0000/0000/e6e6\x1b\\",
		"OSC 12":                      "\x1b]12;rgb:ffff/0000/0000\x1b\\",
		"OSC 17":                      "\x1b]17;rgb:3333/3333/3333\x1b\\",
		"OSC 52":                      "\x1b]52;c;5byg5LiJCTExMDEwMTE5OTAwMzA3MDAxMQ0K\x1b\\",
		"OSC 52, BEL":                 "\x1b]52;p;aGVsbG8NCg==\a",
		"OSC 1337":                    "\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
		"OSC 99":                      "\x1b]99;i=1:p=?;a=focus\x1b\\",
		"OSC l, a title":              "\x1b]l北京晨星 – 本机\x1b\\",
		"OSC L":                       "\x1b]Lxterm\x1b\\",
		"OSC in C1":                   "\u009d11;rgb:1e1e/1e1e/1e1e\u009c",
		"DA1, xterm":                  "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
		"DA1, VT100":                  "\x1b[?1;2c",
		"DA1, VTE":                    "\x1b[?65;1;9c",
		"DA1, kitty":                  "\x1b[?62c",
		"DA1 in C1":                   "\u009b?62;22c",
		"DA2":                         "\x1b[>41;390;0c",
		"DA2, tmux":                   "\x1b[>84;0;0c",
		"DA3":                         "\x1bP!|00000000\x1b\\",
		"DA3, VTE":                    "\x1bP!|7E565445\x1b\\",
		"XTVERSION":                   "\x1bP>|XTerm(390)\x1b\\",
		"XTVERSION, tmux":             "\x1bP>|tmux 3.4\x1b\\",
		"XTVERSION, kitty":            "\x1bP>|kitty(0.35.2)\x1b\\",
		"XTGETTCAP":                   "\x1bP1+r544e=787465726d2d323536636f6c6f72\x1b\\",
		"XTGETTCAP, unknown":          "\x1bP0+r524742\x1b\\",
		"DECRQSS":                     "\x1bP1$r0;1m\x1b\\",
		"DECRQSS, cursor":             "\x1bP1$r2 q\x1b\\",
		"DECRQM, synchronised output": "\x1b[?2026;2$y",
		"DECRQM, bracketed paste":     "\x1b[?2004;1$y",
		"DECRQM, ANSI":                "\x1b[4;2$y",
		"CPR":                         "\x1b[24;80R",
		"CPR, as a key with Shift":    "\x1b[1;2R",
		"CPR, top":                    "\x1b[1;1R",
		"DECXCPR":                     "\x1b[?24;80;1R",
		"DSR":                         "\x1b[0n",
		"colour scheme":               "\x1b[?997;1n",
		"focus in":                    "\x1b[I",
		"focus out":                   "\x1b[O",
		"mouse X10":                   "\x1b[M !!",
		"mouse X10, far right":        "\x1b[M \xc8\xa0",
		"mouse SGR":                   "\x1b[<0;33;12M",
		"mouse SGR, let go":           "\x1b[<0;33;12m",
		"mouse SGR, wheel":            "\x1b[<64;120;40M",
		"mouse SGR, pixels":           "\x1b[<35;1204;633M",
		"mouse rxvt":                  "\x1b[32;33;12M",
		"kitty keyboard":              "\x1b[?0u",
		"kitty keyboard, more":        "\x1b[?31u",
		"kitty graphics":              "\x1b_Gi=31;OK\x1b\\",
		"modifyOtherKeys":             "\x1b[>4;2m",
		"window size, cells":          "\x1b[8;24;80t",
		"window size, pixels":         "\x1b[4;600;800t",
		"cell size":                   "\x1b[6;17;8t",
		"window state":                "\x1b[1t",
		"in-band resize":              "\x1b[48;24;80;600;800t",
		"XTSMGRAPHICS":                "\x1b[?1;0;256S",
		"DECREQTPARM":                 "\x1b[2;1;1;128;128;1;0x",
		"PM":                          "\x1b^private\x1b\\",
		"SOS":                         "\x1bXstring\x1b\\",
		"a key let go":                "\x1b[13;1:3u",
	}
}

// TestReports: a terminal report is never a key or text, whole or split, early or
// late, and keys after it arrive. Only a lone Esc with a long pause is a key.
func TestReports(t *testing.T) {
	t.Parallel()
	if n := len(reports()); n < 40 {
		t.Errorf("%d replies", n)
	}
	for name, reply := range reports() {
		for at := range len(reply) {
			for _, pause := range []ms{0, 5, 15, 30, 200, 400, 1500} {
				want := "1\r"
				switch {
				case pause > 40 && at == 1 && reply[0] == 0x1b:
					want = "\x1b1\r"
				case pause > 500 && at <= 2, pause > 40 && at > 0 && reply[at-1] == 0x1b: // the Esc may have been typed
					continue
				}
				got := strings.Join(decode(false, reply[:at], pause, reply[at:], ms(3), "1", ms(50), "\r"), "")
				if got = strings.ReplaceAll(got, widget.MaybePasted, ""); got != want {
					t.Errorf("%s in %q and %q, %d ms apart: %q", name, reply[:at], reply[at:], pause, got)
				}
			}
		}
		var pieces []any
		for i := range len(reply) {
			pieces = append(pieces, reply[i:i+1], ms(20))
		}
		if got := decode(false, pieces...); got != nil {
			t.Errorf("%s byte by byte: %q", name, got)
		}
		if got := decode(false, "甲公司\t", reply, "1\r"); len(got) != 1 || got[0] != "<甲公司\t1\r>" {
			t.Errorf("%s in a paste: %q", name, got)
		}
	}
}

// TestMouse: with the mouse enabled its events are passed on whole, and other reports
// are not.
func TestMouse(t *testing.T) {
	t.Parallel()
	for name, reply := range reports() {
		want := ""
		if strings.HasPrefix(name, "mouse X10") || strings.HasPrefix(name, "mouse SGR") {
			want = reply
		}
		for at := range len(reply) {
			if got := strings.Join(decode(true, reply[:at], ms(30), reply[at:]), ""); got != want {
				t.Errorf("%s in %q and %q: %q", name, reply[:at], reply[at:], got)
			}
		}
	}
}

// TestIncompleteReport: an incomplete report is dropped after a time, and Ctrl+C gets
// through.
func TestIncompleteReport(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]any{
		"a":        {"\x1b]11;rgb:1e1e", ms(2100), "a"},
		"\x03":     {"\x1bP>|kit", ms(100), "\x03"},
		"\x1b[A":   {"\x1b_Gi=", ms(1500), "31", ms(1500), "\x1b[A"},
		"b":        {"\x1b[?62;", ms(3100), "b"},
		"c":        {"\x1b[M ", ms(3100), "c"},
		"d":        {"\x1b]11;rgb\x18d"},
		"\x1bOP":   {"\x1b]52;c;", strings.Repeat("QUJD", 1<<20), "\x1b\\\x1bOP"},
		"\x1b[15~": {"\x1b^x\x1b[15~"},
	} {
		if got := strings.Join(decode(false, want...), ""); got != in {
			t.Errorf("%.40q: got %q, want %q", want, got, in)
		}
	}
}
