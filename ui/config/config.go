// Package config reads config.toml: the keys, their defaults, and the origins of
// the two secrets and of the ledger. Its errors name the file, the line and the
// nearest key.
//
// A new key needs a field here, a line in Config.settings and a line in
// config.example.toml.
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
	Language string
	Juhe     Juhe
	Guard    Guard
	Ledger   Ledger
	Batch    Batch
	UI       UI

	// Keys is the key table. The file has one line per action, with a list of
	// Bubble Tea's key names.
	Keys []keymap.Entry

	origins map[string]string // by key: the file or the variable of a value that is not the default
	origin  origin
}

// Juhe has the settings of the service.
type Juhe struct {
	Key            Secret
	Openid         Secret
	BaseURL        string // without a trailing slash
	Method         string
	API            string
	Regstatus      bool
	ConnectTimeout time.Duration
	Timeout        time.Duration // of a whole lookup
	Proxy          string
}

// Guard has the settings that limit spending.
type Guard struct {
	RepeatWithin time.Duration // 0: off
	DailyLimit   int
	Price        float64 // in yuan, per charged lookup
}

// Ledger has the settings of the ledger. The key file may not exist yet.
type Ledger struct {
	Path       string // empty if the home directory is unknown
	Encryption string
	KeyFile    string
	KeyCommand []string // set if and only if Encryption is "command"
	Keep       Days     // 0: forever
}

// Batch has the settings of batch runs.
type Batch struct {
	Concurrency int     // lookups in progress at a time
	Rate        float64 // lookups per second; 0: no limit
}

// UI has the settings of the console.
type UI struct {
	Theme     string
	Borders   string
	RealCaret bool // the terminal's cursor follows the caret, for input methods
	RevealFor time.Duration
	Mouse     bool // if false, the terminal keeps the mouse for selecting text
	Timezone  string
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
	c := Config{Keys: keymap.Defaults(), origins: map[string]string{}}
	c.Juhe.Key = newSecret("juhe.key", "JUHE_KEY", filepath.Join(dir, "key"))
	c.Juhe.Openid = newSecret("juhe.openid", "JUHE_OPENID", filepath.Join(dir, "openid"))
	for _, s := range c.settings() {
		s.reset()
	}
	c.Ledger.KeyFile = filepath.Join(dir, "ledger.key")
	return c
}
