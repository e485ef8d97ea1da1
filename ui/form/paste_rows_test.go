package form_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/form"
	"fourfactor/ui/uitest"
)

// TestPasteSeveralRows: several rows are offered as a batch, and the form stays as it
// is.
func TestPasteSeveralRows(t *testing.T) {
	t.Parallel()
	at := time.Now()
	s := newTestForm(t, withFactorsOf(firstCompany()), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return at } })
	rows := "甲公司\t1\t张三\t2\r\n\r\n乙公司\t3\t李四\t4\r\n"
	before := s.Shown()
	s.paste(rows)
	withoutBlanks := func(text string) string { return strings.Join(strings.Fields(text), "") }
	if want := fmt.Sprintf(s.words.Form.AskRows, 2); !strings.Contains(withoutBlanks(s.Shown()), withoutBlanks(want)) {
		t.Errorf("got no question %q:\n%s", want, s.Shown())
	}
	s.assertTyping(false)
	s.AssertShows(s.words.Form.OpenAsBatch, s.words.Form.DoNotOpenBatch)
	if cmd := s.write("y"); cmd != nil {
		t.Error("a letter typed before the question could be read has answered it")
	}
	s.write("n")
	s.assertShown(before)
	s.paste(rows)
	at = at.Add(time.Second)
	if msg := uitest.Await[form.PastedRowsMsg](t, s.write("y")); msg.Rows != rows {
		t.Errorf("%q", msg.Rows)
	}
	s.assertShown(before)
	s.assertNothingSent()
}

// TestPasteOneRow: one row, and lines without cells, are not offered as a batch.
func TestPasteOneRow(t *testing.T) {
	t.Parallel()
	for _, pasted := range []string{"甲公司\t1\t张三\t2", "甲公司\t1\t张三\t2\r\n", "甲公司\r\n乙公司\r\n", "\t\t\r\n甲公司\t1", "北京"} {
		s := newTestForm(t)
		s.paste(pasted)
		s.assertTyping(true)
	}
}

// TestPasteRowsWhileFilling: a pending fill replaces neither the question about
// pasted rows nor the form.
func TestPasteRowsWhileFilling(t *testing.T) {
	t.Parallel()
	s, _, recs := newFormWithHistory(t, 0)
	s.write("正在输入")
	for _, recall := range map[string]func() tea.Cmd{
		"from another screen": func() tea.Cmd { return s.Recall(recs[0]) },
		"by a step":           func() tea.Cmd { return s.press("ctrl+p") },
	} {
		fill := recall()
		s.paste("甲公司\t1\n乙公司\t2\n")
		if next := s.Update(fill()); next != nil {
			s.Update(next())
		}
		s.assertTyping(false)
		s.write("n")
		s.AssertHides(recs[0].Query.Factors[juhe.Idcard])
		s.AssertShows("正在输入")
	}
}

// TestPasteCommaSeparated: labelled lines and separated values fill the form if they
// have all four factors. Otherwise they are text.
func TestPasteCommaSeparated(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	for _, pasted := range []string{
		"企业名称：" + c.Entname + "\n统一社会信用代码：" + c.Entmark + "\r\n法定代表人: " + c.Realname + "\n\n身份证号：" + c.Idcard + "\n",
		c.Realname + "，" + c.Idcard + "，" + c.Entname + "，" + c.Entmark,
		c.Entmark + " " + c.Entname + "  " + c.Idcard + " " + c.Realname + "\n",
		c.Entname + "\n" + c.Realname + "\n" + c.Entmark + "\n" + c.Idcard,
		"企业名称\t" + c.Entname + "\n统一社会信用代码\t" + c.Entmark + "\n注册资本\t100万元\n法定代表人\t" + c.Realname + "\n身份证号\t" + c.Idcard + "\n",
		"序号\t企业名称\t统一社会信用代码\t法定代表人\t身份证号\n1\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Realname + "\t" + c.Idcard + "\n",
	} {
		s := newTestForm(t)
		s.paste(pasted)
		s.assertFactors(c.Factors(juhe.APIQuery))
		s.assertNothingSent()
	}
	s := newTestForm(t)
	s.paste("企业名称\t" + c.Entname + "\n") // a label is not a name
	s.assertFactors(juhe.Factors{juhe.Entname: c.Entname})
	s = newTestForm(t)
	s.paste("客户 " + c.Realname + " 证件 " + c.Idcard)
	s.AssertShows(s.words.Kinds["resident18"])
}
