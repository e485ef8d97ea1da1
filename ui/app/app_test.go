package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/app"
	"fourfactor/ui/cli"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
)

// fixture runs commands against a mock server, with a home directory of its own.
type fixture struct {
	home    string
	env     map[string]string
	service *mockserver.Server
	base    string
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	s := mockserver.New(mockserver.Key, mockserver.Openid)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	home := t.TempDir()
	return &fixture{home: home, service: s, base: server.URL, env: map[string]string{
		"HOME": home, "LANG": "zh_CN.UTF-8",
		"JUHE_BASE_URL": server.URL, "JUHE_KEY": mockserver.Key, "JUHE_OPENID": mockserver.Openid,
	}}
}

// beforeAnswer makes the service call do before each answer. over waits until
// all requests are answered.
func (r *fixture) beforeAnswer(t testing.TB, do func()) (over func()) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		do()
		r.service.ServeHTTP(w, q)
	}))
	t.Cleanup(server.Close)
	r.env["JUHE_BASE_URL"] = server.URL
	return server.Close // waits for those that nobody waits for any more
}

// configure writes config.toml.
func (r *fixture) configure(t testing.TB, text string) {
	t.Helper()
	path := filepath.Join(r.home, ".config", "fourfactor", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// result is the exit code and the output of a command.
type result struct {
	code     int
	out, err string
}

func (r *fixture) newApp(in io.Reader) (*app.App, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return &app.App{
		Factory: cli.Factory{
			Streams: &cli.Streams{In: in, Out: cli.NewOutput(&out), Err: cli.NewOutput(&errs), Now: time.Now},
			Version: "1.2.3", Example: "# example\n", GiveUp: context.Background(),
			Env: func(name string) string { return r.env[name] },
			Terminal: cli.TerminalProbe{
				Size: func() (int, int) { return 0, 0 }, Colours: func() string { return "Ascii" },
				Cells: func([]string) ([]int, error) { return nil, nil },
			},
		},
		RunScreens: func(context.Context, *app.Console) (app.ExitState, error) { return app.ExitState{}, nil },
	}, &out, &errs
}

func (r *fixture) run(in string, args ...string) result {
	prog, out, errs := r.newApp(strings.NewReader(in))
	code := prog.Run(context.Background(), args)
	return result{code, out.String(), errs.String()}
}

// assertResult checks the exit code and that the output has these texts. Without
// texts standard output must be empty.
func assertResult(t *testing.T, got result, code int, out, errs []string) {
	t.Helper()
	if got.code != code {
		t.Errorf("exit code %d, want %d", got.code, code)
	}
	for _, want := range out {
		if !strings.Contains(got.out, want) {
			t.Errorf("standard output lacks %q", want)
		}
	}
	for _, want := range errs {
		if !strings.Contains(got.err, want) {
			t.Errorf("standard error lacks %q", want)
		}
	}
	if len(out) == 0 && got.out != "" {
		t.Errorf("standard output should be empty")
	}
	if t.Failed() {
		t.Logf("out: %s\nerr: %s", got.out, got.err)
	}
}

const example = `{"entname":"北京晨星虚构科技有限公司","entmark":"91110199MAYYY0013X","realname":"张三","idcard":"11010519491231002X"}`

func TestUsage(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.env["LANG"] = "en_US.UTF-8"
	const hint = "standard input must be one JSON object"
	for _, test := range []struct {
		in   string
		args []string
		want string
	}{
		{"", []string{"chekc"}, `no command "chekc"; did you mean "check"`},
		{"", []string{"check", "--realname", "张三"}, "unknown flag: --realname"},
		{"", []string{"check", "extra"}, `fourfactor check does not accept "extra"`},
		{"", []string{"doctor", "extra"}, `fourfactor doctor does not accept "extra"`},
		{"", []string{"history", "lits"}, `no command "lits"`},
		{"", []string{"--lang", "fr", "codes"}, `not "fr"`},
		{example, []string{"check", "--stdin", "--api", "queryV3"}, `no endpoint "queryV3"`},
		{"", []string{"check"}, "Company name (entname) is missing and standard input is not a terminal"},
		{"", []string{"check", "--entname", "a", "--entmark", "b"}, "Name (realname) is missing"},
		{"", []string{"check", "--stdin"}, hint},
		{"null", []string{"check", "--stdin"}, hint},
		{"[]", []string{"check", "--stdin"}, hint},
		{example + example, []string{"check", "--stdin"}, hint},
		{example[:40], []string{"check", "--stdin"}, hint},
		{strings.Replace(example, "entmark", "entname", 1), []string{"check", "--stdin"}, hint},
		{"{\"entname\":\"\xff\"}", []string{"check", "--stdin"}, hint},
		{strings.Repeat(" ", 70_000) + example, []string{"check", "--stdin"}, hint},
		{strings.Replace(example, "entmark", "entMark", 1), []string{"check", "--stdin"}, `unknown member "entMark"`},
		{strings.Replace(example, `"张三"`, `3`, 1), []string{"check", "--stdin"}, "realname on standard input must be a string"},
		{strings.Replace(example, `"张三"`, `null`, 1), []string{"check", "--stdin"}, "realname on standard input must be a string"},
		{strings.Replace(example, "张三", " \u200b", 1), []string{"check", "--stdin"}, "Name (realname) is missing"},
		{`{"entname":"a"}`, []string{"check", "--stdin"}, "Company ID (entmark) is missing"},
		{example, []string{"check", "--stdin", "--entname", "x"}, "entname is given twice"},
		{"", []string{"codes", "ten"}, `"ten" is not a code number`},
		{"", []string{"codes", "1", "2"}, "accepts at most 1 arg"},
		{"", []string{"mock-server", "--addr", "0.0.0.0:0"}, "not a loopback address"},
		{"", []string{"mock-server", "--addr", "nonsense"}, "not a loopback address"},
		{"", []string{"help", "chekc"}, `did you mean "check"`},
		{"", []string{"check", "--\x1b[31m"}, "unknown flag: --␛[31m"},
		{example, []string{"check", "--stdin", "--api", ""}, `no endpoint ""`},
		{"", []string{"completion", "cmd.exe"}, "invalid argument"},
		{"", []string{"--config", "/nonexistent/config.toml", "config", "check"}, "/nonexistent/config.toml"},
		{"", nil, "the console needs a terminal"},
	} {
		t.Run(strings.Join(test.args, " ")+"/"+test.want, func(t *testing.T) {
			t.Parallel()
			const usage = 64 // as in sysexits.h; Go itself exits with 2
			assertResult(t, r.run(test.in, test.args...), usage, nil, []string{"fourfactor: ", test.want})
		})
	}
	t.Cleanup(func() {
		if n := r.service.Requests(); n != 0 {
			t.Errorf("%d requests for no lookup", n)
		}
	})
}

func TestSmallCommands(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	assertResult(t, r.run("", "--version"), 0, []string{"fourfactor 1.2.3\n"}, nil)
	assertResult(t, r.run("", "--help"), 0, []string{"用法：", "check", "核验一笔", "--demo"}, nil)
	assertResult(t, r.run("", "--lang", "en", "check", "--help"), 0, []string{"Usage:", "Exit codes: 0 match", "--stdin"}, nil)
	assertResult(t, r.run("", "codes"), 0, []string{"253504", "10012", "112", "-26", "企业标识不一致"}, nil)
	assertResult(t, r.run("", "codes", "112"), 0, []string{"10012", "请求超过次数限制", "不计费"}, nil)
	assertResult(t, r.run("", "codes", "-25", "--lang=en"), 0, []string{"-25", "企业标识不一致", "company ID does not match"}, nil)
	assertResult(t, r.run("", "codes", "--", "-22"), 0, []string{"-22", "姓名不一致"}, nil)
	assertResult(t, r.run("", "codes", "--", "-27"), 0, []string{"接口文档没有列出这个结果码，请凭结果码联系聚合客服。"}, nil)
	assertResult(t, r.run("", "codes", "10099"), 0, []string{"接口文档没有列出这个错误码，请凭错误码联系聚合客服。"}, nil)
	assertResult(t, r.run("", "codes", "0"), 0, []string{"成功"}, nil)
	assertResult(t, r.run("", "--demo", "codes", "--json", "7"), 0, []string{`{"schema":1,"demo":true,"code":7,`}, nil)
	assertResult(t, r.run("", "help", "check"), 0, []string{"用法：", "--stdin"}, nil)
	assertResult(t, r.run("", "codes", "253599"), 0, []string{"数据 535，错误 99", "不确定"}, nil)
	assertResult(t, r.run("", "codes", "--json", "-22"), 0,
		[]string{`{"schema":1,"code":-22,"level":"detail","desc":"姓名不一致",`, `"billable":"yes","documented":true}`}, nil)
	if n := strings.Count(r.run("", "codes", "--json").out, "\n"); n != 25 {
		t.Errorf("%d codes", n)
	}
	assertResult(t, r.run("", "mock-server", "--list"), 0, []string{"北京晨星虚构科技有限公司\t91110199MAYYY0013X", "虚构错误码10012公司", "虚构gzip-bomb公司\tunclear"}, nil)
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		assertResult(t, r.run("", "completion", shell), 0, []string{"fourfactor"}, nil)
	}
}

// TestQuietLog: what net/http logs is discarded.
func TestQuietLog(t *testing.T) {
	t.Parallel()
	newFixture(t).run("", "config", "path")
	if log.Writer() != io.Discard {
		t.Error("the log package writes to the terminal")
	}
}

// TestNoHome: without HOME an error says what to do.
func TestNoHome(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	delete(r.env, "HOME")
	assertResult(t, r.run("", "config", "path"), cli.ExitUsage, nil, []string{"没有设置 HOME", "--config"})
	assertResult(t, r.run("", "codes", "7"), 0, []string{"7"}, nil)
}

// TestOutputBroken: an output error is reported, except for a closed pipe.
func TestOutputBroken(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"codes"}, {"codes", "--json"}, {"mock-server", "--list"}, {"config", "path"}, {"config", "show"}, {"doctor"}, {"doctor", "--json"}, {"--version"}, {"--help"}} {
		r := newFixture(t)
		for failure, want := range map[error]int{errors.New("disk full"): cli.ExitBug, syscall.EPIPE: 0} {
			prog, _, errs := r.newApp(strings.NewReader(""))
			prog.Out = cli.NewOutput(brokenWriter{failure})
			code := prog.Run(context.Background(), args)
			if code != want || strings.Contains(errs.String(), "disk full") != (want != 0) {
				t.Errorf("%v with %v: exit %d, %s", args, failure, code, errs)
			}
		}
	}
}

// TestConfigProblems: every problem of a config has a text in every language.
func TestConfigProblems(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, problem := range juhetest.Constants[config.Problem](t) {
			if w.Errors.Config[problem] == "" {
				t.Errorf("%s has no word for %s", w.Lang, problem)
			}
		}
	}
}

func TestConfigCommands(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	path := filepath.Join(r.home, ".config", "fourfactor", "config.toml")
	assertResult(t, r.run("", "config", "path"), 0, []string{path + "\n"}, nil)
	assertResult(t, r.run("", "config", "check"), 0, nil, []string{"不存在，全部使用默认值"})
	assertResult(t, r.run("", "config", "init"), 0, nil, []string{"已生成 " + path})
	assertResult(t, r.run("", "config", "check"), 0, nil, []string{"没有问题"})
	assertResult(t, r.run("", "config", "init"), cli.ExitUsage, nil, []string{"已存在，未作改动"})
	if text, err := os.ReadFile(path); err != nil || string(text) != "# example\n" {
		t.Errorf("%q, %v", text, err)
	}
	r.configure(t, "[juhe]\nproxy = \"http://user:hunter2@proxy.example\"\ntimeout = \"3s\"\n")
	shown := r.run("", "config", "show")
	assertResult(t, shown, 0, []string{
		"juhe.timeout = \"3s\"  # " + path, "juhe.base_url = \"" + r.base + "\"  # JUHE_BASE_URL",
		"ui.reveal_for = \"10s\"  # 默认", "# juhe.key  # JUHE_KEY", "proxy.example",
		"guard.repeat_within = \"24h\"  # 默认", "guard.daily_limit = 0  # 默认", "guard.price = 0.0  # 默认",
		"ledger.keep = \"0\"  # 默认", "ledger.key_command = []  # 默认",
		"ledger.key_file = \"" + filepath.Join(filepath.Dir(path), "ledger.key") + "\"  # 默认",
		"ledger.path = \"" + filepath.Join(r.home, ".local", "share", "fourfactor", "ledger.db") + "\"  # 默认",
	}, nil)
	if strings.Contains(shown.out, "hunter2") || strings.Contains(shown.out, mockserver.Key) {
		t.Errorf("a secret shows: %s", shown.out)
	}

	r.configure(t, "[juhe]\n\ntiemout = \"3s\"\n")
	assertResult(t, r.run("", "config", "check"), cli.ExitUsage, nil, []string{path + ":3：", `"juhe.tiemout"`, `是不是 "timeout"？`})
	assertResult(t, r.run(example, "check", "--stdin"), cli.ExitUsage, nil, []string{":3："})
	assertResult(t, r.run("", "codes", "7"), 0, []string{"7"}, nil)
	assertResult(t, r.run("", "config", "path"), 0, []string{path}, nil)
	assertResult(t, r.run(example, "--demo", "check", "--stdin"), 0, []string{"演示", "一致"}, nil)

	r.configure(t, "[juhe]\napi = \"query\"\napi = \"queryV2\"\n")
	assertResult(t, r.run("", "config", "check"), cli.ExitUsage, nil, []string{"同一项写了两次"})

	r.configure(t, "[guard]\ndaily_limit = 1e3\n")
	assertResult(t, r.run("", "config", "check"), cli.ExitUsage, nil, []string{path + ":2：", "类型不对", `"guard.daily_limit"`, "（可用：integer）"})
	r.configure(t, "[ledger]\nencryption = \"command\"\n")
	assertResult(t, r.run("", "config", "check"), cli.ExitUsage, nil,
		[]string{path + ":2：", `这一项也必须设置 "ledger.key_command"`, `（ledger.encryption = "command"）`})
	r.configure(t, "[ledger]\n\nkey_command = [\"pass\", \"hunter2\"]\n")
	unused := r.run("", "--lang", "en", "config", "check")
	assertResult(t, unused, cli.ExitUsage, nil, []string{path + ":3: ", `without another setting "ledger.key_command" (ledger.encryption = "command")`})
	if strings.Contains(unused.err, "hunter2") {
		t.Errorf("a command shows: %s", unused.err)
	}

	r.configure(t, "[juhe]\nkey = \"k\"\n")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.run("", "config", "check"), 0, nil, []string{"权限过宽（0644）"})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
