package i18n

func zhLeaving() Leaving {
	return Leaving{
		QuitUnseen: "上一笔核验的结果没有写入台账，您还没有看过（%s 查看）。再按一次 %s 退出。",
		QuitUnsent: "表单里填了还没有发送的内容，退出后不保留。再按一次 %s 退出。",
		Unseen:     "有一笔核验已经发送，结果没有写入台账，退出前也没有看过（%s，%s）：%s。请自行记下，并与账单核对。",
		Cut:        "中断时有一笔核验在途（%s，%s），可能已经计费。结果请看历史；历史里没有的，请与账单核对。",
	}
}
