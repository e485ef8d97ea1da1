package i18n

// Plain has the texts of the line-by-line console.
type Plain struct {
	FlagPlain                           string // of --plain
	InputNotTerminal, OutputNotTerminal string // without a terminal for input, for output

	Greeting, PlainText, Instructions, Example, Help         string
	Prompt                                                   string // takes a field and its hint
	Missing, IsFirstField, NoEarlierValue, UsingEarlierValue string
	ControlCharacters, TooLong                               string
	AskWarnings, Answer                                      string // a question, and its possible answers
	TooSoon, NotSent, Sending                                string
	AskNext, NoChoice, Ended, Stopped                        string
}

func newPlain(l pick) Plain {
	return Plain{
		FlagPlain:        l("逐行问答的控制台，不画界面：供读屏软件和简单的终端使用", "line-by-line console without drawing: for screen readers and simple terminals"),
		InputNotTerminal: l("逐行问答需要在终端上输入。脚本请用 fourfactor check --stdin --json", "the line-by-line console needs a terminal for input. For scripts: fourfactor check --stdin --json"),
		OutputNotTerminal: l("控制台需要在终端上显示。要把结果写入文件或管道，请用 fourfactor --plain；脚本请用 fourfactor check --stdin --json",
			"the console needs a terminal for output. For results in a file or pipe: fourfactor --plain; for scripts: fourfactor check --stdin --json"),
		Greeting:  l("企业四要素核验，逐行问答。接口 %s，服务 %s（%s）。", "Enterprise four-factor verification, line by line. Endpoint %s, service %s (%s)."),
		PlainText: l("注意：明文传输，途中可能被看到", "caution: plain text, which others on the network can read"),
		Instructions: l("依次输入四项，每项按回车，第四项按回车即发送。输入 ? 查看说明；第一项直接按回车，或按 Ctrl+D，结束。",
			"Type the four values and press Enter after each; Enter after the fourth sends. ? shows help; an empty first line, or Ctrl+D, ends."),
		Example: l("输入 = 使用示例。", "Type = to use the example."),
		Help: l("输入 = ：使用这一项上次输入的内容。\n"+
			"输入 < ：回到上一项。\n"+
			"第一项直接按回车，或按 Ctrl+D：结束。\n"+
			"有提醒或可能重复计费时，发送前会询问；直接按回车则不发送。\n"+
			"核验途中按 Ctrl+C：等这一笔有结果后结束；再按一次不再等待，这一笔记为“结果未知”，可能计费。",
			"= uses the value typed last for this field.\n"+
				"< returns to the previous field.\n"+
				"An empty line at the first field, or Ctrl+D, ends.\n"+
				"If there are warnings, or a lookup may be charged twice, you are asked before it is sent; an empty line does not send.\n"+
				"Ctrl+C during a lookup waits for its result, then ends; press it again to stop waiting: the lookup is recorded as lost and may be charged."),
		Prompt:            l("%s（%s）：", "%s (%s): "),
		Missing:           l("还缺%s。输入 < 回到上一项。", "%s is missing. < returns to the previous field."),
		IsFirstField:      l("已经是第一项。", "This is the first field."),
		NoEarlierValue:    l("%s没有上次的内容，请输入。", "No earlier value for %s; please type it."),
		UsingEarlierValue: l("使用上次的内容：%s", "Using the earlier value: %s"),
		ControlCharacters: l("%s里有控制字符（例如按了方向键），未采用，请重新输入。", "%s has control characters (perhaps an arrow key) and was not accepted; please type it again."),
		TooLong:           l("这一行超过 64 KiB，未采用。", "The line is longer than 64 KiB and was not accepted."),
		AskWarnings:       l("以上有提醒，仍要发送吗？", "There are warnings. Send anyway?"),
		Answer:            l("输入 y：%s；直接按回车：不发送：", "y: %s; empty line: do not send: "),
		TooSoon:           l("回答得太快，不算同意。请听完问题再回答。", "Answered too quickly to count as consent. Please listen to the whole question, then answer."),
		NotSent:           l("未发送。", "Not sent."), Sending: l("正在核验，最多 %g 秒。", "Verifying, for at most %g seconds."),
		AskNext:  l("输入 x 完整显示，j 输出 JSON，a 再次发送；直接按回车核验下一笔：", "x shows in full, j prints JSON, a sends again; an empty line starts the next lookup: "),
		NoChoice: l("没有这个选项。", "No such choice."), Ended: l("已结束。", "Ended."), Stopped: l("已中断。", "Interrupted."),
	}
}

// UnexpectedInput has the answers to unexpected input at the questions of commands and of
// the line-by-line console.
type UnexpectedInput struct {
	TableRow    string // for a line that is a spreadsheet row; takes a field
	TooSoon     string // for an answer that came too fast
	NoArguments string // takes a command and its argument
}

func newUnexpectedInput(l pick) UnexpectedInput {
	return UnexpectedInput{
		TableRow: l("这一行有制表符，像是表格里的一整行，未采用。一行只填一项，请重新输入%s。",
			"The line contains tabs, like a whole spreadsheet row, and was not accepted. Enter one value per line: please type %s again."),
		TooSoon:     l("回答得太快，不算同意。请看清问题再回答。", "Answered too quickly to count as consent. Please read the question, then answer."),
		NoArguments: l("%s 后面不能有 %q", "%s does not accept %q"),
	}
}
