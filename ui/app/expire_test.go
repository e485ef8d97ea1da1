package app_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

// lookUpForDays makes a lookup every five days up to now.
func (r *fixture) lookUpForDays(t *testing.T, days int, now time.Time) {
	t.Helper()
	for n := days; n > 0; n -= 5 {
		f := mockserver.Companies()[0].Factors(juhe.APIQuery)
		f[juhe.Realname] = fmt.Sprintf("王%c", '一'+rune(n))
		if got := r.runAt(now.AddDate(0, 0, -n), factorsJSON(f), "check", "--stdin", "--again"); got.code != cli.ExitMismatch {
			t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
		}
	}
}

// countLookups returns the number of lookups in the history.
func (r *fixture) countLookups(now time.Time) int {
	return strings.Count(r.runAt(now, "", "history", "list", "--limit", "0", "--json").out, "\n")
}

// TestKeepReads: commands that only read purge nothing, whatever the clock says.
func TestKeepReads(t *testing.T) {
	t.Parallel()
	r, now := newFixture(t), time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)
	r.configure(t, "[ledger]\nkeep = \"30d\"\n")
	r.lookUpForDays(t, 25, now)
	years := now.AddDate(80, 0, 0)
	for _, args := range [][]string{
		{"history", "list"},
		{"history", "list", "--json"},
		{"history", "audit"},
		{"history", "verify"},
		{"history", "show", "none"},
		{"history", "export", "--out", filepath.Join(r.home, "out.csv")},
		{"history", "import", filepath.Join(r.home, "none.jsonl")},
		{"history", "delete", "none"},
		{"batch", "list"},
		{"codes"},
		{"config", "show"},
		{"doctor"},
	} {
		for _, at := range []time.Time{years, now.AddDate(0, 0, 40), time.Unix(0, 0)} {
			r.runAt(at, "", args...)
			if n := r.countLookups(now); n != 5 {
				t.Fatalf("after %q %d of 5 lookups are left", args, n)
			}
		}
	}
	// Neither does a command that sends while the clock is wrong.
	f := mockserver.Companies()[1].Factors(juhe.APIQuery)
	r.runAt(years, factorsJSON(f), "check", "--stdin")
	r.runAt(years.AddDate(0, 0, 1), factorsJSON(f), "check", "--stdin", "--again")
	if n := r.countLookups(now); n != 7 {
		t.Errorf("%d lookups are left, want 7", n)
	}
}

// TestKeepTells: commands that send report what they purge.
func TestKeepTells(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)
	f := mockserver.Companies()[1].Factors(juhe.APIQuery)
	for name, run := range map[string]func(r *fixture) result{
		"check": func(r *fixture) result { return r.runAt(now, factorsJSON(f), "check", "--stdin") },
		"plain": func(r *fixture) result {
			prog, out, errs := r.newApp(strings.NewReader(strings.Join(lookupLines(f), "\n") + "\n"))
			prog.InTerminal, prog.Now = true, func() time.Time { return now }
			return result{prog.Run(t.Context(), []string{"--plain"}), out.String(), errs.String()}
		},
		"batch": func(r *fixture) result {
			return r.runAt(now, "", "batch", "run", r.writeFile(t, "in.csv", csvTable(f)), "--out", filepath.Join(r.home, "out.csv"), "--yes")
		},
	} {
		r := newFixture(t)
		r.lookUpForDays(t, 50, now)
		r.configure(t, "[ledger]\nkeep = \"30d\"\n")
		got := run(r)
		assertResult(t, got, 0, []string{got.out}, []string{"已按 ledger.keep 清理 3 笔到期的核验记录"}) // 50, 45 and 40 days old; 35 were on the last day of use
		if n := r.countLookups(now); n != 8 {
			t.Errorf("%s: %d lookups are left, want 8", name, n)
		}
	}
}

// TestKeepConsole: the console is notified of what was purged.
func TestKeepConsole(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.lookUpForDays(t, 50, time.Now())
	r.configure(t, "[ledger]\nkeep = \"30d\"\n")
	p := startProgram(t, []string{"HOME=" + r.home, "JUHE_BASE_URL=" + r.base, "JUHE_KEY=" + mockserver.Key})
	p.waitFor("清理 3 笔")
}

// TestKeepHourly: what was purged and what was held back is reported.
func TestKeepHourly(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{"清理 3 笔": now, "没有自动清理": now.AddDate(2, 0, 0)} {
		r := newFixture(t)
		r.lookUpForDays(t, 50, now)
		r.configure(t, "[ledger]\nkeep = \"30d\"\n")
		if at.After(now) {
			r.configure(t, "[ledger]\nkeep = \"60d\"\n")
		}
		prog, _, _ := r.newApp(&bytes.Buffer{})
		prog.InTerminal, prog.OutTerminal, prog.Now = true, true, func() time.Time { return at }
		said := ""
		prog.RunScreens = func(ctx context.Context, c *app.Console) (app.ExitState, error) {
			ctx, end := context.WithCancel(ctx)
			app.ExpireHourly(ctx, c.Session, func(text string) {
				said = text
				end()
			})
			return app.ExitState{}, nil
		}
		prog.Run(t.Context(), nil)
		if !strings.Contains(said, want) {
			t.Errorf("got %q, want %q in it", said, want)
		}
	}
}

// TestPurgeByClock: a purge by age is doubted if the clock is far from
// everything recorded.
func TestPurgeByClock(t *testing.T) {
	t.Parallel()
	r, now := newFixture(t), time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)
	r.lookUpForDays(t, 50, now)
	for _, years := range []int{1, 73} {
		assertResult(t, r.runAt(now.AddDate(years, 0, 0), "", "history", "purge", "--older-than", "30d"), cli.ExitUsage, nil, []string{"时钟可能不准", "2026-11-25"})
	}
	if n := r.countLookups(now); n != 10 {
		t.Errorf("%d lookups are left, want 10", n)
	}
	assertResult(t, r.runAt(now.AddDate(73, 0, 0), "", "history", "purge", "--older-than", "2026-10-31"), 0, nil, []string{"已删除 4 笔"})
	assertResult(t, r.runAt(now, "", "history", "purge", "--older-than", "25d"), 0, nil, []string{"已删除 1 笔"})
}
