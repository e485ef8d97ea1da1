package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/juhe/table"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
)

// scene brings a screen into a state.
type scene struct {
	options fixtureOptions
	show    func(*fixture)
}

// scenes returns every state that the screen can show.
func scenes() map[string]scene {
	all := map[string]scene{}
	for _, page := range []map[string]scene{listScenes(), pickerScenes(), columnScenes(), planScenes(), taskScenes(), runScenes()} {
		for name, s := range page {
			all[name] = s
		}
	}
	return all
}

func listScenes() map[string]scene {
	return map[string]scene{
		"list, unread":  {show: func(*fixture) {}},
		"list, empty":   {show: func(d *fixture) { d.UntilShown(d.Open(), d.words.Batch.Empty) }},
		"list, failed":  {show: func(d *fixture) { d.breakLedger(); d.UntilShown(d.Open(), d.words.Batch.ListFailed) }},
		"list":          {show: func(d *fixture) { d.openList(d.storeRuns()...); d.Press("down") }},
		"list, long":    {show: func(d *fixture) { d.openList(d.storeMany(40)...); d.Press("end", "up") }},
		"list, running": {options: fixtureOptions{gated: true}, show: func(d *fixture) { d.waitInFlight(); d.UntilShown(d.Press("esc"), d.words.Batch.State) }},
	}
}

func pickerScenes() map[string]scene {
	open := func(keys ...string) func(*fixture) {
		return func(d *fixture) {
			os.MkdirAll(filepath.Join(d.dir, "资料", "旧"), 0o700)
			for i := range 40 {
				d.writeFile(fmt.Sprintf("资料/客户%02d.csv", i), makeTable(""))
			}
			d.UntilShown(d.Press(append([]string{"n"}, keys[0])...), keys[1])
			d.Press(keys[2:]...)
		}
	}
	return map[string]scene{
		"picker":            {show: open("~/", "资料")},
		"picker, long":      {show: open("~/资料/", "客户00", "end", "down", "down", "pgdown")},
		"picker, nothing":   {show: func(d *fixture) { d.UntilShown(d.Press("n", "无"), d.words.Batch.NoCandidate) }},
		"picker, no folder": {show: func(d *fixture) { d.UntilShown(d.Press("n", "无/"), fmt.Sprintf(d.words.Batch.NoFolder, "~/无")) }},
		"picker, problem": {show: func(d *fixture) {
			d.UntilShown(d.Press("n"), d.words.Batch.NoCandidate)
			d.UntilShown(d.Press("无.csv", "enter"), d.words.ErrorText(&table.ReadError{Problem: table.ProblemNotFound, Path: filepath.Join(d.dir, "无.csv")}))
		}},
	}
}

func columnScenes() map[string]scene {
	open := func(text string, keys ...string) func(*fixture) {
		return func(d *fixture) { d.openColumns(d.writeFile("a.csv", text)); d.Press(keys...) }
	}
	return map[string]scene{
		"columns":         {show: open(makeTable("", ""))},
		"columns, moved":  {show: open(makeTable("", ""), "c", "down", "ctrl+g")},
		"columns, none":   {show: open("甲,乙\n丙,丁\n")},
		"columns, output": {show: open(makeTable(""), "up", "up", "ctrl+u", "~/结果.csv")},
		"columns, sheets": {show: func(d *fixture) { d.openColumns(d.writeWorkbook("a.xml", "封面", "名单", "旧")) }},
		"columns, pasted": {options: fixtureOptions{sealed: true}, show: func(d *fixture) {
			d.UntilShown(d.Paste(pastedRows(3, "")), d.words.Batch.PastedStorage)
		}},
	}
}

func planScenes() map[string]scene {
	open := func(text string, keys ...string) func(*fixture) {
		return func(d *fixture) { d.openPlan(d.writeFile("a.csv", text)); d.Press(keys...) }
	}
	faults := makeRows(3) + strings.Repeat("9,某公司,,张三,1.10105E+17\n", 50)
	priced := fixtureOptions{screen: func(o *batch.Options) { o.Price, o.Rate, o.Service = 1.5, 5, "https://v.example" }}
	return map[string]scene{
		"plan":         {options: priced, show: open(makeRows(30))},
		"plan, number": {options: priced, show: open(makeRows(120), "12")},
		"plan, free": {show: func(d *fixture) {
			d.runFile("a.csv", makeTable("", ""))
			d.Press("esc")
			d.openPlan(filepath.Join(d.dir, "a.csv"))
		}},
		"plan, nothing": {show: func(d *fixture) {
			d.openColumns(d.writeFile("a.csv", head+"1,某公司,,张三,1\n"))
			d.UntilShown(d.Press("enter"), d.words.Batch.NothingToDo)
		}},
		"plan, faults": {show: open(faults)},
		"plan, scroll": {show: open(faults, "end", "up")},
		"plan, warned": {show: open(makeTable("", "") + warnedRow())},
		"plan, held": {show: func(d *fixture) {
			open(makeTable("", "") + warnedRow())(d)
			d.UntilShown(d.Press("h"), d.words.Runs.RowWarnings.TitleHeld)
		}},
		"plan, table": {show: open(markedTable(5))},
		"plan, asked": {show: open(markedTable(5), "y")},
		"plan, limit": {options: withDailyLimit(3), show: open(makeRows(5))},
		"plan, reached": {options: withDailyLimit(3), show: func(d *fixture) {
			d.runFile("a.csv", makeRows(5))
			d.UntilShown(d.Press("r"), d.words.Batch.LimitReached)
		}},
		"plan, resend": {options: fixtureOptions{gated: true}, show: func(d *fixture) {
			d.loseRows()
			d.UntilShown(d.Press("l"), fmt.Sprintf(d.words.Batch.AskResend, 10, ""))
		}},
		"plan, notes": {options: fixtureOptions{screen: func(o *batch.Options) { o.NoKey, o.Insecure, o.Demo, o.Service = true, true, true, "http://v.example" }}, show: open(makeRows(3))},
	}
}

// taskScenes shows tasks that take a moment.
func taskScenes() map[string]scene {
	columns := func(d *fixture) { d.openColumns(d.writeFile("a.csv", makeTable("", ""))) }
	return map[string]scene{
		"opening": {show: func(d *fixture) {
			d.writeFile("a.csv", makeTable(""))
			d.holdTask(d.Press("n", "a.csv", "enter"), d.words.Batch.Opening)
		}},
		"planning":  {show: func(d *fixture) { columns(d); d.holdTask(d.Press("enter"), d.words.Batch.Planning) }},
		"cancelled": {show: func(d *fixture) { columns(d); d.holdTask(d.Press("enter"), d.words.Batch.Planning); d.Press("esc") }},
		"exporting": {show: func(d *fixture) {
			d.runFile("a.csv", makeTable("", ""))
			d.Press("s")
			d.holdTask(d.Press("enter"), d.words.Batch.Exporting)
		}},
	}
}

func runScenes() map[string]scene {
	gated := fixtureOptions{gated: true}
	asks := func(rows string, issues int, percent string) func(*fixture) {
		return func(d *fixture) {
			d.runUntil(func() bool {
				badge, _ := d.Badge()
				return strings.HasSuffix(badge, percent+" "+d.words.Batch.BadgeAsk) && d.Shows(fmt.Sprintf(d.words.Batch.RowIssues, issues))
			}, d.startRun(d.writeFile("a.csv", rows)))
		}
	}
	return map[string]scene{
		"run":         {options: gated, show: func(d *fixture) { d.waitInFlight() }},
		"run, paused": {options: gated, show: func(d *fixture) { d.waitInFlight(); d.Press("p") }},
		"run, stopping": {options: gated, show: func(d *fixture) {
			d.waitInFlight()
			cmd, _ := d.Interrupt()
			d.UntilShown(cmd, d.words.Runs.States["stopping"])
		}},
		"run, failures":  {show: asks(makeRowsOf(12, "虚构html-502公司"), 10, "83%")},
		"run, identical": {show: asks(makeRowsOf(40, mockserver.ErrorCodeEntname(253504)), 20, "50%")},
		"run, done":      {show: func(d *fixture) { d.runFile("a.csv", makeTable("", "", "")) }},
		"run, issues": {show: func(d *fixture) {
			d.runFile("a.csv", makeRowsOf(40, mockserver.ErrorCodeEntname(10014)))
			d.Press("pgup", "pgup")
		}},
		"run, code": {options: oneAtATime(), show: func(d *fixture) { d.runFile("a.csv", makeTable("", mockserver.ErrorCodeEntname(10012), "")) }},
		"run, lost": {options: gated, show: func(d *fixture) { d.loseRows() }},
		"export":    {show: func(d *fixture) { d.runFile("a.csv", makeTable("", "")); d.Press("s") }},
		"export, rest": {show: func(d *fixture) {
			d.runFile("a.csv", makeTable("", mockserver.ErrorCodeEntname(10014)))
			d.Press("u", "ctrl+u", "~/余")
		}},
	}
}

func oneAtATime() fixtureOptions {
	return fixtureOptions{engine: func(o *engine.Options) { o.Concurrency = 1 }}
}

// warnedRow returns a row whose document number has a wrong check digit.
func warnedRow() string {
	c := mockserver.Companies()[3]
	return "4," + c.Entname + "," + c.Entmark + "," + c.Realname + ",110105194912310021\n"
}

// markedTable returns a table whose cells all start with a stray mark.
func markedTable(rows int) string {
	lines := strings.Split(strings.TrimSpace(makeRows(rows)), "\n")
	for i, line := range lines[1:] {
		lines[i+1] = "`" + strings.ReplaceAll(line, ",", ",`")
	}
	return strings.Join(lines, "\n")
}

// writeWorkbook writes a workbook of two companies a sheet. The first sheet is a cover
// without a table.
func (d *fixture) writeWorkbook(name string, sheets ...string) string {
	d.t.Helper()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`)
	for i, sheet := range sheets {
		rows := "说明"
		if i > 0 {
			rows = makeTable(fmt.Sprintf("北京晨星虚构科技%s一有限公司", sheet), fmt.Sprintf("北京晨星虚构科技%s二有限公司", sheet))
		}
		fmt.Fprintf(&b, `<Worksheet ss:Name="%s"><Table>`, sheet)
		for line := range strings.Lines(rows) {
			b.WriteString(`<Row><Cell><Data ss:Type="String">` + strings.ReplaceAll(strings.TrimSpace(line), ",", `</Data></Cell><Cell><Data ss:Type="String">`) + "</Data></Cell></Row>")
		}
		b.WriteString("</Table></Worksheet>")
	}
	return d.writeFile(name, b.String()+"</Workbook>")
}

// breakLedger makes the ledger impossible to open.
func (d *fixture) breakLedger() { d.writeFile("data", "not a folder") }

// storeRuns records a run in every state that one can be left in.
func (d *fixture) storeRuns() []lookup.Run {
	base := lookup.Run{StartedAt: d.clock.Now(), Service: d.url, Rows: 3}
	var all []lookup.Run
	for i, change := range []func(*lookup.Run){
		func(r *lookup.Run) { r.Finished, r.OutputHash, r.Duplicate = true, "x", 3 }, // nothing to send: resolved
		func(r *lookup.Run) { r.Finished, r.OutputHash, r.Invalid = true, "x", 3 },
		func(r *lookup.Run) { r.Finished, r.Duplicate = true, 3 },
		func(r *lookup.Run) { r.Finished = true },
		func(r *lookup.Run) { r.StopReason = "10012" },
		func(r *lookup.Run) { r.StopReason = lookup.StopOperator },
		func(r *lookup.Run) { r.InputPath = "" },
	} {
		run := base
		run.InputPath = fmt.Sprintf("/data/名单%d.csv", i+1)
		change(&run)
		all = append(all, run)
	}
	return all
}

func (d *fixture) storeMany(n int) (all []lookup.Run) {
	for i := range n {
		all = append(all, lookup.Run{StartedAt: d.clock.Now().Add(time.Duration(i-n) * time.Hour), Service: d.url, InputPath: fmt.Sprintf("/data/%02d.csv", i+1), Rows: i})
	}
	return all
}

// openList records runs and opens their list.
func (d *fixture) openList(runs ...lookup.Run) {
	d.t.Helper()
	for _, run := range runs {
		id, err := d.ledger.CreateRun(d.t.Context(), run, "")
		if err != nil {
			d.t.Fatal(err)
		}
		run.ID = id
		if err := d.ledger.SaveRun(d.t.Context(), run); err != nil {
			d.t.Fatal(err)
		}
	}
	d.UntilShown(d.Open(), fmt.Sprintf(d.words.Batch.Position, 1, len(runs)))
}

// waitInFlight starts a run of 30 rows and waits until four are in flight.
func (d *fixture) waitInFlight() {
	d.t.Helper()
	d.UntilShown(d.startRun(d.writeFile("a.csv", makeRows(30))), fmt.Sprintf(d.words.Batch.InProgress, 4))
	d.runUntil(func() bool { return len(d.service.arrived) == 4 })
}

// runFile runs a file to its end.
func (d *fixture) runFile(name, text string) {
	d.t.Helper()
	d.runUntilEnded(d.startRun(d.writeFile(name, text)))
}

// loseRows stops a run of ten rows with four calls in flight and opens the gate.
func (d *fixture) loseRows() {
	d.t.Helper()
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, d.startRun(d.writeFile("a.csv", makeRows(10))))
	first, _ := d.Interrupt()
	second, _ := d.Interrupt()
	d.runUntilEnded(tea.Batch(first, second))
	close(d.service.gate)
}

// holdTask runs a task until its spinner shows, and holds its result back.
func (d *fixture) holdTask(cmd tea.Cmd, label string) {
	d.t.Helper()
	held := false
	d.Intercept = func(msg tea.Msg) bool {
		kind := strings.ToLower(fmt.Sprintf("%T", msg))
		held = held || strings.HasSuffix(kind, "edmsg") // opened, planned, exported
		return !strings.HasSuffix(kind, "tickmsg")
	}
	d.runUntil(func() bool { return held && d.Shows(label) }, cmd)
	d.Intercept = nil
}

// newScene returns a fixture that shows a scene.
func newScene(t testing.TB, s scene, lang string) *fixture {
	t.Helper()
	s.options.lang = lang
	d := newFixture(t, s.options)
	s.show(d)
	return d
}

// TestScenes: every frame is a rectangle of the window's size, however small, and the
// caret is in it, but only where text is typed. Elsewhere a paste does nothing, and
// neither does a key that help shows as disabled.
func TestScenes(t *testing.T) {
	t.Parallel()
	for name, s := range scenes() {
		for _, w := range i18n.Languages() {
			t.Run(name+"/"+w.Lang, func(t *testing.T) {
				t.Parallel()
				d := newScene(t, s, w.Lang)
				d.assertFrames()
				d.SetSize(100, 30)
				if before := d.Shown(); !d.Typing() {
					d.pressDisabled(before)
					d.pasteBesideFields(before)
				}
			})
		}
	}
}

// assertFrames checks the frames of many sizes.
func (d *fixture) assertFrames() {
	d.t.Helper()
	sizes := [][2]int{{60, 16}, {80, 20}, {100, 26}, {200, 60}, {59, 3}, {0, 0}}
	for width := 1; width <= 60; width += 7 {
		for height := 1; height <= 16; height += 3 {
			sizes = append(sizes, [2]int{width, height})
		}
	}
	for _, size := range sizes {
		d.SetSize(size[0], size[1])
		if size[1] > 0 {
			uitest.AssertRectangle(d.t, d.Screen.View(), size[0], size[1])
		}
		x, y, ok := d.Caret()
		if ok != d.Typing() {
			d.t.Errorf("%v: caret %t, typing %t", size, ok, d.Typing())
		}
		if size[0] >= 60 && size[1] >= 16 && ok && (x < 0 || x >= size[0] || y < 0 || y >= size[1]) {
			d.t.Errorf("%v: caret at %d,%d", size, x, y)
		}
	}
}

// pressDisabled presses the keys that help shows as disabled.
func (d *fixture) pressDisabled(before string) {
	d.t.Helper()
	for _, group := range d.Keys().FullHelp() {
		for _, key := range group {
			if key.Enabled() {
				continue
			}
			for _, press := range key.Keys() {
				d.Press(press)
				if got := d.Shown(); got != before {
					d.t.Fatalf("%s does something:\n%s", press, got)
				}
			}
		}
	}
}

// pasteBesideFields pastes what could be taken for keys.
func (d *fixture) pasteBesideFields(before string) {
	d.t.Helper()
	for _, text := range []string{"y", "n", "r", "l", "q\n", "101", "甲\t乙\n丙\t丁\n"} {
		d.Update(uitest.Paste(text))
		if got := d.Shown(); got != before {
			d.t.Fatalf("%q does something:\n%s", text, got)
		}
	}
}
