package i18n

import "fourfactor/ui/keymap"

// addKeys adds the names of keys.
func addKeys(t *Messages, l pick) {
	t.Keys = map[keymap.Action]string{
		keymap.Help: l("帮助", "help"), keymap.OpenForm: l("核验", "form"), keymap.Back: l("返回", "back"), keymap.Quit: l("退出", "quit"),
		keymap.Suspend: l("挂起，fg 返回", "suspend (fg resumes)"), keymap.Next: l("下一项", "next field"), keymap.Previous: l("上一项", "previous field"),
		keymap.Advance: l("下一项/发送", "next/send"), keymap.Send: l("发送", "send"), keymap.Endpoint: l("换接口", "endpoint"),
		keymap.Regstatus: l("查/不查经营状态", "status on/off"), keymap.Clear: l("清空", "clear"), keymap.Undo: l("撤销", "undo"),
		keymap.OpenLast: l("最近结果", "last result"), keymap.ReplaceKey: l("更换 key", "replace key"), keymap.Edit: l("修改", "edit"),
		keymap.New: l("新建", "new"), keymap.Repeat: l("填入表单", "fill form"), keymap.Copy: l("复制", "copy"),
		keymap.CopyJSON: l("复制 JSON", "copy JSON"), keymap.Raw: l("原始应答", "raw response"), keymap.Reveal: l("完整显示", "show in full"),
		keymap.Earlier: l("填入上一笔", "fill in earlier"), keymap.Later: l("填入下一笔", "fill in later"), keymap.Complete: l("补全", "complete"),
		keymap.SendAgain: l("再次发送", "send again"), keymap.OpenHistory: l("历史", "history"), keymap.Open: l("打开", "open"),
		keymap.Search: l("搜索", "search"), keymap.Filter: l("筛选", "filter"), keymap.Recall: l("填入表单", "fill form"),
		keymap.Delete: l("删除", "delete"), keymap.Export: l("导出", "export"), keymap.RevealRow: l("完整显示", "show in full"), keymap.Yes: l("是", "yes"),
		keymap.No: l("否", "no"), keymap.OpenBatch: l("批量", "batch"), keymap.OpenRun: l("打开", "open"), keymap.NewRun: l("新建", "new run"),
		keymap.ResumeRun: l("继续核验", "resume"), keymap.ResendLost: l("重发结果未知的行", "resend lost"),
		keymap.ExportRun: l("导出结果", "export results"), keymap.ExportRest: l("导出无结论的行", "export unresolved"),
		keymap.HoldWarned: l("有提醒的发送/不发送", "send/hold warned"), keymap.Pause: l("暂停/继续", "pause/resume"),
		keymap.ColumnLeft: l("左一列", "previous column"), keymap.ColumnRight: l("右一列", "next column"),
		keymap.HeaderDown: l("表头下移一行", "header row down"), keymap.HeaderUp: l("表头上移一行", "header row up"),
		keymap.SetupAdvance: l("下一项/保存", "next/save"), keymap.SetupNext: l("下一项", "next field"), keymap.SetupPrevious: l("上一项", "previous field"),
		keymap.OptionLeft: l("前一个选项", "previous option"), keymap.OptionRight: l("后一个选项", "next option"),
		keymap.ClearField: l("清空此项", "clear field"), keymap.Save: l("保存", "save"), keymap.StartDemo: l("试用演示", "try the demo"),
		keymap.Up: l("上一行", "line up"), keymap.Down: l("下一行", "line down"), keymap.PageUp: l("上一页", "page up"),
		keymap.PageDown: l("下一页", "page down"), keymap.Top: l("最前", "first"), keymap.Bottom: l("最后", "last"), keymap.Accept: l("确定", "confirm"),
		keymap.CompletePath: l("补全路径", "complete path"),
	}
}
