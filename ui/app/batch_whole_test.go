package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe"
)

// markedRows returns rows with a mark before every cell.
func markedRows(n int) []juhe.Factors {
	all := inventedRows(n)
	for i, f := range all {
		all[i] = juhe.Factors{juhe.Entname: "`" + f[juhe.Entname], juhe.Entmark: "`" + f[juhe.Entmark], juhe.Realname: "`" + f[juhe.Realname], juhe.Idcard: "`" + f[juhe.Idcard]}
	}
	return all
}

// TestBatchWhole: --yes alone does not send a table with a certain mistake; a
// terminal asks separately.
func TestBatchWhole(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	path, out := r.writeFile(t, "in.csv", csvTable(markedRows(3)...)), filepath.Join(r.home, "out.csv")
	fault := "3 行（共 3 行）的每个单元格都带有符号 `"
	for _, args := range [][]string{{"--yes"}, {"--yes", "--json"}, {}, {"--yes", "--hold-warned"}} {
		got := r.runBatch(t, nil, append([]string{"run", path, "--out", out}, args...)...)
		if hold := len(args) == 2 && args[1] == "--hold-warned"; !hold && (got.code != 64 || got.out != "" || !strings.Contains(got.err, fault)) || hold && strings.Contains(got.err, fault) {
			t.Errorf("%q: %+v", args, got)
		}
		os.Remove(out)
	}
	if got := r.runBatch(t, nil, "run", path, "--out", out, "--yes"); !strings.Contains(got.err, "--yes 不算同意") || !strings.Contains(got.err, "--hold-warned") {
		t.Errorf("%+v", got)
	}
	if got := r.runBatch(t, nil, "run", path, "--dry-run", "--json"); got.code != 0 || !strings.Contains(got.err, fault) {
		t.Errorf("%+v", got)
	}
	for in, want := range map[string]int{"n\n": 130, "y\nn\n": 130, "\n": 130} {
		if got := r.runOnTerminal(in, "batch", "run", path, "--out", out); got.code != want || !strings.Contains(got.err, "仍要发送吗？") {
			t.Errorf("%q: %+v", in, got)
		}
	}
	if got := r.runOnTerminal("n\n", "batch", "run", path, "--out", out, "--yes"); got.code != 130 {
		t.Errorf("--yes on a terminal: %+v", got)
	}
	if n := r.service.Requests(); n != 0 {
		t.Fatalf("%d requests", n)
	}
	if got := r.runOnTerminal("y\ny\n", "batch", "run", path, "--out", out); got.code != 0 || r.service.Requests() != 3 {
		t.Errorf("%+v, %d requests", got, r.service.Requests())
	}
}

// TestBatchWholeUncertain: what real codes may have, such as another check
// digit, is reported and asked about on a terminal; --yes covers it.
func TestBatchWholeUncertain(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	rows := inventedRows(4)
	for i := range rows {
		rows[i][juhe.Idcard] = rows[i][juhe.Idcard][:16] + "99"
	}
	path, out := r.writeFile(t, "in.csv", csvTable(rows...)), filepath.Join(r.home, "out.csv")
	if got := r.runOnTerminal("n\n", "batch", "run", path, "--out", out); got.code != 130 || !strings.Contains(got.err, "仍要发送吗？") || !strings.Contains(got.err, "4 行（共 4 行）有同样的提醒") {
		t.Errorf("%+v", got)
	}
	if got := r.runBatch(t, rows, "run", path, "--out", out, "--yes"); got.code != 0 || r.service.Requests() != 4 {
		t.Errorf("%+v, %d requests", got, r.service.Requests())
	}
}

// TestBatchMasked: a masked export is refused with the command that makes an
// unmasked one.
func TestBatchMasked(t *testing.T) {
	t.Parallel()
	r := newFastFixture(t)
	text := heading
	for i, f := range companyFactors()[:3] {
		text += fmt.Sprintf("%d,%s,%s,张*,1***************2X\n", i, f[juhe.Entname], f[juhe.Entmark])
	}
	path, out := r.writeFile(t, "in.csv", text), filepath.Join(r.home, "out.csv")
	for _, args := range [][]string{{"--out", out, "--yes"}, {"--dry-run"}} {
		got := r.runBatch(t, nil, append([]string{"run", path}, args...)...)
		if got.code != 64 || got.out != "" || !strings.Contains(got.err, "fourfactor history export --reveal") || r.service.Requests() != 0 {
			t.Errorf("%+v", got)
		}
	}
}
