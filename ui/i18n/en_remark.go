package i18n

func enInputs() map[string]string {
	return map[string]string{
		"empty":       "{field} is missing; nothing was sent",
		"utf8":        "{field} has unreadable characters; nothing was sent, please type it again",
		"placeholder": "{field} has no value, only a placeholder (such as NULL, 无, / or 0); nothing was sent, fill in the real one",
		"masked":      "{field} is masked; nothing was sent, fill in the whole value (export with --reveal)",
	}
}

func enFindings() map[string]string {
	return map[string]string{
		"dot":         "the dot of a name is ·, and only between its parts",
		"bracket":     "registered names use pairs of （）",
		"width":       "letters or digits in full width, registered ones are in half width",
		"variant":     "戶 is not 户, which is registered as a rule",
		"private":     "private-use characters, which the service hardly knows",
		"standard":    "there is a standard character for them: use it",
		"unknown":     "? or □ stands for a character that could not be read",
		"garbled":     "garbled, read in a wrong encoding",
		"digits":      "digits in a person's name",
		"latin":       "letters within a Chinese name",
		"company":     "looks like a company: the wrong field?",
		"person":      "looks like a person: the wrong field?",
		"note":        "a note in brackets, which is not registered",
		"title":       "a title or function, which is not registered",
		"several":     "looks like more than one person",
		"punctuation": "punctuation that no name has",
		"hidden":      "the real name seems hidden (某, X, *)",
		"sample":      "looks like a sample or a heading, not a real name",
	}
}
