package i18n

import (
	"fmt"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Form has the texts of the form.
type Form struct {
	Endpoint, Regstatus, Service, On, Off           string
	Sending, PreviousPending, StopWaiting           string
	StillPending, NoLongerWaiting, PreviousFinished string
	FromLedger                                      string // after an outcome
	NoKey, BadKey, BadOpenid                        string
	SendWarned                                      string // after warnings: the key that sends
	ShouldBe                                        string // the characters that replace private-use ones
	NoResult, Filled                                string
	// Questions before a lookup that may be charged twice or cannot be recorded, and
	// their answers.
	AskUnsettled, AskPending, AskResend, AskUnrecorded       string
	AskHistoryLost, AskUnusableVerdict, AskClock, SendAnyway string
	SendClockIsRight                                         string
	AskRows, OpenAsBatch, DoNotOpenBatch                     string // pasted rows
	SendAgain, SendUnrecorded, DoNotSend, NotSent            string
	NoEarlier, NoLater, FilledFrom, DraftRestored, NotFilled string
	StillFilling                                             string
	LedgerDamaged                                            string // a damaged ledger was set aside
	LedgerMissing, LedgerOlder                               string // the ledger is missing, or an older copy
	Today, TodayOf, Estimate, Unrecorded                     string
}

func newForm(l pick) Form {
	return Form{
		Endpoint: l("接口", "Endpoint"), Regstatus: l("经营状态", "Status"), Service: l("服务", "Service"), On: l("一并查询", "requested"),
		Off: l("不查询", "not requested"), Sending: l("正在核验", "Verifying"), PreviousPending: l("上一笔仍在途", "Previous lookup still in progress"),
		StopWaiting:      l("不再等待", "stop waiting"),
		StillPending:     l("未发送：上一笔核验还没有应答，请等它结束。", "Not sent: the previous lookup is still waiting for an answer."),
		NoLongerWaiting:  l("不再等待。这笔核验仍在进行，可能计费；有结果后在这里提示。", "No longer waiting. The lookup continues and may be charged; its result will be announced here."),
		PreviousFinished: l("上一笔核验已有结果：%s（按 %s 查看）", "Previous lookup finished: %s (press %s to view)"),
		FromLedger:       l("台账作答，未发送", "from the ledger, not sent"), ShouldBe: l("应为 %s", "should be %s"),
		SendWarned: l("尚未发送。再按一次 %s 按原样发送（计费）", "Not sent yet. Press %s again to send as it is (charged)"),
		NoKey:      l("尚未配置 key：请在 个人中心 → 我的数据 查到后，写入 key 文件或设置 JUHE_KEY", "No key yet: find it at 个人中心 → 我的数据 and put it in the key file or JUHE_KEY"),
		BadKey:     l("未发送：key 无法读取，%s。按 %s 填写", "Not sent: the key could not be read, %s. Press %s to enter one"),
		BadOpenid:  l("未发送：加密接口需要 openid，%s。在 个人中心 查到后按 %s 填写", "Not sent: the encrypted endpoint needs an openid, %s. Find it at 个人中心 and press %s to enter it"),
		NoResult:   l("还没有核验结果", "No result yet"), Filled: l("已填入，尚未发送", "Filled in; not sent"),
		AskUnsettled: l("这四项上一次核验（%s，%s）：%s，可能已计费。仍要再次发送吗？",
			"The last lookup of these four factors (%s, %s) ended as %s and may have been charged. Send again anyway?"),
		AskPending: l("这四项正在另一处核验（%s，%s 发出），还没有结果。仍要再次发送吗？",
			"These four factors are being looked up elsewhere (%s, sent at %s), with no result yet. Send again anyway?"),
		AskResend: l("这四项 %s 用 %s 核验过：%s。再次发送会再次计费，仍要发送吗？",
			"These four factors were already looked up at %s via %s: %s. Sending again will be charged again. Continue?"),
		AskUnusableVerdict: l("（%s，%s：%s）。再次发送会再次计费，仍要发送吗？", " (%s, %s: %s). Sending again will be charged again. Continue?"),
		AskClock: l("本机时间 %s 早于台账里最近一次核验（%s），时钟可能不准，重复核验与每日上限会算错。\n"+
			"请先核对日期和时间。本机时间正确吗？",
			"This machine's time, %s, is earlier than the newest lookup in the ledger (%s). If the clock is wrong, repeats and the daily limit are counted wrongly.\n"+
				"Check the date and time first. Is the time correct?"),
		SendClockIsRight: l("时间正确，发送（计费）", "time is correct, send (charged)"),
		AskUnrecorded: l("%s\n"+
			"现在发送照常计费，但不写入台账，也无法核对是否重复、是否超过每日上限。",
			"%s\n"+
				"If sent now, it is charged as usual but not recorded, and not checked for repeats or the daily limit."),
		AskHistoryLost: l("台账损坏或丢失过，无法确定这四项以前是否核验过、今天已发送多少。仍要发送吗？\n"+
			"把 *.damaged-*、*.missing-*、*.older-* 文件移到别处后，就不再询问。",
			"The ledger was damaged or lost, so earlier lookups and today's count are unknown. Send anyway?\n"+
				"Move the *.damaged-*, *.missing-* or *.older-* file elsewhere to stop this question."),
		AskRows: l("粘贴了 %d 行，表单一次只能核验一笔，所以没有填入。要转到批量吗？批量先检查，经您确认后才发送。",
			"You pasted %d rows, but the form takes one, so nothing was filled in. Open them as a batch? Rows are checked first; nothing is sent without confirmation."),
		OpenAsBatch: l("转到批量", "open as batch"), DoNotOpenBatch: l("不转", "no"), SendAgain: l("再次发送（计费）", "send again (charged)"),
		SendAnyway: l("仍要发送（计费）", "send anyway (charged)"), SendUnrecorded: l("不写入台账仍发送（计费）", "send unrecorded (charged)"),
		DoNotSend: l("不发送", "do not send"), NotSent: l("上一笔未发送：%s", "Previous lookup was not sent: %s"),
		NoEarlier: l("没有更早的核验了", "No earlier lookup"), NoLater: l("没有更近的核验了", "No later lookup"),
		FilledFrom:    l("已填入 %s 的核验，尚未发送", "Filled in from %s; not sent"),
		StillFilling:  l("未发送：正在填入，请稍候再试。", "Not sent: the form is still being filled in. Try again in a moment."),
		DraftRestored: l("已恢复之前输入的内容", "Your earlier input is back"),
		NotFilled:     l("没有填入：无法写入审计记录，%s", "Not filled in: the audit trail cannot be written, %s"),
		Today:         l("今天已发送 %d", "Sent today: %d"), TodayOf: l("今天已发送 %d / 上限 %d", "Sent today: %d of %d allowed"),
		Estimate: l("约 ¥%.2f（估算）", "about ¥%.2f (estimate)"),
		LedgerDamaged: l("台账损坏过：以前的核验不再防重复、不计入上限。处理后把 *.damaged-* 文件移到别处，就不再提示",
			"The ledger was damaged: earlier lookups no longer prevent repeats. Move *.damaged-* away when dealt with"),
		LedgerMissing: l("台账文件不见了：%s。以前的核验不再防重复、不计入上限，一天内每笔先询问。处理后把 *.missing-* 文件移到别处，就不再提示",
			"The ledger file is missing: %s. Earlier lookups no longer prevent repeats; for a day each one asks first. Move *.missing-* away when you have dealt with it"),
		LedgerOlder: l("台账被换成了旧的副本：%s。之后的核验不再防重复、不计入上限，一天内每笔先询问。处理后把 *.older-* 文件移到别处，就不再提示",
			"The ledger was replaced by an older copy: %s. Later lookups no longer prevent repeats; for a day each one asks first. Move *.older-* away when you have dealt with it"),
		Unrecorded: l("结果没有写入台账：%s", "The result was not saved: %s"),
	}
}

// Paste has what the form says about pasted rows and about undo.
type Paste struct {
	// Each takes field names joined by And.
	Filled, Corrupted, Ambiguous, Missing, Cleared, Unchanged string
	Masked                                                    string
	And                                                       string
	Undo                                                      string // takes the key
	Undone, NothingToUndo                                     string
	JustPasted                                                string // takes the key that did not send
	NothingToPaste                                            string
}

func newPaste(l pick) Paste {
	return Paste{
		Filled:    l("已从粘贴的内容填入：%s。", "Filled in from the paste: %s. "),
		Corrupted: l("%s已被表格软件改坏，请重新输入。", "Damaged by the spreadsheet, please type: %s. "),
		Ambiguous: l("%s有多种可能，没有填入。", "Ambiguous, not filled in: %s. "), Missing: l("没有填入：%s。", "Not filled in: %s. "),
		Cleared:   l("%s原来的内容属于另一笔，已清空。", "Cleared, it belonged to another lookup: %s. "),
		Masked:    l("粘贴的内容是脱敏的，请换成完整的（从本程序导出时加 --reveal）。", "The pasted values are masked: use the full values (export with --reveal). "),
		Unchanged: l("%s仍是原来的内容，请核对。", "Unchanged, please check: %s. "), And: l("、", ", "), Undo: l("%s 撤销", "%s to undo"),
		JustPasted: l("刚刚粘贴，尚未发送。请核对后再按一次 %s。", "Just pasted, not sent. Check it, then press %s again."),
		NothingToPaste: l("没有可粘贴的内容：剪贴板为空，或内容超过 8 MB。内容较多时，请在批量中打开文件。",
			"Nothing to paste: the clipboard is empty or holds more than 8 MB. For that much, open a file in batch."),
		Undone: l("已撤销，恢复为之前的内容", "Undone: the form is as it was before"), NothingToUndo: l("没有可撤销的改动", "Nothing to undo"),
	}
}

// SentToday returns the number of lookups sent today, with the daily limit and the
// estimated cost if they are known. between separates the two.
func (t *Messages) SentToday(count, limit int, price float64, between string) string {
	text := fmt.Sprintf(t.Form.Today, count)
	if limit > 0 {
		text = fmt.Sprintf(t.Form.TodayOf, count, limit)
	}
	if estimate := t.Estimate(count, price); estimate != "" {
		text += between + estimate
	}
	return text
}

// Estimate returns the estimated price of lookups, or "" if the price of one is unknown.
func (t *Messages) Estimate(count int, price float64) string {
	yuan, known := lookup.Estimate(count, price)
	if !known {
		return ""
	}
	return fmt.Sprintf(t.Form.Estimate, yuan)
}

// FieldHint returns the hint for the value of a factor, in the endpoint's own term.
func (t *Messages) FieldHint(api juhe.API, f juhe.Factor) string {
	if api == juhe.APIQueryV2 {
		return t.Fields[f].V2
	}
	return t.Fields[f].Hint
}
