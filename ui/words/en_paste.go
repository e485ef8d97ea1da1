package words

func enPaste() Paste {
	return Paste{
		Filled:  "Filled in from the row: %s. ",
		Spoilt:  "Spoilt by the spreadsheet, please type: %s. ",
		Unsure:  "Not filled in, several may be meant: %s. ",
		Missing: "Not filled in: %s. ",
		Emptied: "Emptied, it was another look-up's: %s. ",
		Masked:  "What was pasted is masked: use the whole values (export with --reveal). ",
		Kept:    "As before, please check: %s. ",
		And:     ", ",
		Undo:    "%s undoes it",
		Undone:  "Undone: the form is as it was before", NothingToUndo: "There is nothing to undo",
	}
}
