package form_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// TestWay: who can read a lookup on its way is always told.
func TestWay(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long.", 12) + "example"
	for name, test := range map[string]struct {
		base, proxy string
		width       int
		want        []string
		not         []string
	}{
		"https":         {"https://apis.juhe.cn", "", 60, []string{"https://apis.juhe.cn", "加密传输"}, []string{"明文", "代理"}},
		"http":          {"http://apis.juhe.cn", "", 60, []string{"http://apis.juhe.cn", "! 明文传输"}, []string{"加密传输"}},
		"far away":      {"http://" + long, "", 60, []string{"http://long.", "! 明文传输"}, nil},
		"a proxy":       {"https://apis.juhe.cn", "http://u:hunter2@proxy.example:3128", 60, []string{"加密传输", "经代理 proxy.example:3128"}, []string{"hunter2"}},
		"all of it":     {"http://" + long, "http://proxy.example:3128", 60, []string{"! 明文传输", "经代理 proxy.example:3128"}, nil},
		"room for more": {"http://" + long, "", 140, []string{"http://" + long, "! 明文传输"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, func(_ *form.Options, c *juhe.Options) { c.BaseURL, c.Proxy = test.base, test.proxy })
			d.SetSize(test.width, 16)
			frame := widget.Frame(strings.Split(d.View(), "\n"), test.width, 16)
			for _, text := range test.want {
				if !strings.Contains(ansi.Strip(frame), text) {
					t.Errorf("%q is not on the screen:\n%s", text, ansi.Strip(frame))
				}
			}
			d.hides(test.not...)
		})
	}
}

// todays fails unless that is what was sent today.
func (d *desk) todays(want string) {
	d.t.Helper()
	if text, _ := d.TodayText(); text != want {
		d.t.Errorf("%q, want %q", text, want)
	}
}

func TestNoKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.NoKey = true })
	d.says(d.Init(), widget.Warn, d.words.Form.NoKey)
	d = newDesk(t)
	if said := d.Update(d.Init()()); said != nil {
		t.Errorf("a form with a key says %v", said())
	}
	d.todays("今天已发送 0")
}

// TestKeysFollowTheState: what can be done now is what the footer offers.
func TestKeysFollowTheState(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	offers := func(description string) bool {
		for _, b := range d.Keys().ShortHelp() {
			if b.Enabled() && b.Help().Desc == description {
				return true
			}
		}
		return false
	}
	check := func(when string, send, stop, last bool) {
		t.Helper()
		f := d.words
		if offers(f.Keys["send"]) != send || offers(f.Form.StopWaiting) != stop || offers(f.Keys["last"]) != last {
			t.Errorf("%s: send %t, stop %t, last %t", when, offers(f.Keys["send"]), offers(f.Form.StopWaiting), offers(f.Keys["last"]))
		}
	}
	check("at first", true, false, false)
	sent := d.press("f5")
	check("waiting", false, true, false)
	d.press("esc")
	check("not waiting", false, false, false)
	d.Update(await[form.DoneMsg](t, sent))
	check("answered", true, false, true)
	if !d.Typing() {
		t.Error("the form does not take text")
	}
}

// TestProgress: it moves while a lookup is under way, and stops with it.
func TestProgress(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	sent, ok := d.press("f5")().(tea.BatchMsg)
	if !ok || len(sent) != 2 {
		t.Fatalf("sending is %v, not a tick and a lookup", sent)
	}
	before := d.View()
	tick := sent[0]()
	if d.Update(tick) == nil || d.View() == before {
		t.Error("a tick moves nothing")
	}
	d.shows(" / 60 s")
	d.Update(await[form.DoneMsg](t, sent[1]))
	if d.Update(tick) != nil {
		t.Error("a tick goes on after the end")
	}
}
