package ui_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui"
	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/widget"
)

// console is the whole of it, with the stand-in behind it.
type console struct {
	*ui.Model
	t      testing.TB
	words  *i18n.Text
	server *mockserver.Server
	// arrived gets a value for each request, before it is answered.
	arrived chan struct{}
	copied  *string
	dir     string        // the current folder
	quit    *bool         // the program was asked to end
	ahead   *atomic.Int64 // how far the clocks of the form and the batch are
	// messages have come of commands, and are not delivered yet.
	messages chan tea.Msg
	rebound  bool
	extra    map[keymap.Action]string
	noKey    bool
}

// look is what a console looks like.
type look struct {
	lang, borders string
	terminal      *widget.Terminal
	rebound       bool                     // every key has been changed: see other
	extra         map[keymap.Action]string // more keys
	noKey         bool                     // none is configured
}

func newConsole(t testing.TB, l look) console {
	t.Helper()
	w := i18n.For(l.lang, nil)
	if l.borders == "ascii" {
		w.Narrow()
	}
	c := console{
		t: t, words: w, server: mockserver.New(mockserver.Key, mockserver.Openid),
		arrived: make(chan struct{}, 16), copied: new(string), quit: new(bool), ahead: new(atomic.Int64), messages: make(chan tea.Msg),
		rebound: l.rebound, extra: l.extra, noKey: l.noKey,
	}
	client := c.client()
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(0) // termenv.TrueColor
	theme, keys := widget.NewTheme(renderer, "", "dark", l.borders), widget.NewKeys(w, c.keys())
	dir := t.TempDir()
	book := ledger.New(ledger.Options{
		Path: filepath.Join(dir, "ledger.db"), Encryption: ledger.EncryptionNone, User: "老王", Now: time.Now,
	})
	t.Cleanup(func() { book.Close() })
	c.dir = dir
	c.Model = ui.New(ui.Options{
		Words: w, Theme: theme, Keys: keys, Terminal: l.terminal, Demo: true,
		Form: form.New(form.Options{
			Words: w, Theme: theme, Keys: keys, Now: func() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) },
			Verifier: lookup.New(client, book, lookup.Guard{RepeatWithin: time.Hour}, time.Now), Ledger: book,
			InitialQuery: juhe.Query{API: juhe.APIQuery},
			DamageNotice: w.Form.Damaged, NoKey: l.noKey,
			Service: form.ServiceInfo{BaseURL: client.Service(), Insecure: client.Plain(), Proxy: "proxy.example:3128", Timeout: client.Timeout()},
		}),
		Result: result.New(result.Options{
			Words: w, Theme: theme, Keys: keys, Clipboard: clipboard{c.copied}, RevealFor: time.Hour, Demo: true,
			Ledger: book,
		}),
		History: history.New(history.Options{
			Words: w, Theme: theme, Keys: keys, Ledger: book, RevealFor: time.Hour, Now: time.Now, Demo: true,
		}),
		Batch: batch.New(batch.Options{
			Words: w, Theme: theme, Keys: keys, Query: juhe.Query{API: juhe.APIQuery},
			Now: func() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) },
			Batch: engine.New(engine.Options{
				Caller: client, Ledger: book, Guard: lookup.Guard{RepeatWithin: time.Hour}, Words: w, Now: time.Now,
				Concurrency: 4, Attended: true,
			}),
			Timeout: time.Minute, Home: dir, Folder: dir, Pasted: filepath.Join(dir, "pasted"),
		}),
		Setup: c.setup(w, theme, keys),
	})
	t.Cleanup(func() { c.Batch.GiveUp(); c.Close() })
	c.resize(80, 24)
	return c
}

// client sends to the console's stand-in.
func (c console) client() *juhe.Client {
	c.t.Helper()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.arrived <- struct{}{}
		c.server.ServeHTTP(w, r)
	}))
	c.t.Cleanup(service.Close)
	secret := func(value string) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return value, nil }
	}
	client, err := juhe.New(juhe.Options{
		BaseURL: service.URL, ConnectTimeout: time.Minute, Timeout: time.Minute,
		Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return client
}

type clipboard struct{ text *string }

func (c clipboard) Copy(text string) (string, error) {
	*c.text = text
	return "tmux", nil
}

// terminal draws to a file; written reads what is in it.
func terminal(t *testing.T) (term *widget.Terminal, written func() string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "screen")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return widget.NewTerminal(file), func() string {
		all, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(all)
	}
}

func (c console) update(msg tea.Msg) tea.Cmd {
	_, cmd := c.Update(msg)
	return cmd
}

func (c console) resize(width, height int) {
	c.update(tea.WindowSizeMsg{Width: width, Height: height})
}

// press presses keys: by Bubble Tea's names, or else as text. It gives the
// last one's command.
func (c console) press(names ...string) tea.Cmd {
	c.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		if c.rebound && isDefault(name) {
			name = other(name)
		}
		cmd = c.update(key(name))
	}
	return cmd
}

func key(name string) tea.KeyMsg {
	if rest, alt := strings.CutPrefix(name, "alt+"); alt {
		msg := key(rest)
		msg.Alt = true
		return msg
	}
	for k := tea.KeyType(-100); k < 128; k++ {
		if msg := (tea.KeyMsg{Type: k}); k != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// fill puts factors into the form.
func (c console) fill(q juhe.Query) {
	c.press("f2")
	c.Form.Fill(q)
}

func match() juhe.Query {
	return juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)}
}

// odd is a query with all the remarks that there can be.
func odd() juhe.Query {
	return juhe.Query{API: juhe.APIQueryV2, Regstatus: true, Factors: juhe.Factors{
		Entname: " 苏州(虚构)•精密机械股份有限公司苏州(虚构)•精密机械股份有限公司", Entmark: "9111 0199-mayyy００14x",
		Realname: "买买提•示例\u200b", Idcard: "9111 0199-mayyy００13x",
	}}
}

// named is the first company's look-up under another name.
func named(entname string) juhe.Query {
	q := match()
	q.Entname = entname
	return q
}

// send sends factors from the form, a second time where there are warnings first.
func (c console) send(q juhe.Query) tea.Cmd {
	c.t.Helper()
	c.fill(q)
	cmd := c.press("f5")
	if !c.Form.InProgress() {
		c.ahead.Add(int64(time.Second))
		cmd = c.press("f5")
	}
	return cmd
}

// verify makes a look-up and follows it to its result.
func (c console) verify(q juhe.Query) {
	c.t.Helper()
	done := await[form.DoneMsg](c.t, c.send(q))
	c.update(await[form.ShowResultMsg](c.t, c.update(done)))
}

// until runs a command and whatever comes of it, and lets the console see the
// messages, until something is so.
func (c console) until(cmd tea.Cmd, so func() bool) {
	c.t.Helper()
	messages, done := c.messages, c.t.Context().Done()
	run := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			select {
			case messages <- cmd():
			case <-done:
			}
		}()
	}
	run(cmd)
	late := time.After(10 * time.Second)
	for !so() {
		select {
		case msg := <-messages:
			if _, ok := msg.(tea.QuitMsg); ok {
				*c.quit = true
				continue
			}
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					run(cmd)
				}
				continue
			}
			run(c.update(msg))
		case <-late:
			c.t.Fatalf("it does not come:\n%s", c.shown())
		}
	}
}

// see follows a command until a text is on the screen.
func (c console) see(cmd tea.Cmd, text string) {
	c.t.Helper()
	c.until(cmd, func() bool { return strings.Contains(c.shown(), c.Theme.ReplaceGlyphs(text)) })
}

func (c console) shown() string { return ansi.Strip(c.View()) }

// line is a line of the screen, without colours.
func (c console) line(y int) string { return strings.Split(c.shown(), "\n")[y] }

// foot is the last line, and head the first.
func (c console) foot() string {
	lines := strings.Split(c.shown(), "\n")
	return lines[len(lines)-1]
}

// inFront fails unless a screen is, by its title.
func (c console) inFront(title string) {
	c.t.Helper()
	if !strings.HasPrefix(c.line(0), "  fourfactor  "+title+" ") {
		c.t.Errorf("%q is not in front:\n%s", title, c.shown())
	}
}

func (c console) shows(text string) {
	c.t.Helper()
	if !strings.Contains(strings.Join(strings.Fields(c.shown()), ""), strings.Join(strings.Fields(text), "")) {
		c.t.Errorf("%q is not on the screen:\n%s", text, c.shown())
	}
}

func (c console) hides(text string) {
	c.t.Helper()
	if strings.Contains(c.shown(), text) {
		c.t.Errorf("%q is on the screen:\n%s", text, c.shown())
	}
}

// await runs a command, and those that it is a batch of, until one gives a T.
func await[T tea.Msg](t testing.TB, cmd tea.Cmd) T {
	t.Helper()
	if cmd == nil {
		t.Fatal("there is no command")
	}
	messages, running := make(chan tea.Msg), 1
	done := t.Context().Done()
	run := func(cmd tea.Cmd) {
		select {
		case messages <- cmd():
		case <-done:
		}
	}
	go run(cmd)
	for ; running > 0; running-- {
		switch msg := (<-messages).(type) {
		case T:
			return msg
		case tea.BatchMsg:
			running += len(msg)
			for _, cmd := range msg {
				go run(cmd)
			}
		}
	}
	var want T
	t.Fatalf("no %T", want)
	return want
}
