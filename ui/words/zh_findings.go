package words

func zhFindings() Findings {
	return Findings{
		ProxyBad:        "proxy = \"env\"，但环境变量 %s 里的代理地址有误，不会发送",
		ProxyBadAdvice:  "请改正这个变量，写成 http://主机:端口；或取消它，则不经代理",
		WidthsASCII:     "%s 各占 1 格，%s 占 2 格，画面能对齐；边框用 ASCII",
		WideNames:       "终端把 %s 画成 2 格：边框用 ASCII，不受影响；名称里有这些字符的行可能错开",
		WideNamesAdvice: "要避免错开，请在终端里把“歧义宽度字符”设为窄（1 格）",
	}
}
