package i18n

import (
	"errors"
	"fmt"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/config"
)

// ErrorText explains a *config.Error, config.ErrMissing, a *lookup.LedgerError, a
// *lookup.InputError, a *batch.Error, a *table.ReadError or a *detect.MappingError. Any other error keeps its text; nil is "".
func (t *Messages) ErrorText(err error) string {
	var ledgerErr *lookup.LedgerError
	var run *batch.Error
	var read *table.ReadError
	var mapping *detect.MappingError
	var input *lookup.InputError
	var setting *config.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &input):
		return t.Input(input.Problem, t.Fields[input.Factor].Label)
	case errors.As(err, &mapping):
		return t.Runs.Problems[batch.ProblemMapping] + t.Colon + t.mappingError(mapping)
	case errors.As(err, &run):
		return t.runError(run)
	case errors.As(err, &read):
		return t.readError(read)
	case errors.As(err, &ledgerErr):
		return t.ledgerError(ledgerErr) // its cause may be one of the config
	case errors.Is(err, config.ErrMissing):
		return t.Errors.NotConfigured
	case errors.As(err, &setting):
		return t.configError(setting)
	}
	return juhe.Sanitize(err.Error())
}

// NotSentText is ErrorText for what was to be sent: it also explains that a credential
// cannot be read. replaceKey is the key that replaces it.
func (t *Messages) NotSentText(err error, replaceKey string) string {
	var credential *juhe.CredentialError
	switch {
	case !errors.As(err, &credential):
		return t.ErrorText(err)
	case credential.Name == "openid":
		return fmt.Sprintf(t.Form.BadOpenid, juhe.Sanitize(credential.Err.Error()), replaceKey)
	}
	return fmt.Sprintf(t.Form.BadKey, juhe.Sanitize(credential.Err.Error()), replaceKey)
}

// runError returns why a run cannot start or be resumed. A detail without a place in the
// text is appended.
func (t *Messages) runError(e *batch.Error) string {
	labels := make([]string, len(e.Fields))
	for i, name := range e.Fields {
		labels[i] = t.factorLabel(name)
	}
	detail := e.Detail
	if e.Err != nil {
		detail = innermostText(e.Err)
	}
	text := t.Runs.Problems[e.Problem]
	if detail != "" && !strings.Contains(text, "{detail}") {
		text += t.Colon + "{detail}"
	}
	text = strings.NewReplacer("{path}", juhe.Sanitize(e.Path), "{detail}", juhe.Sanitize(detail), "{fields}", strings.Join(labels, t.Semicolon)).Replace(text)
	if e.Sheet != "" {
		text += fmt.Sprintf(t.Runs.InSheet, juhe.Sanitize(e.Sheet))
	}
	return text
}

// factorLabel returns the label of the factor with the given parameter name, or "".
func (t *Messages) factorLabel(name string) string {
	if f, ok := juhe.ParseFactor(name); ok {
		return t.Fields[f].Label
	}
	return ""
}

// innermostText returns the text of the innermost error, without the path that the
// message already has.
func innermostText(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// readError returns why a table cannot be read, and where.
func (t *Messages) readError(e *table.ReadError) string {
	text := strings.NewReplacer("{path}", juhe.Sanitize(e.Path), "{detail}", juhe.Sanitize(e.Detail)).Replace(t.Runs.ReadProblems[e.Problem])
	switch {
	case e.Row > 0 && e.Column > 0:
		text += fmt.Sprintf(t.Runs.ReadCell, e.Row, table.ColumnName(e.Column-1))
	case e.Row > 0:
		text += fmt.Sprintf(t.Runs.ReadRow, e.Row)
	}
	return text
}

// mappingError returns what is wrong with a part of a column mapping.
func (t *Messages) mappingError(e *detect.MappingError) string {
	allowed := make([]string, len(e.Allowed))
	for i, text := range e.Allowed {
		allowed[i] = juhe.Sanitize(text)
	}
	return strings.NewReplacer("{part}", juhe.Sanitize(e.Part), "{allowed}", strings.Join(allowed, t.Semicolon)).Replace(t.Runs.MappingProblems[e.Problem])
}

// ledgerError returns what is wrong with the ledger and what to do.
func (t *Messages) ledgerError(e *lookup.LedgerError) string {
	text, ok := t.Ledgers[e.Problem]
	switch {
	case !ok:
		text = t.Ledgers[lookup.LedgerFailed]
	case e.Problem == lookup.LedgerDamaged && e.MovedTo != "":
		text = t.LedgerAside
	}
	text = strings.NewReplacer("{path}", juhe.Sanitize(e.Where), "{aside}", juhe.Sanitize(e.MovedTo)).Replace(text)
	if e.Err != nil {
		text += fmt.Sprintf(t.Errors.InParentheses, t.System(juhe.Sanitize(e.Err.Error())))
	}
	return text
}

// configError returns what is wrong with the config, and where.
func (t *Messages) configError(e *config.Error) string {
	w, problem, other := t.Errors, t.Errors.Config[e.Problem], t.System(e.Other)
	if e.File == "HOME" {
		return w.NoHome
	}
	if e.Problem == config.ProblemConflict && e.Key == e.Other {
		problem, other = w.SetTwice, ""
	}
	var b strings.Builder
	b.WriteString(juhe.Sanitize(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(t.Colon + problem)
	for _, about := range []string{e.Key, e.Value} {
		if about != "" {
			fmt.Fprintf(&b, " %q", about)
		}
	}
	for _, more := range []struct{ format, value string }{
		{w.Nearest, e.Nearest}, {w.Allowed, e.Allowed}, {w.InParentheses, other},
	} {
		if more.value != "" {
			fmt.Fprintf(&b, more.format, more.value)
		}
	}
	return b.String()
}
