package form_test

import (
	"testing"

	"fourfactor/juhe/ident"
)

// TestSuggest: company, mark and person are completed from earlier look-ups; a
// person is masked until then and leaves a trace, and what is offered is not
// what is sent.
func TestSuggest(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 1, 0)
	c := recs[1].Query.Factors // 北京晨星虚构科技有限公司, 张三
	d.see("北京晨星[虚构科技有限公司]", d.write("北京晨星"))
	done := d.press("right")
	d.shows(c.Entname)
	d.hides("[")
	d.see("["+c.Entmark+"]", done, d.press("tab"))
	d.press("right")
	d.see("["+ident.MaskName(c.Realname)+"]", d.press("tab"))
	d.hides(c.Realname)
	d.see("张[*]", d.write("张"))
	d.see(c.Realname, d.press("right"))
	if got := filledIn(t, l); len(got) != 1 || got[0] != recs[1].ID {
		t.Errorf("the audit trail tells of %v", got)
	}
	d.press("tab")
	d.hides("[")
	d.shows(c.Entname, c.Entmark, c.Realname)
	d.hides(c.Idcard)
}

// TestSuggestNothing: no guess for what nobody has looked up, nor in the middle
// of a text.
func TestSuggestNothing(t *testing.T) {
	t.Parallel()
	d, _, _ := remembering(t, 0)
	d.see("北京[晨星虚构科技有限公司]", d.write("北京"))
	d.press("left")
	d.hides("[")
	d.press("right")
	d.shows("北京[")
	d.write("没有")
	d.hides("[")
}
