package cli

import (
	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// fit makes sure, before anything is sent, that a query can be, and says what is
// odd about it. strict refuses what there is a warning on.
func (a *App) fit(query juhe.Query, strict bool) error {
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		return usage(a.lookupText(problem))
	}
	_, remarks := lookup.Check(query, a.Now())
	warnings := lookup.NeedingConfirmation(remarks)
	for _, w := range warnings {
		a.tell("fourfactor: %s%s%s%s%s\n", a.words.Facts[string(lookup.FactWarning)], a.words.Colon, a.words.Fields[string(w.Field)].Label, a.words.Colon, lookup.WarningText(a.words, w))
	}
	if strict && len(warnings) > 0 {
		return usage(a.words.CLI.Strict)
	}
	return nil
}
