package i18n

import "fourfactor/juhe"

// Doctor has the texts of the command doctor.
type Doctor struct {
	Short, Long         string
	Checks              map[string]string // labels, by check
	NoProblems, Summary string
	Skipped, Demo       string

	Terminal, NotTerminal, NoColor                               string
	Dumb, DumbAdvice                                             string
	Small, SmallAdvice                                           string
	Colours                                                      map[string]string // by profile
	Language                                                     string            // of the texts
	LanguageFrom, NoLocale, Charset, UTF8Advice                  string
	Widths, WidthsSkipped, WidthsUnknown                         string
	Wide, WideAdvice, Narrow, NarrowAdvice                       string
	Caret, NoCaret                                               string
	NativeClipboard, TmuxClipboard, TerminalClipboard, OSCAdvice string
	OverSSH                                                      string
	ConfigAdvice, Loose                                          string
	From, FromCommand, FromConfig                                string
	OpenidUnused, DemoSecret                                     string
	LedgerNew, Ledger, LedgerCommand                             string
	Clock, ClockAhead                                            string
	ClockAdvice                                                  string
	NoProxy, ProxyNone                                           string
	ProxyUnused, ProxyAdvice                                     string
	Reached, ReachedPlain, PlainAdvice                           string
	ReachedProxy, ReachedDemo                                    string
	ConnectionAdvice                                             map[juhe.FaultKind]string

	ProxyBad, ProxyBadAdvice string // takes the names of variables
}

func newDoctor(l pick) Doctor {
	return Doctor{
		Short: l("检查本机设置（不核验）", "Check that this machine is set up correctly (makes no lookup)"),
		Long: l("检查终端、语言、配置、台账、时钟、代理，以及能否连接服务，并说明如何修正。\n"+
			"只建立连接，不发送请求，不计费；不运行取 key 的命令，也不显示 key、openid 与个人信息。\n"+
			"\n"+
			"标记：✓ 正常，· 说明，! 请留意，✗ 错误（ui.borders = \"ascii\" 时为 + - ! x）\n"+
			"退出码：0 没有错误，64 配置、key 或 openid 有误，8 台账不可用，7 无法连接服务，130 中断",
			"Check terminal, locale, config, ledger, clock, proxy and whether the service can be reached, and say what to fix.\n"+
				"It only connects: no request is sent and nothing is charged. Commands that print a key are not run, and no key, openid or personal data is shown.\n"+
				"\n"+
				"Marks: ✓ ok, · note, ! warning, ✗ error (+ - ! x with ui.borders = \"ascii\")\n"+
				"Exit codes: 0 no error, 64 config, key or openid, 8 ledger, 7 the service cannot be reached, 130 interrupted"),
		Checks: map[string]string{
			"version": l("版本", "version"), "terminal": l("终端", "terminal"), "locale": l("语言", "language"), "widths": l("字宽", "widths"),
			"caret": l("光标", "cursor"), "clipboard": l("剪贴板", "clipboard"), "config": l("配置", "config"), "setting": l("设置", "setting"), "key": "key",
			"openid": "openid", "ledger": l("台账", "ledger"), "clock": l("时钟", "clock"), "proxy": l("代理", "proxy"), "service": l("服务", "service"),
		},
		NoProblems: l("没有发现错误", "no errors found"), Summary: l("错误 %d 处，请留意 %d 处", "errors: %d, warnings: %d"),
		Skipped:     l("配置修正后才能检查", "not checked until the config is fixed"),
		Demo:        l("演示：不读配置文件，用本机模拟服务与临时台账", "demo: no config file is read; mock server on loopback, temporary ledger"),
		Terminal:    l("%s，%s，%s", "%s, %s, %s"),
		NotTerminal: l("标准输入或标准输出不是终端，无法打开控制台", "standard input or output is not a terminal; the console needs both"),
		NoColor:     l("（设置了 NO_COLOR）", " (NO_COLOR is set)"), Dumb: l("TERM=%s：无法显示控制台", "TERM=%s: the console cannot be drawn"),
		DumbAdvice:    l("请用 fourfactor --plain，或换一个终端", "use fourfactor --plain, or another terminal"),
		Small:         l("窗口只有 %d×%d，控制台至少需要 %d×%d", "the window is only %d×%d; the console needs %d×%d"),
		SmallAdvice:   l("请放大窗口", "make the window larger"),
		Colours:       map[string]string{"TrueColor": l("真彩色", "true colour"), "ANSI256": l("256 色", "256 colours"), "ANSI": l("16 色", "16 colours"), "Ascii": l("没有颜色", "no colours")},
		Language:      l("中文", "English"),
		LanguageFrom:  l("%s，依据 %s", "%s, from %s"),
		NoLocale:      l("没有设置 locale，按中文显示", "no locale is set; texts are in Chinese"),
		Charset:       l("%s 的字符集不是 UTF-8，中文可能显示为乱码", "%s does not specify UTF-8; Chinese text may be garbled"),
		UTF8Advice:    l("请设置 LANG=zh_CN.UTF-8，并让终端使用 UTF-8", "set LANG=en_US.UTF-8 or LANG=zh_CN.UTF-8, and set the terminal to UTF-8"),
		Widths:        l("%s 各占 1 格，%s 占 2 格，画面能对齐", "%s take 1 cell each, %s takes 2: screens align"),
		WidthsSkipped: l("标准输入与标准输出都是终端时才检查", "checked only when standard input and output are terminals"),
		WidthsUnknown: l("未能测量：终端没有及时应答，或有尚未处理的按键", "not measured: the terminal did not answer in time, or keys were typed"),
		Wide:          l("终端把 %s 画成 2 格，画面会错位", "the terminal draws %s 2 cells wide: screens will not align"),
		WideAdvice: l("请在 config.toml 设置 ui.borders = \"ascii\"，或在终端里把“歧义宽度字符”设为窄（1 格）",
			"set ui.borders = \"ascii\" in config.toml, or set the terminal's ambiguous width to narrow (1 cell)"),
		Narrow:            l("终端的字宽不对：%s", "wrong character widths: %s"),
		NarrowAdvice:      l("请检查终端的编码是否为 UTF-8，以及字宽设置", "check that the terminal's encoding is UTF-8, and its width settings"),
		Caret:             l("光标停在输入处，输入法的候选框跟着它", "the cursor is at the text being typed, where input methods open"),
		NoCaret:           l("ui.real_caret = false：输入法的候选框可能不在输入处", "ui.real_caret = false: input methods may open elsewhere"),
		NativeClipboard:   l("复制时用 %s", "copies with %s"),
		TmuxClipboard:     l("复制时经 tmux（load-buffer -w）", "copies via tmux (load-buffer -w)"),
		TerminalClipboard: l("复制时经终端（OSC 52）", "copies via the terminal (OSC 52)"),
		OSCAdvice:         l("终端要允许程序写剪贴板（OSC 52）；复制之后请粘贴核对", "the terminal must allow programs to write the clipboard (OSC 52); paste once to check"),
		OverSSH:           l("；ssh 登录，不用这台机器自己的剪贴板", "; over ssh this machine's own clipboard is not used"),

		Loose:         l("%s 的权限过宽（%04o），下一个用到它的命令会收紧", "%s has loose permissions (%04o); the next command that uses it tightens them"),
		ConfigAdvice:  l("修正后用 fourfactor config check 核对", "after fixing it, run fourfactor config check"),
		From:          l("已配置，取自 %s", "configured, from %s"),
		FromCommand:   l("已配置，发送时由命令提供，这里不运行", "configured; a command provides it when sending and is not run here"),
		FromConfig:    l("配置文件", "the config file"),
		OpenidUnused:  l("尚未配置；只有加密接口 queryEncry 需要", "not configured; only the encrypted endpoint queryEncry needs it"),
		DemoSecret:    l("演示用内置的", "the demo's own"),
		LedgerNew:     l("%s 尚未建立，首次使用时建立", "%s does not exist yet; it is created on first use"),
		Ledger:        l("%s（%s），%d 笔，在途 %d 笔，%s", "%s (%s), lookups: %d, in progress: %d, %s"),
		LedgerCommand: l("%s 的密钥由命令提供，这里不运行，没有打开", "the key of %s comes from a command, which is not run here: not opened"),

		Clock:       l("%s，北京时间 %s", "%s, Beijing time %s"),
		ClockAhead:  l("台账里最近一笔在 %s，晚于现在", "the newest lookup in the ledger is from %s, which is in the future"),
		ClockAdvice: l("请校准时钟：每日上限与防重复都依据时钟", "correct the clock: the daily limit and the repeat guard depend on it"),
		NoProxy:     l("不用代理", "no proxy"),
		ProxyNone:   l("proxy = \"env\"，但环境里没有适用的代理", `proxy = "env", but the environment has no proxy for this service`),
		ProxyUnused: l("环境变量 %s 设了代理，没有使用", "the proxy in %s is not used"),
		ProxyAdvice: l("要用它，请在配置 [juhe] 里写 proxy = \"env\"", "to use it, set proxy = \"env\" under [juhe] in the config"),
		Reached:     l("%s 可以连接（%s，%s，%d 毫秒）", "%s is reachable (%s, %s, %d ms)"),
		ReachedPlain: l("%s 可以连接（%s，%d 毫秒），但是明文传输：沿途网络可以看到 key 与个人信息",
			"%s is reachable (%s, %d ms), but in plain text: the networks in between can read the key and personal data"),
		ReachedProxy: l("%s：只连接到代理 %s（%d 毫秒），不发送请求无法确认代理之后是否可达；而且是明文传输，沿途网络可以看到 key 与个人信息",
			"%s: only the proxy %s was reached (%d ms); what is behind it is unknown without a request. It is plain text: the networks in between can read the key and personal data"),
		ReachedDemo: l("本机模拟服务 %s 可以连接（%s，%d 毫秒）", "the mock server %s is reachable (%s, %d ms)"),
		PlainAdvice: l("请把 juhe.base_url 改为 https://", "change juhe.base_url to https://"),
		ConnectionAdvice: map[juhe.FaultKind]string{
			juhe.FaultDNS:            l("请检查网络、DNS 与 juhe.base_url", "check the network, DNS and juhe.base_url"),
			juhe.FaultConnect:        l("请检查网络、防火墙与 juhe.base_url", "check the network, firewalls and juhe.base_url"),
			juhe.FaultConnectTimeout: l("请检查网络、防火墙与代理；网络慢可调大 juhe.connect_timeout", "check the network, firewalls and the proxy; on a slow network raise juhe.connect_timeout"),
			juhe.FaultTLS: l("请检查本机时钟与根证书，以及途中有没有设备改写连接；不要改用 http",
				"check this machine's clock and root certificates, and whether a device rewrites connections; do not switch to http"),
			juhe.FaultProxy: l("请检查 juhe.proxy 的地址、用户与密码，以及代理是否允许连接该服务", "check the address, user and password in juhe.proxy, and whether the proxy allows the service"),
		},
		ProxyBad:       l("proxy = \"env\"，但环境变量 %s 里的代理地址有误，不会发送", `proxy = "env", but the proxy address in %s is invalid: nothing will be sent`),
		ProxyBadAdvice: l("请改正这个变量，写成 http://主机:端口；或取消它，则不经代理", "correct the variable, as http://host:port, or unset it to use no proxy"),
	}
}
