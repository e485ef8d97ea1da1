package result_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/widget"
)

// TestMasked: the person never appears on the screen, in the raw answer or in a copy,
// unless revealed.
func TestMasked(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	for _, c := range mockserver.Companies() {
		for _, api := range juhe.APIs() {
			for _, slug := range []string{"", "echo-in-text", "echo-in-html", "desc-contradicts", "misplaced"} {
				t.Run(c.Realname+"/"+string(api)+"/"+slug, func(t *testing.T) {
					t.Parallel()
					q := juhe.Query{API: api, Factors: c.Factors(api), Regstatus: true}
					switch slug {
					case "":
					case "misplaced": // the person's number in the company fields as well
						id := mockserver.Companies()[0].Idcard
						q.Factors[juhe.Idcard], q.Factors[juhe.Entname], q.Factors[juhe.Entmark] = id, q.Factors[juhe.Entname]+" "+id, id
					default:
						q.Factors[juhe.Entname] = queryCase(t, slug).Factors[juhe.Entname]
					}
					s := newScreen(t, "zh", nil)
					s.Show(lookUp(t, verifier, q))
					assertMasked(t, s.everything(), q.Factors)
					s.reveal()
					s.AssertShows(q.Factors[juhe.Realname], q.Factors[juhe.Idcard])
					if text, _ := s.pressCopy("c"); !strings.Contains(text, q.Factors[juhe.Idcard]) {
						t.Errorf("a copy of what is revealed is masked:\n%s", text)
					}
				})
			}
		}
	}
}

func assertMasked(t *testing.T, all string, f juhe.Factors) {
	t.Helper()
	if !strings.Contains(all, lookup.MaskPerson(f)[juhe.Realname]) || !strings.Contains(all, lookup.MaskPerson(f)[juhe.Entname]) {
		t.Errorf("neither the company nor the masked person is there:\n%s", all)
	}
	for _, secret := range []string{f[juhe.Realname], f[juhe.Idcard], mockserver.Key, mockserver.Openid} {
		if at := strings.Index(all, secret); at >= 0 {
			t.Errorf("%s is shown: %.200s", secret, all[max(0, at-80):])
		}
	}
}

// TestReveal: x shows the person, and only the end of that reveal hides it.
func TestReveal(t *testing.T) {
	t.Parallel()
	q := queryNamed(juhe.APIQuery, "某公司")
	rec := lookUp(t, newMockVerifier(t), q)
	s := newScreen(t, "zh", nil)
	revealed := func() bool { return strings.Contains(s.Shown(), q.Factors[juhe.Idcard]) }
	expect := func(want bool, when string) {
		t.Helper()
		if revealed() != want {
			t.Errorf("%s: revealed is %t", when, revealed())
		}
	}
	s.Show(rec)
	expect(false, "at first")
	first := s.reveal()
	expect(true, "after x")
	s.Update(first)
	expect(false, "at the end of the reveal")

	second := s.reveal()
	s.Update(first)
	expect(true, "at the end of the reveal before")
	s.press("x")
	expect(false, "after a second x")
	third := s.reveal()
	s.Update(second)
	expect(true, "at the end of the reveal that was taken back")
	s.Show(rec)
	expect(false, "with the next record")
	fourth := s.reveal()
	s.Update(third)
	expect(true, "at the end of the reveal of the record before")
	s.Update(fourth)
	expect(false, "at its own end")
}

// reveal presses x and returns the message that ends the reveal.
func (s testScreen) reveal() tea.Msg {
	s.t.Helper()
	var end tea.Msg
	said := false
	var all []tea.Msg
	for _, traced := range s.press("x") {
		all = append(all, run(s.Update(traced))...)
	}
	for _, msg := range all {
		if status, ok := msg.(widget.StatusMsg); ok {
			said = status.Text == fmt.Sprintf(s.words.Result.Revealed, s.words.Duration(time.Nanosecond))
			continue
		}
		end = msg
	}
	if end == nil || !said {
		s.t.Fatalf("a reveal has end %v, said: %t", end, said)
	}
	return end
}
