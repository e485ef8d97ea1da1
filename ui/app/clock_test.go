package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// runAt runs a command with the clock at now.
func (r *fixture) runAt(now time.Time, in string, args ...string) result {
	prog, out, errs := r.newApp(strings.NewReader(in))
	prog.Now = func() time.Time { return now }
	code := prog.Run(context.Background(), args)
	return result{code, out.String(), errs.String()}
}

// TestClockBehind: before the newest time in the ledger nothing is sent without
// asking.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	ahead, now := time.Date(2027, 1, 9, 12, 0, 0, 0, time.UTC), time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	factors := func(n int) juhe.Factors { return mockserver.Companies()[n].Factors(juhe.APIQuery) }
	r := newFixture(t)
	assertResult(t, r.runAt(ahead, factorsJSON(factors(0)), "check", "--stdin"), 0, []string{"✓ 一致"}, nil)
	got := r.runAt(now, factorsJSON(factors(1)), "check", "--stdin", "--json")
	assertResult(t, got, cli.ExitUnsent, []string{`"outcome":"unsent"`, "时钟", "2027-01-09 20:00:00 +08:00"}, []string{"--again"})
	// A verdict from the future does not answer, but it stops the lookup.
	got = r.runAt(now, factorsJSON(factors(0)), "check", "--stdin", "--json")
	assertResult(t, got, cli.ExitUnsent, []string{`"outcome":"unsent"`, "时钟"}, []string{"--again"})
	r.assertRequests(t, 1)

	// A plan reports it; consent to the plan confirms the clock.
	file, out := r.writeFile(t, "in.csv", csvTable(factors(0), factors(1))), filepath.Join(r.home, "out.csv")
	assertResult(t, r.runAt(now, "", "batch", "run", file, "--out", out, "--dry-run"), 0, nil, []string{"有 1 行已有结论，但来自导入的记录", "本机时间 2026-11-30 20:00:00 +08:00 早于台账里最近一次核验（2027-01-09 20:00:00 +08:00）"})
	r.assertRequests(t, 1)
	got = r.runAt(now, "", "batch", "run", file, "--out", out, "--yes", "--json")
	assertResult(t, got, 0, []string{`"lost":1`, `"sent":1`, `"mismatch":0`}, []string{"时钟可能不准"})
	r.assertRequests(t, 2)

	// The clock is confirmed, so only the verdict from the future is asked about.
	assertResult(t, r.runAt(now, factorsJSON(factors(2)), "check", "--stdin"), 0, []string{"✓ 一致"}, nil)
	got = r.runAt(now, factorsJSON(factors(0)), "check", "--stdin", "--json")
	assertResult(t, got, cli.ExitUnsent, []string{"时间晚于本机时钟"}, []string{"history show", "--again"})
	r.assertRequests(t, 3)
	assertResult(t, r.runAt(now, factorsJSON(factors(0)), "check", "--stdin", "--again"), 0, []string{"✓ 一致"}, nil)
	assertResult(t, r.runAt(now, factorsJSON(factors(0)), "check", "--stdin"), 0, []string{"台账作答"}, nil)
	r.assertRequests(t, 4)
}

// TestPlainClock: the question names both times, and yes confirms the clock.
func TestPlainClock(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]int{"": 1, "n": 1, "y": 2} {
		r := newFixture(t)
		f := mockserver.Companies()[0].Factors(juhe.APIQuery)
		r.runAt(time.Now().Add(48*time.Hour), factorsJSON(f), "check", "--stdin")
		got := r.runPlain(t, lookupLines(mockserver.Companies()[1].Factors(juhe.APIQuery), answer))
		assertResult(t, got, 0, []string{got.out}, []string{"早于台账里最近一次核验（", "本机时间正确吗？", "输入 y：时间正确，发送（计费）"})
		r.assertRequests(t, want)
	}
}

// TestPlainConcluded: a verdict of another address is asked about, with the
// address.
func TestPlainConcluded(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]int{"": 1, "y": 2} {
		r := newFixture(t)
		f := mockserver.Companies()[0].Factors(juhe.APIQuery)
		r.runAt(time.Now().Add(-2*time.Hour), factorsJSON(f), "check", "--stdin")
		base := r.base
		r.env["JUHE_BASE_URL"] = strings.Replace(base, "127.0.0.1", "localhost", 1)
		got := r.runPlain(t, lookupLines(f, answer))
		assertResult(t, got, 0, []string{got.out}, []string{"另一个服务地址", fmt.Sprintf("query %s：一致", base), "输入 y：再次发送（计费）"})
		r.assertRequests(t, want)
	}
}
