package i18n

func zhPlain() Plain {
	return Plain{
		Flag:      "逐行问答的控制台，不画界面：供读屏软件和简单的终端使用",
		NoInput:   "逐行问答要在终端上输入。脚本请用 fourfactor check --stdin --json",
		NoScreen:  "控制台要画在终端上。要把结果写进文件或管道，请用 fourfactor --plain；脚本请用 fourfactor check --stdin --json",
		Greeting:  "企业四要素核验，逐行问答。接口 %s，服务 %s（%s）。",
		PlainText: "注意，明文传输，途中可能被看到",
		How:       "依次输入四项，每项按回车，第四项按回车即发送。输入 ? 看说明；第一项直接按回车，或按 Ctrl+D，即结束。",
		Example:   "输入 = 采用示例。",
		Help: "输入 = ：采用这一项上次输入的内容。\n" +
			"输入 < ：回到上一项。\n" +
			"第一项直接按回车，或按 Ctrl+D：结束。\n" +
			"有提醒的，或可能重复计费的，发送之前会问；直接按回车就不发送。\n" +
			"核验途中按 Ctrl+C：等这一笔有了结果就结束；再按一次不再等待，该笔记为“结果未知”，可能已经计费。",
		Prompt: "%s（%s）：", Missing: "还缺%s。输入 < 回到上一项。", First: "已经是第一项。",
		NoBefore: "%s还没有上次的内容，请输入。", Same: "采用上次的内容：%s",
		Control: "%s里有控制字符（例如按了方向键），没有采用，请重新输入。", TooLong: "这一行超过 64 KiB，没有采用。",
		AskRemarks: "以上有提醒，仍要发送吗？", Answer: "输入 y，%s；直接按回车，不发送：",
		TooSoon: "回答得太快，不算同意。请听完问题再回答。", NotSent: "没有发送。", Sending: "正在核验，最多 %g 秒。",
		Choose:   "输入 x 显示完整个人信息，j 输出 JSON，a 再次发送；直接按回车核验下一笔：",
		NoChoice: "没有这个选择。", Ended: "已结束。", Stopped: "已中断。",
	}
}
