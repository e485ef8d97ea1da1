package config

import (
	"errors"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestLoadGood(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       map[string]any // what differs from the defaults
	}{
		{"empty", "", nil},
		{"comments", "# nothing\n\n", nil},
		{"byte order mark", "\ufefflanguage = 'zh'", map[string]any{"language": "zh"}},
		{"line ends of Windows", "language = 'zh'\r\n[ui]\r\ntheme = \"mono\"\r\n", map[string]any{"language": "zh", "ui.theme": "mono"}},
		{"tables", "[juhe]\nmethod = 'get'\n[ui]\nborders = 'ascii'", map[string]any{"juhe.method": "get", "ui.borders": "ascii"}},
		{"dotted", "juhe.timeout = '1m30s'\nui.real_caret = false", map[string]any{"juhe.timeout": 90 * time.Second, "ui.real_caret": false}},
		{"inline", "juhe = {api = 'queryV2', regstatus = true}", map[string]any{"juhe.api": "queryV2", "juhe.regstatus": true}},
		{"quoted", "[\"juhe\"]\n'api' = 'queryEncry'", map[string]any{"juhe.api": "queryEncry"}},
		{"slash at the end", "[juhe]\nbase_url = 'http://127.0.0.1:8080/x/'", map[string]any{"juhe.base_url": "http://127.0.0.1:8080/x"}},
		{"proxy", "juhe.proxy = 'socks5://user:pass@[::1]:1080'", map[string]any{"juhe.proxy": "socks5://user:pass@[::1]:1080"}},
		{"key trimmed", "juhe.key = ' abc\\n'", map[string]any{"juhe.key": `abc\n`}},
		{"nothing configured", "[juhe]\nkey = ''\nkey_file = ''\nkey_command = []", nil},
		{"numbers", "[guard]\ndaily_limit = 200\nprice = 1.25", map[string]any{"guard.daily_limit": 200, "guard.price": 1.25}},
		{"whole yuan", "guard.price = 3", map[string]any{"guard.price": 3.0}},
		{"nothing", "guard = {repeat_within = '0s', daily_limit = 0, price = -0.0}", map[string]any{"guard.repeat_within": time.Duration(0)}},
		{"most", "guard = {repeat_within = '8760h', daily_limit = 1_000_000_000, price = 1e6}", map[string]any{
			"guard.repeat_within": 8760 * time.Hour, "guard.daily_limit": 1_000_000_000, "guard.price": 1e6,
		}},
		{"days", "ledger.keep = '365d'", map[string]any{"ledger.keep": Days(365)}},
		{"most days", "ledger.keep = '36500d'", map[string]any{"ledger.keep": Days(36500)}},
		{"for ever", "[ledger]\npath = ''\nkey_file = ''\nkey_command = []\nkeep = '0'", nil},
		{"key from a command", "[ledger]\nkey_command = ['pass', '']\nencryption = 'command'", map[string]any{
			"ledger.encryption": "command", "ledger.key_command": []string{"pass", ""},
		}},
		{"not encrypted", "ledger.encryption = 'none'", map[string]any{"ledger.encryption": "none"}},
		{"longest", "juhe.timeout = '10m'\nui.reveal_for = '1s'", map[string]any{"juhe.timeout": 10 * time.Minute, "ui.reveal_for": time.Second}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, d := loadOver(t, tt.text)
			want := values(&d)
			for name, value := range tt.want {
				want[name] = value
			}
			if got := values(c); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

func TestLoadNoFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	c, err := Load(path, false, variables{"JUHE_BASE_URL": "http://localhost:1/"}.get)
	if err != nil {
		t.Fatal(err)
	}
	if c.Language != "auto" || c.Juhe.BaseURL != "http://localhost:1" {
		t.Errorf("%+v", c)
	}
	_, err = Load(path, true, variables{}.get)
	var bad *Error
	if !errors.As(err, &bad) || bad.Problem != ProblemRead || bad.File != path || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("explicit: %v", err)
	}
}

func TestLoadUnreadable(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{
		"folder":   t.TempDir(),
		"too long": write(t, "config.toml", strings.Repeat("#", maxFile+1)),
		"no way":   filepath.Join(write(t, "file", ""), "config.toml"),
	} {
		_, err := Load(path, false, variables{}.get)
		var bad *Error
		if !errors.As(err, &bad) || bad.Problem != ProblemRead || bad.File != path || bad.Other == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load(write(t, "config.toml", strings.Repeat("#", maxFile)), true, variables{}.get); err != nil {
		t.Errorf("longest: %v", err)
	}
}

// A text that would take all memory to parse is rejected.
func TestLoadDeep(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"a = " + strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<18),
		"a = " + strings.Repeat("{a = ", 1<<17),
		strings.Repeat("a.", 1<<18) + "a = 1",
		"[" + strings.Repeat("a.", maxNesting+1) + "a]",
	} {
		if bad := loadInvalid(t, text); bad.Problem != ProblemSyntax || bad.Line != 1 {
			t.Error(bad)
		}
	}
	text := "[ui]\ntheme = " + strings.Repeat("[", maxNesting-1) + strings.Repeat("]", maxNesting-1)
	if bad := loadInvalid(t, text); bad.Problem != ProblemType {
		t.Error(bad)
	}
}

func TestLoadEnvironment(t *testing.T) {
	t.Parallel()
	c := load(t, "juhe.base_url = 'https://file.example'\n", variables{"JUHE_BASE_URL": "https://env.example//"})
	if c.Juhe.BaseURL != "https://env.example" {
		t.Error(c.Juhe.BaseURL)
	}
	for variable, value := range map[string]string{
		"JUHE_BASE_URL": "ftp://env.example",
		"JUHE_KEY":      "two words",
		"JUHE_OPENID":   "bell\a",
	} {
		_, err := Load(write(t, "config.toml", ""), true, variables{variable: value}.get)
		var bad *Error
		if !errors.As(err, &bad) || bad.File != variable || bad.Line != 0 || bad.Problem != ProblemValue {
			t.Errorf("%s: %v", variable, err)
		}
	}
}

// The paths of the ledger and its key for the config in /c. None of them exists.
func TestLedgerPaths(t *testing.T) {
	t.Parallel()
	home := variables{"HOME": "/h"}
	for _, tt := range []struct {
		text          string
		env           variables
		path, keyFile string
	}{
		{"", variables{"XDG_DATA_HOME": "/x", "HOME": "/h"}, "/x/fourfactor/ledger.db", "DIR/ledger.key"},
		{"", variables{"XDG_DATA_HOME": "x", "HOME": "/h"}, "/h/.local/share/fourfactor/ledger.db", "DIR/ledger.key"},
		{"", home, "/h/.local/share/fourfactor/ledger.db", "DIR/ledger.key"},
		{"", variables{"HOME": "h"}, "", "DIR/ledger.key"},
		{"", nil, "", "DIR/ledger.key"},
		{"path = ''\nkey_file = ''", home, "/h/.local/share/fourfactor/ledger.db", "DIR/ledger.key"},
		{"path = '/l/my.db'\nkey_file = '/k/my.key'", home, "/l/my.db", "/k/my.key"},
		{"path = '~/l.db'\nkey_file = '~/l.key'", home, "/h/l.db", "/h/l.key"},
		{"path = 'l.db'\nkey_file = '../l.key'", nil, "DIR/l.db", "UP/l.key"},
		{"path = '~me/l.db'\nkey_file = '~'", home, "DIR/~me/l.db", "DIR/~"},
	} {
		path := write(t, "config.toml", "[ledger]\n"+tt.text)
		c, err := Load(path, true, tt.env.get)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(path)
		place := strings.NewReplacer("DIR", dir, "UP", filepath.Dir(dir))
		if l := c.Ledger; l.Path != place.Replace(tt.path) || l.KeyFile != place.Replace(tt.keyFile) {
			t.Errorf("%q, %v: %q, %q", tt.text, tt.env, l.Path, l.KeyFile)
		}
	}
}

// Paths do not depend on the working directory after Load.
func TestLoadRelative(t *testing.T) {
	t.Parallel()
	c, err := Load("nowhere/config.toml", false, variables{}.get)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{c.Ledger.KeyFile, c.Juhe.Key.Origin()} {
		if !filepath.IsAbs(path) {
			t.Error(path)
		}
	}
}

func TestHomeMissing(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"juhe.key_file", "ledger.path", "ledger.key_file"} {
		_, err := Load(write(t, "config.toml", key+" = '~/x'"), true, variables{}.get)
		var bad *Error
		if !errors.As(err, &bad) || bad.File != "HOME" || bad.Key != key || bad.Problem != ProblemValue {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		flag string
		env  variables
		want string
	}{
		{"some.toml", variables{"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "some.toml"},
		{"", variables{"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x/fourfactor/config.toml"},
		{"", variables{"XDG_CONFIG_HOME": "x", "HOME": "/h"}, "/h/.config/fourfactor/config.toml"},
		{"", variables{"HOME": "/h"}, "/h/.config/fourfactor/config.toml"},
		{"", variables{"HOME": "h"}, ""},
		{"", nil, ""},
	} {
		got, err := Path(tt.flag, tt.env.get)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("Path(%q, %v) = %q, %v", tt.flag, tt.env, got, err)
		}
	}
}
