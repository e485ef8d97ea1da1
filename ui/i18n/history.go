package i18n

import "fourfactor/juhe/lookup"

// History has the texts of the history screen. Keys are filled in, because they
// can be rebound.
type History struct {
	Title, Today, Outcome, Search, SearchHint                     string
	Position, More, Loading, SearchedBackTo                       string
	Empty, EmptyNext, EmptyImport                                 string
	NothingText, NothingOutcome, NothingBoth, NoneBackTo          string
	Clear, Failed, Retry                                          string
	Delete, DeleteNote, DeleteYes, DeleteNo                       string
	Deleted, DeletedGone, DeleteFailed, DeleteRemains             string
	Unreadable                                                    string
	Export, ExportWhat, ExportAll, ExportMasked                   string
	ExportFull, NoneSoFar                                         string
	Exporting, ExportCancelling, ExportCancelled                  string
	Exported, ExportFailed, ExportPart                            string
	ToList, ClearText, ClearAll, LeaveSearch, StartExport, Cancel string // keys
}

func newHistory(l pick) History {
	return History{
		Title: l("历史", "History"), Today: l("今天", "today"), Outcome: l("结果", "Outcome"), Search: l("搜索", "Search"),
		SearchHint: l("按 %s 搜索企业、标识、姓名、证件号码、流水号", "%s searches company, ID, name, number, order ID"),
		Position:   l("第 %d / %d 笔", "%d of %d"), More: l("下面还有", "more below"), Loading: l("正在读取…", "reading…"),
		SearchedBackTo: l("只搜索到 %s；再输入一个字搜索全部，PgDn 继续往前搜索", "Searched back to %s. Type one more character to search everything, or PgDn for older ones"),
		Empty:          l("还没有核验记录。", "No lookups yet."),
		EmptyNext:      l("%s 去核验，每一笔都会自动记录在这里。", "Press %s for the form. Every lookup is recorded here automatically."),
		EmptyImport:    l("以前导出的 .jsonl，可用 fourfactor history import 导入。", "fourfactor history import restores a .jsonl export."),
		NothingText:    l("没有与“%s”匹配的核验。", "No lookups match “%s”."), NothingOutcome: l("没有结果为“%s”的核验。", "No lookups with outcome “%s”."),
		NothingBoth: l("没有与“%s”匹配且结果为“%s”的核验。", "No lookups match “%s” with outcome “%s”."),
		NoneBackTo:  l("搜索到 %s 没有找到；再输入一个字搜索全部，PgDn 继续往前搜索。", "None found back to %s. Type one more character to search everything, or PgDn for older ones."),
		NoneSoFar:   l("到这里还没有找到，PgDn 继续往前搜索。", "None found so far. Press PgDn for older ones."),
		Clear:       l("按 %s 清除条件，查看更多。", "Press %s to clear the search and see more."),
		Failed:      l("核验记录无法读取。", "The history could not be read."), Retry: l("按 %s 重试。", "Press %s to try again."),
		Delete:     l("删除这笔核验记录？", "Delete this lookup?"),
		DeleteNote: l("无法恢复；再次核验会直接发送并计费。", "Permanent; repeats are charged."),
		DeleteYes:  l("删除", "delete"), DeleteNo: l("保留", "keep"), Deleted: l("已删除这笔核验记录", "Lookup deleted"),
		DeletedGone:   l("这笔核验记录已不存在", "That lookup no longer exists"),
		Unreadable:    l("%d 笔无法读取，已跳过；fourfactor history verify 可列出", "%d unreadable lookups skipped; fourfactor history verify lists them"),
		DeleteFailed:  l("删除失败：%s", "Delete failed: %s"),
		DeleteRemains: l("已删除，但文件中的旧内容尚未清除：%s", "Deleted, but its old content is not yet erased from the file: %s"),
		Export:        l("导出到", "Export to"),
		ExportWhat:    l("导出%s，格式由扩展名决定（.xlsx .csv .jsonl）", "Export %s as .xlsx, .csv or .jsonl"),
		ExportAll:     l("全部核验记录", "all lookups"),
		ExportMasked:  l("姓名与证件号码将脱敏。", "Names and ID numbers will be masked."),
		ExportFull:    l("完整导出：fourfactor history export --reveal --out 文件", "In full: fourfactor history export --reveal --out FILE"),
		Exporting:     l("正在导出，已写 %d 笔", "Exporting, %d written"), ExportCancelling: l("正在取消导出…", "Cancelling the export…"),
		ExportCancelled: l("已取消导出", "Export cancelled"), Exported: l("已导出 %d 笔：%s", "Exported %d: %s"),
		ExportFailed: l("导出失败：%s", "Export failed: %s"),
		ExportPart:   l("只导出了可读取的 %d 笔：%s。%s", "Exported the %d readable lookups: %s. %s"),
		ToList:       l("到列表", "to list"), ClearText: l("清除文字", "clear text"), ClearAll: l("清除条件", "clear search"),
		LeaveSearch: l("离开搜索", "leave search"), StartExport: l("开始导出", "start export"), Cancel: l("取消", "cancel"),
	}
}

// Records has the texts and the help of the commands below history.
type Records struct {
	Short, List, Show, Delete, Purge, Verify, Audit, Export, ExportLong, Import, ImportLong string

	FlagSearch, FlagOutcome, FlagSince, FlagLimit, FlagReveal, FlagOlderThan, FlagOut string

	Nothing, More, UnknownID, Earlier, Imported                                  string // list and show
	BadTime, Future, BadOutcome, BadLimit                                        string
	DeleteAsk, PurgeAsk, NotDeleted, Deleted, Remains, LastMasked                string
	PurgeClock, Expired, PurgePostponed                                          string // purging by the clock
	Encrypted, Plain, Lookups, Pending, Bytes, Intact, Damaged, Path             string // verify
	Masked, Unmasked, Count                                                      string // audit
	BadExtension, Exists, NoFolder, Denied, Exported, TooMany, CSVLosesDigits    string // export
	BadLine, NothingImported, Added, AddedPart, Restored, NoLookups, MissingFlag string // import
	NotRevealed, NotSent, HintShow, HintAgain, NoSearchText, NoAuditEvents       string
	Meaning, ElapsedMS                                                           string // further headings of an exported table
}

func newRecords(l pick) Records {
	return Records{
		Short:  l("核验记录：查找、查看、导出、导入、删除", "Recorded lookups: find, show, export, import, delete"),
		List:   l("列出核验记录，最新的在前", "List lookups, newest first"),
		Show:   l("查看一笔核验，以及这四项更早的核验", "Show a lookup and the earlier ones of the same four factors"),
		Delete: l("删除核验记录（无法恢复）", "Delete lookups permanently"),
		Purge:  l("清理某个时间以前的核验记录（无法恢复）", "Permanently delete all lookups before a given time"),
		Verify: l("检查台账是否完好", "Check the ledger for damage"),
		Audit:  l("审计记录：谁在何时完整显示、导出、导入、删除过什么", "The audit trail: who revealed, exported, imported or deleted what, and when"),
		Export: l("把核验记录导出为 CSV、XLSX 或 JSONL", "Export lookups as CSV, XLSX or JSONL"),
		ExportLong: l("把核验记录导出为 CSV、XLSX 或 JSONL，格式由扩展名决定；不覆盖已有的文件。\n"+
			"姓名与证件号码默认脱敏，加 --reveal 才完整；只有加 --reveal 的 JSONL 才能再导入。",
			"Export lookups as CSV, XLSX or JSONL, depending on the file extension. An existing file is not overwritten.\n"+
				"Names and ID numbers are masked unless --reveal is given; only JSONL with --reveal can be imported again."),
		Import: l("导入以前导出的 JSONL", "Import a JSONL export"),
		ImportLong: l("导入 history export --reveal 导出的 JSONL：编号不变，已有的跳过。先检查全部内容，有一行不对就全部不导入。\n"+
			"本机结果未知的核验，如果文件中有同一编号的应答，会补上。\n"+
			"导入的记录可以查找，但不代替核验作答；这四项近期已有结论的，核验之前会先询问。",
			"Import JSONL written by history export --reveal. IDs are kept and existing lookups are skipped. The whole file is checked first; if one line is bad, nothing is imported.\n"+
				"A lookup whose outcome is unknown here takes the answer recorded in the file under the same ID.\n"+
				"Imported lookups can be searched but never answer a lookup; if they hold a recent verdict on the same four factors, you are asked first."),
		FlagSearch: l("企业、标识、姓名、证件号码或流水号中含有 `TEXT`；写 - 则从标准输入读取，避免个人信息留在 shell 历史中",
			"only lookups with `TEXT` in company, ID, name, ID number or order ID; - reads it from standard input and keeps personal data out of the shell history"),
		FlagOutcome:   l("只列出这种结果 `match|mismatch|refused|unclear|lost|unsent`", "only this outcome: `match|mismatch|refused|unclear|lost|unsent`"),
		FlagSince:     l("从这个时间起 `TIME`：日期，或 90d、12h", "from this `TIME` on: a date, or 90d, 12h"),
		FlagLimit:     l("最多列出 `N` 笔，0 为全部", "list at most `N`, 0 for all"),
		FlagReveal:    l("完整显示姓名与证件号码（记入审计）", "show names and ID numbers in full (recorded in the audit trail)"),
		FlagOlderThan: l("早于这个时间 `TIME`：日期，或 365d、12h", "before this `TIME`: a date, or 365d, 12h"),
		FlagOut:       l("导出到 `FILE`（.csv、.xlsx 或 .jsonl）", "export to `FILE` (.csv, .xlsx or .jsonl)"),
		Nothing:       l("没有符合条件的核验记录", "no matching lookups"),
		More:          l("只列出最近 %d 笔；加 --limit 0 列出全部", "only the newest %d are listed; --limit 0 lists all"),
		UnknownID:     l("没有编号为 %q 的核验记录", "no lookup has the ID %q"), Earlier: l("这四项更早的核验", "Earlier lookups of the same four factors"),
		Imported:   l("由导入而来，不是本机核验所得", "imported, not made on this machine"),
		BadTime:    l("%q 不是有效的时间；请用日期（如 2026-01-31），或 90d、12h", "%q is not a valid time; use a date (2026-01-31), or 90d, 12h"),
		Future:     l("%s 是将来的时间", "%s is in the future"),
		BadOutcome: l("没有 %q 这种结果；可用 %s", "there is no outcome %q; use one of %s"),
		BadLimit:   l("--limit 不能是负数", "--limit must not be negative"),
		DeleteAsk:  l("删除 %d 笔核验记录？无法恢复；再次核验会直接发送并计费 [y/N] ", "Delete %d lookups? This cannot be undone; repeats will be sent and charged. [y/N] "),
		PurgeAsk: l("清理 %s 以前的 %d 笔核验记录？无法恢复；再次核验会直接发送并计费 [y/N] ",
			"Delete all lookups before %s (%d)? This cannot be undone; repeats will be sent and charged. [y/N] "),
		PurgeClock: l("现在是 %s，台账里最近一次核验是 %s，相差太久，时钟可能不准。请核对日期；确实要清理，请用 --older-than 写明日期，例如 2025-01-31",
			"It is now %s, but the newest lookup in the ledger is from %s; the clock may be wrong. Check the date. To purge anyway, give --older-than a date, such as 2025-01-31"),
		Expired: l("已按 ledger.keep 清理 %d 笔到期的核验记录", "%d lookups purged by ledger.keep"),
		PurgePostponed: l("有超过 ledger.keep 的核验记录没有自动清理：时钟有过跳变，或很久没有核验。核对日期后，可运行 fourfactor history purge --older-than %dd",
			"Lookups older than ledger.keep were not purged automatically: the clock has jumped, or there was no lookup for a long time. Check the date, then run fourfactor history purge --older-than %dd"),
		NotDeleted: l("没有删除", "nothing was deleted"),
		Deleted:    l("已删除 %d 笔；再次核验这四项会直接发送并计费", "%d deleted; repeats will be sent and charged without asking"),
		Remains:    l("已删除 %d 笔，但文件中的旧内容尚未清除：%s", "%d deleted, but the old content is not yet erased from the file: %s"),
		LastMasked: l("注意：最近一次导出（%s，%s）是脱敏的，无法再导入。要留底请先运行 history export --reveal",
			"note: the last export (%s, %s) was masked and cannot be imported. To keep a copy, run history export --reveal first"),
		Path: l("台账", "Ledger"), Encrypted: l("已加密", "encrypted"), Plain: l("未加密", "not encrypted"), Lookups: l("核验记录", "Lookups"),
		Pending: l("在途", "In progress"), Bytes: l("大小", "Size"), Intact: l("台账完好", "The ledger is intact"),
		Damaged: l("台账有损坏，请先备份，再导出可读取的记录", "The ledger is damaged: back it up, then export what is readable"),
		Masked:  l("已脱敏", "masked"), Unmasked: l("含个人信息", "with personal data"), Count: l("%d 笔", "%d lookups"),
		BadExtension: l("%q 应以 .csv、.xlsx 或 .jsonl 结尾", "%q must end in .csv, .xlsx or .jsonl"),
		Exists:       l("%s 已存在，没有覆盖；请换一个文件名", "%s already exists and was not overwritten; please choose another name"),
		NoFolder:     l("%s 所在的文件夹不存在", "the folder of %s does not exist"), Denied: l("没有权限写入 %s", "no permission to write %s"),
		Exported: l("已导出 %d 笔：%s", "%d exported: %s"),
		TooMany:  l("笔数超过 XLSX 一张表的上限（1,048,576 行），请改用 .csv 或 .jsonl", "more lookups than an XLSX sheet holds (1,048,576 rows); use .csv or .jsonl"),
		CSVLosesDigits: l("注意：用 Excel 打开 CSV，长号码会变成 1.10105E+17，保存后丢失末几位；.xlsx 不会",
			"note: Excel shows long numbers in a CSV as 1.10105E+17 and loses digits when it saves; .xlsx keeps them"),
		BadLine: l("%s 第 %d 行：%s", "%s, line %d: %s"), NothingImported: l("没有导入任何记录", "nothing was imported"),
		NoLookups: l("%s 里没有核验记录", "%s contains no lookups"), MissingFlag: l("请写明 %s", "%s is missing"),
		Added:         l("导入 %d 笔，已有的 %d 笔跳过", "%d imported, %d existing ones skipped"),
		AddedPart:     l("中断前已导入 %d 笔，再次导入会跳过它们", "%d were imported before the interruption; importing again skips them"),
		Restored:      l("补上了 %d 笔结果未知的核验的应答", "%d lookups with an unknown outcome received their answers"),
		NotRevealed:   l("无法写入审计记录，个人信息仍脱敏：%s", "the audit trail cannot be written, so personal data stays masked: %s"),
		NotSent:       l("未发送，不计费。%s", "not sent, not charged. %s"),
		HintShow:      l("查看上一次：fourfactor history show %s", "to see the earlier lookup: fourfactor history show %s"),
		HintAgain:     l("未发送；要再次发送（可能再次计费），请加 --again", "not sent; to send again (it may be charged again), add --again"),
		NoAuditEvents: l("审计记录是空的", "the audit trail is empty"),
		NoSearchText:  l("标准输入中没有要搜索的文字", "standard input contains no text to search for"),
		Meaning:       l("说明", "Meaning"), ElapsedMS: l("用时（毫秒）", "Time taken (ms)"),
	}
}

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
