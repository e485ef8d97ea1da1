package i18n

func zhPaste() Paste {
	return Paste{
		Filled:  "已从粘贴的内容填入：%s。",
		Spoilt:  "%s已被表格改坏，请重新输入。",
		Unsure:  "%s有不止一个可能，没有填入。",
		Missing: "没有填入：%s。",
		Emptied: "%s原来的内容属于另一笔，已清空。",
		Masked:  "粘贴的内容是打码（脱敏）的，请换成完整的；从本程序导出时加 --reveal。",
		Kept:    "%s仍是原来的内容，请核对。",
		And:     "、",
		Undo:    "%s 撤销",
		Just:    "刚粘贴完，没有发送。请核对后再按一次 %s。",
		Nothing: "没有可粘贴的内容：剪贴板是空的，或内容超过 8 MB。内容多时请用批量打开文件。",
		Undone:  "已撤销，恢复为之前的内容", NothingToUndo: "没有可撤销的改动",
	}
}
