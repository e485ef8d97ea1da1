package words

func enTyped() Typed {
	return Typed{
		Row:      "The line has tabs, as a whole row of a spreadsheet has, and was not taken. One value a line: please type %s again.",
		TooSoon:  "That came too soon to be consent. Please read the question, then answer.",
		NoArgs:   "%s takes no %q",
		WaitMore: "Interrupted; waiting for the look-up under way, for at most %g seconds. Ctrl+C once more does not wait: the look-up is lost then, and may have been charged.",
	}
}
