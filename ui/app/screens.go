package app

import (
	"context"
	"os"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui"
	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// newModel returns the root model with the screens of a session.
func newModel(c *Console, terminal *widget.Terminal, job *widget.JobControl) *ui.Model {
	common := widget.Common{Messages: c.Messages, Theme: c.newTheme(c.Config.UI.Theme), Keys: widget.NewKeys(c.Messages, c.Config.Keys)}
	caret := terminal
	if !c.Config.UI.RealCaret {
		caret = nil
	}
	return ui.New(ui.Options{
		Common: common, Terminal: caret, Demo: c.Demo, InitialStatus: c.InitialStatus, Suspend: job.Suspend,
		SentToday: c.Ledger.SentToday, DailyLimit: c.Config.Guard.DailyLimit, Price: c.Config.Guard.Price,
		Setup: setup.New(setup.Options{
			Common: common, Setup: c.Setup, ThemeName: c.Config.UI.Theme, NewTheme: c.newTheme,
			Encryption: c.Config.Ledger.Encryption, LedgerKeyPath: c.Config.Ledger.KeyFile, Home: os.Getenv("HOME"),
		}),
		Form: form.New(form.Options{
			Common: common, Verifier: c.Verifier, Now: c.Now, InitialQuery: c.Query,
			Ledger: c.Ledger, NoKey: c.Setup.NoKey, LossNotice: c.LossNotice, IsExample: c.Demo,
			Service: form.ServiceInfo{
				BaseURL: c.Client.Service(), Insecure: c.Client.Insecure(),
				Proxy: c.Client.Proxy(), Timeout: c.Client.Timeout(),
			},
		}),
		Result: result.New(result.Options{
			Common: common, Clipboard: widget.NewClipboard(terminal, os.Getenv),
			RevealFor: c.Config.UI.RevealFor, Demo: c.Demo, Ledger: c.Ledger,
		}),
		History: history.New(history.Options{
			Common: common, Ledger: c.Ledger, Now: c.Now,
			RevealFor: c.Config.UI.RevealFor, Demo: c.Demo,
			Export: func(ctx context.Context, search lookup.Search, path string, progress func(int)) (int, error) {
				return c.Exporter().Write(ctx, search, path, false, progress)
			},
		}),
		Batch: batch.New(batch.Options{
			Common: common, Runner: c.Batch, Terminal: terminal, Now: c.Now,
			Query: juhe.Query{API: c.Query.API, Regstatus: c.Query.Regstatus},
			Price: c.Config.Guard.Price,
			NoKey: c.Setup.NoKey,
			Demo:  c.Demo, Rate: c.Config.Batch.Rate, Service: c.Client.Service(), Insecure: c.Client.Insecure(),
			Home: os.Getenv("HOME"), WorkDir: workingDir(),
		}),
	})
}

// newTheme returns a theme by its name. Each theme has its own renderer, because a
// theme can change its renderer's colour profile.
func (c *Console) newTheme(name string) *widget.Theme {
	return widget.NewTheme(lipgloss.NewRenderer(os.Stdout), os.Getenv("TERM"), name, c.Config.UI.Borders)
}

// workingDir returns the current directory, or the home directory.
func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		return os.Getenv("HOME")
	}
	return dir
}
