package history_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/widget"
)

// variedRecords returns lookups with unusual names, numbers and order IDs.
func variedRecords() []lookup.Record {
	recs := records(14)
	for i, f := range []juhe.Factors{
		{juhe.Entname: "𠮷野家𠮷野家虚构餐饮有限公司", juhe.Entmark: "MAYYY0013", juhe.Realname: "𠮷田", juhe.Idcard: "E12345678"},
		{juhe.Entname: "Sample & Sons (Far East) Trading Co., Ltd.", juhe.Entmark: "1", juhe.Realname: "Jean-Luc O'Sample", juhe.Idcard: "1"},
		{juhe.Entname: "👍🏽👨‍👩‍👧🇨🇳表情公司", juhe.Entmark: "e\u0301", juhe.Realname: "👍", juhe.Idcard: "👨‍👩‍👧"},
		{juhe.Entname: "控\x1b[31m制\t符\u202e\n公司", juhe.Entmark: "\u200b", juhe.Realname: "\x1b[2J", juhe.Idcard: "\x07"},
		{juhe.Entname: strings.Repeat("天地玄黄", 40), juhe.Entmark: strings.Repeat("9", 90), juhe.Realname: strings.Repeat("欧阳", 20), juhe.Idcard: strings.Repeat("X", 50)},
		{juhe.Entname: "短", juhe.Entmark: "－", juhe.Realname: "单", juhe.Idcard: "12"},
	} {
		recs[i].Query.Factors = f
	}
	recs[6].Reply.Orderid = "订单\x1b[1m号"
	recs[7].At = noon.AddDate(0, 0, -20)
	recs[8].At = noon.AddDate(-3, 0, 0)
	return recs
}

// TestAligned: at every width the columns of all rows are aligned.
func TestAligned(t *testing.T) {
	t.Parallel()
	l := newLedger(t, variedRecords()...)
	for _, w := range i18n.Languages() {
		titles := []string{
			w.Labels["at"], w.History.Outcome, w.Fields[juhe.Entname].Label, w.Fields[juhe.Entmark].Label, w.Fields[juhe.Realname].Label + " ",
			w.Fields[juhe.Idcard].Label, w.Labels["code"], w.Labels["api"], w.Labels["orderid"],
		}
		s := newOpenScreen(t, w.Lang, l)
		for width := 60; width <= 200; width++ {
			s.SetSize(width, 30)
			lines := strings.Split(s.Shown(), "\n")
			var cells []int
			for _, title := range titles {
				if before, _, there := strings.Cut(lines[2], "  "+title); there {
					cells = append(cells, widget.Width(before)+2)
				}
			}
			if len(cells) < 3 || cells[0] != 2 {
				t.Fatalf("%s, %d: the columns begin at %v: %q", w.Lang, width, cells, lines[2])
			}
			for _, line := range lines[3:17] {
				for _, x := range cells[1:] {
					if gap := ansi.Cut(line, x-2, x); gap != "  " {
						t.Fatalf("%s, %d: %q before cell %d: %q", w.Lang, width, gap, x, line)
					}
				}
				if mark := ansi.Cut(line, cells[1], cells[1]+1); !strings.Contains("✓✗!?~-", mark) {
					t.Fatalf("%s, %d: the outcome begins with %q: %q", w.Lang, width, mark, line)
				}
			}
		}
	}
}

// TestColumns: a wider table has more columns.
func TestColumns(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(3)...)
	for _, test := range []struct {
		width int
		want  string
		not   string
	}{
		{60, "时间 结果 企业名称", "姓名"},
		{80, "时间 结果 企业名称 姓名 结果码", "证件号码"},
		{110, "时间 结果 企业名称 姓名 证件号码 结果码 接口", "企业标识"},
		{140, "时间 结果 企业名称 企业标识 姓名 证件号码 结果码 接口", "流水号"},
		{170, "时间 结果 企业名称 企业标识 姓名 证件号码 结果码 接口 流水号", "地址"},
	} {
		s := newOpenScreen(t, "zh", l)
		s.SetSize(test.width, 20)
		head := strings.Split(s.Shown(), "\n")[2]
		if got := strings.Join(strings.Fields(head), " "); got != test.want {
			t.Errorf("%d cells: %q, want %q", test.width, got, test.want)
		}
	}
}

// TestRow: a row and the detail below the table show the lookup.
func TestRow(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := newOpenScreen(t, w.Lang, newLedger(t, records(6)...))
		s.SetSize(200, 20)
		for i, o := range juhe.Outcomes() {
			rec := record(i)
			masked := lookup.MaskPerson(rec.Query.Factors)
			for _, text := range []string{
				w.Outcomes[o], masked[juhe.Entname], masked[juhe.Entmark], masked[juhe.Realname], masked[juhe.Idcard], string(rec.Query.API),
			} {
				if !strings.Contains(s.selectedRow(), text) {
					t.Errorf("%q is not in the row %q", text, s.selectedRow())
				}
			}
			s.AssertShows(w.Meaning(rec))
			s.AssertHides(rec.Query.Factors[juhe.Realname], rec.Query.Factors[juhe.Idcard])
			s.press("down")
		}
	}
}

// TestMisplacedMasked: an ID number in a company field is masked as well.
func TestMisplacedMasked(t *testing.T) {
	t.Parallel()
	rec := record(0)
	rec.Query.Factors[juhe.Entname] += rec.Query.Factors[juhe.Idcard]
	rec.Query.Factors[juhe.Entmark] = rec.Query.Factors[juhe.Idcard]
	s := newOpenScreen(t, "zh", newLedger(t, rec))
	for _, width := range []int{60, 100, 200} {
		s.SetSize(width, 20)
		s.AssertShows(s.words.Meaning(rec))
		s.AssertHides(rec.Query.Factors[juhe.Idcard])
	}
}

// TestTimes: times of today, of this year and older ones have the same width.
func TestTimes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		at   time.Time
		want string
	}{
		{noon, "今天 12:00   ✓"},
		{noon.Add(-12 * time.Hour), "今天 00:00   ✓"},
		{noon.Add(-12*time.Hour - time.Millisecond), "11-22 23:59  ✓"},
		{noon.Add(time.Hour), "今天 13:00   ✓"},
		{noon.AddDate(0, 0, 1), "11-24 12:00  ✓"},
		{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "01-01 00:00  ✓"},
		{time.Date(2025, 12, 31, 23, 59, 0, 0, time.UTC), "2025-12-31   ✓"},
		{noon.AddDate(-1, 0, 0), "2025-11-23   ✓"},
		{time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "2027-01-01   ✓"},
		{time.Date(2026, 11, 23, 1, 0, 0, 0, time.FixedZone("", 8*60*60)), "11-22 17:00  ✓"},
	} {
		rec := record(0)
		rec.At = test.at
		s := newOpenScreen(t, "zh", newLedger(t, rec))
		if got := strings.TrimPrefix(s.selectedRow(), "▸ "); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s is %q, want %q", test.at, got, test.want)
		}
	}
	s := newOpenScreen(t, "zh", newLedger(t, record(0)), func(o *history.Options) {
		o.Now = func() time.Time { return noon.In(time.FixedZone("", 8*60*60)) }
	})
	s.AssertShows("▸ 今天 20:00")
}
