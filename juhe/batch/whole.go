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

// WholeProblem is what is wrong in the same way in so many rows that it is the
// table's fault, and not theirs.
type WholeProblem string

// The problems of a table.
const (
	WholeMarks   WholeProblem = "marks"   // every cell begins or ends with a mark, such as a backtick
	WholeHolds   WholeProblem = "holds"   // the column of a factor holds another one
	WholeWarning WholeProblem = "warning" // rows have the same warning
)

// WholeProblems lists every problem.
func WholeProblems() []WholeProblem {
	return []WholeProblem{WholeMarks, WholeHolds, WholeWarning}
}

// Whole is a fault of a whole table.
type Whole struct {
	Problem WholeProblem
	Rows    int           // that have it, but for those held back
	Of      int           // rows that hold data
	Mark    string        // of WholeMarks
	Field   ident.Field   // whose column it is
	Holds   ident.Field   // of WholeHolds: what is there instead
	Remark  ident.Warning // of WholeWarning
}

// Certain tells whether the table itself shows that something went wrong with it, so
// that to send it costs money for nothing. What else many rows may be warned of can
// be so: real codes fail their check digit, and an endpoint may be asked about codes
// that it does not name. A service may know a look-alike, and characters of private use.
func (w Whole) Certain() bool {
	switch w.Remark.Rule {
	case ident.RuleCharset, ident.RuleLength:
		return true
	case ident.RuleName:
		return !slices.Contains(w.Remark.Findings, ident.FindingPrivate) && !slices.Contains(w.Remark.Findings, ident.FindingStandard)
	}
	return w.Problem != WholeWarning
}

// Text says what is wrong, in the reader's language.
func (w Whole) Text(words WholeWords) string {
	remark := ""
	if w.Problem == WholeWarning {
		remark = lookup.WarningText(words, w.Remark)
	}
	return words.WholeFault(string(w.Problem), juhe.Harmless(w.Mark), string(w.Field), string(w.Holds), remark, w.Rows, w.Of)
}

// WholeWords say what is wrong with a whole table.
type WholeWords interface {
	lookup.Messages
	WholeFault(problem, mark, field, holds, remark string, rows, of int) string
}

// wholes gathers what many rows of a table have in common.
type wholes struct {
	today  time.Time
	rows   int // that hold data
	masked int
	found  []Whole
}

// add takes a row: query is what it asks, held tells whether it is held back.
func (s *wholes) add(read row, query juhe.Query, held bool) {
	switch sheet.Damage(read.fault.Problem) {
	case sheet.DamageHeading, sheet.DamageInstruction, sheet.DamageExample:
		if !read.numbered() {
			return
		}
	}
	if s.rows++; read.masked() {
		s.masked++
	}
	if held || read.fault.Problem == "" && len(read.warnings()) == 0 { // most rows
		return
	}
	if mark := read.mark(); mark != "" {
		s.count(Whole{Problem: WholeMarks, Mark: mark})
	}
	for _, f := range ident.Fields() {
		if other := holds(f, lookup.Value(query.Factors, f), s.today); other != "" {
			s.count(Whole{Problem: WholeHolds, Field: f, Holds: other})
		}
	}
	if read.fault.Problem != "" {
		return
	}
	for _, m := range read.warnings() {
		if len(m.Findings) == 0 {
			s.count(Whole{Problem: WholeWarning, Field: m.Field, Remark: m})
		}
		for i := range m.Findings {
			one := m
			one.Findings = m.Findings[i : i+1]
			s.count(Whole{Problem: WholeWarning, Field: m.Field, Remark: one})
		}
	}
}

func (s *wholes) count(w Whole) {
	for i, f := range s.found {
		if f.Problem == w.Problem && f.Mark == w.Mark && f.Field == w.Field && f.Holds == w.Holds && f.Remark.Rule == w.Remark.Rule && slices.Equal(f.Remark.Findings, w.Remark.Findings) {
			s.found[i].Rows++
			return
		}
	}
	const most = 100 // marks may be of any kind
	if w.Rows = 1; len(s.found) < most {
		s.found = append(s.found, w)
	}
}

// faults are those that a fifth of the rows have, and two rows at least. In a table
// of one row only marks are the table's: a value in the wrong column may be a slip.
// What is said of a column once is not said again by a warning.
func (s *wholes) faults() (all []Whole) {
	const part = 5
	for _, p := range WholeProblems() {
		for _, w := range s.found {
			said := slices.ContainsFunc(all, func(o Whole) bool { return o.Problem == WholeMarks || o.Field == w.Field && o.Problem == WholeHolds })
			many := w.Rows*part >= s.rows && (w.Rows > 1 || s.rows == 1 && p == WholeMarks)
			if w.Problem == p && many && !(p == WholeWarning && said) {
				w.Of = s.rows
				all = append(all, w)
			}
		}
	}
	return all
}

// isMasked tells whether the persons of a table are masked, as those of our own
// exports are.
func (s *wholes) isMasked() bool { return 2*s.masked > s.rows }

// masked tells whether a row's person is masked.
func (r row) masked() bool {
	return slices.ContainsFunc(r.remarks, func(m ident.Warning) bool {
		return m.Absence == ident.AbsentMasked && (m.Field == ident.Realname || m.Field == ident.Idcard)
	})
}

// mark is what all factors of a row, or all codes of it, begin with, or end with, if
// that is a mark which belongs to none of them: `, " or a half of '…'.
func (r row) mark() string {
	var all, codes []string
	for _, f := range ident.Fields() {
		text := strings.TrimSpace(lookup.Value(r.typed, f))
		if text == "" {
			continue
		}
		if all = append(all, text); code(f) {
			codes = append(codes, text)
		}
	}
	for _, cells := range [][]string{all, codes} {
		for _, end := range []func(string) (rune, int){utf8.DecodeRuneInString, utf8.DecodeLastRuneInString} {
			if mark := common(cells, end); mark != "" {
				return mark
			}
		}
	}
	return ""
}

// common is the mark at one end of several texts.
func common(texts []string, end func(string) (rune, int)) string {
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

// holds is the factor that a value beyond doubt is, other than the one whose place
// it has; empty if it may be that one.
func holds(f ident.Field, value string, today time.Time) ident.Field {
	if ident.Score(f, value, today) > ident.ScoreNone {
		return ""
	}
	for _, other := range ident.Fields() {
		if other != f && ident.Score(other, value, today) == ident.ScoreCertain {
			return other
		}
	}
	return ""
}
