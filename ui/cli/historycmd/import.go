package historycmd

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

func newImport(f *cli.Factory) *cobra.Command {
	w := f.Messages.Records
	return &cobra.Command{
		Use: "import FILE", Short: w.Import, Long: w.ImportLong, Args: cobra.ExactArgs(1),
		ValidArgsFunction: cobra.FixedCompletions([]string{"jsonl"}, cobra.ShellCompDirectiveFilterFileExt),
		RunE:              f.WithSession(f.LedgerSession, runImport),
	}
}

// importLineLimit is the longest line of an import, in bytes.
const importLineLimit = 1 << 20

// importGroupSize is the number of lookups that are imported at once.
const importGroupSize = 1000

// runImport imports an export, if every line of it is valid.
func runImport(ctx context.Context, s *cli.Session, args []string) error {
	path := args[0]
	file, err := openRegular(path)
	if err != nil {
		return cli.UsageError(juhe.Sanitize(err.Error()))
	}
	defer file.Close()
	if lines, err := checkImport(ctx, s, file, path); err != nil || lines == 0 {
		return cmp.Or(err, cli.UsageError(fmt.Sprintf(s.Messages.Records.NoLookups, juhe.Sanitize(path))))
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return cli.UsageError(juhe.Sanitize(err.Error()))
	}
	i := &importer{Session: s}
	err = eachLine(ctx, s, file, path, func(rec lookup.Record) error { return i.add(ctx, rec) })
	if err == nil {
		err = i.flush(ctx)
	}
	if traceErr := i.recordAudit(ctx, path); err == nil {
		err = traceErr
	}
	switch {
	case err == nil:
		s.Errf(s.Messages.Records.Added+"\n", i.added, i.read-i.added-i.restored)
	case i.added > 0:
		s.Errf(s.Messages.Records.AddedPart+"\n", i.added)
	}
	if i.restored > 0 {
		s.Errf(s.Messages.Records.Restored+"\n", i.restored)
	}
	return err
}

// checkImport reads the whole file and returns the number of lookups, before
// anything is imported.
func checkImport(ctx context.Context, s *cli.Session, file io.Reader, path string) (lines int, err error) {
	err = eachLine(ctx, s, file, path, func(lookup.Record) error { lines++; return nil })
	if exit, ok := errors.AsType[*cli.ExitError](err); ok {
		exit.Text += s.Messages.Semicolon + s.Messages.Records.NothingImported
	}
	return lines, err
}

// importer adds lookups in groups.
type importer struct {
	*cli.Session
	group                 []lookup.Record
	read, added, restored int
}

func (i *importer) add(ctx context.Context, rec lookup.Record) error {
	i.read++
	if i.group = append(i.group, rec); len(i.group) < importGroupSize {
		return nil
	}
	return i.flush(ctx)
}

func (i *importer) flush(ctx context.Context) error {
	n, err := i.Ledger.Restore(ctx, i.group)
	i.restored += n
	if err == nil {
		n, err = i.Ledger.Import(ctx, i.group)
		i.added += n
	}
	i.group = i.group[:0]
	return err
}

// recordAudit records the import in the audit log, even an interrupted one.
func (i *importer) recordAudit(ctx context.Context, path string) error {
	return i.Ledger.RecordAudit(context.WithoutCancel(ctx), lookup.AuditEvent{
		Action: lookup.AuditImport, Count: i.added + i.restored, Detail: juhe.Sanitize(filepath.Base(path)),
	})
}

// eachLine calls each for every lookup of an export. The first invalid line ends
// it with an error that names the line.
func eachLine(ctx context.Context, s *cli.Session, file io.Reader, path string, each func(lookup.Record) error) error {
	in := bufio.NewReaderSize(file, 64<<10)
	for n := 1; ; n++ {
		text, problem, err := readBoundedLine(in)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && !errors.Is(err, io.EOF):
			return cli.UsageError(juhe.Sanitize(err.Error()))
		}
		if n == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if text = bytes.TrimSpace(text); len(text) > 0 || problem != "" {
			rec, wrong := parseImportLine(s, text, problem)
			if wrong != "" {
				return cli.UsageError(fmt.Sprintf(s.Messages.Records.BadLine, juhe.Sanitize(path), n, wrong))
			}
			if err := each(rec); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// parseImportLine returns the lookup of a line, or what is wrong with the line.
func parseImportLine(s *cli.Session, text []byte, problem lookup.JSONProblem) (rec lookup.Record, wrong string) {
	if problem != "" {
		return rec, s.Messages.ImportProblem(problem, "")
	}
	rec, line, err := lookup.ParseRecordJSON(text)
	var bad *lookup.JSONError
	switch {
	case line.Demo && !s.Demo:
		return rec, s.Messages.ImportProblem(lookup.JSONDemo, "")
	case errors.As(err, &bad):
		return rec, s.Messages.ImportProblem(bad.Problem, bad.Member)
	}
	return rec, ""
}

// readBoundedLine reads a line. problem is JSONTooLong for one over the limit, the
// rest of which is not read.
func readBoundedLine(in *bufio.Reader) (text []byte, problem lookup.JSONProblem, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(text)+len(part) > importLineLimit {
			return nil, lookup.JSONTooLong, nil
		}
		text = append(text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, "", err
		}
	}
}

// openRegular opens a regular file, which can be read twice.
func openRegular(path string) (*os.File, error) {
	// Opening a pipe without a writer blocks.
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &os.PathError{Op: "open", Path: path, Err: errors.New("not a regular file")}
	}
	return os.Open(path)
}
