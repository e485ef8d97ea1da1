// Package config reads config.toml: the keys, their defaults, where the two
// secrets come from, and errors that name the file, the line and the nearest key.
//
// A new key is one line in a struct here, one in [Default] and one in
// config.example.toml. A new key is checked by its tags:
//
//	toml     the name in the file
//	allowed  for a string: the words allowed, with | between them;
//	         for a duration: the least and the greatest, with … between them
//	check    for a string that is more than a word: "url" or "proxy";
//	         allowed then only tells people what fits
//	env      the environment variable that goes before the file
package config

import (
	"path/filepath"
	"time"
)

// Config is what config.toml and the environment say, checked and complete.
type Config struct {
	Language string `toml:"language" allowed:"auto|zh|en"`
	Juhe     Juhe   `toml:"juhe"`
	UI       UI     `toml:"ui"`

	origins map[string]string `toml:"-"`

	// Notes are the repairs Load made or tried on the way.
	Notes []Note `toml:"-"`
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

// UI is how the console looks and behaves.
type UI struct {
	Theme     string        `toml:"theme" allowed:"auto|dark|light|mono"`
	Borders   string        `toml:"borders" allowed:"rounded|ascii"`
	RealCaret bool          `toml:"real_caret"` // the terminal's cursor stands at the caret, for input methods
	RevealFor time.Duration `toml:"reveal_for" allowed:"1s…10m"`
}

// Default is the Config of an empty file in dir. The secrets of the result
// are those files of dir, and nothing from the environment.
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
		UI: UI{
			Theme:     "auto",
			Borders:   "rounded",
			RealCaret: true,
			RevealFor: 10 * time.Second,
		},
	}
}
