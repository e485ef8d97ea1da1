package batch

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/kit"
)

type pastedMsg struct {
	id   int
	path string
	err  error
}

// Paste begins a new run with rows that were pasted: cells between tabs. They
// are kept in a file of this person alone, for the run may have to go on with
// them another day.
func (s *Screen) Paste(rows string) tea.Cmd {
	switch {
	case s.UnderWay():
		return s.oneAtATime()
	case s.job.underWay():
		return nil
	}
	drop := s.drop()
	s.page, s.export = pageList, nil
	path := filepath.Join(s.Pasted, pastedName+"-"+s.Now().Format("20060102-150405")+"-"+unique()+".tsv")
	return tea.Batch(drop, s.begin(s.Words.Batch.Opening, func(_ context.Context, id int) tea.Msg {
		return pastedMsg{id, path, keep(path, rows)}
	}))
}

// pastedName begins the names of their files.
const pastedName = "pasted"

// unique keeps two names of the same second apart.
func unique() string {
	var b [3]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// keep writes rows to a new file. A terminal sends a carriage return for the
// end of a line.
func keep(path, rows string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(rows))
	if shut := file.Close(); err == nil {
		err = shut
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

// pasted opens what has been kept.
func (s *Screen) pasted(msg pastedMsg) tea.Cmd {
	if !s.finish(msg.id) {
		return nil
	}
	switch {
	case msg.err != nil:
		return kit.Say(kit.Error, fmt.Sprintf(s.Words.Batch.NotKept, juhe.Harmless(msg.err.Error())))
	case s.job.cancelled:
		return s.remove(msg.path)
	}
	return s.openFile(msg.path)
}

// isPasted tells whether a file holds pasted rows.
func (s *Screen) isPasted(path string) bool { return filepath.Dir(path) == s.Pasted }

// removePasted removes pasted rows once a run has a verdict for each of them:
// nothing is left to go on with.
func (s *Screen) removePasted(sum engine.Summary) {
	done := sum.Finished() && sum.Run.Written != "" && concluded(sum)+sum.Run.Duplicate == sum.Run.Rows
	if done && s.isPasted(sum.Run.Path) {
		os.Remove(sum.Run.Path)
	}
}

func (s *Screen) remove(path string) tea.Cmd {
	return s.work(func() tea.Msg {
		os.Remove(path)
		return nil
	})
}
