package app_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// TestMaskedEverywhere: no command and no export shows the person, not even a
// document number in a company field.
func TestMaskedEverywhere(t *testing.T) {
	t.Parallel()
	const id, name = "11010519491231002X", "张三丰"
	r := newFixture(t)
	var ids []string
	for _, f := range []juhe.Factors{
		{juhe.Entname: "北京晨星虚构科技有限公司", juhe.Entmark: "91110199MAYYY0013X", juhe.Realname: name, juhe.Idcard: id},
		{juhe.Entname: "北京晨星虚构科技有限公司" + id, juhe.Entmark: id, juhe.Realname: name, juhe.Idcard: id},
		{juhe.Entname: "echo-in-text " + id, juhe.Entmark: "91110199MAYYY0013X", juhe.Realname: name, juhe.Idcard: id},
	} {
		said, got := r.mustCheck(t, f)
		assertHidden(t, "check --json", got.out+got.err, id, name)
		ids = append(ids, said["id"].(string))
		if masked := lookup.MaskPerson(f); said["entname"] != masked[juhe.Entname] || said["entmark"] != masked[juhe.Entmark] || said["masked"] != true {
			t.Errorf("got %v, want %v", said, masked)
		}
		again := r.run(factorsJSON(f), "check", "--stdin", "--again")
		assertHidden(t, "check", again.out+again.err, id, name)
		if said, _ := r.mustCheck(t, f, "--reveal", "--again"); said["idcard"] != id || said["entname"] != f[juhe.Entname] || said["entmark"] != f[juhe.Entmark] {
			t.Errorf("revealed: got %v", said)
		}
	}
	for _, args := range [][]string{{"list"}, {"list", "--json"}, {"audit"}, {"audit", "--json"}, {"verify"}} {
		got := r.run("", append([]string{"history"}, args...)...)
		assertHidden(t, strings.Join(args, " "), got.out+got.err, id, name)
	}
	for _, one := range ids {
		for _, args := range [][]string{{"show", one}, {"show", "--json", one}} {
			got := r.run("", append([]string{"history"}, args...)...)
			assertHidden(t, strings.Join(args, " "), got.out+got.err, id, name)
		}
	}
	for _, ext := range []string{".csv", ".xlsx", ".jsonl"} {
		path := filepath.Join(r.home, "out"+ext)
		assertResult(t, r.run("", "history", "export", "--out", path), 0, nil, []string{path})
		assertHidden(t, ext, readContents(t, path), id, name)
	}
}

// assertHidden checks that text has none of the secrets.
func assertHidden(t *testing.T, what, text string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%s shows %s: …%.120q", what, secret, text[max(0, at-60):])
		}
	}
}

// readContents returns the text of a file, unzipped if it is a workbook.
func readContents(t *testing.T, path string) string {
	t.Helper()
	if filepath.Ext(path) != ".xlsx" {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var all strings.Builder
	for _, part := range book.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, in); err != nil {
			t.Fatal(err)
		}
		in.Close()
	}
	return all.String()
}
