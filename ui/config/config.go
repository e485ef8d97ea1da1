// Package config reads config.toml: the keys, their defaults, where the two
// secrets and the ledger come from, and errors that name the file, the line and
// the nearest key.
//
// A new key is one line in a struct here, one in [Default] and one in
// config.example.toml. A new key is checked by its tags:
//
//	toml     the name in the file
//	allowed  for a string: the words allowed, with | between them;
//	         for a duration or a number: the least and the greatest, with … between them
//	check    for a string that is more than a word: "url" or "proxy";
//	         allowed then only tells people what fits. "path": an empty string
//	         is the default, and Load makes it absolute
//	         "timezone": a name of the tz database
//	         for a duration: "days", written as 0 or 365d
//	private  "true" for a value that is never shown
//	env      the environment variable that goes before the file
package config

import (
	"path/filepath"
	"time"
	_ "time/tzdata" // where the system has none: Windows, small containers

	"fourfactor/ui/keymap"
)

// Config is what config.toml and the environment say, checked and complete.
type Config struct {
	Language string `toml:"language" allowed:"auto|zh|en"`
	Juhe     Juhe   `toml:"juhe"`
	Guard    Guard  `toml:"guard"`
	Ledger   Ledger `toml:"ledger"`
	Batch    Batch  `toml:"batch"`
	UI       UI     `toml:"ui"`

	// Keys is the table of keys: in the file a line an action, with a list of
	// Bubble Tea's names for keys.
	Keys []keymap.Entry `toml:"keys"`

	origins map[string]string `toml:"-"`
	origin  origin            `toml:"-"`
}

// Juhe is how the service is reached.
type Juhe struct {
	Key            Secret        `toml:"key"`
	Openid         Secret        `toml:"openid"`
	BaseURL        string        `toml:"base_url" env:"JUHE_BASE_URL" check:"url" allowed:"http://HOST|https://HOST"` // without a slash at the end
	Method         string        `toml:"method" allowed:"post|get"`
	API            string        `toml:"api" allowed:"query|queryEncry|queryV2"`
	Regstatus      bool          `toml:"regstatus"`
	ConnectTimeout time.Duration `toml:"connect_timeout" allowed:"1ns…10m"`
	Timeout        time.Duration `toml:"timeout" allowed:"1ns…10m"` // of a whole look-up
	Proxy          string        `toml:"proxy" check:"proxy" allowed:"none|env|http://HOST|https://HOST|socks5://HOST"`
}

// Guard is what keeps money from being spent twice, or without end.
type Guard struct {
	RepeatWithin time.Duration `toml:"repeat_within" allowed:"0s…8760h"` // 0 for off
	DailyLimit   int           `toml:"daily_limit" allowed:"0…1000000000"`
	Price        float64       `toml:"price" allowed:"0…1000000"` // in yuan, of one look-up
}

// Ledger is where the look-ups are kept, for how long, and where its key is.
// The key file may not exist yet.
type Ledger struct {
	Path       string        `toml:"path" check:"path"` // empty if nothing says where a home is
	Encryption string        `toml:"encryption" allowed:"keyfile|command|none"`
	KeyFile    string        `toml:"key_file" check:"path"`
	KeyCommand []string      `toml:"key_command" private:"true"`              // set if, and only if, Encryption is command
	Keep       time.Duration `toml:"keep" check:"days" allowed:"0|1d…36500d"` // 0 for ever
}

// Batch is how fast a run sends.
type Batch struct {
	Concurrency int     `toml:"concurrency" allowed:"1…256"` // look-ups on the wire at a time
	Rate        float64 `toml:"rate" allowed:"0…100000"`     // look-ups a second; 0 for no limit
}

// UI is how the console looks and behaves.
type UI struct {
	Theme     string        `toml:"theme" allowed:"auto|dark|light|mono"`
	Borders   string        `toml:"borders" allowed:"rounded|ascii"`
	RealCaret bool          `toml:"real_caret"` // the terminal's cursor stands at the caret, for input methods
	RevealFor time.Duration `toml:"reveal_for" allowed:"1s…10m"`
	Mouse     bool          `toml:"mouse"` // the wheel moves; else the terminal has it, to select text
	Timezone  string        `toml:"timezone" check:"timezone" allowed:"Asia/Shanghai|UTC|Local"`
}

// Location is the time zone of Timezone.
func (u UI) Location() *time.Location {
	zone, err := time.LoadLocation(u.Timezone)
	if err != nil { // Load has checked it
		panic(err)
	}
	return zone
}

// Default is the Config of an empty file in dir. The secrets of the result
// and the key file of its ledger are those files of dir. Nothing is from the
// environment, so that the ledger has no path.
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
