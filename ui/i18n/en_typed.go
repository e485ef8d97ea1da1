package i18n

func enTyped() Typed {
	return Typed{
		Row:     "The line has tabs, as a whole row of a spreadsheet has, and was not taken. One value a line: please type %s again.",
		TooSoon: "That came too soon to be consent. Please read the question, then answer.",
		NoArgs:  "%s takes no %q",
	}
}
