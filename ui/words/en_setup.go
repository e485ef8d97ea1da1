package words

func enSetup() Setup {
	return Setup{
		Title: "Setup", Open: "set up a key",
		Where: "The AppKey is on Juhe's site, at 个人中心 → 我的数据. Each interface has its own: take that of 企业四要素核验.",
		Demo:  "None at hand? %s tries the demo, no key needed.",
		Key:   "AppKey", Openid: "OpenID", Lang: "Language", Colour: "Colours",
		KeyNote:    "Not shown. Goes to %s. The first look-up shows whether it is right.",
		OpenidNote: "May stay empty: for queryEncry only (个人中心)",
		KeyTyped:   "%d characters, to %s. The first look-up shows whether it is right.",
		Typed:      "%d characters, to %s",
		Unfit:      "There is a blank or an invisible character within; it cannot be saved. %s empties the field, to paste again",
		Refused:    "What was pasted has control characters; it was not taken. Please copy it again",
		TooLong:    "What was pasted is too long; it was not taken: at most %d characters",
		Foreign:    "There are Chinese or full-width characters, unlike a key: is an input method on?",
		NoKey:      "There is no AppKey yet; nothing was saved. Without a key %s tries the demo.",
		OpenidSet:  "set already: %s",
		Languages:  map[string]string{"zh": "中文", "en": "English"},
		Themes:     map[string]string{"auto": "automatic", "dark": "dark", "light": "light", "mono": "none"},
		AtSaving:   "Takes effect once saved. ",
		ConfigNew:  "Goes into a new config, %s: %s",
		ConfigKept: "There is a config, %s, which stays as it is. To keep the choice, put this into it: %s",
		Ledger: map[string]string{
			"keyfile": "The key of the history is {path}. Without it the history is lost: back it up, not beside the ledger. To keep it elsewhere see [ledger] in the config.",
			"command": "The history is encrypted, with the key of [ledger] key_command. Without it the history cannot be read: back it up, but not beside the ledger. Another way: see [ledger] in the config.",
			"none":    "The history is not encrypted ([ledger] encryption = \"none\"). To encrypt it see [ledger] in the config.",
		},
		Saving:   "Saving",
		Stored:   "The key is in %s. Whether it is right shows at the first look-up.",
		KeptAsIs: "Language and colours hold for this time only: %s was not changed.",
		Exists:   "Nothing was saved: there is %s already, which stays as it is. To use that, quit and start again; to use what you typed, move it away, then %s.",
		Failed:   "Nothing was saved: %s cannot be written (%s). See whether the folder is there and can be written, and whether the disk is full, then %s. What you typed is still here.",
	}
}
