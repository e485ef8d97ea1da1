package i18n

// Warned is what batches say of rows with warnings, on the screen and in commands.
type Warned struct {
	Label, Sent, Held string // of a plan: how many there are, and what becomes of them
	Title, TitleHeld  string // above the rows
	At                string // where a warning is: row and column
	More              string // that there are others
	HowToHold         string // in a command
	Hold, Send        string // what the key does
	Row               string // why a row of a run is not sent
	Left              string // how many rows of a run are held back
	Open              string // behind the word for finished: how many rows have no verdict
	Gone              string // that pasted rows are taken in, or removed
}

// HeldBack says that a row is held back because of warnings.
func (t *Text) HeldBack(warnings string) string { return t.Runs.Warned.Row + warnings }

func zhWarned() Warned {
	return Warned{
		Label: "有提醒", Sent: "照常处理", Held: "不发送",
		Title: "有提醒的行（照常处理）", TitleHeld: "有提醒的行（不发送）", At: "第 %d 行 %s 列", More: "还有 %d 行有提醒，没有列出",
		HowToHold: "有提醒的行要先核对、这次不发送，请加 --hold-warned",
		Hold:      "有提醒的不发送", Send: "有提醒的也发送", Row: "有提醒，按要求没有发送：", Left: "有提醒未发送 %d",
		Open: "，%d 行无结论", Gone: "旧版粘贴的行：收进台账 %d 批，删除 %d 批",
	}
}

func enWarned() Warned {
	return Warned{
		Label: "With warnings", Sent: "not held back", Held: "not sent",
		Title: "Rows with warnings (not held back)", TitleHeld: "Rows with warnings (not sent)", At: "row %d, column %s", More: "%d more with warnings are not listed",
		HowToHold: "to check rows with warnings first and not send them now, add --hold-warned",
		Hold:      "hold warned", Send: "send warned", Row: "held back because of a warning: ", Left: "held back %d",
		Open: ", %d unresolved", Gone: "pasted rows of an older version: %d taken into the ledger, %d removed",
	}
}
