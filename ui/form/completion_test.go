package form_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/ui/form"
)

// TestCompletion: company, company ID and person are completed from earlier lookups. A
// person is masked and audited, and a suggestion is not sent.
func TestCompletion(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 1, 0)
	c := recs[1].Query.Factors // 北京晨星虚构科技有限公司, 张三
	s.runUntilShown("北京晨星[虚构科技有限公司]", s.write("北京晨星"))
	done := s.press("right")
	s.AssertShows(c[juhe.Entname])
	s.AssertHides("[")
	s.runUntilShown("["+c[juhe.Entmark]+"]", done, s.press("tab"))
	s.press("right")
	s.runUntilShown("["+ident.MaskName(c[juhe.Realname])+"]", s.press("tab"))
	s.AssertHides(c[juhe.Realname])
	s.runUntilShown("张[*]", s.write("张"))
	s.runUntilShown(c[juhe.Realname], s.press("right"))
	assertFills(t, l, recs[1].ID)
	s.press("tab")
	s.AssertHides("[")
	s.AssertShows(c[juhe.Entname], c[juhe.Entmark], c[juhe.Realname])
	s.AssertHides(c[juhe.Idcard])
}

// TestNoCompletion: there is no suggestion without an earlier lookup or in the middle
// of a text.
func TestNoCompletion(t *testing.T) {
	t.Parallel()
	s, _, _ := newFormWithHistory(t, 0)
	s.runUntilShown("北京[晨星虚构科技有限公司]", s.write("北京"))
	s.press("left")
	s.AssertHides("[")
	s.press("right")
	s.AssertShows("北京[")
	s.write("没有")
	s.AssertHides("[")
}

// TestCorrection: an organisation code within a credit code and standard characters
// for private-use ones are offered.
func TestCorrection(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		api          juhe.API
		field        juhe.Factor
		typed, offer string
	}{
		{juhe.APIQueryV2, juhe.Entmark, "91110199MAYYY0013X", "MAYYY0013"},
		{juhe.APIQueryV2, juhe.Entmark, "9111 0199-mayyy0013x", "MAYYY0013"},
		{juhe.APIQueryV2, juhe.Entmark, "91110199MAYYY00130", ""}, // the mistake may be in the organisation code
		{juhe.APIQueryV2, juhe.Entmark, "MAYYY0013", ""},
		{juhe.APIQuery, juhe.Entmark, "91110199MAYYY0013X", ""},
		{juhe.APIQuery, juhe.Realname, "\ue863三", "䶮三"},
		{juhe.APIQuery, juhe.Realname, "张三\ue5e5", "张三"},
		{juhe.APIQuery, juhe.Realname, "张\ue000", ""},
		{juhe.APIQuery, juhe.Entname, "\ue863虚构公司", "䶮虚构公司"},
	} {
		s := newTestForm(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.API = test.api })
		for range test.field {
			s.press("tab")
		}
		s.write(test.typed)
		offered := "[▸ " + test.offer + "]"
		if test.offer == "" {
			s.AssertHides("[▸")
			continue
		}
		s.AssertShows(offered)
		s.press("right")
		s.AssertHides(offered)
		if got := s.Query().Factors[test.field]; got != test.offer {
			t.Errorf("%q is in the field, want %q", got, test.offer)
		}
		s.press("ctrl+z")
		if got := s.Query().Factors[test.field]; got != test.typed {
			t.Errorf("%q is in the field, want %q back", got, test.typed)
		}
	}
}
