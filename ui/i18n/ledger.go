package i18n

import "fourfactor/juhe/lookup"

// addLedger adds the texts about the ledger.
func addLedger(t *Messages, l pick) {
	t.Ledgers = map[lookup.LedgerProblem]string{
		lookup.LedgerFull: l("磁盘已满，无法写入台账 {path}。请清理磁盘空间。", "The disk is full: the ledger {path} cannot be written. Free some disk space."),
		lookup.LedgerReadOnly: l("台账 {path} 只能读取，不能写入。请检查文件与目录的权限，以及磁盘是否只读。",
			"The ledger {path} can be read but not written. Check the permissions of the file and its folder, and whether the disk is read-only."),
		lookup.LedgerDamaged: l("台账文件已损坏，未作改动：{path}。请先备份，并退出其他 fourfactor；核验遇到损坏处时，会把它原样移开并新建台账。",
			"The ledger file is damaged and was left unchanged: {path}. Back it up and quit any other fourfactor; a lookup that meets the damage sets the file aside unchanged and starts a new ledger."),
		lookup.LedgerNewer: l("台账 {path} 由更新版本的 fourfactor 写入，未作改动。请升级后使用。", "The ledger {path} was written by a newer fourfactor and was left unchanged. Please upgrade."),
		lookup.LedgerWrongKey: l("台账 {path} 的密钥或加密方式不对，未作改动。请核对配置 [ledger] 中的 encryption 与密钥。",
			"The key or encryption of the ledger {path} is wrong; nothing was changed. Check encryption and key under [ledger] in the config."),
		lookup.LedgerNoEncryptionKey: l("无法取得台账的密钥：{path} 应为 64 位十六进制数字。没有密钥就无法读取历史，请从备份找回，不要新建。",
			"The ledger key could not be read: {path} should contain 64 hexadecimal digits. Without the key the history cannot be read: restore it from a backup, do not create a new one."),
		lookup.LedgerBusy: l("台账 {path} 被其他程序占用，请稍后再试。", "Another program is using the ledger {path}. Please try again later."),
		lookup.LedgerUnreadable: l("台账 {path} 中有记录无法读取，已跳过，其余正常。fourfactor history verify 可列出这些记录；请从备份恢复。无法读取的笔数",
			"Some records of the ledger {path} cannot be read and are skipped; the rest is intact. fourfactor history verify lists them; restore a backup. Unreadable records"),
		lookup.LedgerOtherOwner: l("台账 {path} 属于另一个用户；root 使用后，该用户将无法打开。请以该用户运行（不要用 sudo），或为 root 另设 ledger.path。",
			"The ledger {path} belongs to another user, who could not open it once root has used it. Run as that user (not with sudo), or set a separate ledger.path for root."),
		lookup.LedgerNowhere: l("无法确定台账的位置：没有设置 HOME 和 XDG_DATA_HOME。请设置其一，或在配置中设置 ledger.path。",
			"The location of the ledger is unknown: neither HOME nor XDG_DATA_HOME is set. Set one of them, or ledger.path in the config."),
		lookup.LedgerFailed: l("台账 {path} 读写失败。", "The ledger {path} cannot be read or written."),
	}
	t.LedgerAside = l("台账文件已损坏，已原样移到 {aside}。重新启动会新建台账，其中没有以前的发送记录；旧记录请从备份恢复，或用 history import 导入。",
		"The ledger file is damaged and was moved, unchanged, to {aside}. The next start creates a new ledger without the earlier lookups; restore them from a backup or with history import.")
	t.ImportProblems = map[lookup.JSONProblem]string{
		lookup.JSONSyntax: l("不是一条核验记录（一行一个 JSON 对象）", "is not a lookup (one JSON object per line)"),
		lookup.JSONSchema: l("schema 不是 1，可能由更新的版本导出", "has a schema other than 1; it may come from a newer version"),
		lookup.JSONMasked: l("姓名与证件号码已脱敏，无法导入；请用 history export --reveal 重新导出", "is masked and cannot be imported; export again with history export --reveal"),
		lookup.JSONMember: l("{member} 缺少或有误", "{member} is missing or wrong"), lookup.JSONTooLong: l("一行超过 1 MiB", "is longer than 1 MiB"),
		lookup.JSONDemo: l("演示数据，只能加 --demo 导入", "is demo data and can only be imported with --demo"),
	}
	t.AuditActions = map[lookup.AuditAction]string{
		lookup.AuditReveal: l("完整显示", "shown in full"), lookup.AuditFill: l("填入表单", "filled into the form"),
		lookup.AuditExportStarted: l("开始导出", "export started"), lookup.AuditExport: l("导出", "export"), lookup.AuditImport: l("导入", "import"),
		lookup.AuditDelete: l("删除", "deletion"), lookup.AuditPurge: l("清理", "purge"),
	}
}
