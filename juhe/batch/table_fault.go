package batch

import (
	"slices"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
)

// TableProblem is a problem of many rows, so that the table is likely to be wrong.
type TableProblem string

// The problems of a table.
const (
	TableStrayMarks  TableProblem = "marks"   // every cell starts or ends with a stray mark, such as a backtick
	TableWrongColumn TableProblem = "holds"   // a column holds another factor
	TableWarning     TableProblem = "warning" // many rows have the same warning
)

// TableFault is a fault of a whole table.
type TableFault struct {
	Problem    TableProblem
	Rows       int // with the fault, without those held back
	DataRows   int
	Mark       string        // of TableStrayMarks
	Field      juhe.Factor   // the column's factor
	FoundField juhe.Factor   // the factor found there, of TableWrongColumn
	Warning    ident.Warning // of TableWarning
}

// IsCertain reports whether the table itself proves the fault, so that calls would be
// wasted. Other warnings can be right in many rows: real codes fail their check digit,
// an endpoint may accept codes that it does not name, and the service may know
// look-alike and private-use characters.
func (f TableFault) IsCertain() bool {
	switch f.Warning.Rule {
	case ident.RuleCharset, ident.RuleLength:
		return true
	case ident.RuleName:
		return !slices.Contains(f.Warning.Findings, ident.FindingPrivate) && !slices.Contains(f.Warning.Findings, ident.FindingReplaceable)
	}
	return f.Problem != TableWarning
}

// tableFaultCounts counts the rows with each possible fault of a table.
type tableFaultCounts struct {
	today      time.Time
	rows       int // data rows
	masked     int
	candidates []TableFault
}

// add adds a row.
func (c *tableFaultCounts) add(row inputRow, held bool) {
	switch detect.Corruption(row.fault.Problem) {
	case detect.CorruptionHeader, detect.CorruptionInstruction, detect.CorruptionExample:
		if !row.HasIDAsName() {
			return
		}
	}
	if c.rows++; row.isMasked() {
		c.masked++
	}
	if held || row.fault.Problem == "" && len(row.warningsToConfirm()) == 0 {
		return
	}
	if mark := row.StrayMark(); mark != "" {
		c.count(TableFault{Problem: TableStrayMarks, Mark: mark})
	}
	for f := range juhe.NumFactors {
		if other, ok := detect.OtherFactor(f, row.rec.Query.Factors[f], c.today); ok {
			c.count(TableFault{Problem: TableWrongColumn, Field: f, FoundField: other})
		}
	}
	if row.fault.Problem != "" {
		return
	}
	for _, w := range row.warningsToConfirm() {
		if len(w.Findings) == 0 {
			c.count(TableFault{Problem: TableWarning, Field: w.Factor, Warning: w})
		}
		for i := range w.Findings {
			one := w
			one.Findings = w.Findings[i : i+1]
			c.count(TableFault{Problem: TableWarning, Field: w.Factor, Warning: one})
		}
	}
}

func (c *tableFaultCounts) count(w TableFault) {
	for i, f := range c.candidates {
		if f.Problem == w.Problem && f.Mark == w.Mark && f.Field == w.Field && f.FoundField == w.FoundField && f.Warning.Rule == w.Warning.Rule && slices.Equal(f.Warning.Findings, w.Warning.Findings) {
			c.candidates[i].Rows++
			return
		}
	}
	const maxCandidates = 100 // limits the memory
	if w.Rows = 1; len(c.candidates) < maxCandidates {
		c.candidates = append(c.candidates, w)
	}
}

// result returns the faults of at least two rows and a fifth of all. In a table of one
// row only stray marks count, because a single value in the wrong column may be a slip.
// A warning about a column is dropped if the column has another fault.
func (c *tableFaultCounts) result() (all []TableFault) {
	const minShare = 5 // one row in five
	for _, p := range []TableProblem{TableStrayMarks, TableWrongColumn, TableWarning} {
		for _, w := range c.candidates {
			covered := slices.ContainsFunc(all, func(o TableFault) bool {
				return o.Problem == TableStrayMarks || o.Field == w.Field && o.Problem == TableWrongColumn
			})
			frequent := w.Rows*minShare >= c.rows && (w.Rows > 1 || c.rows == 1 && p == TableStrayMarks)
			if w.Problem == p && frequent && !(p == TableWarning && covered) {
				w.DataRows = c.rows
				all = append(all, w)
			}
		}
	}
	return all
}

// isMasked reports whether most persons are masked, as in an export of this program.
func (c *tableFaultCounts) isMasked() bool { return 2*c.masked > c.rows }

// isMasked reports whether the person of a row is masked.
func (r inputRow) isMasked() bool {
	return slices.ContainsFunc(r.rec.Warnings, func(m ident.Warning) bool {
		return m.Placeholder == ident.PlaceholderMasked && (m.Factor == juhe.Realname || m.Factor == juhe.Idcard)
	})
}
