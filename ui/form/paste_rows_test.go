package form_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/form"
)

// TestSeveralRows: pasted rows of a spreadsheet are not taken; a batch of them is
// offered, and what stands in the form stays.
func TestSeveralRows(t *testing.T) {
	t.Parallel()
	at := time.Now()
	d := newDesk(t, filled(company()), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return at } })
	rows := "甲公司\t1\t张三\t2\r\n\r\n乙公司\t3\t李四\t4\r\n"
	before := d.shown()
	d.paste(rows)
	if !strings.Contains(strings.Join(strings.Fields(d.shown()), ""), strings.Join(strings.Fields(fmt.Sprintf(d.words.Form.AskRows, 2)), "")) || d.Typing() {
		t.Errorf("nothing is asked:\n%s", d.shown())
	}
	d.shows(d.words.Form.ToBatch, d.words.Form.DoNotRows)
	if cmd := d.write("y"); cmd != nil {
		t.Error("a letter that came with the question has answered it")
	}
	d.write("n")
	if d.shown() != before {
		t.Errorf("the form has changed:\n%s", d.shown())
	}
	d.paste(rows)
	at = at.Add(time.Second)
	if msg := await[form.PastedRowsMsg](t, d.write("y")); msg.Rows != rows {
		t.Errorf("%q", msg.Rows)
	}
	if d.shown() != before || d.InProgress() || d.server.Requests() > 0 {
		t.Errorf("the form has changed, or has sent:\n%s", d.shown())
	}
}

// TestOneRow: one row is what it was before, and so are lines without cells.
func TestOneRow(t *testing.T) {
	t.Parallel()
	for _, pasted := range []string{"甲公司\t1\t张三\t2", "甲公司\t1\t张三\t2\r\n", "甲公司\r\n乙公司\r\n", "\t\t\r\n甲公司\t1", "北京"} {
		d := newDesk(t)
		d.paste(pasted)
		if !d.Typing() {
			t.Errorf("%q is taken for several rows", pasted)
		}
	}
}

// TestRowsWhileFilling: what is coming in neither takes the question about pasted
// rows away nor what stands in the form.
func TestRowsWhileFilling(t *testing.T) {
	t.Parallel()
	d, _, recs := remembering(t, 0)
	d.write("正在输入")
	for name, recall := range map[string]func() tea.Cmd{
		"from elsewhere": func() tea.Cmd { return d.Recall(recs[0]) },
		"by a walk":      func() tea.Cmd { return d.press("ctrl+p") },
	} {
		fill := recall()
		d.paste("甲公司\t1\n乙公司\t2\n")
		if next := d.Update(fill()); next != nil {
			d.Update(next())
		}
		if d.Typing() {
			t.Errorf("%s: the pasted rows are forgotten", name)
		}
		d.write("n")
		d.hides(recs[0].Query.Factors[juhe.Idcard])
		d.shows("正在输入")
	}
}

// TestPieces: labelled lines, and values between commas or blanks, fill the form
// if all four are there. Else they are text, with a remark on the number in it.
func TestPieces(t *testing.T) {
	t.Parallel()
	c := company()
	for _, pasted := range []string{
		"企业名称：" + c.Entname + "\n统一社会信用代码：" + c.Entmark + "\r\n法定代表人: " + c.Realname + "\n\n身份证号：" + c.Idcard + "\n",
		c.Realname + "，" + c.Idcard + "，" + c.Entname + "，" + c.Entmark,
		c.Entmark + " " + c.Entname + "  " + c.Idcard + " " + c.Realname + "\n",
		c.Entname + "\n" + c.Realname + "\n" + c.Entmark + "\n" + c.Idcard,
		"企业名称\t" + c.Entname + "\n统一社会信用代码\t" + c.Entmark + "\n注册资本\t100万元\n法定代表人\t" + c.Realname + "\n身份证号\t" + c.Idcard + "\n",
		"序号\t企业名称\t统一社会信用代码\t法定代表人\t身份证号\n1\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Realname + "\t" + c.Idcard + "\n",
	} {
		d := newDesk(t)
		d.paste(pasted)
		d.stands(c.Factors(juhe.APIQuery))
		if d.InProgress() || d.server.Requests() > 0 {
			t.Error("it has sent")
		}
	}
	d := newDesk(t)
	d.paste("企业名称\t" + c.Entname + "\n") // the label is nobody's name
	d.stands(juhe.Factors{juhe.Entname: c.Entname})
	d = newDesk(t)
	d.paste("客户 " + c.Realname + " 证件 " + c.Idcard)
	d.shows(d.words.Kinds["resident18"])
}
