package i18n

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// ColumnTitle returns the heading of a column of a run's output.
func (t *Messages) ColumnTitle(c batch.Column) string { return t.Runs.Columns[c] }

// OutcomeName returns an outcome in words.
func (t *Messages) OutcomeName(outcome juhe.Outcome) string { return t.Outcomes[outcome] }

// BillableName returns in words whether a lookup is charged.
func (t *Messages) BillableName(billable juhe.Billable) string { return t.Billable[billable] }

// RowReason returns why a row cannot be sent.
func (t *Messages) RowReason(f lookup.RowFault) string {
	text := cmp.Or(t.Runs.Faults[detect.Corruption(f.Problem)], t.Runs.InputFaults[lookup.InputProblem(f.Problem)])
	return strings.NewReplacer("{field}", t.factorLabel(f.Factor), "{cells}", strconv.Itoa(f.ExtraCells)).Replace(text)
}

// RowCure returns what to do about a row that cannot be sent, or "".
func (t *Messages) RowCure(f lookup.RowFault) string {
	return cmp.Or(t.Runs.Cures[detect.Corruption(f.Problem)], t.Runs.InputCures[lookup.InputProblem(f.Problem)])
}

// RowFault returns why a row cannot be sent, and the cure.
func (t *Messages) RowFault(f lookup.RowFault) string {
	text := t.RowReason(f)
	if cure := t.RowCure(f); cure != "" {
		text += t.Semicolon + cure
	}
	return text
}

// Duplicate returns text saying that a row repeats an earlier one.
func (t *Messages) Duplicate(row int) string { return fmt.Sprintf(t.Runs.Duplicate, row) }

// RowMeaning explains the outcome of a row, or returns why it is not sent.
func (t *Messages) RowMeaning(i batch.RowIssue) string {
	unsent := i.Outcome == "" || i.Outcome == juhe.Unsent
	switch {
	case i.Fault.Problem != "":
		return t.RowFault(i.Fault)
	case unsent && len(i.Fault.Warnings) > 0:
		return t.Runs.RowWarnings.HeldReason + t.RowWarnings(i.Fault.Warnings)
	case i.Outcome == juhe.Lost && i.Reused:
		return t.Faults[cmp.Or(i.LostReason, juhe.FaultUnsettled)]
	case i.Record.ID != "":
		return t.Meaning(i.Record)
	case i.Outcome == "":
		return t.Runs.NotSentYet
	}
	return t.Runs.Deleted
}

// RowWarnings explains the warnings of a row.
func (t *Messages) RowWarnings(warnings []ident.Warning) string {
	texts := make([]string, len(warnings))
	for i, w := range warnings {
		texts[i] = t.Warning(w)
	}
	return strings.Join(texts, "; ")
}

// Stopped returns why a run stopped.
func (t *Messages) Stopped(reason lookup.StopReason) string {
	if code, err := strconv.Atoi(string(reason)); err == nil {
		return fmt.Sprintf(t.Runs.StoppedByCode, reason, t.CodeMeaning(code))
	}
	return t.Runs.Stopped[reason]
}

// RunState returns the state of a run that is not in progress here.
func (t *Messages) RunState(sum batch.Summary) string {
	w := t.Batch
	switch code := sum.StopCode(); {
	case sum.IsFinished() && sum.Run.OutputHash == "":
		return w.NotWritten
	case sum.IsFinished() && !sum.IsResolved():
		return w.Finished + fmt.Sprintf(t.Runs.RowWarnings.Unresolved, sum.Unresolved())
	case sum.IsFinished():
		return w.Finished
	case code != 0:
		return fmt.Sprintf(w.StoppedByCode, code)
	case sum.Run.StopReason != "":
		return t.Stopped(sum.Run.StopReason)
	case sum.Run.Finished:
		return w.SomeUnsent
	}
	return w.Interrupted
}

// AnswerMeaning explains the answer that many rows got.
func (t *Messages) AnswerMeaning(a batch.Answer) string {
	if a.Code != 0 {
		return t.CodeMeaning(a.Code)
	}
	return t.Verdicts[a.Outcome]
}

// RowWarnings has what batches say about rows with warnings, on the screen and in
// commands.
type RowWarnings struct {
	Label, Sent, Held string // in a plan: the label and what happens to the rows
	Title, TitleHeld  string // heading of the rows
	More              string // takes the number of rows that are not listed
	HowToHold         string // hint of a command
	Hold, Send        string // labels of the key
	HeldReason        string // prefix of the reason why a row is not sent
	Unresolved        string // after “finished”: the number of rows without a verdict
}

func newRowWarnings(l pick) RowWarnings {
	return RowWarnings{
		Label: l("有提醒", "With warnings"), Sent: l("照常处理", "will be sent"), Held: l("不发送", "not sent"),
		Title: l("有提醒的行（照常处理）", "Rows with warnings (will be sent)"), TitleHeld: l("有提醒的行（不发送）", "Rows with warnings (not sent)"),
		More:      l("还有 %d 行有提醒，没有列出", "%d more with warnings are not listed"),
		HowToHold: l("要先核对有提醒的行、这次不发送，请加 --hold-warned", "to check rows with warnings first and not send them now, add --hold-warned"),
		Hold:      l("有提醒的不发送", "hold warned rows"), Send: l("有提醒的也发送", "send warned rows"),
		HeldReason: l("有提醒，按要求未发送：", "held back because of warnings: "), Unresolved: l("，%d 行无结论", ", %d unresolved"),
	}
}

// State returns text saying whether rows with warnings are sent.
func (r RowWarnings) State(held bool) string {
	if held {
		return r.Held
	}
	return r.Sent
}

// Heading returns the heading of the rows.
func (r RowWarnings) Heading(held bool) string {
	if held {
		return r.TitleHeld
	}
	return r.Title
}

// TableFaults has what batches say about a fault of a whole table, on the screen and
// in commands.
type TableFaults struct {
	Faults  map[batch.TableProblem]string // by kind of fault
	Ask     string                        // asks whether to send anyway
	Send    string                        // label of the key that sends
	NeedFix string                        // of a command: why --yes is not enough
}

func newTableFaults(l pick) TableFaults {
	return TableFaults{
		Faults: map[batch.TableProblem]string{
			batch.TableStrayMarks: l("{rows} 行（共 {of} 行）的每个单元格都带有符号 {mark}，可能是导出时加上的；请用“查找和替换”去掉，另存后再核验",
				"in {rows} of {of} rows every cell contains the mark {mark}, probably added by an export; remove it with find and replace, save the table and run it again"),
			batch.TableWrongColumn: l("{rows} 行（共 {of} 行）的{field}列里是{holds}，列可能对调或错位；请核对各列",
				"in {rows} of {of} rows the {field} column contains {holds}: columns may be swapped or shifted; check the columns"),
			batch.TableWarning: l("{rows} 行（共 {of} 行）有同样的提醒（{remark}）；请先核对表格", "{rows} of {of} rows have the same warning ({remark}); check the table first"),
		},
		Ask:  l("这可能是整张表的问题，发送会逐行计费。仍要发送吗？", "This looks like a fault of the whole table, and each row sent is charged. Send anyway?"),
		Send: l("仍要发送", "send anyway"),
		NeedFix: l("未发送：整张表有同样的问题（见上），--yes 不算同意。请先改正表格；要先发送没有提醒的行，请加 --hold-warned；要按原样发送，请在终端里运行并回答提问",
			"not sent: the whole table has the same fault (see above), and --yes does not cover it. Correct the table; to send only the rows without warnings, add --hold-warned; to send it as it is, run this in a terminal and answer the question"),
	}
}

// TableFault returns what is wrong with a whole table.
func (t *Messages) TableFault(f batch.TableFault) string {
	return strings.NewReplacer(
		"{rows}", strconv.Itoa(f.Rows), "{of}", strconv.Itoa(f.DataRows), "{mark}", juhe.Sanitize(f.Mark),
		"{field}", t.Fields[f.Field].Label, "{holds}", t.Fields[f.FoundField].Label, "{remark}", t.Warning(f.Warning),
	).Replace(t.Runs.TableFaults.Faults[f.Problem])
}
