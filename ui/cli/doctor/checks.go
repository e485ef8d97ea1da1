package doctor

import "context"

// check is one check.
type check struct {
	name        string
	needsConfig bool
	run         func(context.Context, *machine) []finding
}

func checks() []check {
	return []check{
		{"version", false, checkVersion},
		{"terminal", false, checkTerminal},
		{"locale", false, checkLocale},
		{"widths", false, checkWidths},
		{"caret", true, checkCaret},
		{"clipboard", false, checkClipboard},
		{"config", false, checkConfig},
		{checkSetting, false, listSettings},
		{"key", true, checkKey},
		{"openid", true, checkOpenid},
		{"ledger", true, checkLedger},
		{"clock", false, checkClock},
		{"proxy", true, checkProxy},
		{"service", true, checkService},
	}
}
