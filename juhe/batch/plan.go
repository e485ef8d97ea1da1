package batch

import (
	"context"
	"math"
	"slices"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// Plan is what a run would do, as far as it can be known without paying.
type Plan struct {
	Rows            int // with something in them
	Invalid         int // cannot be sent
	Duplicate       int // ask what a row before them asks
	Done            int // have ended before, in this run
	Repeated        int // are answered by the ledger
	Unsettled       int // stay lost: how an earlier look-up ended is not known, or its verdict does not answer
	VerdictUnusable int // of these, have such a verdict
	Warned          int // have warnings: of those that have not ended
	Held            int // of these, are not sent because of them
	Calls           int // are to be sent: see Sendable
	Hidden          int // of the rows that are asked about, those hidden or filtered out
	Wrapped         int // cells that stood in a spreadsheet's wrapper, which is taken off
	Normalized      int // rows of which a factor is sent otherwise than it was typed: see ident.Normalize
	Formulas        int // cells of factors that are formulas, of which the stored result is taken
	Merged          int // rows whose company is that of a merged cell over several rows
	WarningsByRule  map[ident.Rule]int
	// TableFaults are the faults of the whole table, which are asked about before a run
	// begins.
	TableFaults []TableFault
	// InvalidRows are the first of the rows that cannot be sent, and Warnings of those
	// with warnings.
	InvalidRows, WarnedRows []RowIssue
	// HistoryLost tells that a ledger was damaged, so that it is not known what
	// was paid for before it.
	HistoryLost bool
	// ClockBehind is the newest time in the ledger if the clock is behind it, as a
	// fault tells it.
	ClockBehind string
	// SentToday is how many were sent today, by everyone, and Limit how many may be;
	// 0 for any number.
	SentToday, DailyLimit int
	// MaxCalls is how many may be sent in one go; 0 for any number.
	MaxCalls int
}

// Sendable is how many of the calls can be sent now: no more than may be in one go,
// nor than the daily limit leaves. It is what a run costs, and what is agreed to.
func (p Plan) Sendable() int {
	n := min(p.Calls, p.RemainingToday())
	if p.MaxCalls > 0 {
		n = min(n, p.MaxCalls)
	}
	return n
}

// RemainingToday is how many the daily limit leaves.
func (p Plan) RemainingToday() int {
	if p.DailyLimit <= 0 {
		return math.MaxInt
	}
	return max(p.DailyLimit-p.SentToday, 0)
}

// maxKeptRows bounds how many rows in trouble are remembered.
const maxKeptRows = 1000

// compareSize is how many rows are compared with the ledger at a time.
const compareSize = 500

// Plan reads the whole input and compares it with the ledger. Nothing is sent
// and nothing recorded. The error is an *Error, a *sheet.ReadError, the
// ledger's or the context's.
func (r *Run) Plan(ctx context.Context) (Plan, error) {
	p := planner{
		Run: r, plan: Plan{WarningsByRule: map[ident.Rule]int{}, DailyLimit: r.batch.Guard.DailyLimit, MaxCalls: r.maxCalls}, first: map[factorsKey]int32{},
		ended: endedRows{rows: r.batch.Ledger, run: r.record.ID}, tableFaults: tableFaultCounts{today: r.batch.Now()},
	}
	for row, err := range r.inputRows(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = p.addRow(ctx, row)
		}
		if err != nil {
			return Plan{}, err
		}
		r.setOffset(row.offset)
	}
	if err := p.compare(ctx); err != nil {
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
	if err := p.checkEnded(ctx); err != nil {
		return Plan{}, err
	}
	if err := r.checkSize(p.plan.Rows); err != nil {
		return Plan{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.record.Rows, r.record.Invalid, r.record.Duplicate = p.plan.Rows, p.plan.Invalid, p.plan.Duplicate
	r.record.Held = p.plan.Held
	r.plan, r.firstRows, r.offset = p.plan, p.first, 0
	return p.plan, nil
}

// checkSize makes sure, before anything is paid for, that an output can hold the rows
// and the results. That of a run that has begun is written elsewhere if it must.
func (r *Run) checkSize(rows int) error {
	if r.record.OutputPath == "" || r.unlock != nil {
		return nil
	}
	columns := max(len(r.header), r.columnCount) + 1 // for the reason
	if !r.reasonsOnly {
		columns += len(ResultColumns()) - 1
	}
	switch format, _ := sheet.FormatOf(r.record.OutputPath); {
	case columns > sheet.MaxColumns:
		return &Error{Problem: ProblemTooWide, Path: r.record.OutputPath}
	case format == sheet.XLSX && !r.reasonsOnly && rows >= sheet.MaxRows:
		return &Error{Problem: ProblemTooLong, Path: r.record.OutputPath}
	}
	return nil
}

// planner goes through the rows once.
type planner struct {
	*Run
	plan        Plan
	first       map[factorsKey]int32
	ended       endedRows
	tableFaults tableFaultCounts
	unsent      []lookup.Record // to be compared with the ledger
	consents    []lookup.Consent
	endedLines  []line // the first rows that have ended
}

func (p *planner) addRow(ctx context.Context, read row) error {
	p.plan.Rows++
	p.plan.Wrapped += read.wrapped
	p.plan.Formulas += read.formulas
	if read.merged {
		p.plan.Merged++
	}
	p.columnCount = max(p.columnCount, len(read.cells))
	now := p.batch.Now()
	query := p.checkRow(&read, now)
	p.tableFaults.add(read, query, p.isHeld(read))
	end, known, err := p.ended.find(ctx, read.number)
	switch {
	case err != nil:
		return err
	case read.fault.Problem != "" && !hasOutcome(end, known):
		p.plan.Invalid++
		p.plan.InvalidRows = p.appendKept(p.plan.InvalidRows, read)
		return nil
	}
	k := newFactorsKey(query.Factors)
	if _, there := p.first[k]; there || read.number > math.MaxInt32 {
		p.plan.Duplicate++
		return nil
	}
	p.first[k] = int32(read.number)
	if known && len(p.endedLines) < compareSize {
		p.endedLines = append(p.endedLines, line{factors: query.Factors, result: result{row: end}})
	}
	if slices.ContainsFunc(read.warnings, func(m ident.Warning) bool { return m.Rule == ident.RuleChanged }) {
		p.plan.Normalized++
	}
	warnings := read.needConfirmation()
	for i, m := range warnings {
		same := func(other ident.Warning) bool { return other.Rule == m.Rule }
		if !slices.ContainsFunc(warnings[:i], same) { // a row that has one in two fields is one row
			p.plan.WarningsByRule[m.Rule]++
		}
	}
	consent, again := p.resendConsent(end, known)
	if !again || read.fault.Problem != "" {
		p.plan.Done++
		return nil
	}
	if p.addWarned(read) {
		return nil
	}
	if read.hidden {
		p.plan.Hidden++
	}
	p.unsent = append(p.unsent, lookup.Record{Service: p.record.Service, Query: query, At: now})
	p.consents = append(p.consents, consent)
	if len(p.unsent) == compareSize {
		return p.compare(ctx)
	}
	return nil
}

// addWarned counts a row with warnings, and tells whether it is held back.
func (p *planner) addWarned(read row) bool {
	if len(read.needConfirmation()) == 0 {
		return false
	}
	p.plan.Warned++
	p.plan.WarnedRows = p.appendKept(p.plan.WarnedRows, read)
	if p.record.HoldWarned {
		p.plan.Held++
	}
	return p.record.HoldWarned
}

// appendKept keeps the first of the rows that are told of.
func (p *planner) appendKept(rows []RowIssue, read row) []RowIssue {
	if len(rows) == maxKeptRows {
		return rows
	}
	return append(rows, p.newRowIssue(read))
}

// hasOutcome tells whether a row has an answer, or may have been paid for: then that
// counts, also where a newer program would not send it any more.
func hasOutcome(end lookup.RunRow, known bool) bool { return known && end.Outcome != juhe.Unsent }

// checkEnded makes sure that the rows are those that have been asked about. The file is
// the same, but another program may read it otherwise than the one that began, and
// then the rows that are left would be others.
func (p *planner) checkEnded(ctx context.Context) error {
	var ids []string
	for _, l := range p.endedLines {
		ids = append(ids, l.row.ID)
	}
	records, err := p.batch.Ledger.Records(ctx, ids)
	if err != nil {
		return err
	}
	for i, rec := range records {
		if rec.ID != "" && lookup.NormalizeFactors(rec.Query.Factors) != p.endedLines[i].factors {
			return &Error{Problem: ProblemChanged, Path: p.record.InputPath}
		}
	}
	return nil
}

// compare looks up what is known of the rows that are open.
func (p *planner) compare(ctx context.Context) error {
	pasts, err := p.batch.Ledger.Priors(ctx, p.unsent)
	if err != nil {
		return err
	}
	for i, past := range pasts {
		p.plan.HistoryLost = p.plan.HistoryLost || !past.HistoryLostAt.IsZero()
		p.plan.SentToday = past.SentToday
		p.consents[i].ClockBehind = past.CheckClock(p.unsent[i].At)
		p.plan.ClockBehind = p.consents[i].ClockBehind
		switch rec, send := p.batch.Guard.Preview(p.unsent[i], past, p.consents[i]); {
		case send:
			p.plan.Calls++
		case rec.Reply.Outcome.Verdict():
			p.plan.Repeated++
		default:
			p.plan.Unsettled++
			if rec.Earlier != nil && rec.Earlier.Reply.Outcome.Verdict() {
				p.plan.VerdictUnusable++
			}
		}
	}
	p.unsent, p.consents = p.unsent[:0], p.consents[:0]
	return nil
}
