package config

import (
	"fmt"
	"testing"
	"time"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	const text = `[juhe]
key = "` + marker + `"
timeout = "1m30s"
connect_timeout = "2m"
proxy = "http://me:` + marker + `@proxy.example"
[guard]
repeat_within = "36h"
daily_limit = 200
price = 3
[ledger]
path = "//me@x/l.db"
encryption = "command"
key_command = ["echo", "` + marker + `"]
keep = "365d"
[batch]
rate = -0.0
`
	c, standard := loadOver(t, text)
	file := map[bool]string{true: "", false: "file"}
	got := map[string]string{}
	for _, s := range c.Settings() {
		got[s.Key] = s.Value + "|" + file[s.Origin == ""]
	}
	for key, want := range map[string]string{
		"juhe.key":             "|file",
		"juhe.timeout":         `"1m30s"|file`,
		"juhe.connect_timeout": `"2m"|file`,
		"juhe.proxy":           `"http://proxy.example"|file`,
		"juhe.regstatus":       "false|",
		"guard.repeat_within":  `"36h"|file`,
		"guard.daily_limit":    "200|file",
		"guard.price":          "3.0|file",
		"ledger.path":          `"//me@x/l.db"|file`,
		"ledger.encryption":    `"command"|file`,
		"ledger.key_file":      fmt.Sprintf("%q|", standard.Ledger.KeyFile),
		"ledger.key_command":   "|file",
		"ledger.keep":          `"365d"|file`,
		"batch.rate":           "0.0|file",
		"ui.reveal_for":        `"10s"|`,
	} {
		if got[key] != want {
			t.Errorf("%s: got %s, want %s", key, got[key], want)
		}
	}
	for _, part := range []string{"juhe.key_file", "juhe.key_command"} {
		if _, ok := got[part]; ok {
			t.Errorf("%s is a line of its own", part)
		}
	}
	for _, s := range standard.Settings() {
		if s.Key == "ledger.key_command" && s.Value != "[]" || s.Key == "ledger.keep" && s.Value != `"0"` {
			t.Error(s)
		}
	}
}

func TestWrittenDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", time.Second: "1s", 20 * time.Minute: "20m", 24 * time.Hour: "24h",
		90 * time.Minute: "1h30m", time.Hour + 10*time.Second: "1h0m10s", 10 * time.Second: "10s", time.Nanosecond: "1ns",
	} {
		if got := formatDuration(d); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
}
