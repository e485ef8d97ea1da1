package i18n

func zhDoctor() Doctor {
	return Doctor{
		Short: "检查本机能否正常使用，不做核验",
		Long: "检查终端、语言、配置、台账、时钟、代理，以及能否连上服务，并说明怎样修正。\n" +
			"只建立连接就断开，不发送任何请求，不会计费；不运行取 key 的命令，也不显示 key、openid 与个人信息。\n\n" +
			"标记：✓ 正常，· 说明，! 请留意，✗ 错误（ui.borders = \"ascii\" 时为 + - ! x）\n" +
			"退出码：0 没有错误，64 配置、key 或 openid 有误，8 台账不可用，7 连不上服务，130 中断",
		Checks: map[string]string{
			"version": "版本", "terminal": "终端", "locale": "语言", "widths": "字宽", "caret": "光标",
			"clipboard": "剪贴板", "config": "配置", "setting": "设置", "key": "key", "openid": "openid",
			"ledger": "台账", "clock": "时钟", "proxy": "代理", "service": "服务",
		},
		Fine: "没有发现错误", Summary: "错误 %d 处，请留意 %d 处",
		Skipped: "配置修正后才能检查", Demo: "演示：不读配置文件，用本机模拟服务与临时台账",
		Terminal: "%s，%s，%s", NotTerminal: "标准输入或标准输出不是终端，控制台打不开",
		NoColor: "（设置了 NO_COLOR）",
		Dumb:    "TERM=%s：控制台画不出来", DumbAdvice: "请用 fourfactor --plain，或换一个终端",
		Small: "窗口只有 %d×%d，控制台至少需要 %d×%d", SmallAdvice: "请放大窗口",
		Colours:  map[string]string{"TrueColor": "真彩色", "ANSI256": "256 色", "ANSI": "16 色", "Ascii": "没有颜色"},
		Language: map[string]string{"zh": "中文", "en": "英文"},
		Because:  "%s，依据 %s", NoLocale: "没有设置 locale，按中文显示",
		Charset: "%s 的字符集不是 UTF-8，中文可能显示为乱码", UTF8Advice: "请设置 LANG=zh_CN.UTF-8，并让终端使用 UTF-8",
		Widths: "%s 各占 1 格，%s 占 2 格，画面能对齐", WidthsSkipped: "标准输入与标准输出都是终端时才检查",
		WidthsUnknown: "没有量到：终端没有及时应答，或有尚未处理的按键",
		Wide:          "终端把 %s 画成 2 格，画面会错位", WideAdvice: "请在 config.toml 设置 ui.borders = \"ascii\"，或在终端里把“歧义宽度字符”设为窄（1 格）",
		Narrow: "终端给的字宽不对：%s", NarrowAdvice: "请检查终端的编码是否为 UTF-8，以及字宽设置",
		Caret:   "光标停在输入处，输入法的候选框跟着它",
		NoCaret: "ui.real_caret = false：输入法的候选框可能不在输入处",
		Native:  "复制时用 %s", ByTmux: "复制时经 tmux（load-buffer -w）",
		ByTerminal: "复制时经终端（OSC 52）", OSCAdvice: "终端要允许程序写剪贴板（OSC 52）；复制之后请粘贴核对",
		OverSSH:      "；ssh 登录，不用这台机器自己的剪贴板",
		Loose:        "%s 的权限过宽（%04o），下一个用到它的命令会收紧",
		ConfigAdvice: "修正后用 fourfactor config check 核对",
		From:         "已配置，取自 %s", FromCommand: "已配置，发送时由命令提供，这里不运行", FromConfig: "配置文件",
		OpenidUnused: "尚未配置；只有加密接口 queryEncry 需要", DemoSecret: "演示用内置的",
		LedgerNew: "%s 尚未建立，第一次使用时建立", Ledger: "%s（%s），%d 笔，在途 %d 笔，%s",
		LedgerCommand: "%s 的密钥由命令提供，这里不运行，没有打开",
		Clock:         "%s，北京时间 %s",
		ClockAhead:    "台账里最近一笔在 %s，晚于现在",
		ClockAdvice:   "请校准时钟：每日上限与防重复按时钟计",
		NoProxy:       "不用代理", Proxy: "经代理 %s", ProxyNone: "proxy = \"env\"，但环境里没有适用的代理",
		ProxyUnused: "环境变量 %s 设了代理，没有使用", ProxyAdvice: "要用它，请在配置 [juhe] 里写 proxy = \"env\"",
		Reached: "%s 连得上（%s，%s，%d 毫秒）", ReachedPlain: "%s 连得上（%s，%d 毫秒），但是明文传输：key 与个人信息会被途经的网络看到",
		ReachedProxy: "%s：只连到代理 %s（%d 毫秒），不发请求就不知道它后面通不通；而且是明文传输：key 与个人信息会被途经的网络看到",
		ReachedDemo:  "本机模拟服务 %s 连得上（%s，%d 毫秒）",
		PlainAdvice:  "请把 juhe.base_url 改为 https://",
		Ways: map[string]string{
			"dns": "请检查网络、DNS 与 juhe.base_url", "connect": "请检查网络、防火墙与 juhe.base_url",
			"connect_timeout": "请检查网络、防火墙与代理；网络慢可调大 juhe.connect_timeout",
			"tls":             "请检查本机时钟与根证书，以及中途有没有设备改写连接；不要改用 http",
			"proxy":           "请检查 juhe.proxy 的地址、用户与密码，以及代理是否允许连接该服务",
		},
		ProxyBad:       "proxy = \"env\"，但环境变量 %s 里的代理地址有误，不会发送",
		ProxyBadAdvice: "请改正这个变量，写成 http://主机:端口；或取消它，则不经代理",
	}
}
