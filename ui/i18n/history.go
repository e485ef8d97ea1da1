package i18n

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

func zhHistory() History {
	return History{
		Title: "历史", Today: "今天", Outcome: "结果", Search: "搜索",
		SearchHint: "按 %s 搜索企业、标识、姓名、证件号码、流水号",
		Position:   "第 %d / %d 笔", More: "下面还有", Loading: "正在读取…",
		SearchedBackTo: "只搜索到 %s；再输入一个字搜索全部，PgDn 继续往前搜索",
		Empty:          "还没有核验记录。", EmptyNext: "%s 去核验，每一笔都会自动记录在这里。",
		EmptyImport: "以前导出的 .jsonl，可用 fourfactor history import 导入。",
		NothingText: "没有与“%s”匹配的核验。", NothingOutcome: "没有结果为“%s”的核验。",
		NothingBoth: "没有与“%s”匹配且结果为“%s”的核验。", NoneBackTo: "搜索到 %s 没有找到；再输入一个字搜索全部，PgDn 继续往前搜索。",
		NoneSoFar: "到这里还没有找到，PgDn 继续往前搜索。",
		Clear:     "按 %s 清除条件，查看更多。", Failed: "核验记录无法读取。", Retry: "按 %s 重试。",
		Delete: "删除这笔核验记录？", DeleteNote: "无法恢复；再次核验会直接发送并计费。", DeleteYes: "删除", DeleteNo: "保留",
		Deleted: "已删除这笔核验记录", DeletedGone: "这笔核验记录已不存在", Unreadable: "%d 笔无法读取，已跳过；fourfactor history verify 可列出", DeleteFailed: "删除失败：%s",
		DeleteRemains: "已删除，但文件中的旧内容尚未清除：%s",
		Export:        "导出到", ExportWhat: "导出%s，格式由扩展名决定（.xlsx .csv .jsonl）", ExportAll: "全部核验记录",
		ExportMasked: "姓名与证件号码将脱敏。", ExportFull: "完整导出：fourfactor history export --reveal --out 文件",
		Exporting: "正在导出，已写 %d 笔", ExportCancelling: "正在取消导出…", ExportCancelled: "已取消导出",
		Exported: "已导出 %d 笔：%s", ExportFailed: "导出失败：%s", ExportPart: "只导出了可读取的 %d 笔：%s。%s",
		ToList: "到列表", ClearText: "清除文字", ClearAll: "清除条件", LeaveSearch: "离开搜索", StartExport: "开始导出", Cancel: "取消",
	}
}

func enHistory() History {
	return History{
		Title: "History", Today: "today", Outcome: "Outcome", Search: "Search",
		SearchHint: "%s searches company, ID, name, number, order ID",
		Position:   "%d of %d", More: "more below", Loading: "reading…",
		SearchedBackTo: "Searched back to %s. Type one more character to search everything, or PgDn for older ones",
		Empty:          "No lookups yet.", EmptyNext: "Press %s for the form. Every lookup is recorded here automatically.",
		EmptyImport: "fourfactor history import restores a .jsonl export.",
		NothingText: "No lookups match “%s”.", NothingOutcome: "No lookups with outcome “%s”.",
		NothingBoth: "No lookups match “%s” with outcome “%s”.", NoneBackTo: "None found back to %s. Type one more character to search everything, or PgDn for older ones.",
		NoneSoFar: "None found so far. Press PgDn for older ones.",
		Clear:     "Press %s to clear the search and see more.", Failed: "The history could not be read.", Retry: "Press %s to try again.",
		Delete: "Delete this lookup?", DeleteNote: "Permanent; repeats are charged.", DeleteYes: "delete", DeleteNo: "keep",
		Deleted: "Lookup deleted", DeletedGone: "That lookup no longer exists", Unreadable: "%d unreadable lookups skipped; fourfactor history verify lists them", DeleteFailed: "Delete failed: %s",
		DeleteRemains: "Deleted, but its old content is not yet erased from the file: %s",
		Export:        "Export to", ExportWhat: "Export %s as .xlsx, .csv or .jsonl", ExportAll: "all lookups",
		ExportMasked: "Names and ID numbers will be masked.", ExportFull: "In full: fourfactor history export --reveal --out FILE",
		Exporting: "Exporting, %d written", ExportCancelling: "Cancelling the export…", ExportCancelled: "Export cancelled",
		Exported: "Exported %d: %s", ExportFailed: "Export failed: %s", ExportPart: "Exported the %d readable lookups: %s. %s",
		ToList: "to list", ClearText: "clear text", ClearAll: "clear search", LeaveSearch: "leave search", StartExport: "start export", Cancel: "cancel",
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

func zhRecords() Records {
	return Records{
		Short: "核验记录：查找、查看、导出、导入、删除", List: "列出核验记录，最新的在前",
		Show: "查看一笔核验，以及这四项更早的核验", Delete: "删除核验记录（无法恢复）", Purge: "清理某个时间以前的核验记录（无法恢复）",
		Verify: "检查台账是否完好", Audit: "审计记录：谁在何时完整显示、导出、导入、删除过什么",
		Export: "把核验记录导出为 CSV、XLSX 或 JSONL",
		ExportLong: "把核验记录导出为 CSV、XLSX 或 JSONL，格式由扩展名决定；不覆盖已有的文件。\n" +
			"姓名与证件号码默认脱敏，加 --reveal 才完整；只有加 --reveal 的 JSONL 才能再导入。",
		Import: "导入以前导出的 JSONL",
		ImportLong: "导入 history export --reveal 导出的 JSONL：编号不变，已有的跳过。先检查全部内容，有一行不对就全部不导入。\n" +
			"本机结果未知的核验，如果文件中有同一编号的应答，会补上。\n" +
			"导入的记录可以查找，但不代替核验作答；这四项近期已有结论的，核验之前会先询问。",
		FlagSearch:  "企业、标识、姓名、证件号码或流水号中含有 `TEXT`；写 - 则从标准输入读取，避免个人信息留在 shell 历史中",
		FlagOutcome: "只列出这种结果 `match|mismatch|refused|unclear|lost|unsent`", FlagSince: "从这个时间起 `TIME`：日期，或 90d、12h",
		FlagLimit: "最多列出 `N` 笔，0 为全部", FlagReveal: "完整显示姓名与证件号码（记入审计）", FlagOlderThan: "早于这个时间 `TIME`：日期，或 365d、12h",
		FlagOut: "导出到 `FILE`（.csv、.xlsx 或 .jsonl）",
		Nothing: "没有符合条件的核验记录", More: "只列出最近 %d 笔；加 --limit 0 列出全部", UnknownID: "没有编号为 %q 的核验记录",
		Earlier: "这四项更早的核验", Imported: "由导入而来，不是本机核验所得",
		BadTime: "%q 不是有效的时间；请用日期（如 2026-01-31），或 90d、12h", Future: "%s 是将来的时间", BadOutcome: "没有 %q 这种结果；可用 %s", BadLimit: "--limit 不能是负数",
		DeleteAsk: "删除 %d 笔核验记录？无法恢复；再次核验会直接发送并计费 [y/N] ", PurgeAsk: "清理 %s 以前的 %d 笔核验记录？无法恢复；再次核验会直接发送并计费 [y/N] ",
		PurgeClock:     "现在是 %s，台账里最近一次核验是 %s，相差太久，时钟可能不准。请核对日期；确实要清理，请用 --older-than 写明日期，例如 2025-01-31",
		Expired:        "已按 ledger.keep 清理 %d 笔到期的核验记录",
		PurgePostponed: "有超过 ledger.keep 的核验记录没有自动清理：时钟有过跳变，或很久没有核验。核对日期后，可运行 fourfactor history purge --older-than %dd",
		NotDeleted:     "没有删除", Deleted: "已删除 %d 笔；再次核验这四项会直接发送并计费", Remains: "已删除 %d 笔，但文件中的旧内容尚未清除：%s",
		LastMasked: "注意：最近一次导出（%s，%s）是脱敏的，无法再导入。要留底请先运行 history export --reveal",
		Path:       "台账", Encrypted: "已加密", Plain: "未加密", Lookups: "核验记录", Pending: "在途", Bytes: "大小", Intact: "台账完好", Damaged: "台账有损坏，请先备份，再导出可读取的记录",
		Masked: "已脱敏", Unmasked: "含个人信息", Count: "%d 笔",
		BadExtension: "%q 应以 .csv、.xlsx 或 .jsonl 结尾", Exists: "%s 已存在，没有覆盖；请换一个文件名", NoFolder: "%s 所在的文件夹不存在", Denied: "没有权限写入 %s",
		Exported: "已导出 %d 笔：%s", TooMany: "笔数超过 XLSX 一张表的上限（1,048,576 行），请改用 .csv 或 .jsonl",
		CSVLosesDigits: "注意：用 Excel 打开 CSV，长号码会变成 1.10105E+17，保存后丢失末几位；.xlsx 不会",
		BadLine:        "%s 第 %d 行：%s", NothingImported: "没有导入任何记录", NoLookups: "%s 里没有核验记录", MissingFlag: "请写明 %s", Added: "导入 %d 笔，已有的 %d 笔跳过", AddedPart: "中断前已导入 %d 笔，再次导入会跳过它们", Restored: "补上了 %d 笔结果未知的核验的应答",
		NotRevealed: "无法写入审计记录，个人信息仍脱敏：%s",
		NotSent:     "未发送，不计费。%s", HintShow: "查看上一次：fourfactor history show %s", HintAgain: "未发送；要再次发送（可能再次计费），请加 --again",
		NoAuditEvents: "审计记录是空的", NoSearchText: "标准输入中没有要搜索的文字",
		Meaning: "说明", ElapsedMS: "用时（毫秒）",
	}
}

func enRecords() Records {
	return Records{
		Short: "Recorded lookups: find, show, export, import, delete", List: "List lookups, newest first",
		Show: "Show a lookup and the earlier ones of the same four factors", Delete: "Delete lookups permanently", Purge: "Permanently delete all lookups before a given time",
		Verify: "Check the ledger for damage", Audit: "The audit trail: who revealed, exported, imported or deleted what, and when",
		Export: "Export lookups as CSV, XLSX or JSONL",
		ExportLong: "Export lookups as CSV, XLSX or JSONL, depending on the file extension. An existing file is not overwritten.\n" +
			"Names and ID numbers are masked unless --reveal is given; only JSONL with --reveal can be imported again.",
		Import: "Import a JSONL export",
		ImportLong: "Import JSONL written by history export --reveal. IDs are kept and existing lookups are skipped. The whole file is checked first; if one line is bad, nothing is imported.\n" +
			"A lookup whose outcome is unknown here takes the answer recorded in the file under the same ID.\n" +
			"Imported lookups can be searched but never answer a lookup; if they hold a recent verdict on the same four factors, you are asked first.",
		FlagSearch:  "only lookups with `TEXT` in company, ID, name, ID number or order ID; - reads it from standard input and keeps personal data out of the shell history",
		FlagOutcome: "only this outcome: `match|mismatch|refused|unclear|lost|unsent`", FlagSince: "from this `TIME` on: a date, or 90d, 12h",
		FlagLimit: "list at most `N`, 0 for all", FlagReveal: "show names and ID numbers in full (recorded in the audit trail)", FlagOlderThan: "before this `TIME`: a date, or 365d, 12h",
		FlagOut: "export to `FILE` (.csv, .xlsx or .jsonl)",
		Nothing: "no matching lookups", More: "only the newest %d are listed; --limit 0 lists all", UnknownID: "no lookup has the ID %q",
		Earlier: "Earlier lookups of the same four factors", Imported: "imported, not made on this machine",
		BadTime: "%q is not a valid time; use a date (2026-01-31), or 90d, 12h", Future: "%s is in the future", BadOutcome: "there is no outcome %q; use one of %s", BadLimit: "--limit must not be negative",
		DeleteAsk: "Delete %d lookups? This cannot be undone; repeats will be sent and charged. [y/N] ", PurgeAsk: "Delete all lookups before %s (%d)? This cannot be undone; repeats will be sent and charged. [y/N] ",
		PurgeClock:     "It is now %s, but the newest lookup in the ledger is from %s; the clock may be wrong. Check the date. To purge anyway, give --older-than a date, such as 2025-01-31",
		Expired:        "%d lookups purged by ledger.keep",
		PurgePostponed: "Lookups older than ledger.keep were not purged automatically: the clock has jumped, or there was no lookup for a long time. Check the date, then run fourfactor history purge --older-than %dd",
		NotDeleted:     "nothing was deleted", Deleted: "%d deleted; repeats will be sent and charged without asking", Remains: "%d deleted, but the old content is not yet erased from the file: %s",
		LastMasked: "note: the last export (%s, %s) was masked and cannot be imported. To keep a copy, run history export --reveal first",
		Path:       "Ledger", Encrypted: "encrypted", Plain: "not encrypted", Lookups: "Lookups", Pending: "In progress", Bytes: "Size", Intact: "The ledger is intact", Damaged: "The ledger is damaged: back it up, then export what is readable",
		Masked: "masked", Unmasked: "with personal data", Count: "%d lookups",
		BadExtension: "%q must end in .csv, .xlsx or .jsonl", Exists: "%s already exists and was not overwritten; please choose another name", NoFolder: "the folder of %s does not exist", Denied: "no permission to write %s",
		Exported: "%d exported: %s", TooMany: "more lookups than an XLSX sheet holds (1,048,576 rows); use .csv or .jsonl",
		CSVLosesDigits: "note: Excel shows long numbers in a CSV as 1.10105E+17 and loses digits when it saves; .xlsx keeps them",
		BadLine:        "%s, line %d: %s", NothingImported: "nothing was imported", NoLookups: "%s contains no lookups", MissingFlag: "%s is missing", Added: "%d imported, %d existing ones skipped", AddedPart: "%d were imported before the interruption; importing again skips them", Restored: "%d lookups with an unknown outcome received their answers",
		NotRevealed: "the audit trail cannot be written, so personal data stays masked: %s",
		NotSent:     "not sent, not charged. %s", HintShow: "to see the earlier lookup: fourfactor history show %s", HintAgain: "not sent; to send again (it may be charged again), add --again",
		NoAuditEvents: "the audit trail is empty", NoSearchText: "standard input contains no text to search for",
		Meaning: "Meaning", ElapsedMS: "Time taken (ms)",
	}
}
