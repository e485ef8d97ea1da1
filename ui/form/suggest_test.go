package form_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/ui/form"
)

// TestSuggest: company, mark and person are completed from earlier lookups; a
// person is masked until then and leaves a trace, and what is offered is not
// what is sent.
func TestSuggest(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 1, 0)
	c := recs[1].Query.Factors // 北京晨星虚构科技有限公司, 张三
	d.see("北京晨星[虚构科技有限公司]", d.write("北京晨星"))
	done := d.press("right")
	d.shows(c[juhe.Entname])
	d.hides("[")
	d.see("["+c[juhe.Entmark]+"]", done, d.press("tab"))
	d.press("right")
	d.see("["+ident.MaskName(c[juhe.Realname])+"]", d.press("tab"))
	d.hides(c[juhe.Realname])
	d.see("张[*]", d.write("张"))
	d.see(c[juhe.Realname], d.press("right"))
	if got := filledIn(t, l); len(got) != 1 || got[0] != recs[1].ID {
		t.Errorf("the audit trail tells of %v", got)
	}
	d.press("tab")
	d.hides("[")
	d.shows(c[juhe.Entname], c[juhe.Entmark], c[juhe.Realname])
	d.hides(c[juhe.Idcard])
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

// TestBetter: where the endpoint wants the organisation code, that of a credit code
// is offered, and for characters of private use the standard ones.
func TestBetter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		api          juhe.API
		field        juhe.Factor
		typed, offer string
	}{
		{juhe.APIQueryV2, juhe.Entmark, "91110199MAYYY0013X", "MAYYY0013"},
		{juhe.APIQueryV2, juhe.Entmark, "9111 0199-mayyy0013x", "MAYYY0013"},
		{juhe.APIQueryV2, juhe.Entmark, "91110199MAYYY00130", ""}, // a slip: perhaps in there
		{juhe.APIQueryV2, juhe.Entmark, "MAYYY0013", ""},
		{juhe.APIQuery, juhe.Entmark, "91110199MAYYY0013X", ""},
		{juhe.APIQuery, juhe.Realname, "\ue863三", "䶮三"},
		{juhe.APIQuery, juhe.Realname, "张三\ue5e5", "张三"},
		{juhe.APIQuery, juhe.Realname, "张\ue000", ""},
		{juhe.APIQuery, juhe.Entname, "\ue863虚构公司", "䶮虚构公司"},
	} {
		d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.API = test.api })
		for range test.field {
			d.press("tab")
		}
		d.write(test.typed)
		offered := "[▸ " + test.offer + "]"
		if test.offer == "" {
			d.hides("[▸")
			continue
		}
		d.shows(offered)
		d.press("right")
		d.hides(offered)
		if got := d.Query().Factors[test.field]; got != test.offer {
			t.Errorf("%q is in the field, want %q", got, test.offer)
		}
		d.press("ctrl+z")
		if got := d.Query().Factors[test.field]; got != test.typed {
			t.Errorf("%q is in the field, want %q back", got, test.typed)
		}
	}
}
