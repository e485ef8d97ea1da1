package i18n

func enCLI() CLI {
	return CLI{
		Root:     "Operator's console for enterprise four-factor verification",
		RootLong: "Operator's console for enterprise four-factor verification (企业四要素核验):\ndo a company name, a company mark, a person's name and a document number belong together?\nWithout a command it opens the console. Each look-up costs money; --demo costs nothing.",
		Check:    "Make one look-up",
		CheckLong: "Make one look-up and print it. There is no flag for the person: name and document number come on standard input, or are asked on the terminal.\n" +
			"What was verified just now is answered from the ledger and not sent, nor is what ended without a verdict last time; --again sends it.\n\n" +
			"Exit codes: 0 match, 1 mismatch, 64 usage, config or input, 3 refused or unclear, 4 key, permission or quota, 5 lost, 7 unsent, 8 ledger, 130 interrupted before sending",
		Codes:     "Explain the service's codes, offline",
		CodesLong: "List every code of the service's document, or explain one (system codes by their old number too).",
		Standin:   "Run a mock of the service on loopback",
		Config:    "The config file", ConfigPath: "Print where the config file is", ConfigCheck: "Check the config file", ConfigShow: "Print what is in force, and where it comes from", ConfigDefault: "default", ConfigInit: "Write a config file with every key explained",
		Completion: "Print a completion script for a shell", HelpCommand: "Help", Version: "print the version",
		FlagConfig: "config `FILE`", FlagLang: "language `zh|en`", FlagDebug: "print diagnostics (without secrets and people)",
		FlagDemo: "demo: a mock server on loopback, nothing is charged", FlagHelp: "help", FlagJSON: "print JSON, one object a line",
		FlagStdin:   "read one JSON object from standard input: entname, entmark, realname, idcard",
		FlagEntname: "company `NAME`", FlagEntmark: "company `MARK`", FlagAPI: "endpoint `query|queryEncry|queryV2`",
		FlagStrict: "do not send where there is a warning (exit 64)", Strict: "there are warnings; nothing was sent, as --strict asks",
		FlagRegstatus: "ask for the business status too", FlagAgain: "send even if it was verified just now (it is charged again)", FlagReveal: "do not mask the person",
		FlagAddr: "loopback `ADDR` to listen on", FlagList: "list the mock server's fictional companies, error codes and misbehaviours",
		Usage: "Usage:", Commands: "Commands:", Flags: "Flags:", GlobalFlags: "Global flags:",
		CodeOld: "Old number: %d", CodeNotNumber: "%q is not the number of a code",
		StandinServes: "The mock server listens at the address above. To use it:", StandinStop: "Ctrl+C stops it",
		StandinCompanies: "Fictional companies: name, credit code, registration number, organisation code, person, document number, regstatus",
		StandinCodes:     "Company names that are answered with an error code", StandinCases: "Company names that are answered wrongly, and the outcome that is right",
		ConfigGood: "%s: no problem", ConfigNone: "%s does not exist; every key has its default",
		ConfigWritten: "%s written; uncomment what you need", ConfigExists: "%s exists and was left alone",
		Repaired: "%s was open to others (%04o); now it is yours alone", NotRepaired: "%s is open to others (%04o) and cannot be mended; please do", NotPrivate: "%s stays open to others (%04o): its file system does not tell users apart, so nothing is private there. Please move it to the home directory (not /mnt/c, NTFS, exFAT or a network drive)",
		LogFile:    "diagnostics go to %s",
		NoTerminal: "the console needs a terminal. For scripts: fourfactor check --stdin --json",
		LeftAtQuit: "a look-up was under way at the end (%s, %s): %s. %s",
		Output:     "standard output cannot be written (%s); the result is here instead:",
	}
}

func enErrors() Errors {
	return Errors{
		Kept: "a defect of fourfactor, please report it: %s. The details are in %s, which holds no secret and no person: please send it along.",
		Bug:  "a defect of fourfactor, please report it: %v", Output: "standard output cannot be written: %v",
		Home: "HOME is not set, so there is no place for config and log; set it, or name a config by --config", Flag: "usage", UnknownCommand: "there is no command %q", Lang: "--lang is zh or en, not %q",
		API:         "there is no endpoint %q; there are query, queryEncry and queryV2",
		NotTerminal: "%s is missing and standard input is no terminal; give the four factors as JSON with --stdin",
		Stdin:       `standard input has to be one JSON object, such as {"entname":"…","entmark":"…","realname":"…","idcard":"…"}`,
		StdinMember: "standard input has an unknown member %q; there are entname, entmark, realname and idcard",
		StdinType:   "%s has to be a string on standard input", StdinTwice: "%s is given twice: by a flag and on standard input",
		Key: "no key, nothing was sent", KeyHelp: "The key is at 个人中心 → 我的数据; put it in the file key beside the config, or in JUHE_KEY.",
		Openid: "no openid, nothing was sent", OpenidHelp: "The openid is at 个人中心; put it in the file openid beside the config, or in JUHE_OPENID.",
		Missing: "not configured",
		Config: map[string]string{
			"unknown_key": "unknown key", "bad_value": "bad value", "bad_type": "wrong type of value",
			"syntax": "not TOML", "conflict": "only one of two keys can be set", "twice": "the same key stands twice", "unreadable": "cannot be read",
			"taken": "another action has this key", "no_key": "this action needs a key that is no character", "text": "a character is text there, and no key",
			"needed": "this key has to be set too", "unused": "this key does nothing without another setting",
		},
		Nearest: "; did you mean %q?", Allowed: " (allowed: %s)", Other: " (%s)",
	}
}
