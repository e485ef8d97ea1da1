package ui_test

import (
	"io"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/ui"
	"fourfactor/ui/batch"
	"fourfactor/ui/config"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// BenchmarkKeyPress measures a character typed into a filled form, up to the frame
// that shows it.
func BenchmarkKeyPress(b *testing.B) {
	c := newConsole(b, consoleOptions{lang: "zh", borders: "rounded"})
	c.resize(140, 45)
	c.fill(matchingQuery())
	typed, deleted := uitest.Key("京"), uitest.Key("backspace")
	b.ReportAllocs()
	for b.Loop() {
		c.update(typed)
		c.View()
		c.update(deleted)
		c.View()
	}
	// Each iteration presses two keys.
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*b.N), "ns/press")
}

// BenchmarkFirstFrame measures everything up to the first frame.
func BenchmarkFirstFrame(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		w := i18n.For("zh", nil)
		common := widget.Common{Messages: w, Theme: widget.NewTheme(lipgloss.NewRenderer(io.Discard), "", "auto", "rounded"), Keys: widget.NewKeys(w, keymap.Defaults())}
		m := ui.New(ui.Options{
			Common:  common,
			Form:    form.New(form.Options{Common: common, Now: time.Now, InitialQuery: juhe.Query{API: juhe.APIQuery}}),
			Result:  result.New(result.Options{Common: common}),
			History: history.New(history.Options{Common: common, Now: time.Now}),
			Batch:   batch.New(batch.Options{Common: common, Now: time.Now}),
			Setup:   setup.New(setup.Options{Common: common, Setup: &config.Setup{}}),
		})
		m.Init()
		m.Update(tea.WindowSizeMsg{Width: 140, Height: 45})
		m.View()
		if crash := m.Crash(); crash != nil {
			b.Fatal(crash.Value)
		}
	}
}
