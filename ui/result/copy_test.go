package result_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestCopy: c copies the whole result as text, regardless of the window's width.
func TestCopy(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("天地玄黄宇宙洪荒", 6) + "有限公司"
	rec := lookUp(t, newMockVerifier(t), queryNamed(juhe.APIQuery, long))
	s := newScreen(t, "zh", nil)
	s.Show(rec)
	s.SetSize(60, 10)
	text, said := s.pressCopy("c")
	if said != (widget.StatusMsg{Severity: widget.Note, Text: fmt.Sprintf(s.words.Result.CopyMethods["tmux"], s.words.Result.CopiedText)}) {
		t.Errorf("got status %+v", said)
	}
	if text != ansi.Strip(text) || strings.Contains(text, " \n") || !strings.HasSuffix(text, "\n") {
		t.Errorf("%q is no plain text", text)
	}
	masked := lookup.MaskPerson(rec.Query.Factors)
	for _, want := range []string{
		long, masked[juhe.Entmark], masked[juhe.Realname], masked[juhe.Idcard], s.words.Outcomes[rec.Reply.Outcome],
		s.words.Meaning(rec), s.words.NextStep(rec), rec.ID, rec.Service,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the copy:\n%s", want, text)
		}
	}
	s.SetSize(200, 50)
	if again, _ := s.pressCopy("c"); again != text {
		t.Errorf("in a wide window the copy is another one:\n%s", again)
	}
}

// TestCopyJSON: j copies the JSON line that the commands print.
func TestCopyJSON(t *testing.T) {
	t.Parallel()
	c := mockserver.Companies()[0]
	rec := lookUp(t, newMockVerifier(t), juhe.Query{API: juhe.APIQuery, Factors: c.Factors(juhe.APIQuery)})
	for _, demo := range []bool{true, false} {
		for _, reveal := range []bool{true, false} {
			t.Run(fmt.Sprintf("demo %t, revealed %t", demo, reveal), func(t *testing.T) {
				t.Parallel()
				s := newScreen(t, "zh", func(o *result.Options) { o.Demo = demo })
				s.Show(rec)
				if reveal {
					s.reveal()
				}
				text, said := s.pressCopy("j")
				want := s.words.Result.CopiedJSON
				if reveal {
					want = fmt.Sprintf(s.words.Result.WithPerson, want)
				}
				if said.Text != fmt.Sprintf(s.words.Result.CopyMethods["tmux"], want) || strings.Contains(text, "\n") {
					t.Errorf("%q, said %q", text, said.Text)
				}
				line := map[string]any{}
				if err := json.Unmarshal([]byte(text), &line); err != nil {
					t.Fatal(err)
				}
				for name, want := range map[string]any{"id": rec.ID, "outcome": "match", "masked": !reveal} {
					if got := line[name]; got != want {
						t.Errorf("%s: got %v, want %v", name, got, want)
					}
				}
				if got := line["demo"] == true; got != demo {
					t.Errorf("demo: got %t, want %t", got, demo)
				}
				if got := line["idcard"] == c.Idcard; got != reveal {
					t.Errorf("got the ID number revealed: %t, want %t", got, reveal)
				}
			})
		}
	}
}

// TestCopyRaw: on the raw page c copies the raw answer, which never contains the
// person.
func TestCopyRaw(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), queryCase(t, "bom"))
	s := newScreen(t, "zh", nil)
	s.Show(rec)
	s.reveal()
	s.press("o")
	text, said := s.pressCopy("c")
	if text != rec.Reply.Raw || text == "" {
		t.Errorf("got %q, want %q", text, rec.Reply.Raw)
	}
	if want := fmt.Sprintf(s.words.Result.CopyMethods["tmux"], s.words.Result.CopiedRaw); said.Text != want {
		t.Errorf("got %q, want %q", said.Text, want)
	}
}

// TestCopyOfDemo: a copy says that it is from the demo.
func TestCopyOfDemo(t *testing.T) {
	t.Parallel()
	for _, demo := range []bool{true, false} {
		s := newScreen(t, "zh", func(o *result.Options) { o.Demo = demo })
		s.Show(lookUp(t, newMockVerifier(t), queryCase(t, "bom")))
		verdict, _ := s.pressCopy("c")
		s.press("o")
		raw, _ := s.pressCopy("c")
		for _, text := range []string{verdict, raw} {
			if got := strings.Contains(text, s.words.App.Demo+s.words.Colon); got != demo {
				t.Errorf("demo %t, but the copy says 演示: %t\n%s", demo, got, text)
			}
		}
	}
}

// TestCopyFails: the status shows the sanitized error.
func TestCopyFails(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", func(o *result.Options) {
		o.Clipboard = &uitest.Clipboard{Err: errors.New("no\x1b[2J\ndevice")}
	})
	s.Show(lookUp(t, newMockVerifier(t), queryCase(t, "bom")))
	for _, letter := range []string{"c", "j"} {
		_, said := s.pressCopy(letter)
		if said != (widget.StatusMsg{Severity: widget.Error, Text: fmt.Sprintf(s.words.Result.CopyFailed, "no␛[2J␊device")}) {
			t.Errorf("got status %+v", said)
		}
	}
}

// TestMessages: keys send the right messages to the root.
func TestMessages(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), queryCase(t, "bom"))
	s := newScreen(t, "zh", nil)
	s.Show(rec)
	for letter, want := range map[string]tea.Msg{
		"e": result.EditMsg{Record: rec}, "n": result.NewMsg{}, "r": result.RecallMsg{Record: rec},
	} {
		if got := s.press(letter); !reflect.DeepEqual(got, []tea.Msg{want}) {
			t.Errorf("%s gives %v, want %v", letter, got, want)
		}
	}
	if got := s.press("z"); got != nil {
		t.Errorf("z gives %v", got)
	}
}
