package i18n

func enRunsPlan() RunsPlan {
	return RunsPlan{
		Title: "Checked; nothing has been sent:",
		File:  "Table", Encoded: "%s (%s)", SheetOf: "%s, sheet “%s”",
		Head: "Header", HeadRow: "row %d", NoHead: "none",
		Column: "column %s, “%s”", ColumnBare: "column %s",
		Endpoint: "Endpoint", Regstatus: "%s, with business status", Service: "Service", Out: "Results go to",
		RowsOf: "rows %d", Rows: "Rows", Invalid: "Cannot be sent", Duplicate: "Duplicates", Ended: "Answered before",
		Repeated: "In the ledger", Unsettled: "Without a verdict", Calls: "Calls to send", Estimate: "Estimate",
		Wrapped: "Tidied", Tidied: "%d rows: blanks, line breaks and hyphens taken out, full-width characters, small letters and radicals replaced; they are sent as tidied", Remarks: "Remarks",
		OnceOnly: "%d (sent once, the result goes to each row)", NotAgain: "%d (not sent again)", Free: "%d (not sent, free)",
		StaysLost: "%d (last time; not sent, stay lost: check at Juhe whether they were billed)",
		Paid:      "%d (billed)", PaidMost: "%d, at most %d of them now (billed)", PaidToday: "%d, of which %d can be sent today under the daily limit (billed)",
		About: "about ¥%.2f (%d × ¥%.2f, an estimate)", Cells: "%d (cells that lost the wrapper that kept them text: ' or =\"…\")",
		Rules: map[string]string{
			"length": "wrong length %d", "charset": "odd characters %d", "checksum": "wrong check digit %d", "region": "unknown region %d",
			"date": "impossible date %d", "org_check": "organisation code inside is wrong %d", "changed": "tidied %d", "lookalike": "look-alike characters %d",
			"kind": "kind does not fit endpoint or column %d", "placeholder": "no value %d", "name": "odd names %d",
		},
		Faults: "Rows that cannot be sent:", FaultAt: "row %d, column %s", More: "… and %d more",
		Note:      "note: %s",
		Limit:     "%d were sent today (in Beijing) and the daily limit is %d: the run stops there and can go on later",
		Concluded: "%d rows have a verdict that cannot answer, since it is imported, of another address of the service or ahead of this machine's clock: they are not sent and stay lost. To send them (paid again), run batch resume --resend-lost afterwards",
		Clock:     "this machine's time, %s, is before the newest look-up in the ledger (%s): the clock may be wrong, and repeats and the daily limit counted wrongly. Check the date and the time first",
		Forgotten: "the ledger was damaged or lost, so it is not known which rows were looked up before: some may be billed again",
		DataHead:  "row %d is taken for the header and is not looked up, but it looks like data. If there is no header, add --header-row 0",
		Hidden:    "%d of these rows are hidden or filtered out, and are sent too", OtherSheets: "sheet “%s” is read; there are also “%s”. To read another one, add --sheet", HiddenSheet: "sheet “%s” is hidden; no other one has headers of the four factors",
		Formulas: "%d cells are formulas, whose stored results are taken; if they may be stale, open the table in Excel or WPS and save it first",
		Merged:   "%d rows take their company from a merged cell",
		HeadsAre: "the header in row %d: %s", Letters: "columns to choose from: %s to %s",
		DataRow: "row %d looks like data, not like a header. If the header is elsewhere, add --header-row N; if there is none, --header-row 0",
		Example: "say it with --map, such as --map %s", SayColumns: "say it with --map %s", AColumn: "<column>",
		Ask: "Calls to send, each of them billed: %d. Send? [y/N] ", AskTyped: "Calls to send, each of them billed: %d. To confirm, type that number, %d; Enter sends nothing: ",
		AskResend: "Rows whose answer was lost may be billed again.",
		NeedYes:   "nothing was sent. Calls to send, each of them billed: %d. Standard input is no terminal to ask on; to send them, add --yes",
		Declined:  "nothing was sent",
	}
}

func enRunsProgress() RunsProgress {
	return RunsProgress{
		Checking: "checking the table %d%%", Writing: "writing the results %d%%", Rows: "%d/%d rows", Rate: "%.1f rows/s", Left: "%s left",
		Stopping: "stopping, %d under way", Rest: "the service asks for patience, goes on in %s",
		GivesUp: "Nothing new is sent; waiting for %d in progress (%s at the most). Ctrl+C once more stops waiting: they become lost, and may be charged.",
		Unwell:  "Ten in a row went wrong, so the run pauses. The last one: %s\nGo on sending? [y/N] ",
		Alike:   "The first 20 all ended alike, so the run pauses: %s\nColumns may be swapped, or the table may be wrong; every further call is billed. Go on sending? [y/N] ",
	}
}

func enRunsEnd() RunsEnd {
	return RunsEnd{
		Run: "Run", Rows: "Rows", Sent: "Sent", Duplicate: "Duplicates", Invalid: "Cannot be sent", Stopped: "Stopped", Elapsed: "Took", Out: "Results",
		Finished: "done", Broken: "not finished", Left: "rows not sent: %d",
		Unfinished: "not finished: %s", Resume: "to go on:",
		Resend:  "rows whose answer was lost: %d. Check at Juhe whether they were billed; to send them again (may be billed again):",
		Export:  "or write the results elsewhere:",
		Safe:    "Every answer is in the ledger; none is lost.",
		Demo:    "the demo's ledger is thrown away, so this run cannot go on.",
		Unsaved: "sent and perhaps billed, but not in the ledger: %d. Keep what follows:",
		Alike:   "the first 20 all ended alike (%s); columns may be swapped, or the table may be wrong",
		NoRuns:  "there is no run yet", Exported: "rows written: %d, to %s",
		BadRun:         "%q is not the number of a run; fourfactor batch list has them",
		BadConcurrency: "--concurrency is 1 to 256", BadRate: "--rate is 0 (no limit) to 100000",
		BadMaxCalls: "--max-calls is 0 (no limit) or more", BadHeadRow: "--header-row is 0 (no header) or the number of a row",
		NeedFile: "name one table, FILE, to look up", NeedRun: "name one run; fourfactor batch list has them",
	}
}
