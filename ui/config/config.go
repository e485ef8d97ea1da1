// Package config reads config.toml: the keys, their defaults, and the origins of
// the two secrets and of the ledger. Its errors name the file, the line and the
// nearest key.
//
// A new key needs a field here, a line in [Default] and a line in
// config.example.toml. The tags of the field are its rules:
//
//	toml     the name in the file
//	allowed  for a string: the allowed words, separated by |
//	         for a duration or a number: the minimum and the maximum, separated by …
//	check    for a string: "url" or "proxy", for which allowed is only a hint in errors;
//	         "path", which is empty for the default and made absolute by Load;
//	         "timezone", a name of the tz database
//	         for a duration: "days", written as 0 or 365d
//	private  "true" for a value that is never shown
//	env      the environment variable that overrides the file
package config

import (
	"path/filepath"
	"time"
	_ "time/tzdata" // where the system has none: Windows, small containers

	"fourfactor/ui/keymap"
)

// Config is a checked and complete configuration, from config.toml and the
// environment.
type Config struct {
	Language string `toml:"language" allowed:"auto|zh|en"`
	Juhe     Juhe   `toml:"juhe"`
	Guard    Guard  `toml:"guard"`
	Ledger   Ledger `toml:"ledger"`
	Batch    Batch  `toml:"batch"`
	UI       UI     `toml:"ui"`

	// Keys is the key table. The file has one line per action, with a list of
	// Bubble Tea's key names.
	Keys []keymap.Entry `toml:"keys"`

	origins map[string]string `toml:"-"`
	origin  origin            `toml:"-"`
}

// Juhe has the settings of the service.
type Juhe struct {
	Key            Secret        `toml:"key"`
	Openid         Secret        `toml:"openid"`
	BaseURL        string        `toml:"base_url" env:"JUHE_BASE_URL" check:"url" allowed:"http://HOST|https://HOST"` // without a trailing slash
	Method         string        `toml:"method" allowed:"post|get"`
	API            string        `toml:"api" allowed:"query|queryEncry|queryV2"`
	Regstatus      bool          `toml:"regstatus"`
	ConnectTimeout time.Duration `toml:"connect_timeout" allowed:"1ns…10m"`
	Timeout        time.Duration `toml:"timeout" allowed:"1ns…10m"` // of a whole lookup
	Proxy          string        `toml:"proxy" check:"proxy" allowed:"none|env|http://HOST|https://HOST|socks5://HOST"`
}

// Guard has the settings that limit spending.
type Guard struct {
	RepeatWithin time.Duration `toml:"repeat_within" allowed:"0s…8760h"` // 0: off
	DailyLimit   int           `toml:"daily_limit" allowed:"0…1000000000"`
	Price        float64       `toml:"price" allowed:"0…1000000"` // in yuan, per charged lookup
}

// Ledger has the settings of the ledger. The key file may not exist yet.
type Ledger struct {
	Path       string        `toml:"path" check:"path"` // empty if the home directory is unknown
	Encryption string        `toml:"encryption" allowed:"keyfile|command|none"`
	KeyFile    string        `toml:"key_file" check:"path"`
	KeyCommand []string      `toml:"key_command" private:"true"`              // set if and only if Encryption is "command"
	Keep       time.Duration `toml:"keep" check:"days" allowed:"0|1d…36500d"` // 0: forever
}

// Batch has the settings of batch runs.
type Batch struct {
	Concurrency int     `toml:"concurrency" allowed:"1…256"` // lookups in progress at a time
	Rate        float64 `toml:"rate" allowed:"0…100000"`     // lookups per second; 0: no limit
}

// UI has the settings of the console.
type UI struct {
	Theme     string        `toml:"theme" allowed:"auto|dark|light|mono"`
	Borders   string        `toml:"borders" allowed:"rounded|ascii"`
	RealCaret bool          `toml:"real_caret"` // the terminal's cursor follows the caret, for input methods
	RevealFor time.Duration `toml:"reveal_for" allowed:"1s…10m"`
	Mouse     bool          `toml:"mouse"` // if false, the terminal keeps the mouse for selecting text
	Timezone  string        `toml:"timezone" check:"timezone" allowed:"Asia/Shanghai|UTC|Local"`
}

// Location returns the time zone named by Timezone.
func (u UI) Location() *time.Location {
	zone, err := time.LoadLocation(u.Timezone)
	if err != nil { // Load has checked it
		panic(err)
	}
	return zone
}

// Default returns the Config of an empty file in dir, which also has the files
// of the secrets and the ledger's key. The environment is not read, so the ledger
// has no path.
func Default(dir string) Config {
	return Config{
		Language: "auto",
		Juhe: Juhe{
			Key:            newSecret("juhe.key", "JUHE_KEY", filepath.Join(dir, "key")),
			Openid:         newSecret("juhe.openid", "JUHE_OPENID", filepath.Join(dir, "openid")),
			BaseURL:        "https://apis.juhe.cn",
			Method:         "post",
			API:            "query",
			ConnectTimeout: 5 * time.Second,
			Timeout:        15 * time.Second,
			Proxy:          "none",
		},
		Guard: Guard{RepeatWithin: 24 * time.Hour},
		Ledger: Ledger{
			Encryption: "keyfile",
			KeyFile:    filepath.Join(dir, "ledger.key"),
		},
		Batch: Batch{Concurrency: 4, Rate: 5},
		UI: UI{
			Theme:     "auto",
			Borders:   "rounded",
			RealCaret: true,
			RevealFor: 10 * time.Second,
			Timezone:  "Asia/Shanghai",
		},
		Keys: keymap.Defaults(),
	}
}
