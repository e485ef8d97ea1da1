package i18n

import (
	"strings"
)

// For returns the texts of a language, zh or en, or those of the locale if lang
// is neither. A locale without a language, such as C, is zh.
func For(lang string, env func(string) string) *Messages {
	if lang != "zh" && lang != "en" {
		lang = locale(env)
	}
	return newMessages(pickOf(lang))
}

// pickOf returns the function that picks the texts of a language.
func pickOf(lang string) pick {
	if lang == "en" {
		return func(_, en string) string { return en }
	}
	return func(zh, _ string) string { return zh }
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

// Languages returns the texts of all languages.
func Languages() []*Messages { return []*Messages{For("zh", nil), For("en", nil)} }

// ASCII replaces the characters that some terminals draw two cells wide:
// quotation marks, dashes, arrows and the ellipsis.
func (t *Messages) ASCII() {
	l, narrow := pickOf(t.Lang), strings.NewReplacer(
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "—", "-", "–", "-", "…", "~", "←", "<", "→", ">", "↑", "^", "↓", "v")
	*t = *newMessages(func(zh, en string) string { return narrow.Replace(l(zh, en)) })
}
