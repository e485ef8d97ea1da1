package batch

import (
	"cmp"
	"context"
	"math"
	"slices"

	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Plan is a forecast of a run, as far as one is possible without calls.
type Plan struct {
	Rows            int // not blank
	Invalid         int // cannot be sent
	Duplicate       int // same factors as an earlier row
	Done            int // finished by an earlier execution of this run
	Repeated        int // answered by the ledger
	Unsettled       int // not sent because of an earlier lookup without a usable verdict
	VerdictUnusable int // of these, the earlier lookup has a verdict
	Warned          int // with warnings, of the rows not done
	Held            int // of these, held back
	Calls           int // to be sent; see Sendable
	Hidden          int // of the rows not done, hidden or filtered out in the spreadsheet
	Wrapped         int // cells whose spreadsheet wrapper is removed
	Normalized      int // rows with a factor that is not sent as typed; see ident.Normalize
	Formulas        int // cells with a formula, whose stored result is used
	Merged          int // rows whose company comes from a merged cell
	WarningsByRule  map[ident.Rule]int
	// TableFaults must be confirmed before the run starts.
	TableFaults []TableFault
	// InvalidRows and WarnedRows hold at most the first maxKeptRows each.
	InvalidRows, WarnedRows []RowIssue
	// HistoryLost means that the ledger was damaged, so earlier charges are unknown.
	HistoryLost bool
	// ClockBehind is the newest time in the ledger if the clock is behind it.
	ClockBehind string
	// SentToday counts the calls of everybody today. DailyLimit is 0 for no limit.
	SentToday, DailyLimit int
	// MaxCalls limits the calls of one execution, 0 for no limit.
	MaxCalls int
}

// Sendable returns how many of the calls can be sent now, within MaxCalls and the daily
// limit. It is the number that the operator confirms.
func (p Plan) Sendable() int {
	n := min(p.Calls, p.RemainingToday())
	if p.MaxCalls > 0 {
		n = min(n, p.MaxCalls)
	}
	return n
}

// RemainingToday returns how many calls the daily limit leaves.
func (p Plan) RemainingToday() int {
	if p.DailyLimit <= 0 {
		return math.MaxInt
	}
	return max(p.DailyLimit-p.SentToday, 0)
}

// maxKeptRows limits the rows kept in memory for display.
const maxKeptRows = 1000

// compareBatch is the number of rows compared with the ledger at a time.
const compareBatch = 500

// Plan reads the whole input and compares it with the ledger. It sends and records
// nothing. The error is an *Error, a *table.ReadError, a *lookup.LedgerError or the
// context's.
func (r *Run) Plan(ctx context.Context) (Plan, error) {
	p := planner{
		Run: r, plan: Plan{WarningsByRule: map[ident.Rule]int{}, DailyLimit: r.runner.Verifier.Guard().DailyLimit, MaxCalls: r.maxCalls}, first: map[factorsKey]int32{},
		tableFaults: tableFaultCounts{today: r.runner.Now()},
	}
	for row, err := range r.inputRows(ctx) {
		if err = cmp.Or(err, ctx.Err()); err == nil {
			err = p.addRow(ctx, row)
		}
		if err != nil {
			return Plan{}, err
		}
		r.setOffset(row.Offset)
	}
	if err := p.compareWithLedger(ctx); err != nil {
		return Plan{}, err
	}
	if r.record.ID == 0 {
		p.plan.TableFaults = p.tableFaults.result()
	}
	switch {
	case r.record.ID == 0 && p.tableFaults.isMasked():
		return Plan{}, &Error{Problem: ProblemMasked, Path: r.record.InputPath, Sheet: r.record.Sheet}
	case p.plan.Rows == 0:
		return Plan{}, &Error{Problem: ProblemNoRow, Path: r.record.InputPath, Sheet: r.record.Sheet}
	}
	if err := p.checkFinishedRows(ctx); err != nil {
		return Plan{}, err
	}
	if err := r.checkSize(p.plan.Rows); err != nil {
		return Plan{}, err
	}
	r.plan, r.firstRows = p.plan, p.first
	r.setPlan(p.plan)
	return p.plan, nil
}

// checkSize checks that an output can hold the rows and the results. A resumed run is
// exempt; its results can be exported to another format.
func (r *Run) checkSize(rows int) error {
	if r.record.OutputPath == "" || r.unlock != nil {
		return nil
	}
	columns := max(len(r.header.Texts), r.header.Width) + 1 // the reason
	if !r.reasonsOnly {
		columns += len(ResultColumns()) - 1
	}
	switch format, _ := table.FormatOf(r.record.OutputPath); {
	case columns > table.MaxColumns:
		return &Error{Problem: ProblemTooWide, Path: r.record.OutputPath}
	case format == table.XLSX && !r.reasonsOnly && rows >= table.MaxRows:
		return &Error{Problem: ProblemTooLong, Path: r.record.OutputPath}
	}
	return nil
}

// planner plans the rows one by one.
type planner struct {
	*Run
	plan         Plan
	first        map[factorsKey]int32
	tableFaults  tableFaultCounts
	unsent       []lookup.Record // not compared with the ledger yet
	consents     []lookup.Consent
	finishedRows []inputRow
}

func (p *planner) addRow(ctx context.Context, row inputRow) error {
	p.plan.Rows++
	p.plan.Wrapped += row.Wrapped
	p.plan.Formulas += row.Formulas
	if row.Merged {
		p.plan.Merged++
	}
	p.header.Width = max(p.header.Width, len(row.Cells))
	p.check(&row)
	p.tableFaults.add(row, p.isHeld(row))
	if row.fault.Problem != "" && isOpen(row.result) {
		p.plan.Invalid++
		p.plan.InvalidRows = p.appendKept(p.plan.InvalidRows, row)
		return nil
	}
	k := newFactorsKey(row.rec.Query.Factors)
	if _, ok := p.first[k]; ok || row.Number > math.MaxInt32 {
		p.plan.Duplicate++
		return nil
	}
	p.first[k] = int32(row.Number)
	if row.result.ID != "" && len(p.finishedRows) < compareBatch {
		p.finishedRows = append(p.finishedRows, row)
	}
	if slices.ContainsFunc(row.rec.Warnings, func(w ident.Warning) bool { return w.Rule == ident.RuleChanged }) {
		p.plan.Normalized++
	}
	warnings := row.warningsToConfirm()
	for i, w := range warnings {
		same := func(other ident.Warning) bool { return other.Rule == w.Rule }
		if !slices.ContainsFunc(warnings[:i], same) { // a row counts once even if two factors have the warning
			p.plan.WarningsByRule[w.Rule]++
		}
	}
	consent, due := p.resendConsent(row.result)
	if !due || row.fault.Problem != "" {
		p.plan.Done++
		return nil
	}
	if p.addWarned(row) {
		return nil
	}
	if row.Hidden {
		p.plan.Hidden++
	}
	p.unsent = append(p.unsent, row.rec)
	p.consents = append(p.consents, consent)
	if len(p.unsent) == compareBatch {
		return p.compareWithLedger(ctx)
	}
	return nil
}

// addWarned counts a row with warnings and reports whether it is held back.
func (p *planner) addWarned(row inputRow) bool {
	if len(row.warningsToConfirm()) == 0 {
		return false
	}
	p.plan.Warned++
	p.plan.WarnedRows = p.appendKept(p.plan.WarnedRows, row)
	if p.record.HoldWarned {
		p.plan.Held++
	}
	return p.record.HoldWarned
}

// appendKept appends a row unless rows already has maxKeptRows.
func (p *planner) appendKept(rows []RowIssue, row inputRow) []RowIssue {
	if len(rows) == maxKeptRows {
		return rows
	}
	return append(rows, newRowIssue(row))
}

// checkFinishedRows checks that the finished rows still have the factors that were sent.
// Another version of the program may read the same file differently.
func (p *planner) checkFinishedRows(ctx context.Context) error {
	var ids []string
	for _, l := range p.finishedRows {
		ids = append(ids, l.result.ID)
	}
	records, err := p.runner.Ledger.Records(ctx, ids)
	if err != nil {
		return err
	}
	for i, rec := range records {
		if rec.ID != "" && lookup.NormalizeFactors(rec.Query.Factors) != p.finishedRows[i].rec.Query.Factors {
			return &Error{Problem: ProblemChanged, Path: p.record.InputPath}
		}
	}
	return nil
}

// compareWithLedger compares the unsent rows with the ledger.
func (p *planner) compareWithLedger(ctx context.Context) error {
	priors, err := p.runner.Ledger.Priors(ctx, p.unsent)
	if err != nil {
		return err
	}
	for i, prior := range priors {
		p.plan.HistoryLost = p.plan.HistoryLost || !prior.HistoryLostAt.IsZero()
		p.plan.SentToday = prior.SentToday
		p.consents[i].ClockBehind = prior.ClockBehind(p.unsent[i].At)
		p.plan.ClockBehind = p.consents[i].ClockBehind
		switch rec, send := p.runner.Verifier.Guard().Preview(p.unsent[i], prior, p.consents[i]); {
		case send:
			p.plan.Calls++
		case rec.Reply.Outcome.IsVerdict():
			p.plan.Repeated++
		default:
			p.plan.Unsettled++
			if rec.Earlier != nil && rec.Earlier.Reply.Outcome.IsVerdict() {
				p.plan.VerdictUnusable++
			}
		}
	}
	p.unsent, p.consents = p.unsent[:0], p.consents[:0]
	return nil
}
