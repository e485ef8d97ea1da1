package i18n

// Result has the texts of the result screen.
type Result struct {
	Empty, NotGiven, Raw, NoRaw, LeaveRaw string
	Revealed, Hidden                      string
	CopiedText, CopiedJSON, CopiedRaw     string
	WithPerson                            string
	CopyMethods                           map[string]string // by way of copying
	CopyFailed                            string
	// Other lookups of the same factors, and what changed.
	Earlier, Outcome, NoVerdict, Regstatus  string
	Unchanged                               string
	RevealFailed, LookupDeleted, LoadFailed string
	CopiedUnsaved                           string
	NotFromLedger                           string
}

func newResult(l pick) Result {
	return Result{
		Empty:    l("还没有结果。按 %s 返回核验。", "No result yet. Press %s to return to the form."),
		NotGiven: l("服务未返回", "not returned by the service"),
		Raw:      l("原始应答（密钥与个人信息已脱敏）", "Raw response (secrets and personal data redacted)"),
		NoRaw:    l("没有收到完整的应答", "No complete response was received"), LeaveRaw: l("返回结果", "result"),
		Revealed: l("完整显示 %s，之后自动脱敏", "Personal data shown for %s"), Hidden: l("个人信息已脱敏", "Personal data masked again"),
		CopiedText: l("已复制结果", "Result copied"), CopiedJSON: l("已复制 JSON", "JSON copied"), CopiedRaw: l("已复制原始应答", "Raw response copied"),
		WithPerson: l("%s，含完整个人信息", "%s, with personal data"),
		CopyMethods: map[string]string{
			"native": l("%s（系统剪贴板）", "%s (system clipboard)"),
			"tmux":   l("%s（tmux 缓冲区，并已转给终端）", "%s (tmux buffer, also passed to the terminal)"),
			"osc52":  l("%s（经终端 OSC 52；粘贴不出来，说明终端不支持）", "%s (via OSC 52; if pasting fails, your terminal does not support it)"),
		},
		CopyFailed: l("复制失败：%s", "Copy failed: %s"), Earlier: l("这四项的其他核验", "Other lookups of these four factors"),
		Outcome: l("结论由“%s”变为“%s”", "verdict changed from “%s” to “%s”"), NoVerdict: l("无结论", "no verdict"),
		Regstatus: l("经营状态由“%s”变为“%s”", "status changed from “%s” to “%s”"), Unchanged: l("与本次相同", "same as this one"),
		RevealFailed:  l("没有显示：无法写入审计记录，%s", "Not shown: the audit trail cannot be written, %s"),
		LookupDeleted: l("这笔核验已被删除", "That lookup was deleted"),
		CopiedUnsaved: l("完整 JSON（含个人信息；存为 .jsonl 后，可用 history import 补入台账）", "Full JSON with personal data (save it as .jsonl; history import adds it to the ledger)"),
		LoadFailed:    l("这笔核验无法读取：%s", "The lookup could not be read: %s"),
		NotFromLedger: l("这一笔是实际发送的结果。要再核验一次，按 %s 填入表单后发送", "This result came from the service, not the ledger. Press %s to fill the form and send again"),
	}
}
