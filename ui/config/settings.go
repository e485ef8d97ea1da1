package config

import (
	"slices"
	"strings"
	"time"
)

// settings returns the settings of c with their defaults and allowed values. A
// secret has a field for its variable and then one for the file.
func (c *Config) settings() []setting {
	all := []setting{
		{key: "language", field: &c.Language, standard: "auto", allowed: "auto | zh | en"},
		{
			key: "juhe.base_url", envVar: "JUHE_BASE_URL", field: &c.Juhe.BaseURL, standard: "https://apis.juhe.cn",
			check: baseURL, allowed: "http://HOST | https://HOST",
		},
		{key: "juhe.method", field: &c.Juhe.Method, standard: "post", allowed: "post | get"},
		{key: "juhe.api", field: &c.Juhe.API, standard: "query", allowed: "query | queryEncry | queryV2"},
		{key: "juhe.regstatus", field: &c.Juhe.Regstatus, standard: false},
		{key: "juhe.connect_timeout", field: &c.Juhe.ConnectTimeout, standard: 5 * time.Second, allowed: "1ns…10m"},
		{key: "juhe.timeout", field: &c.Juhe.Timeout, standard: 15 * time.Second, allowed: "1ns…10m"},
		{
			key: "juhe.proxy", field: &c.Juhe.Proxy, standard: "none", check: proxy,
			allowed: "none | env | http://HOST | https://HOST | socks5://HOST",
		},
		{key: "guard.repeat_within", field: &c.Guard.RepeatWithin, standard: 24 * time.Hour, allowed: "0s…8760h"},
		{key: "guard.daily_limit", field: &c.Guard.DailyLimit, standard: 0, allowed: "0…1000000000"},
		{key: "guard.price", field: &c.Guard.Price, standard: 0.0, allowed: "0…1000000"},
		{key: "ledger.path", field: &c.Ledger.Path, standard: "", isPath: true},
		{key: "ledger.encryption", field: &c.Ledger.Encryption, standard: "keyfile", allowed: "keyfile | command | none"},
		{key: "ledger.key_file", field: &c.Ledger.KeyFile, standard: "", isPath: true},
		{key: "ledger.key_command", field: &c.Ledger.KeyCommand, standard: []string{}, private: true},
		{key: "ledger.keep", field: &c.Ledger.Keep, standard: Days(0), allowed: "0 | 1d…36500d"},
		{key: "batch.concurrency", field: &c.Batch.Concurrency, standard: 4, allowed: "1…256"},
		{key: "batch.rate", field: &c.Batch.Rate, standard: 5.0, allowed: "0…100000"},
		{key: "ui.theme", field: &c.UI.Theme, standard: "auto", allowed: "auto | dark | light | mono"},
		{key: "ui.borders", field: &c.UI.Borders, standard: "rounded", allowed: "rounded | ascii"},
		{key: "ui.real_caret", field: &c.UI.RealCaret, standard: true},
		{key: "ui.reveal_for", field: &c.UI.RevealFor, standard: 10 * time.Second, allowed: "1s…10m"},
		{key: "ui.mouse", field: &c.UI.Mouse, standard: false},
		{key: "ui.timezone", field: &c.UI.Timezone, standard: "Asia/Shanghai", check: timezone, allowed: "Asia/Shanghai | UTC | Local"},
	}
	for _, s := range c.secrets() {
		all = append(
			all,
			setting{key: s.key, envVar: s.envVar, field: &s.environment, standard: "", check: secretOrNone, private: true, secret: s},
			setting{key: s.key, field: &s.inline, standard: "", check: secretOrNone, private: true, secret: s},
			setting{key: s.key + "_file", field: &s.path, standard: "", isPath: true, private: true, secret: s},
			setting{key: s.key + "_command", field: &s.command, standard: []string{}, private: true, secret: s},
		)
	}
	for i := range c.Keys {
		keys := &c.Keys[i].Keys
		all = append(all, setting{key: "keys." + string(c.Keys[i].Action), field: keys, standard: *keys})
	}
	return all
}

func (c *Config) secrets() []*secret { return []*secret{c.Juhe.Key.source, c.Juhe.Openid.source} }

// byKey returns the settings by their key in the file. A table is one too, without a
// field.
func byKey(all []setting) map[string]setting {
	settings := map[string]setting{}
	for _, s := range all {
		if table, _, ok := strings.Cut(s.key, "."); ok {
			settings[table] = setting{key: table}
		}
		settings[s.key] = s
	}
	return settings
}

// Setting is a key with its effective value, fit for display.
type Setting struct {
	Key    string // dotted
	Value  string // as TOML; empty for secrets and commands, which are never shown
	Origin string // the file or the variable; empty for the default
}

// Settings returns the effective settings, sorted by key. A secret is one setting,
// under its own name, whose origin is where it would be fetched from. No command
// is run.
func (c *Config) Settings() []Setting {
	var all []Setting
	for _, s := range c.settings() {
		if s.secret == nil {
			all = append(all, Setting{Key: s.key, Value: s.format(), Origin: c.origins[s.key]})
		}
	}
	for _, s := range c.secrets() {
		all = append(all, Setting{Key: s.key, Origin: Secret{s}.Origin()})
	}
	slices.SortFunc(all, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	return all
}
