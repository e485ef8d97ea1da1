package words

func enRuns() Runs {
	return Runs{
		Short: "Batches: a spreadsheet in, a spreadsheet out", RunShort: "look up every row of a spreadsheet", RunLong: "Looks up every row of a CSV, TSV or XLSX and writes the results to --out.\nBefore anything is sent all rows are checked, and how many calls are to be paid is told. A run that stops or is killed goes on with batch resume; rows that were answered are never sent again.\n\nExit codes: 0 done, 2 usage, config or input, 4 key, permission or quota, 6 not finished (the command to go on is on standard error), 8 ledger, 130 interrupted before anything was sent",
		Resume: "go on with a run that is not finished", ResumeLong: "Goes on with a run that is not finished. Rows that were answered are never sent again; those whose answer was lost only with --resend-lost, which may be billed again.", List: "list the runs, newest first",
		Export:     "write the results of a run so far to another spreadsheet",
		ExportLong: "Writes the results of a run so far to another spreadsheet and leaves the run as it is. With --rest only the rows that have no verdict, without results: a file that can be run again.",
		FlagOut:    "write the results to `FILE` (.csv or .xlsx), which must not be there yet", FlagSheet: "name or number of the sheet, `SHEET`", FlagHeadRow: "row of the header, `N`; 0 if there is none",
		FlagMap: "which column is which factor, `entname=B,idcard=D`, by letter or header", FlagConcurrency: "look-ups on the wire at a time, `N`", FlagRate: "look-ups a second at the most, `R`; 0 for no limit",
		FlagMaxCalls: "send `N` at the most, then stop", FlagDryRun: "only check, and tell how many calls are to be paid", FlagYes: "do not ask, send",
		FlagResend: "send rows again whose answer was lost (may be billed again)", FlagRest: "only rows without a verdict, without results", FlagExportOut: "write to `FILE` (.csv or .xlsx)",
		Columns: map[string]string{
			"outcome": "Outcome", "meaning": "Meaning", "code": "Code", "regstatus": "Business status", "orderid": "Order ID", "billable": "Billable",
			"remarks": "Remarks", "at": "Looked up at", "id": "Look-up ID",
		},
		Duplicate: "same as row %d, not sent again", NotYet: "not sent yet", Deleted: "this look-up was deleted from the history",
		Faults: map[string]string{
			"empty": "{field} is empty", "utf8": "{field} has characters that cannot be read",
			"scientific": "{field} became a number like 1.10105E+17: its last digits are gone", "rounded": "{field} ends in 000: a spreadsheet may have changed it",
			"number": "{field} is a number cell: leading zeros or last digits may be gone", "error": "{field} is a spreadsheet's error value (#N/A and the like)", "encoding": "{field} has characters that could not be decoded",
		},
		Cures: map[string]string{
			"empty":      "fill it in and look it up again",
			"scientific": "format the column as text and fill it in again from the source", "rounded": "format the column as text and fill it in again from the source; if the number is really so, look it up in the form",
			"number": "format the column as text and fill it in again from the source", "error": "correct the cell", "encoding": "save the file as CSV in UTF-8 or as XLSX, with the program that it came from",
			"utf8": "type it again",
		},
		Problems: map[string]string{
			"columns":   "it is not known which column is {fields}",
			"twice":     "more than one column looks like {fields}",
			"map":       "the mapping of columns is wrong",
			"head":      "the row of the header is outside of the table",
			"no_row":    "there is nothing below the header",
			"nothing":   "there is no row that can be sent",
			"out_kind":  "{path} has to end in .csv or .xlsx",
			"out_input": "{path} is the very table to look up; choose another name",
			"out_there": "{path} is there already and was not touched; move it away or choose another name",
			"out_fail":  "{path} cannot be written",
			"changed":   "{path} is not what it was when the run began; nothing was sent. Put the old file back, or begin another run",
			"service":   "this run belongs to another service: {detail}",
			"unknown":   "there is no run {detail}",
			"driven":    "run {detail} is being driven by another process; nothing was sent",
		},
		Reads: map[string]string{
			"not_there": "there is no file {path}", "denied": "no permission to read {path}", "not_file": "{path} is not a file", "empty": "{path} is empty",
			"format": "{path} is neither CSV, TSV nor XLSX", "old_excel": "{path} is an old Excel file (.xls), or has a password; save it as .xlsx without a password, or as .csv",
			"sheet": "there is no such sheet; there are: {detail}", "damaged": "{path} is damaged; open it in a spreadsheet and save it again",
			"too_large": "{path} is beyond what a spreadsheet holds ({detail})", "quote": "{path} has a quotation mark that is never closed", "io": "{path} cannot be read",
		},
		ReadRow: " (row %d)", ReadCell: " (row %d, column %s)",
		Mappings: map[string]string{
			"form": "{part} has to be like entname=B", "factor": "{part} names no factor; there are {allowed}", "column": "{part} names no column; the headers are {allowed}", "twice": "{part} comes twice",
		},
		Stopped: map[string]string{"operator": "stopped by you", "limit": "the limit is reached", "unwell": "the service was unwell ten times in a row"},
		Code:    "the service refuses with %s: %s",
		States:  map[string]string{"preparing": "preparing", "running": "running", "paused": "paused", "stopping": "stopping", "writing": "writing the results", "done": "done"},
	}
}

func enBatch() Batch {
	return Batch{Title: "Batch"}
}
