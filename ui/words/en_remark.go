package words

func enInputs() map[string]string {
	return map[string]string{
		"empty":       "{field} is missing; nothing was sent",
		"utf8":        "{field} has unreadable characters; nothing was sent, please type it again",
		"placeholder": "{field} has no value, only a placeholder (such as NULL, 无, / or 0); nothing was sent, fill in the real one",
		"masked":      "{field} is masked; nothing was sent, fill in the whole value (export with --reveal)",
	}
}
