package batch

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// TableProblem is what is wrong in the same way in so many rows that it is the
// table's fault, and not theirs.
type TableProblem string

// The problems of a table.
const (
	TableStrayMarks  TableProblem = "marks"   // every cell begins or ends with a mark, such as a backtick
	TableWrongColumn TableProblem = "holds"   // the column of a factor holds another one
	TableWarning     TableProblem = "warning" // rows have the same warning
)

// TableProblems lists every problem.
func TableProblems() []TableProblem {
	return []TableProblem{TableStrayMarks, TableWrongColumn, TableWarning}
}

// TableFault is a fault of a whole table.
type TableFault struct {
	Problem    TableProblem
	Rows       int           // that have it, but for those held back
	DataRows   int           // rows that hold data
	Mark       string        // of TableStrayMarks
	Field      juhe.Factor   // whose column it is
	FoundField juhe.Factor   // of TableWrongColumn: what is there instead
	Warning    ident.Warning // of TableWarning
}

// IsCertain tells whether the table itself shows that something went wrong with it, so
// that to send it costs money for nothing. What else many rows may be warned of can
// be so: real codes fail their check digit, and an endpoint may be asked about codes
// that it does not name. A service may know a look-alike, and characters of private use.
func (w TableFault) IsCertain() bool {
	switch w.Warning.Rule {
	case ident.RuleCharset, ident.RuleLength:
		return true
	case ident.RuleName:
		return !slices.Contains(w.Warning.Findings, ident.FindingPrivate) && !slices.Contains(w.Warning.Findings, ident.FindingStandard)
	}
	return w.Problem != TableWarning
}

// Text says what is wrong, in the reader's language.
func (w TableFault) Text(words TableFaultMessages) string {
	remark := ""
	if w.Problem == TableWarning {
		remark = lookup.WarningText(words, w.Warning)
	}
	return words.TableFault(string(w.Problem), juhe.Harmless(w.Mark), w.Field.String(), w.FoundField.String(), remark, w.Rows, w.DataRows)
}

// TableFaultMessages say what is wrong with a whole table.
type TableFaultMessages interface {
	lookup.Messages
	TableFault(problem, mark, field, holds, remark string, rows, of int) string
}

// tableFaultCounts gathers what many rows of a table have in common.
type tableFaultCounts struct {
	today      time.Time
	rows       int // that hold data
	masked     int
	candidates []TableFault
}

// add takes a row: query is what it asks, held tells whether it is held back.
func (c *tableFaultCounts) add(read row, query juhe.Query, held bool) {
	switch sheet.Corruption(read.fault.Problem) {
	case sheet.CorruptionHeader, sheet.CorruptionInstruction, sheet.CorruptionExample:
		if !read.hasIDAsName() {
			return
		}
	}
	if c.rows++; read.isMasked() {
		c.masked++
	}
	if held || read.fault.Problem == "" && len(read.needConfirmation()) == 0 { // most rows
		return
	}
	if mark := read.strayMark(); mark != "" {
		c.count(TableFault{Problem: TableStrayMarks, Mark: mark})
	}
	for f := range juhe.NumFactors {
		if other, ok := otherFactor(f, query.Factors[f], c.today); ok {
			c.count(TableFault{Problem: TableWrongColumn, Field: f, FoundField: other})
		}
	}
	if read.fault.Problem != "" {
		return
	}
	for _, m := range read.needConfirmation() {
		if len(m.Findings) == 0 {
			c.count(TableFault{Problem: TableWarning, Field: m.Field, Warning: m})
		}
		for i := range m.Findings {
			one := m
			one.Findings = m.Findings[i : i+1]
			c.count(TableFault{Problem: TableWarning, Field: m.Field, Warning: one})
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
	const most = 100 // marks may be of any kind
	if w.Rows = 1; len(c.candidates) < most {
		c.candidates = append(c.candidates, w)
	}
}

// result are those that a fifth of the rows have, and two rows at least. In a table
// of one row only marks are the table's: a value in the wrong column may be a slip.
// What is said of a column once is not said again by a warning.
func (c *tableFaultCounts) result() (all []TableFault) {
	const part = 5
	for _, p := range TableProblems() {
		for _, w := range c.candidates {
			said := slices.ContainsFunc(all, func(o TableFault) bool {
				return o.Problem == TableStrayMarks || o.Field == w.Field && o.Problem == TableWrongColumn
			})
			many := w.Rows*part >= c.rows && (w.Rows > 1 || c.rows == 1 && p == TableStrayMarks)
			if w.Problem == p && many && !(p == TableWarning && said) {
				w.DataRows = c.rows
				all = append(all, w)
			}
		}
	}
	return all
}

// isMasked tells whether the persons of a table are masked, as those of our own
// exports are.
func (c *tableFaultCounts) isMasked() bool { return 2*c.masked > c.rows }

// isMasked tells whether a row's person is masked.
func (r row) isMasked() bool {
	return slices.ContainsFunc(r.warnings, func(m ident.Warning) bool {
		return m.Absence == ident.AbsentMasked && (m.Field == juhe.Realname || m.Field == juhe.Idcard)
	})
}

// strayMark is what all factors of a row, or all codes of it, begin with, or end with, if
// that is a mark which belongs to none of them: `, " or a half of '…'.
func (r row) strayMark() string {
	var all, codes []string
	for f := range juhe.NumFactors {
		text := strings.TrimSpace(r.typed[f])
		if text == "" {
			continue
		}
		if all = append(all, text); isCode(f) {
			codes = append(codes, text)
		}
	}
	for _, cells := range [][]string{all, codes} {
		for _, end := range []func(string) (rune, int){utf8.DecodeRuneInString, utf8.DecodeLastRuneInString} {
			if mark := commonMark(cells, end); mark != "" {
				return mark
			}
		}
	}
	return ""
}

// commonMark is the mark at one end of several texts.
func commonMark(texts []string, end func(string) (rune, int)) string {
	if len(texts) < 2 {
		return ""
	}
	mark, _ := end(texts[0])
	other := slices.ContainsFunc(texts, func(text string) bool { r, _ := end(text); return r != mark })
	if other || !unicode.IsPunct(mark) && !unicode.IsSymbol(mark) {
		return ""
	}
	return string(mark)
}

// otherFactor is the factor that a value beyond doubt is, other than the one whose place
// it has. ok is false if it may be that one.
func otherFactor(f juhe.Factor, value string, today time.Time) (other juhe.Factor, ok bool) {
	if ident.Score(f, value, today) > ident.ScoreNone {
		return 0, false
	}
	for other := range juhe.NumFactors {
		if other != f && ident.Score(other, value, today) == ident.ScoreCertain {
			return other, true
		}
	}
	return 0, false
}
