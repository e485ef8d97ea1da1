package widget_test

import (
	"encoding/base64"
	"errors"
	"testing"

	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestCopy: the machine's clipboard comes first, unless it is remote or fails; then
// tmux; then the terminal.
func TestCopy(t *testing.T) {
	t.Parallel()
	fails := errors.New("no display")
	for name, test := range map[string]struct {
		env          map[string]string
		native, tmux error
		none         bool // the machine has no clipboard
		want         string
	}{
		"here":                       {want: widget.CopyNative},
		"here, in tmux":              {env: map[string]string{"TMUX": "x"}, want: widget.CopyNative},
		"without a display, in tmux": {env: map[string]string{"TMUX": "x"}, native: fails, want: widget.CopyTmux},
		"without a clipboard":        {none: true, want: widget.CopyOSC52},
		"without a display":          {native: fails, want: widget.CopyOSC52},
		"over ssh":                   {env: map[string]string{"SSH_CONNECTION": "x"}, want: widget.CopyOSC52},
		"over ssh, su":               {env: map[string]string{"SSH_TTY": "x"}, want: widget.CopyOSC52},
		"over ssh, in tmux":          {env: map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, want: widget.CopyTmux},
		"over ssh, in an old tmux":   {env: map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, tmux: fails, want: widget.CopyOSC52},
		"in a tmux that is gone":     {env: map[string]string{"TMUX": "x"}, none: true, tmux: fails, want: widget.CopyOSC52},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term, written := uitest.NewTerminal(t)
			got := map[string]string{}
			by := func(way string, err error) func(string) error {
				return func(text string) error {
					if err == nil {
						got[way] = text
					}
					return err
				}
			}
			c := &widget.Clipboard{
				Terminal: term, Env: func(name string) string { return test.env[name] },
				Native: by(widget.CopyNative, test.native), Tmux: by(widget.CopyTmux, test.tmux),
			}
			if test.none {
				c.Native = nil
			}
			way, err := c.Copy("一致")
			if osc := written(); osc == "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte("一致"))+"\a" {
				got[widget.CopyOSC52] = "一致"
			} else if osc != "" {
				t.Errorf("%q is written", osc)
			}
			if err != nil || way != test.want || len(got) != 1 || got[way] != "一致" {
				t.Errorf("%s, %v: copied to %v", way, err, got)
			}
		})
	}
}
