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

func zhResult() Result {
	return Result{
		Empty: "还没有结果。按 %s 返回核验。", NotGiven: "服务未返回",
		Raw: "原始应答（密钥与个人信息已脱敏）", NoRaw: "没有收到完整的应答", LeaveRaw: "返回结果",
		Revealed: "完整显示 %s，之后自动脱敏", Hidden: "个人信息已脱敏",
		CopiedText: "已复制结果", CopiedJSON: "已复制 JSON", CopiedRaw: "已复制原始应答", WithPerson: "%s，含完整个人信息",
		CopyMethods: map[string]string{"native": "%s（系统剪贴板）", "tmux": "%s（tmux 缓冲区，并已转给终端）", "osc52": "%s（经终端 OSC 52；粘贴不出来，说明终端不支持）"},
		CopyFailed:  "复制失败：%s",
		Earlier:     "这四项的其他核验", Outcome: "结论由“%s”变为“%s”", NoVerdict: "无结论", Regstatus: "经营状态由“%s”变为“%s”", Unchanged: "与本次相同",
		RevealFailed: "没有显示：无法写入审计记录，%s", LookupDeleted: "这笔核验已被删除", CopiedUnsaved: "完整 JSON（含个人信息；存为 .jsonl 后，可用 history import 补入台账）", LoadFailed: "这笔核验无法读取：%s",
		NotFromLedger: "这一笔是实际发送的结果。要再核验一次，按 %s 填入表单后发送",
	}
}

func enResult() Result {
	return Result{
		Empty: "No result yet. Press %s to return to the form.", NotGiven: "not returned by the service",
		Raw: "Raw response (secrets and personal data redacted)", NoRaw: "No complete response was received", LeaveRaw: "result",
		Revealed: "Personal data shown for %s", Hidden: "Personal data masked again",
		CopiedText: "Result copied", CopiedJSON: "JSON copied", CopiedRaw: "Raw response copied", WithPerson: "%s, with personal data",
		CopyMethods: map[string]string{"native": "%s (system clipboard)", "tmux": "%s (tmux buffer, also passed to the terminal)", "osc52": "%s (via OSC 52; if pasting fails, your terminal does not support it)"},
		CopyFailed:  "Copy failed: %s",
		Earlier:     "Other lookups of these four factors", Outcome: "verdict changed from “%s” to “%s”", NoVerdict: "no verdict", Regstatus: "status changed from “%s” to “%s”", Unchanged: "same as this one",
		RevealFailed: "Not shown: the audit trail cannot be written, %s", LookupDeleted: "That lookup was deleted", CopiedUnsaved: "Full JSON with personal data (save it as .jsonl; history import adds it to the ledger)", LoadFailed: "The lookup could not be read: %s",
		NotFromLedger: "This result came from the service, not the ledger. Press %s to fill the form and send again",
	}
}
