package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
)

// runConsole runs a console that ends with state and err.
func runConsole(t *testing.T, left app.ExitState, err error) result {
	t.Helper()
	prog, out, errs := newFixture(t).newApp(strings.NewReader(""))
	prog.InTerminal, prog.OutTerminal = true, true
	prog.RunScreens = func(context.Context, *app.Console) (app.ExitState, error) { return left, err }
	code := prog.Run(t.Context(), nil)
	return result{code, out.String(), errs.String()}
}

// matchRecord returns a lookup with a verdict.
func matchRecord() lookup.Record {
	code := 7
	return lookup.Record{
		At:    time.Date(2026, 11, 23, 15, 54, 15, 0, time.Local),
		Query: juhetest.Query(juhe.APIQuery),
		Reply: juhe.Reply{Outcome: juhe.Match, Billable: juhe.BillableYes, Code: &code},
	}
}

// TestLeftUnseen: an answer that was neither recorded nor shown is reported at
// the end, even after a panic, without the person.
func TestLeftUnseen(t *testing.T) {
	t.Parallel()
	unseen := matchRecord()
	unseen.RecordErr = &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"}
	for want, crash := range map[int]*juhe.Panic{
		cli.ExitLedger: nil, cli.ExitBug: {Value: unseen.Query, Stack: []byte("where")},
	} {
		got := runConsole(t, app.ExitState{UnrecordedResult: &unseen, Crash: crash}, nil)
		assertResult(t, got, want, nil, []string{unseen.Query.Factors[juhe.Entname], "15:54:15", "一致", "结果码 7", "没有写入台账"})
		assertPrivate(t, got, unseen.Query.Factors)
	}
}

// TestLeftCut: for a lookup that a panic interrupted no outcome is reported: the
// ledger may have another.
func TestLeftCut(t *testing.T) {
	t.Parallel()
	cut := matchRecord()
	cut.Reply = juhe.Reply{Outcome: juhe.Lost}
	got := runConsole(t, app.ExitState{InterruptedByCrash: &cut, Crash: &juhe.Panic{Value: "x", Stack: []byte("where")}}, nil)
	assertResult(t, got, cli.ExitBug, nil, []string{cut.Query.Factors[juhe.Entname], "15:54:15", "历史"})
	assertPrivate(t, got, cut.Query.Factors)
	if strings.Contains(got.err, "结果未知") {
		t.Errorf("an outcome is shown: %s", got.err)
	}
}

// TestLeftLookup: the lookup that quitting waited for is reported, including
// that it is not recorded. A number in the wrong field is not shown as a
// company.
func TestLeftLookup(t *testing.T) {
	t.Parallel()
	rec := matchRecord()
	rec.Query.Factors[juhe.Entname] = rec.Query.Factors[juhe.Idcard]
	rec.RecordErr = &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"}
	for want, err := range map[int]error{cli.ExitLedger: nil, cli.ExitBug: errors.New("no terminal")} {
		got := runConsole(t, app.ExitState{Pending: &rec}, err)
		assertResult(t, got, want, nil, []string{"一致", "15:54:15", "未入台账"})
		assertPrivate(t, got, rec.Query.Factors)
	}
}
