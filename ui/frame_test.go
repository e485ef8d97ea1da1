package ui_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// wide contains the symbols of the screens that some terminals draw two cells wide.
const wide = "…←→↑↓─│▸✓✗░█“”‘’—–⠋"

// scenes returns functions that bring the console into every state that it can show.
func scenes() map[string]func(console) {
	return map[string]func(console){
		"form":           func(console) {},
		"form, remarks":  func(c console) { c.fill(queryWithWarnings()) },
		"form, waiting":  func(c console) { c.fill(matchingQuery()); c.press("f5") },
		"form, warnings": func(c console) { c.fill(queryWithWarnings()); c.press("f5") },
		"form, warned":   func(c console) { c.send(queryWithWarnings()); c.press("ctrl+c") },
		"result":         func(c console) { c.lookUp(matchingQuery()) },
		"result, remarks": func(c console) {
			q := queryWithWarnings()
			q.Factors[juhe.Entmark] = "12345"
			c.lookUp(q)
		},
		"result, revealed": func(c console) { c.lookUp(matchingQuery()); c.press("x") },
		"raw":              func(c console) { c.lookUp(queryNamed(caseName("long-text"))); c.press("o") },
		"help of the form": func(c console) { c.press("f1") },
		"help of a result": func(c console) { c.lookUp(matchingQuery()); c.press("?") },

		"form, asked": func(c console) {
			c.lookUp(matchingQuery())
			c.lookUp(matchingQuery())
			c.waitFor(c.press("a"), c.words.Form.SendAgain)
		},
		"form, unsettled": func(c console) {
			c.lookUp(queryNamed(caseName("close")))
			c.fill(queryNamed(caseName("close")))
			c.waitFor(c.press("f5"), c.words.Form.SendAgain)
		},
		"form, rows": func(c console) { c.update(uitest.Paste("甲公司\t1\t张三\t2\n乙公司\t3\t李四\t4\n")) },
		"result, earlier": func(c console) {
			c.lookUp(matchingQuery())
			more := matchingQuery()
			more.Regstatus = true // the ledger lacks it
			c.Until(c.lookUpAgain(more), func() bool {
				c.press("end")
				return strings.Contains(c.Shown(), c.words.Result.Earlier)
			})
		},
		"setup":              func(c console) { c.update(form.SetupMsg{}) },
		"setup, typed":       func(c console) { c.update(form.SetupMsg{}); c.press("𠮷林", "tab", "a b") },
		"setup, refused":     func(c console) { c.update(form.SetupMsg{}); c.update(uitest.Paste("a\x1bb")) },
		"setup, choices":     func(c console) { c.update(form.SetupMsg{}); c.press("up", "right", "up", "left") },
		"setup, not kept":    func(c console) { c.update(form.SetupMsg{}); c.press("k"); c.update(c.press("f5")()) },
		"setup, said":        func(c console) { c.update(form.SetupMsg{}); c.update(c.press("f5")()) },
		"help of the setup":  func(c console) { c.update(form.SetupMsg{}); c.press("f1") },
		"help of its choice": func(c console) { c.update(form.SetupMsg{}); c.press("up", "?") },

		"history, empty": func(c console) { c.waitFor(c.press("f3"), c.words.History.Empty) },
		"history":        func(c console) { c.openFilledHistory() },
		"history, search": func(c console) {
			c.openFilledHistory()
			c.press("/")
			c.waitFor(c.press("虚构"), companyQuery(5).Factors[juhe.Entname])
		},
		"history, nothing": func(c console) {
			c.openFilledHistory()
			c.press("/")
			c.waitFor(c.press("没有的公司"), fmt.Sprintf(c.words.History.NothingText, "没有的公司"))
		},
		"history, filter":   func(c console) { c.openFilledHistory(); c.waitFor(c.press("f"), "]") },
		"history, delete":   func(c console) { c.openFilledHistory(); c.press("d") },
		"history, export":   func(c console) { c.openFilledHistory(); c.press("s") },
		"history, revealed": func(c console) { c.openFilledHistory(); c.waitFor(c.press("x"), companyQuery(5).Factors[juhe.Idcard]) },
		"help of a history": func(c console) { c.openFilledHistory(); c.press("?") },

		"batch, empty":   func(c console) { c.waitFor(c.press("f4"), c.words.Batch.Empty) },
		"batch, file":    func(c console) { c.writeTable(1, ""); c.press("f4"); c.waitFor(c.press("n"), "客户.csv") },
		"batch, no file": func(c console) { c.press("f4", "n", "x.csv"); c.Until(c.press("enter"), c.hasReadProblem) },
		"batch, columns": func(c console) { c.openColumns(c.writeTable(3, "")) },
		"batch, output":  func(c console) { c.openColumns(c.writeTable(3, "")); c.press("shift+tab", "shift+tab") },
		"batch, plan":    func(c console) { c.openPlan(c.writeTable(13, "")) },
		"batch, faults":  func(c console) { c.openPlan(c.writeFaultyTable(30)) },
		"batch, number":  func(c console) { c.openPlan(c.writeTable(120, "")) },
		"batch, running": func(c console) { c.waitSending(c.startRun(c.writeTable(12, caseName("hang")))) },
		"batch, stopping": func(c console) {
			c.waitSending(c.startRun(c.writeTable(12, caseName("hang"))))
			c.press("ctrl+c")
		},
		"batch, elsewhere": func(c console) { c.waitSending(c.startRun(c.writeTable(12, caseName("hang")))); c.press("f2") },
		"batch, unwell": func(c console) {
			c.waitFor(c.startRun(c.writeTable(12, caseName("html-502"))), c.words.Batch.Continue+"    ")
		},
		"batch, done":   func(c console) { c.waitFinished(c.startRun(c.writeTable(12, caseName("html-502")))) },
		"batch, export": func(c console) { c.waitFinished(c.startRun(c.writeTable(2, ""))); c.press("s") },
		"batch, list": func(c console) {
			c.waitFinished(c.startRun(c.writeTable(2, "")))
			c.waitFor(c.press("esc"), c.words.Batch.State)
		},
		"help of a batch": func(c console) { c.waitFinished(c.startRun(c.writeTable(2, ""))); c.press("?") },
	}
}

// openFilledHistory makes some lookups and opens the history.
func (c console) openFilledHistory() {
	c.t.Helper()
	rare := matchingQuery()
	rare.Factors[juhe.Entname], rare.Factors[juhe.Realname] = "𠮷林㛃龻（虚构）·集团有限责任公司北京第一分公司", "买买提·示例·艾合买提"
	for _, q := range []juhe.Query{rare, queryWithWarnings(), queryNamed(caseName("html-502")), companyQuery(5)} {
		c.lookUp(q)
	}
	c.waitFor(c.press("f3"), companyQuery(5).Factors[juhe.Entname])
}

// lookUpAgain sends a query and returns the command of its result.
func (c console) lookUpAgain(q juhe.Query) tea.Cmd {
	c.fill(q)
	return c.update(uitest.Await[form.DoneMsg](c.t, c.press("f5")))
}

// caseName returns the company name to which the mock server responds with a case.
func caseName(slug string) string {
	for _, c := range mockserver.Cases() {
		if c.Slug == slug {
			return c.Entname()
		}
	}
	panic("the mock server has no case " + slug)
}

func windowSizes() [][2]int {
	all := [][2]int{{80, 24}, {140, 45}, {200, 60}, {99, 20}, {100, 20}, {101, 21}, {59, 20}, {60, 19}, {60, 20}}
	for width := 1; width <= 70; width += 5 {
		for height := 1; height <= 25; height += 4 {
			all = append(all, [2]int{width, height})
		}
	}
	for range 40 { // random sizes
		all = append(all, [2]int{1 + rand.IntN(200), 1 + rand.IntN(60)})
	}
	return all
}

// TestFrames: every frame is a rectangle of the window's size.
func TestFrames(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		for _, lang := range []string{"zh", "en"} {
			for _, borders := range []string{"rounded", "ascii"} {
				t.Run(name+"/"+lang+"/"+borders, func(t *testing.T) {
					t.Parallel()
					c := newConsole(t, consoleOptions{lang: lang, borders: borders})
					scene(c)
					for _, size := range windowSizes() {
						c.resize(size[0], size[1])
						uitest.AssertRectangle(t, c.View(), size[0], size[1])
						if borders == "ascii" && strings.ContainsAny(c.Shown(), wide) {
							t.Fatalf("it draws more than ASCII:\n%s", c.Shown())
						}
					}
				})
			}
		}
	}
}

// TestTooSmall: below 60×20 the console only says that the window is too small.
func TestTooSmall(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, size := range [][2]int{{59, 20}, {60, 19}, {40, 10}} {
			c := newConsole(t, consoleOptions{lang: w.Lang})
			c.resize(size[0], size[1])
			c.AssertShows(fmt.Sprintf(w.App.TooSmall, 60, 20, size[0], size[1]))
			c.resize(60, 20)
			c.assertActive(w.App.FormTitle)
		}
	}
}

// TestSmallest: in 60×20 the form, help and quit are shown without truncation.
func TestSmallest(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, api := range juhe.APIs() {
			for _, filled := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/%s/filled %t", w.Lang, api, filled), func(t *testing.T) {
					t.Parallel()
					c := newConsole(t, consoleOptions{lang: w.Lang, borders: "rounded"})
					q := juhe.Query{API: api}
					if filled {
						q.Factors = mockserver.Companies()[0].Factors(api)
					}
					c.fill(q)
					c.resize(60, 20)
					for y, line := range strings.Split(c.Shown(), "\n") {
						if strings.Contains(line, "…") {
							t.Errorf("line %d is cut: %q", y, line)
						}
					}
					for _, text := range []string{q.Factors[juhe.Entname], q.Factors[juhe.Entmark], q.Factors[juhe.Realname], q.Factors[juhe.Idcard], w.App.Plain, w.Endpoints[api]} {
						c.AssertShows(text)
					}
					for _, field := range w.Fields {
						c.AssertShows(field.Label)
					}
					if end := "F1 " + w.Keys["help"] + "  Ctrl+C " + w.Keys["quit"] + " "; !strings.HasSuffix(c.footer(), end) {
						t.Errorf("got footer %q", c.footer())
					}
				})
			}
		}
	}
}

// TestStatusIsWhole: in 60×20 a status message is shown in full and covers no field.
func TestStatusIsWhole(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		c := newConsole(t, consoleOptions{lang: w.Lang, borders: "rounded"})
		c.resize(60, 20)
		f := w.Form
		for _, text := range []string{
			fmt.Sprintf(w.App.QuitWarning, "Ctrl+C"), f.StillPending, f.NoLongerWaiting, f.NoKey, f.NoResult, f.Filled,
			fmt.Sprintf(f.PreviousFinished, "✗ "+w.Outcomes["mismatch"], "Ctrl+O"), w.Input("empty", w.Fields[juhe.Idcard].Label),
			w.Input("placeholder", w.Fields[juhe.Idcard].Label), w.Input("masked", w.Fields[juhe.Idcard].Label),
			fmt.Sprintf(w.Result.Revealed, "10s"), fmt.Sprintf(w.AtExit.QuitUnviewed, "Ctrl+O", "Ctrl+C"), "a\nb",
		} {
			c.update(widget.StatusMsg{Severity: widget.Warn, Text: text})
			c.AssertShows(text)
			c.AssertShows(w.Fields[juhe.Idcard].Label)
			uitest.AssertRectangle(t, c.View(), 60, 20)
		}
		c.update(widget.StatusMsg{Text: strings.Repeat("北京", 500)})
		c.AssertShows(w.Fields[juhe.Idcard].Label)
		uitest.AssertRectangle(t, c.View(), 60, 20)
	}
}

// TestStatusEnds: the next key clears the status message; other messages do not.
func TestStatusEnds(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tab", "a", "f1", "left"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.update(widget.StatusMsg{Severity: widget.Warn, Text: "某事"})
		c.update(form.DoneMsg{ID: 99})
		c.AssertShows("某事")
		c.press(name)
		c.AssertHides("某事")
	}
}

// TestDemo: every screen shows that it is the demo.
func TestDemo(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		for _, w := range i18n.Languages() {
			c := newConsole(t, consoleOptions{lang: w.Lang})
			c.resize(60, 20)
			scene(c)
			if !strings.Contains(c.line(0), w.App.Demo) || !strings.Contains(c.line(0), "演示") {
				t.Errorf("%s: %q", name, c.line(0))
			}
		}
	}
}

// TestNoWindowYet: without a known window size the default size is used.
func TestNoWindowYet(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	usual := c.View()
	for _, size := range [][2]int{{0, 0}, {80, 0}, {0, 24}} {
		c.resize(100, 30)
		if c.resize(size[0], size[1]); c.View() != usual {
			t.Errorf("%d×%d: %q", size[0], size[1], c.View())
		}
	}
}
