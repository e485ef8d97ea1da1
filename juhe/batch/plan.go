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
	Rows      int // with something in them
	Invalid   int // cannot be sent
	Duplicate int // ask what a row before them asks
	Ended     int // have ended before, in this run
	Repeated  int // are answered by the ledger
	Unsettled int // stay lost: how an earlier look-up ended is not known, or its verdict does not answer
	Concluded int // of these, have such a verdict
	Warned    int // have warnings: of those that have not ended
	Held      int // of these, are not sent because of them
	Calls     int // are to be sent: see Sendable
	Hidden    int // of the rows that are asked about, those hidden or filtered out
	Wrapped   int // cells that stood in a spreadsheet's wrapper, which is taken off
	Tidied    int // rows of which a factor is sent otherwise than it was typed: see ident.Normalize
	Formulas  int // cells of factors that are formulas, of which the stored result is taken
	Merged    int // rows whose company is that of a merged cell over several rows
	Remarks   map[ident.Rule]int
	// Whole are the faults of the whole table, which are asked about before a run
	// begins.
	Whole []Whole
	// Faults are the first of the rows that cannot be sent, and Warnings of those
	// with warnings.
	Faults, Warnings []Trouble
	// Forgotten tells that a ledger was damaged, so that it is not known what
	// was paid for before it.
	Forgotten bool
	// Clock is the newest time in the ledger if the clock is behind it, as a
	// fault tells it.
	Clock string
	// Today is how many were sent today, by everyone, and Limit how many may be;
	// 0 for any number.
	Today, Limit int
	// MaxCalls is how many may be sent in one go; 0 for any number.
	MaxCalls int
}

// Sendable is how many of the calls can be sent now: no more than may be in one go,
// nor than the daily limit leaves. It is what a run costs, and what is agreed to.
func (p Plan) Sendable() int {
	n := min(p.Calls, p.LeftToday())
	if p.MaxCalls > 0 {
		n = min(n, p.MaxCalls)
	}
	return n
}

// LeftToday is how many the daily limit leaves.
func (p Plan) LeftToday() int {
	if p.Limit <= 0 {
		return math.MaxInt
	}
	return max(p.Limit-p.Today, 0)
}

// faultsKept bounds how many rows in trouble are remembered.
const faultsKept = 1000

// planGroup is how many rows are compared with the ledger at a time.
const planGroup = 500

// Plan reads the whole input and compares it with the ledger. Nothing is sent
// and nothing recorded. The error is an *Error, a *sheet.ReadError, the
// ledger's or the context's.
func (r *Run) Plan(ctx context.Context) (Plan, error) {
	p := planner{
		Run: r, plan: Plan{Remarks: map[ident.Rule]int{}, Limit: r.batch.Guard.DailyLimit, MaxCalls: r.maxCalls}, first: map[key]int32{},
		ended: ended{rows: r.batch.Ledger, run: r.kept.ID}, whole: wholes{today: r.batch.Now()},
	}
	for row, err := range r.rows(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = p.row(ctx, row)
		}
		if err != nil {
			return Plan{}, err
		}
		r.at(row.offset)
	}
	if err := p.compare(ctx); err != nil {
		return Plan{}, err
	}
	if r.kept.ID == 0 {
		p.plan.Whole = p.whole.faults()
	}
	switch {
	case r.kept.ID == 0 && p.whole.isMasked():
		return Plan{}, &Error{Problem: ProblemMasked, Path: r.kept.InputPath, Sheet: r.kept.Sheet}
	case p.plan.Rows == 0:
		return Plan{}, &Error{Problem: ProblemNoRow, Path: r.kept.InputPath, Sheet: r.kept.Sheet}
	}
	if err := p.verify(ctx); err != nil {
		return Plan{}, err
	}
	if err := r.fits(p.plan.Rows); err != nil {
		return Plan{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept.Rows, r.kept.Invalid, r.kept.Duplicate = p.plan.Rows, p.plan.Invalid, p.plan.Duplicate
	r.kept.Held = p.plan.Held
	r.plan, r.first, r.offset = p.plan, p.first, 0
	return p.plan, nil
}

// fits makes sure, before anything is paid for, that an output can hold the rows
// and the results. That of a run that has begun is written elsewhere if it must.
func (r *Run) fits(rows int) error {
	if r.kept.OutputPath == "" || r.let != nil {
		return nil
	}
	columns := max(len(r.head), r.width) + 1 // for the reason
	if !r.bare {
		columns += len(ResultColumns()) - 1
	}
	switch format, _ := sheet.FormatOf(r.kept.OutputPath); {
	case columns > sheet.MaxColumns:
		return &Error{Problem: ProblemTooWide, Path: r.kept.OutputPath}
	case format == sheet.XLSX && !r.bare && rows >= sheet.MaxRows:
		return &Error{Problem: ProblemTooLong, Path: r.kept.OutputPath}
	}
	return nil
}

// planner goes through the rows once.
type planner struct {
	*Run
	plan  Plan
	first map[key]int32
	ended ended
	whole wholes
	open  []lookup.Record // to be compared with the ledger
	may   []lookup.Consent
	known []line // the first rows that have ended
}

func (p *planner) row(ctx context.Context, read row) error {
	p.plan.Rows++
	p.plan.Wrapped += read.wrapped
	p.plan.Formulas += read.formulas
	if read.merged {
		p.plan.Merged++
	}
	p.width = max(p.width, len(read.cells))
	now := p.batch.Now()
	query := p.check(&read, now)
	p.whole.add(read, query, p.held(read))
	end, known, err := p.ended.of(ctx, read.number)
	switch {
	case err != nil:
		return err
	case read.fault.Problem != "" && !paidFor(end, known):
		p.plan.Invalid++
		p.plan.Faults = p.keep(p.plan.Faults, read)
		return nil
	}
	k := keyOf(query.Factors)
	if _, there := p.first[k]; there || read.number > math.MaxInt32 {
		p.plan.Duplicate++
		return nil
	}
	p.first[k] = int32(read.number)
	if known && len(p.known) < planGroup {
		p.known = append(p.known, line{factor: query.Factors, result: result{row: end}})
	}
	if slices.ContainsFunc(read.remarks, func(m ident.Warning) bool { return m.Rule == ident.RuleChanged }) {
		p.plan.Tidied++
	}
	warnings := read.warnings()
	for i, m := range warnings {
		same := func(other ident.Warning) bool { return other.Rule == m.Rule }
		if !slices.ContainsFunc(warnings[:i], same) { // a row that has one in two fields is one row
			p.plan.Remarks[m.Rule]++
		}
	}
	consent, again := p.again(end, known)
	if !again || read.fault.Problem != "" {
		p.plan.Ended++
		return nil
	}
	if p.warned(read) {
		return nil
	}
	if read.hidden {
		p.plan.Hidden++
	}
	p.open = append(p.open, lookup.Record{Service: p.kept.Service, Query: query, At: now})
	p.may = append(p.may, consent)
	if len(p.open) == planGroup {
		return p.compare(ctx)
	}
	return nil
}

// warned counts a row with warnings, and tells whether it is held back.
func (p *planner) warned(read row) bool {
	if len(read.warnings()) == 0 {
		return false
	}
	p.plan.Warned++
	p.plan.Warnings = p.keep(p.plan.Warnings, read)
	if p.kept.HoldWarned {
		p.plan.Held++
	}
	return p.kept.HoldWarned
}

// keep keeps the first of the rows that are told of.
func (p *planner) keep(rows []Trouble, read row) []Trouble {
	if len(rows) == faultsKept {
		return rows
	}
	return append(rows, p.told(read))
}

// paidFor tells whether a row has an answer, or may have been paid for: then that
// counts, also where a newer program would not send it any more.
func paidFor(end lookup.RunRow, known bool) bool { return known && end.Outcome != juhe.Unsent }

// verify makes sure that the rows are those that have been asked about. The file is
// the same, but another program may read it otherwise than the one that began, and
// then the rows that are left would be others.
func (p *planner) verify(ctx context.Context) error {
	var ids []string
	for _, l := range p.known {
		ids = append(ids, l.row.ID)
	}
	records, err := p.batch.Ledger.Records(ctx, ids)
	if err != nil {
		return err
	}
	for i, rec := range records {
		if rec.ID != "" && lookup.NormalizeFactors(rec.Query.Factors) != p.known[i].factor {
			return &Error{Problem: ProblemChanged, Path: p.kept.InputPath}
		}
	}
	return nil
}

// compare looks up what is known of the rows that are open.
func (p *planner) compare(ctx context.Context) error {
	pasts, err := p.batch.Ledger.Priors(ctx, p.open)
	if err != nil {
		return err
	}
	for i, past := range pasts {
		p.plan.Forgotten = p.plan.Forgotten || !past.HistoryLostAt.IsZero()
		p.plan.Today = past.SentToday
		p.may[i].ClockBehind = past.CheckClock(p.open[i].At)
		p.plan.Clock = p.may[i].ClockBehind
		switch rec, send := p.batch.Guard.Preview(p.open[i], past, p.may[i]); {
		case send:
			p.plan.Calls++
		case rec.Reply.Outcome.Verdict():
			p.plan.Repeated++
		default:
			p.plan.Unsettled++
			if rec.Earlier != nil && rec.Earlier.Reply.Outcome.Verdict() {
				p.plan.Concluded++
			}
		}
	}
	p.open, p.may = p.open[:0], p.may[:0]
	return nil
}
