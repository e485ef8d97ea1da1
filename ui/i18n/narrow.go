package i18n

import (
	"reflect"
	"strings"
)

// Narrow has every text written without the marks that some terminals draw two
// cells wide: quotation marks, dashes, arrows and the ellipsis.
func (t *Text) Narrow() {
	narrow(reflect.ValueOf(t).Elem(), strings.NewReplacer(
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "—", "-", "–", "-", "…", "~", "←", "<", "→", ">", "↑", "^", "↓", "v"))
}

func narrow(v reflect.Value, r *strings.Replacer) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.Replace(v.String()))
	case reflect.Struct:
		for _, field := range v.Fields() {
			narrow(field, r)
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			changed := reflect.New(value.Type()).Elem()
			changed.Set(value)
			narrow(changed, r)
			v.SetMapIndex(key, changed)
		}
	}
}
