package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// newPastedRun creates a run of two rows that an older version kept in a plain
// file, with sent rows already sent.
func (r *fixture) newPastedRun(t *testing.T, sent string) (file, id string) {
	t.Helper()
	text := ""
	for _, company := range mockserver.Companies()[:2] {
		f := company.Factors(juhe.APIQuery)
		text += strings.Join(f[:], "\t") + "\n"
	}
	file = filepath.Join(r.dataDir(), "pasted", "pasted-20261122-100000-aa.tsv")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r.configure(t, "[guard]\ndaily_limit = "+sent+"\n")
	out := filepath.Join(r.home, "out.csv")
	if got := r.run("", "batch", "run", file, "--header-row", "0", "--map", "entname=A,entmark=B,realname=C,idcard=D", "--out", out, "--yes"); got.code != cli.ExitUnfinished {
		t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
	}
	r.configure(t, "")
	got := r.run("", "history", "list", "--json").out
	if id, _, _ = strings.Cut(got, `","at"`); id != "" {
		id = id[strings.LastIndex(id, `"`)+1:]
	}
	return file, id
}

// TestPlainPasted: commands move pasted rows of older versions into the ledger,
// so that deleting reaches them.
func TestPlainPasted(t *testing.T) {
	t.Parallel()
	later := time.Now().Add(48 * time.Hour)
	for name, left := range map[string]bool{"check": true, "batch list": true, "batch resume": false, "history delete": false, "history purge": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			file, id := r.newPastedRun(t, "1")
			args := strings.Fields(name)
			input := ""
			switch name {
			case "check":
				args, input = append(args, "--stdin"), companyJSON(mockserver.Companies()[2])
			case "batch resume":
				args = append(args, "1", "--yes")
			case "history delete":
				args = append(args, id)
			case "history purge":
				args = append(args, "--older-than", "12h")
			}
			if got := r.runAt(later, input, args...); got.code != 0 {
				t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
			}
			if _, err := os.Stat(file); !os.IsNotExist(err) {
				t.Errorf("%s is there: %v", file, err)
			}
			want := cli.ExitUsage // nothing is left to send
			if left {
				want = cli.ExitOK
			}
			if got := r.runAt(later, "", "batch", "resume", "1", "--yes"); got.code != want {
				t.Errorf("exit %d, want %d: %s%s", got.code, want, got.out, got.err)
			}
		})
	}
}

// TestPurgePastedAlone: a purge deletes the pasted rows of a run that has sent
// none.
func TestPurgePastedAlone(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	if got := r.run(companyJSON(mockserver.Companies()[2]), "check", "--stdin"); got.code != 0 {
		t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
	}
	_, id := r.newPastedRun(t, "1")
	for _, args := range [][]string{{"history", "delete", id}, {"history", "purge", "--older-than", "12h"}} {
		if got := r.runAt(time.Now().Add(48*time.Hour), "", args...); got.code != 0 {
			t.Fatalf("%q: exit %d: %s%s", args, got.code, got.out, got.err)
		}
	}
	if got := r.run("", "batch", "resume", "1", "--yes"); got.code != cli.ExitUsage || r.service.Requests() != 1 {
		t.Errorf("exit %d, %d sent: %s%s", got.code, r.service.Requests(), got.out, got.err)
	}
}

func companyJSON(c mockserver.Company) string { return factorsJSON(c.Factors(juhe.APIQuery)) }
