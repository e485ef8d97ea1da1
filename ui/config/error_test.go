package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// invalidFile is an invalid text and its first error.
type invalidFile struct {
	text    string
	line    int
	problem Problem
	key     string
	nearest string
}

// invalidFiles returns invalid texts, with the marker wherever a secret could be.
func invalidFiles() []invalidFile {
	const m = marker
	return []invalidFile{
		// Unknown keys.
		{"tiemout = 1", 1, ProblemUnknown, "tiemout", "juhe.timeout"},
		{"[juhe]\n\ntiemout = '1s'", 3, ProblemUnknown, "juhe.tiemout", "timeout"},
		{"[juhe]\nTimeout = '1s'", 2, ProblemUnknown, "juhe.Timeout", "timeout"},
		{"Language = 'zh'", 1, ProblemUnknown, "Language", "language"},
		{"Language = 'zh'\nlanguage = 'cn'", 1, ProblemUnknown, "Language", "language"},
		{"language = 'cn'\nLanguage = 'zh'", 1, ProblemValue, "language", "en"},
		{"[UI]\ntheme = 'dark'", 1, ProblemUnknown, "UI", "ui"},
		{"[ui]\ntimeout = '1s'", 2, ProblemUnknown, "ui.timeout", "juhe.timeout"},
		{"[juhe]\nlanguage = 'zh'", 2, ProblemUnknown, "juhe.language", "language"},
		{"theme = 'dark'", 1, ProblemUnknown, "theme", "ui.theme"},
		{"\njuhe.tiemout = '1s'", 2, ProblemUnknown, "juhe.tiemout", "timeout"},
		{"jueh.timeout = '1s'", 1, ProblemUnknown, "jueh", "juhe"},
		{"[jueh]\ntimeout = '1s'", 1, ProblemUnknown, "jueh", "juhe"},
		{"[elsewhere]\n[ui]\ntheme = 'dark'", 1, ProblemUnknown, "elsewhere", ""},
		{"[ui]\n[ui.theme.dark]", 2, ProblemType, "ui.theme", ""},
		{"language = 'zh'\njuhe = {timeout = '1s', regstatsu = true}", 2, ProblemUnknown, "juhe.regstatsu", "regstatus"},
		{"[juhe]\n\"base-url\" = 'x'", 2, ProblemUnknown, "juhe.base-url", "base_url"},
		{"[ui]\n'a b' = 1", 2, ProblemUnknown, `ui."a b"`, ""},
		{"[ui]\n\"th\\u0065ma\" = 1", 2, ProblemUnknown, "ui.thema", "theme"},
		{"# timeout = 1\n[juhe]\napi = '''\ntimeot = 1\n'''\ntimeot = 1", 3, ProblemValue, "juhe.api", ""},
		{"[juhe]\nkey = \"\"\"\ntimeot\"\"\" # timeot\ntimeot = 1", 4, ProblemUnknown, "juhe.timeot", "timeout"},
		{"[juhe]\nbase_url = 'http://x' # '\n[ui]\nbase_url = 'http://x'", 4, ProblemUnknown, "ui.base_url", "juhe.base_url"},
		{"[[team]]\nx = 1", 1, ProblemUnknown, "team", ""},
		{"[[team]]\nx = 1\n[[team]]\nx = 2", 3, ProblemUnknown, "team", ""},
		{"[juhe]\nkee = '" + m + "'", 2, ProblemUnknown, "juhe.kee", "key"},
		{"[juhe]\nKEY = '" + m + "'", 2, ProblemUnknown, "juhe.KEY", "key"},
		{"key = '" + m + "'", 1, ProblemUnknown, "key", "juhe.key"},
		{"[gaurd]\nprice = 1", 1, ProblemUnknown, "gaurd", "guard"},
		{"[guard]\nrepeat-within = '1h'", 2, ProblemUnknown, "guard.repeat-within", "repeat_within"},
		{"[juhe]\ndaily_limit = 1", 2, ProblemUnknown, "juhe.daily_limit", "guard.daily_limit"},
		{"[ledger]\nkeyfile = '" + m + "'", 2, ProblemUnknown, "ledger.keyfile", "key_file"},
		{"[ledger]\nkeeep = '0'", 2, ProblemUnknown, "ledger.keeep", "keep"},
		{"[ledger]\nopenid_file = '" + m + "'", 2, ProblemUnknown, "ledger.openid_file", "juhe.openid_file"},

		// Wrong types.
		{"[juhe]\ntimeout = 15", 2, ProblemType, "juhe.timeout", ""},
		{"[juhe]\nregstatus = 'true'", 2, ProblemType, "juhe.regstatus", ""},
		{"juhe = 1", 1, ProblemType, "juhe", ""},
		{"[[juhe]]\nmethod = 'get'", 1, ProblemType, "juhe", ""},
		{"\n[juhe.timeout]\nx = 1", 2, ProblemType, "juhe.timeout", ""},
		{"language = 1979-05-27", 1, ProblemType, "language", ""},
		{"[juhe]\nkey = ['" + m + "']", 2, ProblemType, "juhe.key", ""},
		{"[juhe]\nkey." + m + " = 1", 2, ProblemType, "juhe.key", ""},
		{"[juhe]\nkey_command = '" + m + "'", 2, ProblemType, "juhe.key_command", ""},
		{"[juhe]\nopenid_command = ['" + m + "', 1]", 2, ProblemType, "juhe.openid_command", ""},
		{"[guard]\nrepeat_within = 24", 2, ProblemType, "guard.repeat_within", ""},
		{"[guard]\ndaily_limit = 1.0", 2, ProblemType, "guard.daily_limit", ""},
		{"[guard]\ndaily_limit = '1'", 2, ProblemType, "guard.daily_limit", ""},
		{"[guard]\nprice = '1.0'", 2, ProblemType, "guard.price", ""},
		{"[guard.price]\nyuan = 1", 1, ProblemType, "guard.price", ""},
		{"[ledger]\nkeep = 365", 2, ProblemType, "ledger.keep", ""},
		{"[ledger]\nkey_file = ['" + m + "']", 2, ProblemType, "ledger.key_file", ""},
		{"[ledger]\nkey_command = '" + m + "'", 2, ProblemType, "ledger.key_command", ""},

		// Keys.
		{"[keys]\nsned = ['f9']", 2, ProblemUnknown, "keys.sned", "send"},
		{"[keys]\nsend = 'f9'", 2, ProblemType, "keys.send", ""},
		{"[keys]\nsend = ['f9', 5]", 2, ProblemType, "keys.send", ""},
		{"[keys]\nsend = []", 2, ProblemValue, "keys.send", ""},
		{"[keys]\nsend = ['F9']", 2, ProblemValue, "keys.send", "f9"},
		{"[keys]\nsend = ['ctrl+m']", 2, ProblemValue, "keys.send", "enter"},
		{"[keys]\nsend = ['crtl+s']", 2, ProblemValue, "keys.send", "ctrl+s"},
		{"[keys]\nsend = ['？']", 2, ProblemValue, "keys.send", ""},
		{"[keys]\nsend = ['f9', 's']", 2, ProblemText, "keys.send", ""},
		{"[keys]\n\nhelp = ['?']", 3, ProblemKey, "keys.help", ""},
		{"[keys]\nsend = ['ctrl+t']", 2, ProblemTaken, "keys.send", ""},
		{"[keys]\nendpoint = ['f6']\nsend = ['f6']", 3, ProblemTaken, "keys.send", ""},
		{"[keys]\nsend = ['f6']\nendpoint = ['f6']", 3, ProblemTaken, "keys.endpoint", ""},
		{"[keys]\nhelp = ['f5', 'f1']", 2, ProblemTaken, "keys.help", ""},
		{"keys = ['f5']", 1, ProblemType, "keys", ""},

		// Bad values.
		{"language = 'cn'", 1, ProblemValue, "language", "en"},
		{"language = ''", 1, ProblemValue, "language", ""},
		{"[juhe]\napi = 'queryv2'", 2, ProblemValue, "juhe.api", "queryV2"},
		{"[juhe]\ntimeout = '0s'", 2, ProblemValue, "juhe.timeout", ""},
		{"[juhe]\ntimeout = '15'", 2, ProblemValue, "juhe.timeout", ""},
		{"[juhe]\nconnect_timeout = '10m1ns'", 2, ProblemValue, "juhe.connect_timeout", ""},
		{"[juhe]\nconnect_timeout = '-1s'", 2, ProblemValue, "juhe.connect_timeout", ""},
		{"[ui]\nreveal_for = '999ms'", 2, ProblemValue, "ui.reveal_for", ""},
		{"[juhe]\nbase_url = 'apis.juhe.cn'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'https://apis.juhe.cn/enterprise_four_factors/query'", 2, ProblemValue, "juhe.base_url", "https://apis.juhe.cn"},
		{"[juhe]\nbase_url = 'http://gate.example/x/enterprise_four_factors/queryV2/'", 2, ProblemValue, "juhe.base_url", "http://gate.example/x"},
		{"[juhe]\nbase_url = 'http://gate.example/enterprise_four_factors'", 2, ProblemValue, "juhe.base_url", "http://gate.example"},
		{"[juhe]\nbase_url = 'http://gate.example/Enterprise_Four_Factors/QUERY'", 2, ProblemValue, "juhe.base_url", "http://gate.example"},
		{"[juhe]\nbase_url = 'ftp://apis.juhe.cn'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'http:///x'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'http://x:70000'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'http://x/?key=" + m + "'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'http://x/#" + m + "'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nbase_url = 'http://me:" + m + "@x'", 2, ProblemValue, "juhe.base_url", ""},
		{"[juhe]\nproxy = 'nnoe'", 2, ProblemValue, "juhe.proxy", "none"},
		{"[juhe]\nproxy = ''", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nproxy = 'ftp://me:" + m + "@x'", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nproxy = 'http://me:" + m + "'", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nproxy = 'me:" + m + "'", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nproxy = 'http:/me:" + m + "'", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nproxy = 'http://me:" + m + "%40x:1'", 2, ProblemValue, "juhe.proxy", ""},
		{"[juhe]\nkey = '" + m + " " + m + "'", 2, ProblemValue, "juhe.key", ""},
		{"[juhe]\nopenid = \"" + m + "\\u0007x\"", 2, ProblemValue, "juhe.openid", ""},
		{"[juhe]\nkey = '  '", 2, ProblemValue, "juhe.key", ""},
		{"[juhe]\nkey_command = ['', '" + m + "']", 2, ProblemValue, "juhe.key_command", ""},
		{"[guard]\nrepeat_within = '-1s'", 2, ProblemValue, "guard.repeat_within", ""},
		{"[guard]\nrepeat_within = '8760h1ns'", 2, ProblemValue, "guard.repeat_within", ""},
		{"[guard]\nrepeat_within = '1d'", 2, ProblemValue, "guard.repeat_within", ""},
		{"[guard]\ndaily_limit = -1", 2, ProblemValue, "guard.daily_limit", ""},
		{"[guard]\ndaily_limit = 1_000_000_001", 2, ProblemValue, "guard.daily_limit", ""},
		{"[guard]\ndaily_limit = 4_294_967_296", 2, ProblemValue, "guard.daily_limit", ""},
		{"[guard]\nprice = -0.01", 2, ProblemValue, "guard.price", ""},
		{"[guard]\nprice = 1000001", 2, ProblemValue, "guard.price", ""},
		{"[guard]\nprice = nan", 2, ProblemValue, "guard.price", ""},
		{"[guard]\nprice = inf", 2, ProblemValue, "guard.price", ""},
		{"[ledger]\nencryption = 'keyflie'", 2, ProblemValue, "ledger.encryption", "keyfile"},
		{"[ledger]\nkeep = ''", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '0d'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '-1d'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '365'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '24h'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '36501d'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkeep = '99999999999999999999d'", 2, ProblemValue, "ledger.keep", ""},
		{"[ledger]\nkey_command = ['', '" + m + "']", 2, ProblemValue, "ledger.key_command", ""},
		{"[ledger]\nkey_command = ['" + m + "']\nencryption = 'comand'", 3, ProblemValue, "ledger.encryption", "command"},

		// Conflicts.
		{"[juhe]\nkey = '" + m + "'\n\nkey_file = '" + m + "'", 4, ProblemConflict, "juhe.key_file", ""},
		{"[juhe]\nopenid_command = ['x']\nopenid = '" + m + "'", 3, ProblemConflict, "juhe.openid", ""},
		{"[juhe]\nkey = '" + m + "'\nkey = '" + m + "'", 3, ProblemConflict, "juhe.key", ""},
		{"juhe = {timeout = '1s'}\n[juhe]\n", 2, ProblemConflict, "juhe", ""},
		{"[ui]\n[juhe]\n[ui]", 3, ProblemConflict, "ui", ""},

		// Keys that go together.
		{"[ledger]\n\nencryption = 'command'", 3, ProblemNeeded, "ledger.key_command", ""},
		{"[ledger]\nkey_command = []\nencryption = 'command'", 3, ProblemNeeded, "ledger.key_command", ""},
		{"[ledger]\nencryption = 'command'\n[guard]\nprice = -1", 4, ProblemValue, "guard.price", ""},
		{"[ledger]\nencryption = 'command'\n[keys]\nhelp = ['?']", 2, ProblemNeeded, "ledger.key_command", ""},
		{"[keys]\nhelp = ['?']\n[ledger]\nencryption = 'command'", 2, ProblemKey, "keys.help", ""},
		{"ledger.key_command = ['" + m + "']", 1, ProblemUnused, "ledger.key_command", ""},
		{"[ledger]\nencryption = 'none'\nkey_command = ['" + m + "', '" + m + "']", 3, ProblemUnused, "ledger.key_command", ""},

		// Not TOML.
		{"[juhe]\nkey = " + m, 2, ProblemSyntax, "juhe.key", ""},
		{"[juhe]\nkey = '" + m, 2, ProblemSyntax, "juhe.key", ""},
		{"[juhe]\nkey = \"" + m + "\\q\"", 2, ProblemSyntax, "juhe.key", ""},
		{"[juhe]\nkey " + m, 2, ProblemSyntax, "", ""},
		{"[juhe]\n" + m + "\n", 2, ProblemSyntax, "", ""},
		{"[juhe]\nkey_command = ['" + m + "'\nx = 1", 3, ProblemSyntax, "juhe.key_command", ""},
		{"[juhe\nkey = 1", 1, ProblemSyntax, "", ""},
		{"language = 'zh'\n# \xff", 2, ProblemSyntax, "", ""},
		{"language = 'zh'\n\x00", 2, ProblemSyntax, "", ""},
		{"language = 'zh'\n\r", 2, ProblemSyntax, "", ""},
		{"\xff\xfel\x00", 1, ProblemSyntax, "", ""},
		{"a = 1979-13-45", 1, ProblemSyntax, "", ""},
	}
}

// loadInvalid loads an invalid text and returns its error.
func loadInvalid(t *testing.T, text string) *Error {
	t.Helper()
	c, err := Load(write(t, "config.toml", text), true, variables{}.get)
	var bad *Error
	if !errors.As(err, &bad) || c != nil {
		t.Fatalf("%q: got %v, %v", text, c, err)
	}
	return bad
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	for i, tt := range invalidFiles() {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			bad := loadInvalid(t, tt.text)
			got := invalidFile{tt.text, bad.Line, bad.Problem, bad.Key, bad.Nearest}
			if got != tt {
				t.Errorf("%v\ngot  %+v\nwant %+v", bad, got, tt)
			}
			if all := fmt.Sprintf("%#v %v", *bad, bad); strings.Contains(all, marker) {
				t.Errorf("the secret is in %s", all)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"[juhe]\ntiemout = 1", `:2: unknown_key "juhe.tiemout"; did you mean "timeout"?`},
		{"[juhe]\nmethod = 'psot'", `:2: bad_value "juhe.method" "psot"; did you mean "post"?; allowed: post | get`},
		{"juhe.timeout = 15", `:1: bad_type "juhe.timeout" "integer"; allowed: duration`},
		{"juhe.key = 1", `:1: bad_type "juhe.key"; allowed: string`},
		{"juhe.timeout = '1h'", `:1: bad_value "juhe.timeout" "1h"; allowed: 1ns…10m`},
		{"juhe.base_url = 'https://x/y?z=1'", `:1: bad_value "juhe.base_url" "https://x/y?…"; allowed: http://HOST | https://HOST`},
		{"juhe.key = 'a'\njuhe.key_file = 'b'", `:2: conflict "juhe.key_file"; juhe.key`},
		{"juhe.api = 'query'\njuhe.api = 'query'", `:2: conflict "juhe.api"; juhe.api`},
		{"guard.price = '1'", `:1: bad_type "guard.price" "string"; allowed: integer | float`},
		{"guard.price = -1.5", `:1: bad_value "guard.price" "-1.5"; allowed: 0…1000000`},
		{"guard.price = 2000000", `:1: bad_value "guard.price" "2000000"; allowed: 0…1000000`},
		{"guard.daily_limit = 1e3", `:1: bad_type "guard.daily_limit" "float"; allowed: integer`},
		{"ledger.keep = '1y'", `:1: bad_value "ledger.keep" "1y"; allowed: 0 | 1d…36500d`},
		{"ledger.encryption = 'command'", `:1: needed "ledger.key_command"; ledger.encryption = "command"`},
		{"ledger.key_command = ['x']", `:1: unused "ledger.key_command"; ledger.encryption = "command"`},
		{"juhe.key = x", `:1: syntax "juhe.key"`},
	} {
		if got := loadInvalid(t, tt.text).Error(); !strings.HasSuffix(got, "config.toml"+tt.want) {
			t.Errorf("%q:\ngot  %s\nwant …%s", tt.text, got, tt.want)
		}
	}
}

func TestErrorIsShort(t *testing.T) {
	t.Parallel()
	bad := loadInvalid(t, strings.Repeat("k", 500)+" = 1")
	if n := len([]rune(bad.Key)); n != 80 {
		t.Errorf("a key of %d characters", n)
	}
	if bad = loadInvalid(t, `language = "\u001b[31m"`); bad.Value != "\ufffd[31m" {
		t.Errorf("%q", bad.Value)
	}
}
