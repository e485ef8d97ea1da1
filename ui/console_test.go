package ui_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui"
	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// console is a console with the mock server behind it.
type console struct {
	*ui.Model
	*uitest.Driver
	t      testing.TB
	words  *i18n.Messages
	server *mockserver.Server
	// arrived receives a value for each request, before it is answered.
	arrived     chan struct{}
	clipboard   *uitest.Clipboard
	dir         string        // the current folder
	quit        *bool         // the program was asked to end
	clockOffset *atomic.Int64 // by which the clocks of the form and the batch are ahead
	options     consoleOptions
}

type consoleOptions struct {
	lang, borders string
	terminal      *widget.Terminal
	rebound       bool                     // every key is changed: see reboundName
	extra         map[keymap.Action]string // more keys
	noKey         bool                     // none is configured
	dailyLimit    int                      // that the status line shows
	price         float64
}

// rootScreen adapts the root model to uitest. The root itself splits texts into keys.
type rootScreen struct{ *ui.Model }

func (s rootScreen) Update(msg tea.Msg) tea.Cmd {
	_, cmd := s.Model.Update(msg)
	return cmd
}

func (rootScreen) Typing() bool { return true }

func newConsole(t testing.TB, o consoleOptions) console {
	t.Helper()
	w := i18n.For(o.lang, nil)
	if o.borders == "ascii" {
		w.ASCII()
	}
	c := console{
		t: t, words: w, server: mockserver.New(mockserver.Key, mockserver.Openid), dir: t.TempDir(),
		arrived: make(chan struct{}, 16), clipboard: &uitest.Clipboard{}, quit: new(bool), clockOffset: new(atomic.Int64), options: o,
	}
	client := juhetest.NewClient(t, juhetest.ClientOptions(juhetest.NewServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.arrived <- struct{}{}
		c.server.ServeHTTP(w, r)
	}))))
	now := func() time.Time { return time.Now().Add(time.Duration(c.clockOffset.Load())) }
	theme, keys, book := uitest.Theme("dark", o.borders), widget.NewKeys(w, c.keys()), juhetest.NewLedger(t, time.Now)
	common := widget.Common{Messages: w, Theme: theme, Keys: keys}
	c.Model = ui.New(ui.Options{
		Common: common, Terminal: o.terminal, Demo: true, SentToday: book.SentToday, DailyLimit: o.dailyLimit, Price: o.price,
		Form: form.New(form.Options{
			Common: common, Now: now,
			Verifier: lookup.New(client, book, lookup.Guard{RepeatWithin: time.Hour}, time.Now), Ledger: book,
			InitialQuery: juhe.Query{API: juhe.APIQuery},
			LossNotice:   w.Form.LedgerDamaged, NoKey: o.noKey,
			Service: form.ServiceInfo{BaseURL: client.Service(), Insecure: client.Insecure(), Proxy: "proxy.example:3128", Timeout: client.Timeout()},
		}),
		Result: result.New(result.Options{
			Common: common, Clipboard: c.clipboard, RevealFor: time.Hour, Demo: true,
			Ledger: book,
		}),
		History: history.New(history.Options{
			Common: common, Ledger: book, RevealFor: time.Hour, Now: time.Now, Demo: true,
		}),
		Batch: batch.New(batch.Options{
			Common: common, Query: juhe.Query{API: juhe.APIQuery},
			Now: now,
			Runner: engine.New(engine.Options{
				Verifier: lookup.New(client, book, lookup.Guard{RepeatWithin: time.Hour}, time.Now), Ledger: book, Messages: w, Now: time.Now,
				Concurrency: 4, Interactive: true,
			}),
			Home: c.dir, WorkDir: c.dir,
		}),
		Setup: c.setup(w, theme, keys),
	})
	c.Driver = uitest.NewDriver(t, rootScreen{c.Model})
	c.AnyWrap = true
	c.Intercept = func(msg tea.Msg) bool {
		_, quit := msg.(tea.QuitMsg)
		*c.quit = *c.quit || quit
		return quit
	}
	t.Cleanup(func() { c.Batch.Cancel(); c.Close() })
	c.resize(80, 24)
	return c
}

func (c console) update(msg tea.Msg) tea.Cmd { return rootScreen{c.Model}.Update(msg) }

func (c console) resize(width, height int) {
	c.update(tea.WindowSizeMsg{Width: width, Height: height})
}

// press presses keys and returns the last one's command.
func (c console) press(names ...string) tea.Cmd {
	c.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		if c.options.rebound && isDefault(name) {
			name = reboundName(name)
		}
		cmd = c.Press(name)
	}
	return cmd
}

// fill fills factors into the form.
func (c console) fill(q juhe.Query) {
	c.press("f2")
	c.Form.Fill(q)
}

func matchingQuery() juhe.Query { return juhetest.Query(juhe.APIQuery) }

// queryWithWarnings returns a query with every possible warning.
func queryWithWarnings() juhe.Query {
	return juhe.Query{API: juhe.APIQueryV2, Regstatus: true, Factors: juhe.Factors{
		juhe.Entname: " 苏州(虚构)•精密机械股份有限公司苏州(虚构)•精密机械股份有限公司", juhe.Entmark: "9111 0199-mayyy００14x",
		juhe.Realname: "买买提•示例\u200b", juhe.Idcard: "9111 0199-mayyy００13x",
	}}
}

// queryNamed returns the first company's query under another name.
func queryNamed(entname string) juhe.Query { return juhetest.QueryNamed(juhe.APIQuery, entname) }

// send sends a query from the form, confirming its warnings if there are any.
func (c console) send(q juhe.Query) tea.Cmd {
	c.t.Helper()
	c.fill(q)
	cmd := c.press("f5")
	if !c.Form.InProgress() {
		c.clockOffset.Add(int64(time.Second))
		cmd = c.press("f5")
	}
	return cmd
}

// lookUp sends a query and opens its result.
func (c console) lookUp(q juhe.Query) {
	c.t.Helper()
	done := uitest.Await[form.DoneMsg](c.t, c.send(q))
	c.update(uitest.Await[form.ShowResultMsg](c.t, c.update(done)))
}

// waitFor runs a command until the screen contains exactly this text.
func (c console) waitFor(cmd tea.Cmd, text string) {
	c.t.Helper()
	c.Until(cmd, func() bool { return strings.Contains(c.Shown(), c.Theme.ReplaceGlyphs(text)) })
}

// line returns a line of the screen, without colours.
func (c console) line(y int) string { return strings.Split(c.Shown(), "\n")[y] }

// footer returns the last line.
func (c console) footer() string {
	lines := strings.Split(c.Shown(), "\n")
	return lines[len(lines)-1]
}

// assertActive fails unless the screen with this title is active.
func (c console) assertActive(title string) {
	c.t.Helper()
	if !strings.HasPrefix(c.line(0), "  fourfactor  "+title+" ") {
		c.t.Errorf("%q is not active:\n%s", title, c.Shown())
	}
}
