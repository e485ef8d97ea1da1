package historycmd

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

// auditLine is an entry of the audit log as JSON.
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

// auditOptions are the flags of history audit.
type auditOptions struct{ json bool }

func newAudit(f *cli.Factory) *cobra.Command {
	var o auditOptions
	cmd := &cobra.Command{
		Use: "audit", Short: f.Messages.Records.Audit, Args: f.NoArgs,
		RunE: f.WithSession(f.LedgerSession, o.run),
	}
	cmd.Flags().BoolVar(&o.json, "json", false, f.Messages.CLI.FlagJSON)
	return cmd
}

// run prints the audit log, newest first.
func (o *auditOptions) run(ctx context.Context, s *cli.Session, _ []string) error {
	trail, partial := s.Ledger.AuditLog(ctx, 0)
	if partial != nil && !export.IsUnreadable(partial) {
		return partial
	}
	if len(trail) == 0 && partial == nil {
		s.Errf("%s\n", s.Messages.Records.NoAuditEvents)
		return nil
	}
	out := bufio.NewWriter(s.Out)
	if o.json {
		for _, t := range trail {
			if err := cli.PrintJSON(out, newAuditLine(t, s.Demo)); err != nil {
				return err
			}
		}
		return cmp.Or(out.Flush(), partial)
	}
	rows := make([][]string, len(trail))
	for i, t := range trail {
		rows[i] = auditRow(s, t)
	}
	out.WriteString((&cli.Table{}).Render(rows))
	return cmp.Or(out.Flush(), partial)
}

func newAuditLine(event lookup.AuditEvent, demo bool) auditLine {
	line := auditLine{Schema: 1, Demo: demo, At: event.At, Who: event.User, What: event.Action, ID: event.ID, Detail: event.Detail}
	if event.ID == "" && event.Action != lookup.AuditExportStarted {
		line.Count = &event.Count
	}
	if event.Action == lookup.AuditExport {
		line.Masked = &event.Masked
	}
	return line
}

// auditRow is an entry as a row: when, who, what, which or how many, details.
func auditRow(s *cli.Session, event lookup.AuditEvent) []string {
	w := s.Messages.Records
	about, detail := event.ID, juhe.Sanitize(event.Detail)
	if event.ID == "" && event.Action != lookup.AuditExportStarted {
		about = fmt.Sprintf(w.Count, event.Count)
	}
	if event.Action == lookup.AuditExport {
		person := w.Unmasked
		if event.Masked {
			person = w.Masked
		}
		detail += fmt.Sprintf(s.Messages.Errors.InParentheses, person)
	}
	return []string{event.At.Format(time.DateTime), juhe.Sanitize(event.User), s.Messages.AuditActions[event.Action], about, detail}
}
