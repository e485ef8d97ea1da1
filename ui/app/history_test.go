package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/cli"
)

// newFilledFixture returns a fixture with a lookup of each verdict, and their
// JSON, newest first.
func newFilledFixture(t *testing.T) (*fixture, []map[string]any) {
	t.Helper()
	r := newFixture(t)
	var all []map[string]any
	for _, v := range juhetest.Verdicts(juhe.APIQuery) {
		said, _ := r.mustCheck(t, v.Factors, "--regstatus")
		all = append(all, said)
	}
	slices.Reverse(all)
	return r, all
}

// historyList returns the lookups of history list --json.
func (r *fixture) historyList(t *testing.T, in string, args ...string) (all []map[string]any) {
	t.Helper()
	got := r.run(in, append([]string{"history", "list", "--json"}, args...)...)
	if got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	for text := range strings.Lines(got.out) {
		all = append(all, parseLookup(t, text))
	}
	return all
}

func assertSame(t *testing.T, what string, got, want []map[string]any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s:\n%v\nwant\n%v", what, got, want)
	}
}

// TestList: history list returns what check printed, newest first.
func TestList(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	assertSame(t, "all", r.historyList(t, ""), all)
	assertSame(t, "two", r.historyList(t, "", "--limit", "2"), all[:2])
	assertSame(t, "since", r.historyList(t, "", "--since", "1h"), all)
	assertSame(t, "match", r.historyList(t, "", "--outcome", "match"), all[len(all)-1:])
	assertSame(t, "found", r.historyList(t, "", "--search", fmt.Sprint(all[1]["orderid"])), all[1:2])
	assertSame(t, "person", r.historyList(t, juhetest.Verdicts(juhe.APIQuery)[0].Factors[juhe.Idcard]+"\n", "--search", "-", "--outcome", "match"), all[len(all)-1:])
	assertSame(t, "none", r.historyList(t, "", "--search", "没有这家"), nil)

	assertResult(t, r.run("", "history", "list"), 0, []string{"✓ 一致", "北京晨星虚构科技有限公司", "张*", "1***************2X"}, nil)
	assertResult(t, r.run("", "history", "list", "--limit", "1"), 0, []string{fmt.Sprint(all[0]["id"])}, []string{"最近 1 笔"})
	assertResult(t, r.run("", "history", "list", "--search", "没有这家"), 0, nil, []string{"没有符合条件的核验记录"})
	for _, test := range []struct {
		in, flag, value, want string
	}{
		{"", "--outcome", "good", "match mismatch"},
		{"", "--limit", "-1", "不能是负数"},
		{"", "--since", "yesterday", "不是有效的时间"},
		{"", "--since", "2999-01-01", "是将来的时间"},
		{"", "--search", "-", "没有要搜索的文字"},
		{"\n", "--search", "-", "没有要搜索的文字"},
	} {
		assertResult(t, r.run(test.in, "history", "list", test.flag, test.value), cli.ExitUsage, nil, []string{test.want})
	}
	if n := r.service.Requests(); n != len(all) {
		t.Errorf("%d requests, want %d", n, len(all))
	}
}

// TestListOffline: the history needs neither key, service nor a correct clock.
func TestListOffline(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	delete(r.env, "JUHE_KEY")
	delete(r.env, "JUHE_OPENID")
	r.env["JUHE_BASE_URL"] = "http://127.0.0.1:1"
	assertSame(t, "all", r.historyList(t, ""), all)
	assertResult(t, r.run("", "history", "verify"), 0, []string{"已加密", fmt.Sprintf("核验记录：%d", len(all)), "台账完好"}, nil)
}

func TestShow(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	first, _ := r.mustCheck(t, f)
	second, _ := r.mustCheck(t, f, "--again")
	id := fmt.Sprint(second["id"])
	assertResult(t, r.run("", "history", "show", id), 0, []string{"✓ 一致", "张*", "这四项更早的核验", fmt.Sprint(first["id"])}, nil)
	assertResult(t, r.run("", "history", "show", id, "--reveal"), 0, []string{"张三", "11010519491231002X"}, nil)
	assertSame(t, "one", []map[string]any{parseLookup(t, r.run("", "history", "show", "--json", id).out)}, []map[string]any{second})
	if got := r.run("", "history", "show", fmt.Sprint(first["id"])); strings.Contains(got.out, id) {
		t.Errorf("a later lookup is called earlier: %s", got.out)
	}
	assertResult(t, r.run("", "history", "show", "20000101-000000-abcdefgh"), cli.ExitUsage, nil, []string{"没有编号为"})
	audit := r.run("", "history", "audit", "--json").out
	var trace map[string]any
	if err := json.Unmarshal([]byte(audit), &trace); err != nil || trace["what"] != "reveal" || trace["id"] != id || trace["who"] == "" {
		t.Errorf("%s, %v", audit, err)
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	gone, kept := fmt.Sprint(all[1]["id"]), fmt.Sprint(all[0]["id"])
	assertResult(t, r.run("", "history", "delete", kept, "none"), cli.ExitUsage, nil, []string{`没有编号为 "none"`})
	assertSame(t, "nothing was deleted", r.historyList(t, ""), all)
	assertResult(t, r.run("", "history", "delete", gone, gone), 0, nil, []string{"已删除 1 笔", "会直接发送并计费"})
	assertSame(t, "the others", r.historyList(t, ""), slices.Delete(slices.Clone(all), 1, 2))
	assertResult(t, r.run("", "history", "audit"), 0, []string{"删除", gone}, nil)

	// A person is asked, and only yes deletes.
	for _, test := range []struct{ answer, want string }{
		{"", "没有删除"}, {"n\n", "没有删除"}, {"yes please\n", "没有删除"}, {"ｙ\n", "已删除 1 笔"},
	} {
		assertSame(t, "kept", r.historyList(t, "", "--limit", "1"), all[:1])
		prog, _, errs := r.newApp(strings.NewReader(test.answer))
		prog.InTerminal, prog.Now = true, slowClock()
		if code := prog.Run(t.Context(), []string{"history", "delete", kept}); code != 0 || !strings.Contains(errs.String(), test.want) || !strings.Contains(errs.String(), "再次核验会直接发送并计费") {
			t.Errorf("%q: exit %d, %s", test.answer, code, errs.String())
		}
	}
	assertSame(t, "gone", r.historyList(t, "", "--limit", "1"), all[2:3])
}

// TestPurge: deleting does not lower the count of the day.
func TestPurge(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	assertResult(t, r.run("", "history", "purge"), cli.ExitUsage, nil, []string{"请写明 --older-than"})
	assertResult(t, r.run("", "history", "purge", "--older-than", "2999-01-01"), cli.ExitUsage, nil, []string{"是将来的时间"})
	assertResult(t, r.run("", "history", "purge", "--older-than", "1h"), 0, nil, []string{"没有符合条件"})
	out := filepath.Join(t.TempDir(), "a.jsonl")
	assertResult(t, r.run("", "history", "export", "--out", out), 0, nil, []string{fmt.Sprintf("已导出 %d 笔", len(all))})
	assertResult(t, r.run("", "history", "purge", "--older-than", "1ns"), 0, nil, []string{"是脱敏的，无法再导入", fmt.Sprintf("已删除 %d 笔", len(all))})
	assertSame(t, "all", r.historyList(t, ""), nil)
	r.configure(t, fmt.Sprintf("[guard]\ndaily_limit = %d\n", len(all)))
	said, _ := r.mustCheck(t, mockserver.Companies()[1].Factors(juhe.APIQuery))
	if said["outcome"] != "unsent" {
		t.Errorf("the count is lower: %v", said)
	}
}

// TestBackup: an unmasked export restores the history elsewhere, once.
func TestBackup(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	dir := t.TempDir()
	masked, whole := filepath.Join(dir, "masked.jsonl"), filepath.Join(dir, "whole.jsonl")
	assertResult(t, r.run("", "history", "export", "--out", masked), 0, nil, []string{masked})
	assertResult(t, r.run("", "history", "export", "--out", whole, "--reveal"), 0, nil, []string{whole})
	assertResult(t, r.run("", "history", "export", "--out", whole, "--reveal"), cli.ExitUsage, nil, []string{"已存在，没有覆盖"})
	info, err := os.Stat(whole)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	audit := r.run("", "history", "audit").out
	if strings.Count(audit, "masked.jsonl（已脱敏）") != 1 || strings.Count(audit, "whole.jsonl（含个人信息）") != 1 {
		t.Error(audit)
	}

	other := newFixture(t)
	assertResult(t, other.run("", "history", "import", masked), cli.ExitUsage, nil, []string{"第 1 行", "--reveal", "没有导入任何记录"})
	assertSame(t, "masked", other.historyList(t, ""), nil)
	count := fmt.Sprintf("导入 %d 笔，已有的 0 笔跳过", len(all))
	assertResult(t, other.run("", "history", "import", whole), 0, nil, []string{count})
	assertSame(t, "whole", other.historyList(t, ""), all)
	assertResult(t, other.run("", "history", "import", whole), 0, nil, []string{fmt.Sprintf("导入 0 笔，已有的 %d 笔跳过", len(all))})
	assertSame(t, "again", other.historyList(t, ""), all)
	again := filepath.Join(dir, "again.jsonl")
	assertResult(t, other.run("", "history", "export", "--out", again, "--reveal"), 0, nil, []string{again})
	first, _ := os.ReadFile(whole)
	if second, err := os.ReadFile(again); err != nil || !bytes.Equal(first, second) {
		t.Errorf("%v: restored, the export differs:\n%s\n%s", err, first, second)
	}

	// An imported lookup never answers, but it is asked about.
	other.service = r.service
	other.env["JUHE_BASE_URL"] = r.base
	before := r.service.Requests()
	f := juhetest.Verdicts(juhe.APIQuery)[0].Factors
	said, got := other.mustCheck(t, f)
	if said["outcome"] != "unsent" || said["repeated"] != nil || r.service.Requests() != before || !strings.Contains(fmt.Sprint(said["meaning"]), "导入的记录") {
		t.Errorf("an imported lookup answers, or guards nothing: %v", said)
	}
	assertResult(t, got, cli.ExitUnsent, []string{"unsent"}, []string{"history show ", "--again"})
	if said, _ := other.mustCheck(t, f, "--again"); said["repeated"] != nil || r.service.Requests() != before+1 {
		t.Errorf("%v", said)
	}
}

// TestImportRestores: an import completes a lost lookup of the same ID, which
// answers from then on.
func TestImportRestores(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	lost := mockserver.Companies()[0].Factors(juhe.APIQuery)
	lost[juhe.Entname] = mockserver.Case{Slug: "reset"}.Entname()
	said, _ := r.mustCheck(t, lost)
	if said["outcome"] != "lost" {
		t.Fatalf("%v", said)
	}
	path := filepath.Join(t.TempDir(), "answer.jsonl")
	assertResult(t, r.run("", "history", "export", "--out", path, "--reveal"), 0, nil, nil)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte(`"outcome":"lost","billable":"unknown"`), []byte(`"outcome":"match","billable":"yes","state":1,"code":7`), 1)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.run("", "history", "import", path), 0, nil, []string{"导入 0 笔，已有的 0 笔跳过", "补上了 1 笔"})
	assertResult(t, r.run("", "history", "import", path), 0, nil, []string{"导入 0 笔，已有的 1 笔跳过"})
	before := r.service.Requests()
	if again, _ := r.mustCheck(t, lost); again["outcome"] != "match" || again["repeated"] != said["id"] || r.service.Requests() != before {
		t.Errorf("%v", again)
	}
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.jsonl")
	assertResult(t, r.run("", "history", "export", "--out", whole, "--reveal"), 0, nil, []string{whole})
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	other := newFixture(t)
	for name, last := range map[string]string{
		"syntax": "{", "two": string(lines[0][:len(lines[0])-1]) + "{}", "masked": `{"schema":1,"masked":true}`,
		"schema": `{"schema":2}`, "member": strings.Replace(string(lines[1]), `"outcome":"`, `"outcome":"x`, 1),
		"long": `{"schema":1,"reason":"` + strings.Repeat("x", 2<<20) + `"}`, "bytes": "\xff",
	} {
		path := filepath.Join(dir, name+".jsonl")
		if err := os.WriteFile(path, append(slices.Clone(lines[0]), last...), 0o600); err != nil {
			t.Fatal(err)
		}
		got := other.run("", "history", "import", path)
		assertResult(t, got, cli.ExitUsage, nil, []string{"第 2 行", "没有导入任何记录"})
		if strings.Contains(got.err, "张") || strings.Contains(got.err, "110105") {
			t.Errorf("%s tells of a person: %s", name, got.err)
		}
	}
	assertResult(t, other.run("", "history", "import", filepath.Join(dir, "none")), cli.ExitUsage, nil, []string{"no such file"})
	empty := filepath.Join(dir, "empty.jsonl")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	assertResult(t, other.run("", "history", "import", empty), cli.ExitUsage, nil, []string{"没有核验记录"})
	assertResult(t, other.run("", "history", "import", dir), cli.ExitUsage, nil, []string{dir})
	assertSame(t, "nothing", other.historyList(t, ""), nil)
	// A byte order mark and empty lines are accepted.
	good := filepath.Join(dir, "good.jsonl")
	if err := os.WriteFile(good, slices.Concat([]byte("\ufeff\r\n"), lines[0], []byte("\n"), lines[1]), 0o600); err != nil {
		t.Fatal(err)
	}
	assertResult(t, other.run("", "history", "import", good), 0, nil, []string{"导入 2 笔"})
	assertSame(t, "two", other.historyList(t, ""), all[:2])
}

// TestExportCSV: a CSV is masked unless --reveal is given.
func TestExportCSV(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	dir := t.TempDir()
	for name, args := range map[string][]string{"1***************2X": nil, "11010519491231002X": {"--reveal"}} {
		path := filepath.Join(dir, name+".CSV")
		got := r.run("", append([]string{"history", "export", "--out", path}, args...)...)
		assertResult(t, got, 0, nil, []string{path})
		if warned := strings.Contains(got.err, "1.10105E+17"); warned != (args != nil) {
			t.Errorf("warned of the digits: %t", warned)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) != len(all)+1 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		if head := strings.Join(rows[0][:9], " "); head != "时间 结果 企业名称 企业标识 姓名 证件号码 说明 结果码 经营状态" {
			t.Error(head)
		}
		if last := rows[len(rows)-1]; last[1] != "match" || last[5] != name || last[7] != "7" {
			t.Errorf("%q", last)
		}
	}
	assertResult(t, r.run("", "history", "export", "--out", "~/home.csv"), 0, nil, []string{"home.csv"})
	if _, err := os.Stat(filepath.Join(r.home, "home.csv")); err != nil {
		t.Error(err)
	}
	assertResult(t, r.run("", "history", "export", "--out", filepath.Join(dir, "a.txt")), cli.ExitUsage, nil, []string{".csv、.xlsx 或 .jsonl"})
	assertResult(t, r.run("", "history", "export"), cli.ExitUsage, nil, []string{"请写明 --out"})
	assertResult(t, r.run("", "history", "export", "--out", filepath.Join(dir, "no", "a.csv")), cli.ExitUsage, nil, []string{"文件夹不存在"})
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); len(left) != 0 || err != nil {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestSalvage: the readable part of a damaged ledger can be listed and exported,
// and the loss is reported.
func TestSalvage(t *testing.T) {
	t.Parallel()
	r, all := newFilledFixture(t)
	for range 4 { // enough of them for several pages
		for _, c := range mockserver.Companies() {
			r.mustCheck(t, c.Factors(juhe.APIQuery), "--again")
		}
	}
	total := len(all) + 4*len(mockserver.Companies())
	db := filepath.Join(r.dataDir(), "ledger.db")
	content, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	dir, partly := t.TempDir(), 0
	const page = 4096
	for at := page; at < len(content); at += page {
		bad := bytes.Clone(content)
		copy(bad[at:], strings.Repeat("damage", 100))
		if err := os.WriteFile(db, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, fmt.Sprintf("%d.jsonl", at))
		got := r.run("", "history", "export", "--out", out)
		text, err := os.ReadFile(out)
		lines := strings.Count(string(text), "\n")
		switch {
		case got.code == 0 && lines != total:
			t.Errorf("page %d: %d of %d, and nothing is said", at/page, lines, total)
		case got.code != 0 && got.code != cli.ExitLedger:
			t.Errorf("page %d: exit %d: %s", at/page, got.code, got.err)
		case got.code != 0 && err == nil && lines > 0 && lines < total:
			partly++
		}
	}
	if partly == 0 {
		t.Error("no damage left a part of the lookups")
	}
}

// TestUnreadable: every command skips lookups that have changed on the disk,
// writes the rest, reports their number and exits with 8. verify names them, and
// the guard asks before their factors are sent again.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[ledger]\nencryption = \"none\"\n")
	for i := range 3 {
		r.mustCheck(t, mockserver.Companies()[i].Factors(juhe.APIQuery))
	}
	path := filepath.Join(r.dataDir(), "ledger.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := mockserver.Companies()[1].Factors(juhe.APIQuery)
	if err := os.WriteFile(path, bytes.ReplaceAll(content, []byte(spoilt[juhe.Entname]), []byte("某某"+spoilt[juhe.Entname][6:])), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, args := range [][]string{
		{"history", "list"},
		{"history", "list", "--json"},
		{"history", "list", "--search", "公司"},
		{"history", "export", "--out", filepath.Join(dir, "a.csv")},
		{"history", "export", "--out", filepath.Join(dir, "a.jsonl"), "--reveal"},
	} {
		got := r.run("", args...)
		if !strings.Contains(got.err, "无法读取") || got.code != cli.ExitLedger {
			t.Errorf("%v: exit %d: %s", args, got.code, got.err)
		}
		text := got.out
		if args[1] == "export" {
			written, err := os.ReadFile(args[3])
			if err != nil {
				t.Fatal(err)
			}
			text = string(written)
		}
		for i, c := range mockserver.Companies()[:3] {
			if strings.Contains(text, c.Entname) != (i != 1) || strings.Contains(text, "某某") {
				t.Errorf("%v: %s", args, text)
			}
		}
	}
	if got := r.run("", "history", "verify"); got.code != cli.ExitLedger || !strings.Contains(got.out, "has changed on the disk") {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
	before := r.service.Requests()
	if said, _ := r.mustCheck(t, spoilt); said["outcome"] != "unsent" || r.service.Requests() != before {
		t.Errorf("%v", said)
	}
	if said, _ := r.mustCheck(t, mockserver.Companies()[0].Factors(juhe.APIQuery)); said["repeated"] == nil {
		t.Errorf("%v", said)
	}
}
