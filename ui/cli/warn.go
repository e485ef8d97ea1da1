package cli

import (
	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// checkQuery makes sure, before anything is sent, that a query can be, and says what is
// odd about it. strict refuses what there is a warning on.
func (a *App) checkQuery(query juhe.Query, strict bool) error {
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		return usageError(a.lookupErrorText(problem))
	}
	_, remarks := lookup.Check(query, a.Now())
	warnings := lookup.NeedingConfirmation(remarks)
	for _, w := range warnings {
		a.errf("fourfactor: %s%s%s%s%s\n", a.words.Facts[string(lookup.FactWarning)], a.words.Colon, a.words.Fields[w.Field.String()].Label, a.words.Colon, lookup.WarningText(a.words, w))
	}
	if strict && len(warnings) > 0 {
		return usageError(a.words.CLI.Strict)
	}
	return nil
}
