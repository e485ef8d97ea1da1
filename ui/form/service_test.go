package form_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/form"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestService: the form always shows whether the connection is encrypted.
func TestService(t *testing.T) {
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
			s := newTestForm(t, func(_ *form.Options, c *juhe.Options) { c.BaseURL, c.Proxy = test.base, test.proxy })
			s.SetSize(test.width, 16)
			frame := widget.Frame(strings.Split(s.View(), "\n"), test.width, 16)
			for _, text := range test.want {
				if !strings.Contains(ansi.Strip(frame), text) {
					t.Errorf("%q is not on the screen:\n%s", text, ansi.Strip(frame))
				}
			}
			s.AssertHides(test.not...)
		})
	}
}

func TestNoKey(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, func(o *form.Options, _ *juhe.Options) { o.NoKey = true })
	s.assertStatus(s.Init(), widget.Warn, s.words.Form.NoKey)
	s = newTestForm(t)
	if notice := s.Init(); notice != nil {
		t.Errorf("a form with a key says %v", notice())
	}
}

// TestKeysByState: the footer offers the keys that work in the current state.
func TestKeysByState(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	offers := func(description string) bool {
		for _, b := range s.Keys().ShortHelp() {
			if b.Enabled() && b.Help().Desc == description {
				return true
			}
		}
		return false
	}
	check := func(when string, send, stop, last bool) {
		t.Helper()
		for label, want := range map[string]bool{s.words.Keys["send"]: send, s.words.Form.StopWaiting: stop, s.words.Keys["last"]: last} {
			if got := offers(label); got != want {
				t.Errorf("%s: got %q offered %t, want %t", when, label, got, want)
			}
		}
	}
	check("at first", true, false, false)
	sent := s.press("f5")
	check("waiting", false, true, false)
	s.press("esc")
	check("not waiting", false, false, false)
	s.Update(uitest.Await[form.DoneMsg](t, sent))
	check("answered", true, false, true)
	s.assertTyping(true)
}

// TestProgress: progress moves while a lookup is in progress, and stops with it.
func TestProgress(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	sent, ok := s.press("f5")().(tea.BatchMsg)
	if !ok || len(sent) != 2 {
		t.Fatalf("sending is %v, not a tick and a lookup", sent)
	}
	before := s.View()
	tick := sent[0]()
	if s.Update(tick) == nil || s.View() == before {
		t.Error("a tick does not move the progress")
	}
	s.AssertShows(" / 60 s")
	s.Update(uitest.Await[form.DoneMsg](t, sent[1]))
	if s.Update(tick) != nil {
		t.Error("a tick after the result starts another one")
	}
}
