package app_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
	"fourfactor/ui/i18n"
)

// finding is a line of doctor --json.
type finding struct {
	Schema  int    `json:"schema"`
	Demo    bool   `json:"demo"`
	Check   string `json:"check"`
	Status  string `json:"status"`
	Text    string `json:"text"`
	Advice  string `json:"advice"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Key     string `json:"key"`
	Nearest string `json:"nearest"`
	Value   string `json:"value"`
	Origin  string `json:"origin"`
}

// checkNames returns the names of doctor's checks in order.
func checkNames() []string {
	return []string{
		"version", "terminal", "locale", "widths", "caret", "clipboard",
		"config", "setting", "key", "openid", "ledger", "clock", "proxy", "service",
	}
}

// parseFindings parses doctor --json by check.
func parseFindings(t *testing.T, got result) map[string][]finding {
	t.Helper()
	all := map[string][]finding{}
	var order []string
	for line := range strings.Lines(got.out) {
		var s finding
		if err := json.Unmarshal([]byte(line), &s, json.RejectUnknownMembers(true)); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if s.Schema != 1 || s.Text == "" || !slices.Contains([]string{"ok", "note", "warn", "fail"}, s.Status) {
			t.Errorf("a bad line: %s", line)
		}
		all[s.Check] = append(all[s.Check], s)
		if len(order) == 0 || order[len(order)-1] != s.Check {
			order = append(order, s.Check)
		}
	}
	want := slices.DeleteFunc(checkNames(), func(name string) bool { return name == "setting" && len(all["setting"]) == 0 })
	if !slices.Equal(order, want) {
		t.Errorf("checks %v, want %v", order, want)
	}
	return all
}

// runDoctor runs doctor --json with a changed App.
func (r *fixture) runDoctor(t *testing.T, code int, change func(*app.App), args ...string) map[string][]finding {
	t.Helper()
	prog, out, errs := r.newApp(strings.NewReader(""))
	if change != nil {
		change(prog)
	}
	got := result{prog.Run(t.Context(), append(args, "doctor", "--json")), out.String(), errs.String()}
	if got.code != code {
		t.Errorf("exit code %d, want %d: %s%s", got.code, code, got.out, got.err)
	}
	if r.service.Requests() != 0 {
		t.Errorf("%d requests", r.service.Requests())
	}
	return parseFindings(t, got)
}

// TestDoctor: it checks everything, sends nothing and creates nothing.
func TestDoctor(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	all := r.runDoctor(t, 0, nil)
	for check, want := range map[string]finding{
		"version": {Status: "ok", Value: "1.2.3"}, "locale": {Status: "ok", Value: "zh", Origin: "LANG"},
		"key": {Status: "ok", Key: "juhe.key", Origin: "JUHE_KEY"}, "openid": {Status: "ok", Key: "juhe.openid", Origin: "JUHE_OPENID"},
		"proxy": {Status: "ok", Key: "juhe.proxy", Value: "none"}, "service": {Status: "warn", Key: "juhe.base_url", Value: r.base},
		"ledger": {Status: "ok", File: filepath.Join(r.home, ".local", "share", "fourfactor", "ledger.db")},
	} {
		got := all[check][0]
		if got.Status != want.Status || got.Key != want.Key || got.Value != want.Value || got.Origin != want.Origin || got.File != want.File {
			t.Errorf("%s: %+v", check, got)
		}
	}
	if got := all["setting"]; len(got) < 15 {
		t.Errorf("only %d settings", len(got))
	}
	err := filepath.WalkDir(r.home, func(path string, _ fs.DirEntry, err error) error {
		if path != r.home {
			t.Errorf("it has made %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	assertResult(t, r.run("", "doctor"), 0, []string{
		"✓ 版本", "✓ 语言    中文，依据 LANG=zh_CN.UTF-8", "          juhe.base_url = \"" + r.base + "\"",
		"! 服务    " + r.base + " 可以连接（127.0.0.1:", "明文传输", "          → 请把 juhe.base_url 改为 https://",
	}, []string{"错误 0 处，请留意 1 处"})
	r.configure(t, "[ui]\nborders = \"ascii\"\n")
	assertResult(t, r.run("", "--lang", "en", "doctor"), 0, []string{"+ version", "! service", "          > change juhe.base_url"}, []string{"errors: 0, warnings: 1"})
}

// TestDoctorConfig: an invalid config is reported as by config check, and checks
// that do not need it still run.
func TestDoctorConfig(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	path := filepath.Join(r.home, ".config", "fourfactor", "config.toml")
	r.configure(t, "[juhe]\n\ntiemout = \"3s\"\n")
	all := r.runDoctor(t, cli.ExitUsage, nil)
	got := all["config"][0]
	if got.Status != "fail" || got.File != path || got.Line != 3 || got.Key != "juhe.tiemout" || got.Nearest != "timeout" || got.Advice == "" {
		t.Errorf("%+v", got)
	}
	assertResult(t, r.run("", "config", "check"), cli.ExitUsage, nil, []string{strings.TrimSuffix(got.Text, "\n")})
	if all["locale"][0].Status != "ok" || all["clock"][0].Status != "ok" || all["service"][0].Status != "note" || len(all["setting"]) != 0 {
		t.Errorf("%+v", all)
	}
	r.configure(t, "[juhe]\nproxy = \"http://user:hunter2@proxy example\"\n")
	if got := r.runDoctor(t, cli.ExitUsage, nil)["config"][0]; got.Status != "fail" || got.Key != "juhe.proxy" || strings.Contains(got.Text, "hunter2") {
		t.Errorf("%+v", got)
	}
	delete(r.env, "HOME")
	if got := r.runDoctor(t, cli.ExitUsage, nil)["config"][0]; got.Status != "fail" || !strings.Contains(got.Text, "HOME") {
		t.Errorf("%+v", got)
	}
}

// TestPermissions: a command that uses the config makes it private and says so,
// even if it is invalid. Commands about the program or the machine change
// nothing, and neither does any command to an invalid file named by --config.
func TestPermissions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		command, config string
		named           bool
		want            os.FileMode
	}{
		{"config check", "[juhe]\nkey = \"k\"\n", false, 0o600},
		{"codes", "[juhe]\nkey = \"k\"\n", false, 0o600},
		{"history list", "[juhe]\nkey = \"k\"\n", false, 0o600},
		{"codes", "[juhe]\nkee = \"k\"\n", false, 0o600},
		{"doctor", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"doctor", "[juhe]\nkee = \"k\"\n", false, 0o644},
		{"--demo doctor", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"--demo codes", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"--version", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"--help", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"help codes", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"codes --help", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"completion bash", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"__complete codes ", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"codes --no-such-flag", "[juhe]\nkey = \"k\"\n", false, 0o644},
		{"codes", "root:x:0:0:root:/root:/bin/bash\n", true, 0o644},
		{"config check", "root:x:0:0:root:/root:/bin/bash\n", true, 0o644},
		{"config check", "# not ours\n", true, 0o644},
		{"doctor", "root:x:0:0:root:/root:/bin/bash\n", true, 0o644},
	} {
		r := newFixture(t)
		path, args := filepath.Join(r.home, ".config", "fourfactor", "config.toml"), strings.Split(test.command, " ")
		r.configure(t, test.config)
		if test.named {
			path = filepath.Join(t.TempDir(), "passwd")
			if err := os.WriteFile(path, []byte(test.config), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, "--config", path)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		got := r.run("", args...)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != test.want {
			t.Errorf("%q: %v, %v", test.command, info.Mode(), err)
		}
		told := strings.Count(got.out+got.err, "（0644）")
		if own := test.command == "doctor" && !test.named; told != 1 && (test.want == 0o600 || own) || told > 0 && test.want != 0o600 && !own {
			t.Errorf("%q: %+v", test.command, got)
		}
	}
}

// TestDoctorSecrets: the origin of secrets and read errors are reported; no
// command is run.
func TestDoctorSecrets(t *testing.T) {
	t.Parallel()
	mark := filepath.Join(t.TempDir(), "ran")
	for name, test := range map[string]struct {
		config, file         string
		key, openid, advised string
		code                 int
	}{
		"none":               {"", "-", "warn", "note", "key", 0},
		"needed":             {"[juhe]\napi = \"queryEncry\"\n", "-", "warn", "warn", "key", 0},
		"command":            {"[juhe]\nkey_command = [\"touch\", \"" + mark + "\"]\nopenid_command = [\"touch\", \"" + mark + "\"]\n", "-", "ok", "ok", "", 0},
		"empty files":        {"", "", "fail", "warn", "key", cli.ExitUsage},
		"empty files, both":  {"[juhe]\napi = \"queryEncry\"\n", " \n", "fail", "fail", "key", cli.ExitUsage},
		"good files":         {"", "0123456789abcdef\n", "ok", "ok", "", 0},
		"a file that is not": {"[juhe]\nkey_file = \"nowhere\"\n", "-", "fail", "note", "key", cli.ExitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			delete(r.env, "JUHE_KEY")
			delete(r.env, "JUHE_OPENID")
			r.configure(t, test.config)
			if test.file != "-" {
				for _, name := range []string{"key", "openid"} {
					if err := os.WriteFile(filepath.Join(r.home, ".config", "fourfactor", name), []byte(test.file), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			all := r.runDoctor(t, test.code, nil)
			if all["key"][0].Status != test.key || all["openid"][0].Status != test.openid || (all["key"][0].Advice != "") != (test.advised != "") {
				t.Errorf("%+v, %+v", all["key"], all["openid"])
			}
			if strings.Contains(all["key"][0].Text, "0123456789abcdef") {
				t.Error("the key shows")
			}
		})
	}
	t.Cleanup(func() {
		if _, err := os.Stat(mark); err == nil {
			t.Error("a command was run")
		}
	})
}

// TestDoctorLedger: doctor reports the number of lookups, a damaged file, and
// files set aside after damage.
func TestDoctorLedger(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	if got := r.run(example, "check", "--stdin"); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	path := filepath.Join(r.home, ".local", "share", "fourfactor", "ledger.db")
	look := func(code int, change func(*app.App)) map[string][]finding {
		t.Helper()
		prog, out, errs := r.newApp(strings.NewReader(""))
		if change != nil {
			change(prog)
		}
		if got := prog.Run(t.Context(), []string{"doctor", "--json"}); got != code {
			t.Errorf("exit code %d, want %d: %s%s", got, code, out, errs)
		}
		return parseFindings(t, result{out: out.String()})
	}
	all := look(0, nil)
	if got := all["ledger"]; len(got) != 1 || got[0].Status != "ok" || got[0].Value != "1" || got[0].File != path {
		t.Errorf("%+v", got)
	}
	all = look(0, func(a *app.App) { a.Now = func() time.Time { return time.Now().Add(-time.Hour) } })
	if got := all["clock"]; len(got) < 2 || got[1].Status != "warn" || got[1].Advice == "" {
		t.Errorf("%+v", got)
	}
	if err := os.WriteFile(path+".damaged-20260101-000000", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := look(0, nil)["ledger"]; len(got) != 2 || got[1].Status != "warn" || got[1].File != path+".damaged-20260101-000000" {
		t.Errorf("%+v", got)
	}
	if err := os.WriteFile(path, []byte("this was a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := look(cli.ExitLedger, nil)["ledger"][0]; got.Status != "fail" || got.Value != "damaged" {
		t.Errorf("%+v", got)
	}
	if left, err := os.ReadFile(path); err != nil || string(left) != "this was a ledger" {
		t.Errorf("%q, %v", left, err)
	}
	r.configure(t, "[ledger]\nencryption = \"command\"\nkey_command = [\"touch\", \""+path+".ran\"]\n")
	if got := look(0, nil)["ledger"][0]; got.Status != "note" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(path + ".ran"); err == nil {
		t.Error("the ledger's command was run")
	}
	if r.service.Requests() != 1 {
		t.Errorf("%d requests", r.service.Requests())
	}
}

// TestDoctorCannotMake: a ledger or key file that cannot be created is reported,
// and no file is left behind.
func TestDoctorCannotMake(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config, value string
	}{
		"fine":                      {"encryption = \"keyfile\"", ""},
		"a key below a file":        {"key_file = \"file/keys/ledger.key\"", "no_key"},
		"a key beside nothing":      {"key_file = \"folder/keys/ledger.key\"", ""},
		"a key that is a folder":    {"key_file = \"folder\"", "no_key"},
		"a key that is none":        {"key_file = \"file\"", "no_key"},
		"a ledger below a file":     {"path = \"HOME/.config/fourfactor/file/ledger.db\"", "failed"},
		"a ledger that is a folder": {"path = \"HOME/.config/fourfactor/folder\"", "failed"},
		"no encryption":             {"encryption = \"none\"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.configure(t, "[ledger]\n"+strings.ReplaceAll(test.config, "HOME", r.home)+"\n")
			dir := filepath.Join(r.home, ".config", "fourfactor")
			if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o700); err != nil {
				t.Fatal(err)
			}
			want := map[bool]int{true: 0, false: cli.ExitLedger}[test.value == ""]
			if got := r.runDoctor(t, want, nil)["ledger"][0]; got.Value != test.value || (got.Status == "ok") != (test.value == "") {
				t.Errorf("%+v", got)
			}
			if _, err := os.Stat(filepath.Join(r.home, ".local")); err == nil {
				t.Error("it has made a folder")
			}
		})
	}
}

// TestDoctorExit: of several failures the config decides the exit code before
// the ledger, and the ledger before the service.
func TestDoctorExit(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["JUHE_BASE_URL"] = "http://127.0.0.1:1"
	got := r.runDoctor(t, cli.ExitUnsent, nil)["service"][0]
	if got.Status != "fail" || got.Advice == "" || !strings.Contains(got.Text, "无法连接服务") {
		t.Errorf("%+v", got)
	}
	path := filepath.Join(r.home, "ledger")
	r.configure(t, "[ledger]\npath = \""+path+"\"\n")
	if err := os.WriteFile(path, []byte("this was a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.home, ".config", "fourfactor", "ledger.key"), []byte(strings.Repeat("1f", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	r.runDoctor(t, cli.ExitLedger, nil)
	delete(r.env, "JUHE_KEY")
	r.configure(t, "[ledger]\npath = \""+path+"\"\n[juhe]\nkey_file = \"nowhere\"\n")
	r.runDoctor(t, cli.ExitUsage, nil)

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	prog, _, _ := r.newApp(strings.NewReader(""))
	if code := prog.Run(ended, []string{"doctor"}); code != cli.ExitInterrupted {
		t.Errorf("interrupted: exit %d", code)
	}
}

// TestDoctorPrivate: the output never contains a secret or a person, whatever is
// wrong.
func TestDoctorPrivate(t *testing.T) {
	t.Parallel()
	const password, key, openid = "proxy-password", "key0123456789abcdef", "JHopenid0123456789"
	for name, text := range map[string]string{
		"good":         "[juhe]\nkey = \"" + key + "\"\nopenid = \"" + openid + "\"\nproxy = \"http://user:" + password + "@127.0.0.1:1\"\n",
		"wrong value":  "[juhe]\nkey = \"" + key + "\"\nproxy = \"user:" + password + "@127.0.0.1:1\"\n",
		"wrong key":    "[juhe]\nkeyy = \"" + key + "\"\n",
		"no TOML":      "[juhe]\nkey = " + key + "\"\nopenid = \"" + openid + "\"\n",
		"a bad secret": "[juhe]\nkey = \"" + key + " " + openid + "\"\n",
		"commands":     "[juhe]\nkey_command = [\"echo\", \"" + key + "\"]\nopenid_command = [\"echo\", \"" + openid + "\"]\n",
		"environment":  "[juhe]\nproxy = \"none\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			if got := r.run(example, "check", "--stdin"); got.code != 0 { // a person in the ledger
				t.Fatalf("%+v", got)
			}
			if name != "environment" {
				delete(r.env, "JUHE_KEY")
				delete(r.env, "JUHE_OPENID")
			}
			r.env["HTTPS_PROXY"], r.env["http_proxy"] = "http://user:"+password+"@proxy.example", "user:"+password
			r.configure(t, text)
			for _, args := range [][]string{{"doctor"}, {"doctor", "--json"}, {"--debug", "--lang", "en", "doctor"}} {
				got := r.run("", args...)
				for _, private := range []string{password, key, openid, mockserver.Key, mockserver.Openid, "张三", "11010519491231002X", "北京晨星"} {
					if strings.Contains(got.out+got.err, private) {
						t.Errorf("%v shows %q: %s%s", args, private, got.out, got.err)
					}
				}
				if strings.ContainsRune(got.out+got.err, 0x1b) {
					t.Errorf("%v has a control", args)
				}
			}
		})
	}
}

// TestDoctorProxy: the proxy is named by its host, and an unused one in the
// environment by its variable.
func TestDoctorProxy(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["HTTPS_PROXY"] = "http://proxy.example"
	got := r.runDoctor(t, 0, nil)["proxy"]
	if len(got) != 2 || got[0].Value != "none" || got[1].Status != "note" || got[1].Origin != "HTTPS_PROXY" || got[1].Advice == "" {
		t.Errorf("%+v", got)
	}
	r.configure(t, "[juhe]\nproxy = \"http://user:hunter2@127.0.0.1:1\"\n")
	all := r.runDoctor(t, cli.ExitUnsent, nil)
	if got := all["proxy"][0]; got.Value != "127.0.0.1:1" {
		t.Errorf("%+v", got)
	}
	if got := all["service"][0]; got.Status != "fail" || !strings.Contains(got.Text, "代理无法连接") {
		t.Errorf("%+v", got)
	}
}

// TestDoctorBrokenProxy: an invalid proxy in the environment is named by its
// variable and never bypassed. The test is not parallel, because the client
// reads the environment of the process.
func TestDoctorBrokenProxy(t *testing.T) {
	const bad = "http://user:pass%word@proxy.example"
	t.Setenv("HTTPS_PROXY", bad)
	t.Setenv("NO_PROXY", "")
	r := newFixture(t)
	r.env["HTTPS_PROXY"], r.env["JUHE_BASE_URL"] = bad, "https://juhe.example"
	r.configure(t, "[juhe]\nproxy = \"env\"\n")
	all := r.runDoctor(t, cli.ExitUnsent, nil)
	if got := all["proxy"]; len(got) != 1 || got[0].Status != "fail" || got[0].Origin != "HTTPS_PROXY" || got[0].Advice == "" {
		t.Errorf("%+v", got)
	}
	if got := all["service"][0]; got.Status != "fail" || !strings.Contains(got.Text, "代理无法连接") {
		t.Errorf("%+v", got)
	}
	for _, got := range []result{r.run("", "doctor"), r.run("", "--lang", "en", "--debug", "doctor"), r.run(example, "check", "--stdin")} {
		if got.code != cli.ExitUnsent || strings.Contains(got.out+got.err, "word@") {
			t.Errorf("%+v", got)
		}
	}
}

// TestDoctorPlainProxy: behind a proxy a plain-text service cannot be checked
// without a request, and none is sent.
func TestDoctorPlainProxy(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[juhe]\nproxy = \""+r.base+"\"\n")
	r.env["JUHE_BASE_URL"] = "http://juhe.example"
	if got := r.runDoctor(t, 0, nil)["service"][0]; got.Status != "warn" || !strings.Contains(got.Text, "只连接到代理") {
		t.Errorf("%+v", got)
	}
}

// TestDoctorDemo: every line says that it is the demo, and the config does not
// matter.
func TestDoctorDemo(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[juhe]\ntiemout = \"3s\"\n")
	all := r.runDoctor(t, 0, nil, "--demo")
	for check, lines := range all {
		for _, line := range lines {
			if !line.Demo || line.Status == "fail" {
				t.Errorf("%s: %+v", check, line)
			}
		}
	}
	if all["ledger"][0].Value == "" || all["ledger"][0].Value == "0" {
		t.Errorf("%+v", all["ledger"])
	}
	assertResult(t, r.run("", "--demo", "doctor"), 0, []string{"演示"}, nil)
}

// TestDoctorWords: every check and every fault has a text.
func TestDoctorWords(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, name := range checkNames() {
			if w.Doctor.Checks[name] == "" {
				t.Errorf("%s has no label for %s", w.Lang, name)
			}
		}
		for _, kind := range []juhe.FaultKind{juhe.FaultDNS, juhe.FaultConnect, juhe.FaultConnectTimeout, juhe.FaultTLS, juhe.FaultProxy} {
			if w.Doctor.ConnectionAdvice[kind] == "" {
				t.Errorf("%s has no advice for %s", w.Lang, kind)
			}
		}
	}
}
