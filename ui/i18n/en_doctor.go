package i18n

func enDoctor() Doctor {
	return Doctor{
		Short: "Tell whether this machine is fit for the console, without a look-up",
		Long: "Look at terminal, locale, config, ledger, clock and proxy, and whether the service can be reached, and say what to mend.\n" +
			"It connects and hangs up: no request is sent and nothing is charged. No command that gives a key is run, and no key, openid or person is shown.\n\n" +
			"Marks: ✓ ok, · note, ! warning, ✗ error (+ - ! x with ui.borders = \"ascii\")\n" +
			"Exit codes: 0 no error, 64 config, key or openid, 8 ledger, 7 the service cannot be reached, 130 interrupted",
		Checks: map[string]string{
			"version": "version", "terminal": "terminal", "locale": "language", "widths": "widths", "caret": "cursor",
			"clipboard": "clipboard", "config": "config", "setting": "setting", "key": "key", "openid": "openid",
			"ledger": "ledger", "clock": "clock", "proxy": "proxy", "service": "service",
		},
		Fine: "no error found", Summary: "errors: %d, warnings: %d",
		Skipped: "not looked at until the config is mended", Demo: "demo: no config file is read; mock server on loopback, temporary ledger",
		Terminal: "%s, %s, %s", NotTerminal: "standard input or output is no terminal; the console needs both",
		NoColor: " (NO_COLOR is set)",
		Dumb:    "TERM=%s: the console cannot be drawn", DumbAdvice: "use fourfactor --plain, or another terminal",
		Small: "the window is only %d×%d; the console needs %d×%d", SmallAdvice: "make the window larger",
		Colours:  map[string]string{"TrueColor": "true colour", "ANSI256": "256 colours", "ANSI": "16 colours", "Ascii": "no colours"},
		Language: map[string]string{"zh": "Chinese", "en": "English"},
		Because:  "%s, by %s", NoLocale: "no locale is set; texts are Chinese",
		Charset: "%s does not say UTF-8; Chinese text may come out as garbage", UTF8Advice: "set LANG=en_US.UTF-8 or LANG=zh_CN.UTF-8, and have the terminal use UTF-8",
		Widths: "%s take 1 cell each, %s takes 2: the screens line up", WidthsSkipped: "looked at only where standard input and output are terminals",
		WidthsUnknown: "not measured: the terminal does not answer in time, or keys were typed ahead",
		Wide:          "the terminal draws %s 2 cells wide: the screens will not line up", WideAdvice: "set ui.borders = \"ascii\" in config.toml, or set the terminal's ambiguous width to narrow (1 cell)",
		Narrow: "the terminal's widths are not right: %s", NarrowAdvice: "see whether the terminal's encoding is UTF-8, and to its width settings",
		Caret:   "the cursor stands where text is typed, and input methods open there",
		NoCaret: "ui.real_caret = false: input methods may open elsewhere",
		Native:  "copies by %s", ByTmux: "copies by tmux (load-buffer -w)",
		ByTerminal: "copies by the terminal (OSC 52)", OSCAdvice: "the terminal has to let programs write the clipboard (OSC 52); paste once to be sure",
		OverSSH:      "; over ssh this machine's own clipboard is not used",
		Loose:        "%s is open to others (%04o); the next command that uses it makes it yours alone",
		ConfigAdvice: "afterwards fourfactor config check tells whether it is right",
		From:         "configured, from %s", FromCommand: "configured; a command gives it when sending and is not run here", FromConfig: "the config file",
		OpenidUnused: "not configured; only the encrypting endpoint queryEncry needs it", DemoSecret: "the demo's own",
		LedgerNew: "%s is not there yet and will be made at first use", Ledger: "%s (%s), look-ups: %d, under way: %d, %s",
		LedgerCommand: "the key of %s comes from a command, which is not run here: not opened",
		Clock:         "%s, in Beijing %s",
		ClockAhead:    "the newest look-up in the ledger is of %s, which is later than now",
		ClockAdvice:   "set the clock right: the daily limit and the repeat guard count by it",
		NoProxy:       "no proxy", Proxy: "by the proxy %s", ProxyNone: "proxy = \"env\", but the environment has none for this service",
		ProxyUnused: "the environment's proxy (%s) is not used", ProxyAdvice: "to use it, set proxy = \"env\" under [juhe] in the config",
		Reached: "%s can be reached (%s, %s, %d ms)", ReachedPlain: "%s can be reached (%s, %d ms), but in plain text: the networks between see key and persons",
		ReachedProxy: "%s: only the proxy %s was reached (%d ms); without a request nobody knows what is behind it. And it is plain text: the networks between see key and persons",
		ReachedDemo:  "the mock server %s can be reached (%s, %d ms)",
		PlainAdvice:  "change juhe.base_url to https://",
		Ways: map[string]string{
			"dns": "see to the network, DNS and juhe.base_url", "connect": "see to the network, firewalls and juhe.base_url",
			"connect_timeout": "see to the network, firewalls and the proxy; on a slow network raise juhe.connect_timeout",
			"tls":             "see to this machine's clock and root certificates, and whether something between rewrites connections; do not change to http",
			"proxy":           "see to the address, user and password in juhe.proxy, and whether the proxy lets the service through",
		},
		ProxyBad:       "proxy = \"env\", but the address in %s is not that of a proxy: nothing will be sent",
		ProxyBadAdvice: "set the variable right, as http://host:port, or unset it to go without a proxy",
	}
}
