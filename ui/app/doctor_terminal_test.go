package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

// withTerminal makes a command run on a terminal that answers as p does, as far as it
// does.
func withTerminal(p cli.TerminalProbe) func(*app.App) {
	return func(a *app.App) {
		a.InTerminal, a.OutTerminal = true, true
		if p.Size != nil {
			a.Terminal.Size = p.Size
		}
		if p.Colours != nil {
			a.Terminal.Colours = p.Colours
		}
		if p.Cells != nil {
			a.Terminal.Cells = p.Cells
		}
	}
}

func TestDoctorTerminal(t *testing.T) {
	t.Parallel()
	sized := func(width, height int) cli.TerminalProbe {
		return cli.TerminalProbe{Size: func() (int, int) { return width, height }, Colours: func() string { return "ANSI256" }}
	}
	for name, test := range map[string]struct {
		term   string
		change func(*app.App)
		status []string
		text   string
	}{
		"fine":        {"xterm-256color", withTerminal(sized(80, 24)), []string{"ok"}, "xterm-256color，80×24，256 色"},
		"small":       {"xterm-256color", withTerminal(sized(59, 24)), []string{"ok", "warn"}, ""},
		"low":         {"xterm-256color", withTerminal(sized(60, 19)), []string{"ok", "warn"}, ""},
		"size unsaid": {"xterm", withTerminal(cli.TerminalProbe{}), []string{"ok"}, ""},
		"dumb":        {"dumb", withTerminal(sized(80, 24)), []string{"note"}, "dumb"},
		"no TERM":     {"", withTerminal(sized(80, 24)), []string{"note"}, ""},
		"none":        {"xterm", nil, []string{"note"}, "不是终端"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.env["TERM"] = test.term
			got := r.runDoctor(t, 0, test.change)["terminal"]
			if !slices.Equal(statuses(got), test.status) || !strings.Contains(got[0].Text, test.text) {
				t.Errorf("%+v", got)
			}
			if test.term == "dumb" && !strings.Contains(got[0].Advice, "--plain") {
				t.Errorf("%+v", got)
			}
		})
	}
}

func statuses(lines []finding) (all []string) {
	for _, line := range lines {
		all = append(all, line.Status)
	}
	return all
}

// TestDoctorNarrowWidths: only characters that are drawn are measured; with
// ASCII borders nothing suggests ASCII borders.
func TestDoctorNarrowWidths(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		borders, wide string
		status, value string
		advised       bool // to draw in ASCII
	}{
		"an arrow":            {"rounded", "→", "warn", "→=2", true},
		"a shade":             {"rounded", "░", "warn", "░=2", true},
		"ascii, fine":         {"ascii", "", "ok", "a=1", false},
		"ascii, an arrow":     {"ascii", "→", "ok", "a=1", false},
		"ascii, no UTF-8":     {"ascii", "中", "warn", "中=3", false},
		"rounded, all narrow": {"rounded", "", "ok", "▸=1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.env["TERM"] = "xterm"
			r.configure(t, "[ui]\nborders = \""+test.borders+"\"\n")
			probe := cli.TerminalProbe{Cells: func(texts []string) ([]int, error) {
				var cells []int
				for _, text := range texts {
					n := 1
					if text == "中" {
						n++
					}
					if strings.Contains(test.wide, text) {
						n++
					}
					cells = append(cells, n)
				}
				return cells, nil
			}}
			got := r.runDoctor(t, 0, withTerminal(probe))["widths"]
			if len(got) != 1 || got[0].Status != test.status || !strings.Contains(got[0].Value, test.value) || (got[0].Nearest == "ascii") != test.advised ||
				strings.Contains(got[0].Advice, "ascii") != test.advised || strings.Contains(got[0].Value, "─") != (test.borders == "rounded") {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestDoctorWidths: the measured widths decide; the terminal is not asked where
// it would not answer.
func TestDoctorWidths(t *testing.T) {
	t.Parallel()
	answering := func(narrow, chinese int, err error) cli.TerminalProbe {
		return cli.TerminalProbe{Cells: func(texts []string) ([]int, error) {
			cells := make([]int, len(texts))
			for i, text := range texts {
				if cells[i] = narrow; text == "中" {
					cells[i] = chinese
				}
			}
			if err != nil {
				return nil, err
			}
			return cells, nil
		}}
	}
	for name, test := range map[string]struct {
		probe          cli.TerminalProbe
		term           string
		status, advice string
	}{
		"fine":     {answering(1, 2, nil), "xterm", "ok", ""},
		"wide":     {answering(2, 2, nil), "xterm", "warn", `ui.borders = "ascii"`},
		"no UTF-8": {answering(3, 3, nil), "xterm", "warn", "UTF-8"},
		"mute":     {answering(1, 2, errors.New("mute")), "xterm", "note", ""},
		"dumb":     {answering(2, 2, nil), "dumb", "note", ""},
		"unknown":  {cli.TerminalProbe{}, "xterm", "note", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.env["TERM"] = test.term
			got := r.runDoctor(t, 0, withTerminal(test.probe))["widths"]
			if len(got) != 1 || got[0].Status != test.status || !strings.Contains(got[0].Advice, test.advice) || (got[0].Advice == "") != (test.advice == "") {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestDoctorLocale(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		env           map[string]string
		args          []string
		value, origin string
		status        []string
	}{
		{map[string]string{"LANG": "zh_CN.UTF-8"}, nil, "zh", "LANG", []string{"ok"}},
		{map[string]string{"LANG": "zh_CN.utf8@pinyin"}, nil, "zh", "LANG", []string{"ok"}},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GB18030"}, nil, "zh", "LC_ALL", []string{"ok", "warn"}},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_CTYPE": "zh_CN"}, nil, "zh", "LANG", []string{"ok", "warn"}},
		{map[string]string{"LANG": "C"}, nil, "zh", "LANG", []string{"ok", "note"}},
		{map[string]string{"LANG": "C.UTF-8"}, nil, "zh", "LANG", []string{"ok"}},
		{map[string]string{"LANG": ""}, nil, "zh", "", []string{"note"}},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, []string{"--lang", "en"}, "en", "--lang", []string{"ok"}},
	} {
		r := newFixture(t)
		for name, value := range test.env {
			r.env[name] = value
		}
		got := r.runDoctor(t, 0, nil, test.args...)["locale"]
		if !slices.Equal(statuses(got), test.status) || got[0].Value != test.value || got[0].Origin != test.origin {
			t.Errorf("%v %v: %+v", test.env, test.args, got)
		}
	}
	r := newFixture(t)
	r.configure(t, "language = \"en\"\n[ui]\nreal_caret = false\n")
	all := r.runDoctor(t, 0, nil)
	if got := all["locale"][0]; got.Value != "en" || got.Key != "language" || !strings.HasSuffix(got.Origin, "config.toml") {
		t.Errorf("%+v", got)
	}
	if got := all["caret"][0]; got.Status != "note" || got.Value != "false" {
		t.Errorf("%+v", got)
	}
}

// TestDoctorClipboard: doctor reports how the console would copy, and runs no
// program.
func TestDoctorClipboard(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "darwin" { // which has but one
		return
	}
	for _, test := range []struct {
		programs string
		env      map[string]string
		want     string
	}{
		{"", nil, "osc52"},
		{"xclip", map[string]string{"DISPLAY": ":0"}, "xclip"},
		{"xclip", nil, "osc52"},
		{"xclip wl-copy wl-paste", map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wl-copy"},
		{"wl-copy xsel", map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "xsel"},
		{"clip.exe powershell.exe", nil, "clip.exe"},
		{"clip.exe", nil, "osc52"},
		{"xclip tmux", map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "a b c d", "TMUX": "x"}, "tmux"},
		{"xclip", map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "a b c d", "TMUX": "x"}, "osc52"},
		{"xclip", map[string]string{"DISPLAY": ":0", "SSH_TTY": "/dev/pts/0"}, "osc52"},
	} {
		r := newFixture(t)
		r.env["PATH"] = t.TempDir()
		for name, value := range test.env {
			r.env[name] = value
		}
		for _, name := range strings.Fields(test.programs) {
			if err := os.WriteFile(filepath.Join(r.env["PATH"], name), nil, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if got := r.runDoctor(t, 0, nil)["clipboard"]; len(got) != 1 || got[0].Value != test.want {
			t.Errorf("%s, %v: %+v", test.programs, test.env, got)
		}
	}
}
