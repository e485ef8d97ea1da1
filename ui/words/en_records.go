package words

func enRecords() Records {
	return Records{
		Short: "Look-ups made: find, show, export, import, delete", List: "List look-ups, newest first",
		Show: "Show a look-up, and the earlier ones of the same four", Delete: "Delete look-ups for good", Purge: "Delete all look-ups before a time for good",
		Verify: "Check whether the ledger is sound", Audit: "The audit trail: who revealed, exported, imported or deleted what, and when",
		Export:      "Export look-ups as CSV, XLSX or JSONL",
		ExportLong:  "Export look-ups as CSV, XLSX or JSONL, as the file's extension says. A file that exists is not overwritten.\nPersons are masked unless --reveal is given; only JSONL with --reveal can be imported again.",
		Import:      "Import JSONL that was exported before",
		ImportLong:  "Import JSONL that history export --reveal wrote: IDs stay, what is there is skipped. All of it is checked first, and one bad line means that nothing is imported.\nWhere this ledger does not know how a lookup ended, the answer of the same ID in the file is put in.\nWhat is imported can be found, but never answers in place of a look-up; where the same four have a recent verdict there, that is asked about first.",
		FlagSearch:  "only what has `TEXT` in company, mark, name, document number or order id; - reads it from standard input, which keeps a person out of the shell's history",
		FlagOutcome: "only this outcome `match|mismatch|refused|unclear|lost|unsent`", FlagSince: "from this `TIME` on: a date, or 90d, 12h",
		FlagLimit: "list at most `N`, 0 for all", FlagReveal: "do not mask the person (goes to the audit trail)", FlagOlderThan: "before this `TIME`: a date, or 365d, 12h",
		FlagOut: "export to `FILE` (.csv, .xlsx or .jsonl)",
		Nothing: "no look-up fits", More: "these are the newest %d; --limit 0 lists all", Unknown: "there is no look-up with the ID %q",
		Before: "Earlier look-ups of the same four", Imported: "imported",
		BadTime: "%q is no time; give a date (2026-01-31), or 90d, 12h", Future: "%s is still to come", BadOutcome: "there is no outcome %q; there are %s", BadLimit: "--limit cannot be negative",
		DeleteAsk: "Delete %d lookups for good? Looking the same factors up again is then sent and charged at once. [y/N] ", PurgeAsk: "Delete, from before %s, %d lookups for good? Looking the same factors up again is then sent and charged at once. [y/N] ",
		Kept: "nothing was deleted", Deleted: "%d deleted; the same factors are sent and charged without a question from now on", Remains: "%d deleted, but what they held is not yet wiped from the file: %s",
		LastMasked: "note: the last export (%s, %s) was masked and cannot be imported. For a copy to keep: history export --reveal",
		Path:       "Ledger", Encrypted: "encrypted", Plain: "not encrypted", Lookups: "Look-ups", UnderWay: "Under way", Bytes: "Size", Sound: "The ledger is sound", Unsound: "The ledger is damaged: back it up, then export what can be read",
		Masked: "masked", Whole: "with persons", Count: "%d look-ups",
		Kind: "%q has to end in .csv, .xlsx or .jsonl", Exists: "%s exists and was not overwritten; please take another name", NoFolder: "the folder of %s does not exist", Denied: "%s may not be written",
		Exported: "%d exported: %s", TooMany: "more look-ups than a sheet of XLSX holds (1,048,576 rows); CSV and JSONL hold them all",
		Digits:  "note: Excel shows long numbers of a CSV as 1.10105E+17 and loses digits when it saves; .xlsx keeps them",
		BadLine: "%s, line %d: %s", NothingImported: "nothing was imported", NoLine: "%s has no look-up", Need: "%s is missing", Added: "%d imported, %d skipped that were there", AddedPart: "%d were imported before it ended; importing again skips them", Restored: "%d lookups without a known outcome have their answers back",
		NotRevealed: "the audit trail cannot be written, so the person stays masked: %s",
		NotSent:     "nothing was sent or charged. %s", HintShow: "to see the earlier one: fourfactor history show %s", HintAgain: "nothing was sent; to send all the same (it may be charged again), add --again",
		NoTrail: "the audit trail is empty", NoText: "standard input has no text to search for",
		Columns: map[string]string{
			"id": "ID", "at": "Time", "api": "Endpoint", "entname": "Company name", "entmark": "Company mark", "realname": "Name", "idcard": "Document number",
			"outcome": "Outcome", "meaning": "Meaning", "code": "Code", "regstatus": "Status", "orderid": "Order id", "billable": "Charged",
			"reason": "Reason", "remarks": "Remarks", "elapsed_ms": "Took (ms)", "service": "Service",
		},
	}
}

func enHistory() History {
	return History{
		Title: "History", Today: "today", Outcome: "Outcome", Search: "Search",
		SearchHint: "%s searches company, mark, name, number, order id",
		Position:   "Row %d", Loaded: "%d loaded", More: "more below", Oldest: "the oldest is reached", Loading: "reading…",
		Through: "Found back to %s only; one more character searches everything, PgDn looks further back",
		Empty:   "No look-ups yet.", EmptyNext: "%s opens the form; each look-up is recorded here by itself.",
		EmptyImport: "fourfactor history import brings back a .jsonl export.",
		NothingText: "Nothing has “%s”.", NothingOutcome: "No look-up ended as “%s”.",
		NothingBoth: "Nothing has “%s” and ended as “%s”.", SoFar: "None found back to %s; one more character searches everything, PgDn looks further back.",
		Onward: "None found so far; PgDn looks further back.",
		Clear:  "%s clears the search and shows more.", Failed: "The history cannot be read.", Retry: "%s tries again.",
		Delete: "Delete this look-up?", DeleteNote: "Gone for good; repeats are paid for.", DeleteYes: "delete", DeleteNo: "keep",
		Deleted: "The look-up is deleted", DeletedGone: "That look-up is no longer there", DeleteFailed: "Not deleted: %s",
		DeleteRemains: "Deleted, but what it held is not yet wiped from the file: %s",
		Export:        "Export to", ExportWhat: "Exports %s, as .xlsx, .csv or .jsonl", ExportAll: "all look-ups",
		ExportMasked: "Persons are masked.", ExportFull: "In full: fourfactor history export --reveal --out FILE",
		Exporting: "Exporting, %d written", ExportCancelling: "Cancelling the export…", ExportCancelled: "Export cancelled",
		Exported: "Exported %d: %s", ExportFailed: "Not exported: %s", ExportKind: "Not exported: the name has to end in .xlsx, .csv or .jsonl",
		ExportExists: "Not exported: %s exists, please take another name", ExportFolder: "Not exported: the folder of %s does not exist",
		ExportPart:   "Only what can be read is exported, %d: %s. %s",
		ExportDenied: "Not exported: %s may not be written", RevealFailed: "Not shown: the audit trail cannot be written, %s",
		ToList: "to the list", ClearText: "clear the text", ClearAll: "clear search", Leave: "leave search", Start: "start export", Cancel: "cancel",
	}
}
