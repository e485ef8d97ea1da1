package batch_test

import (
	"fmt"
	"testing"

	"fourfactor/ui/i18n"
)

// TestEmpty: an empty list says what to do.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.UntilShown(d.Open(), w.Batch.Empty, fmt.Sprintf(w.Batch.EmptyNext, "n"))
		if d.TakesBack() || d.Typing() {
			t.Error("the back key leads nowhere")
		}
	}
}
