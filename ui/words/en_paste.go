package words

func enPaste() Paste {
	return Paste{
		Filled:  "From the pasted row: %s. ",
		Spoilt:  "Spoilt by the spreadsheet and not filled in, please type it: %s. ",
		Unsure:  "Not filled in, for several cells may be meant: %s. ",
		Missing: "Not filled in: %s. ",
		Kept:    "As before, please check: %s. ",
		And:     ", ",
		Undo:    "%s undoes it",
		Undone:  "Undone: the form is as it was before", NothingToUndo: "There is nothing to undo",
	}
}
