package i18n

import "strings"

// Input says why a factor, called label, cannot be sent, and the cure.
func (t *Text) Input(problem, label string) string {
	return strings.ReplaceAll(t.Inputs[problem], "{field}", label)
}

// listed is a list of texts by their names, behind what they are. Records of other
// versions may not know or have them.
func (t *Text) listed(head string, texts map[string]string, names []string) string {
	var all []string
	for _, name := range names {
		if text := texts[name]; text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return strings.TrimSuffix(head, t.Colon)
	}
	return head + strings.Join(all, t.Semicolon)
}
