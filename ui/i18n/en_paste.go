package i18n

func enPaste() Paste {
	return Paste{
		Filled:  "Filled in from what was pasted: %s. ",
		Spoilt:  "Spoilt by the spreadsheet, please type: %s. ",
		Unsure:  "Not filled in, several may be meant: %s. ",
		Missing: "Not filled in: %s. ",
		Emptied: "Emptied, it was another look-up's: %s. ",
		Masked:  "What was pasted is masked: use the whole values (export with --reveal). ",
		Kept:    "As before, please check: %s. ",
		And:     ", ",
		Undo:    "%s undoes it",
		Just:    "Just pasted, nothing was sent. Please check and press %s once more.",
		Nothing: "Nothing was pasted: the clipboard is empty, or holds more than 8 MB. Please open a file in batch for that much.",
		Undone:  "Undone: the form is as it was before", NothingToUndo: "There is nothing to undo",
	}
}
