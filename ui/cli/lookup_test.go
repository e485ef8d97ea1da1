package cli

import (
	"context"
	"errors"
	"testing"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// faultyLedger has an audit log that cannot be written.
type faultyLedger struct{ ledger.Ledger }

func (faultyLedger) RecordAudit(context.Context, ...lookup.AuditEvent) error {
	return &lookup.LedgerError{Problem: lookup.LedgerFull}
}

// TestRevealUnaudited: nobody is shown in full unless the audit log has recorded it.
func TestRevealUnaudited(t *testing.T) {
	t.Parallel()
	s := &Session{Streams: &Streams{Messages: i18n.For("zh", nil)}, Ledger: faultyLedger{}}
	reveal, err := s.AuditReveal(t.Context(), true, lookup.Record{ID: "x"})
	var exit *ExitError
	if reveal || !errors.As(err, &exit) || exit.Code != ExitLedger {
		t.Errorf("got reveal %t, %v", reveal, err)
	}
	if reveal, err := s.AuditReveal(t.Context(), false, lookup.Record{ID: "x"}); reveal || err != nil {
		t.Errorf("masked: got reveal %t, %v", reveal, err)
	}
}
