package i18n

import (
	"strconv"
	"strings"
)

// Whole is what batches say of the faults of a whole table, on the screen and in
// commands.
type Whole struct {
	Faults  map[string]string // by batch.WholeProblem
	Ask     string            // whether to send nevertheless
	Send    string            // what y does
	NeedFix string            // in a command: why --yes does not send it
}

// TableFault says what is wrong with a whole table: so many of its rows have it.
func (t *Text) TableFault(problem, mark, field, holds, remark string, rows, of int) string {
	return strings.NewReplacer(
		"{rows}", strconv.Itoa(rows), "{of}", strconv.Itoa(of), "{mark}", mark, "{field}", t.Fields[field].Label, "{holds}", t.Fields[holds].Label, "{remark}", remark,
	).Replace(t.Runs.Whole.Faults[problem])
}

func zhWhole() Whole {
	return Whole{
		Faults: map[string]string{
			"marks":   "{rows} 行（共 {of} 行）的每一格都带着符号 {mark}，多半是导出时加上的；请用“查找和替换”去掉它，另存后再核验",
			"holds":   "{rows} 行（共 {of} 行）的{field}这一列里是{holds}，列可能对调或错位了；请核对哪一列是哪一项",
			"warning": "{rows} 行（共 {of} 行）有同样的提醒（{remark}）；请先核对表格",
		},
		Ask: "这像是整张表的问题，不是个别行的，照样发送会逐行计费。仍要发送吗？", Send: "仍要发送",
		NeedFix: "没有发送：整张表有同样的问题（见上），--yes 不算同意。请先改正表格；要先发送没有提醒的行，请加 --hold-warned；确要照样发送，请在终端里运行，按提问回答",
	}
}

func enWhole() Whole {
	return Whole{
		Faults: map[string]string{
			"marks":   "in {rows} of {of} rows every cell has the mark {mark}, which an export may have added; remove it with find and replace, save the table and run it again",
			"holds":   "in {rows} of {of} rows the column of {field} holds what belongs to {holds}: columns may be swapped or shifted; check which column is which",
			"warning": "{rows} of {of} rows have the same warning ({remark}); check the table first",
		},
		Ask: "This looks like a fault of the whole table, and each row sent is billed. Send it nevertheless?", Send: "send nevertheless",
		NeedFix: "nothing was sent: the whole table has the same fault (above), to which --yes does not agree. Correct the table; to send the rows without warnings first, add --hold-warned; to send it as it is, run this in a terminal and answer the question",
	}
}
