package i18n

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// For gives the texts of a language, zh or en, or of the locale if lang is
// neither. A locale without a language, such as C, gets zh.
func For(lang string, env func(string) string) *Text {
	if lang != "zh" && lang != "en" {
		lang = locale(env)
	}
	if lang == "en" {
		return en()
	}
	return zh()
}

func locale(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := env(name)
		if value == "" {
			continue
		}
		if value == "C" || value == "POSIX" || strings.HasPrefix(value, "C.") || strings.HasPrefix(value, "zh") {
			return "zh"
		}
		return "en"
	}
	return "zh"
}

// Languages lists the texts of all languages.
func Languages() []*Text { return []*Text{zh(), en()} }

// Marks are what stands before the word of an outcome, and of what is said of
// a factor, so that neither is told by colour alone.
func Marks(ascii bool) (outcome, said map[string]string) {
	outcome = map[string]string{"match": "✓", "mismatch": "✗", "refused": "!", "unclear": "?", "lost": "~", "unsent": "-"}
	said = map[string]string{"agrees": "✓", "differs": "✗", "apart": "✗", "maybe": "?", "": "-"}
	if ascii {
		outcome["match"], outcome["mismatch"] = "+", "x"
		said["agrees"], said["differs"], said["apart"] = "+", "x", "x"
	}
	return outcome, said
}

// Meaning explains how a look-up ended: by its fault, by its code, or by the
// outcome of an endpoint that gives no code (0).
func (t *Text) Meaning(outcome, fault, detail string, code int) string {
	switch {
	case fault == "imported" && detail != "":
		return detail
	case fault != "" && detail != "":
		return t.Faults[fault] + t.Colon + t.System(detail)
	case fault != "":
		return t.Faults[fault]
	case code == 0:
		return t.Verdicts[outcome]
	}
	if c, ok := t.Codes[code]; ok {
		return c.Meaning
	}
	return t.undocumented(code)
}

// undocumented explains a code from the document's code format: 2 535 01.
func (t *Text) undocumented(code int) string {
	digits := strconv.Itoa(code)
	switch {
	case len(digits) == 6 && digits[0] == '2':
		return fmt.Sprintf(t.Levels["undocumented_service"], digits[1:4], digits[4:])
	case len(digits) == 6 && digits[0] == '1':
		return fmt.Sprintf(t.Levels["undocumented_system"], digits[4:])
	case len(digits) == 5 && digits[0] == '1':
		return fmt.Sprintf(t.Levels["undocumented_system"], digits[1:])
	}
	return t.Levels["undocumented"]
}

// Earlier tells of the look-up that answered, or that kept another from being
// sent: when it was, by which endpoint, and its outcome, empty while it is
// under way.
func (t *Text) Earlier(at, api, outcome string, answered bool) string {
	text := t.Earliers["stopped"]
	switch {
	case answered:
		text = t.Earliers["answered"]
	case outcome == "":
		text = t.Earliers["under_way"]
	}
	return strings.NewReplacer("{at}", at, "{api}", api, "{outcome}", t.Outcomes[outcome]).Replace(text)
}

// FromLedger says of a verdict that the ledger gives it, and when and by which
// endpoint it was got.
func (t *Text) FromLedger(at, api, meaning string) string {
	return strings.NewReplacer("{at}", at, "{api}", api, "{meaning}", meaning).Replace(t.Earliers["ledger"])
}

// Ledger says what is wrong with the ledger and what to do. path is the file
// that it is about, aside where a damaged one was put, and detail what the
// system said; the last two may be empty.
func (t *Text) Ledger(problem, path, aside, detail string) string {
	text, ok := t.Ledgers[problem]
	if moved, ok := t.Ledgers[problem+"/aside"]; ok && aside != "" {
		text = moved
	}
	if !ok {
		text = t.Ledgers["failed"]
	}
	text = strings.NewReplacer("{path}", path, "{aside}", aside).Replace(text)
	if detail != "" {
		text += fmt.Sprintf(t.Errors.Other, t.System(detail))
	}
	return text
}

// Line says what is wrong with a line to import.
func (t *Text) Line(problem, member string) string {
	return strings.ReplaceAll(t.Lines[problem], "{member}", member)
}

// NextStep says what to do about it, or nothing where nothing is to be done. Advice
// has texts by fault and by outcome; the closest one is taken.
func (t *Text) NextStep(outcome, fault string, code int) string {
	if c := t.Codes[code]; c.Next != "" {
		return c.Next
	}
	if text, ok := t.Advice[fault]; ok {
		return text
	}
	return t.Advice[outcome]
}

// Warning explains a remark on a field: a list, behind what its rule is, of what was
// changed or found. Else Rules has texts by rule, by rule/kind,
// by rule/field and by rule/field/kind; the closest one is taken.
func (t *Text) Warning(field, rule, kind string, changes []string) string {
	switch rule {
	case "changed":
		return t.listed(t.Rules[rule], t.Changes, changes)
	case "lookalike":
		return t.listed(t.Rules[rule], t.Findings, changes)
	case "name":
		return cmp.Or(t.listed("", t.Findings, changes), t.Rules[rule])
	}
	for _, name := range []string{rule + "/" + field + "/" + kind, rule + "/" + kind, rule + "/" + field, rule} {
		if text, ok := t.Rules[name]; ok {
			return strings.ReplaceAll(text, "{kind}", t.Kinds[kind])
		}
	}
	return rule
}

// Fact gives the label of a fact and its value in words. field is that of a
// remark.
func (t *Text) Fact(name, field, value string) (label, text string) {
	switch {
	case name == "billable":
		value = t.Billable[value]
	case name == "imported":
		value = t.Records.Imported
	case name == "remark":
		value = t.Fields[field].Label + t.Colon + value
	case name == "regstatus" && value == "":
		value = t.Result.NotGiven
	}
	return t.Facts[name], value
}
