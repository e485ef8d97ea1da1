package cli

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/export"
)

// auditLine is an entry of the audit trail as JSON.
type auditLine struct {
	Schema int                `json:"schema"` // 1
	Demo   bool               `json:"demo,omitzero"`
	At     time.Time          `json:"at"`
	Who    string             `json:"who"`
	What   lookup.AuditAction `json:"what"`
	ID     string             `json:"id,omitzero"`
	Count  *int               `json:"count,omitzero"`
	Detail string             `json:"detail,omitzero"`
	Masked *bool              `json:"masked,omitzero"` // of an export
}

func (a *App) historyAuditCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "audit", Short: a.Messages.Records.Audit, Args: a.NoArgs,
		RunE: a.WithSession(a.LedgerSession, func(ctx context.Context, s *Session, _ []string) error { return a.runAudit(ctx, s, asJSON) }),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.Messages.CLI.FlagJSON)
	return cmd
}

// runAudit prints the audit trail, newest first.
func (a *App) runAudit(ctx context.Context, s *Session, asJSON bool) error {
	trail, partial := s.Ledger.AuditLog(ctx, 0)
	if partial != nil && !export.IsUnreadable(partial) {
		return partial
	}
	if len(trail) == 0 && partial == nil {
		a.Errf("%s\n", a.Messages.Records.NoAuditEvents)
		return nil
	}
	out := bufio.NewWriter(a.Out)
	if asJSON {
		for _, t := range trail {
			if err := PrintJSON(out, newAuditLine(t, s.Demo)); err != nil {
				return err
			}
		}
		return cmp.Or(out.Flush(), partial)
	}
	rows := make([][]string, len(trail))
	for i, t := range trail {
		rows[i] = a.auditRow(t)
	}
	out.WriteString((&Table{}).Render(rows))
	return cmp.Or(out.Flush(), partial)
}

func newAuditLine(t lookup.AuditEvent, demo bool) auditLine {
	line := auditLine{Schema: 1, Demo: demo, At: t.At, Who: t.User, What: t.Action, ID: t.ID, Detail: t.Detail}
	if t.ID == "" && t.Action != lookup.AuditExportStarted {
		line.Count = &t.Count
	}
	if t.Action == lookup.AuditExport {
		line.Masked = &t.Masked
	}
	return line
}

// auditRow is an entry as a row: when, who, what, which or how many, details.
func (a *App) auditRow(t lookup.AuditEvent) []string {
	w := a.Messages.Records
	about, detail := t.ID, juhe.Sanitize(t.Detail)
	if t.ID == "" && t.Action != lookup.AuditExportStarted {
		about = fmt.Sprintf(w.Count, t.Count)
	}
	if t.Action == lookup.AuditExport {
		person := w.Unmasked
		if t.Masked {
			person = w.Masked
		}
		detail += fmt.Sprintf(a.Messages.Errors.InParentheses, person)
	}
	return []string{t.At.Format(time.DateTime), juhe.Sanitize(t.User), a.Messages.AuditActions[string(t.Action)], about, detail}
}
