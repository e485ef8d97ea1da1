package i18n

import "fourfactor/ui/config"

// CLI has the texts and the help of the commands.
type CLI struct {
	Root, RootLong, Check, CheckLong, Codes, CodesLong, MockServer string
	Config, ConfigPath, ConfigCheck, ConfigShow, ConfigInit        string
	Completion, ConfigDefault                                      string
	HelpCommand, Version                                           string

	FlagConfig, FlagLang, FlagDebug, FlagDemo, FlagHelp, FlagJSON                                               string
	FlagStdin, FlagEntname, FlagEntmark, FlagAPI, FlagRegstatus                                                 string
	FlagAgain, FlagReveal, FlagAddr, FlagList                                                                   string
	FlagStrict, RefusedByStrict                                                                                 string // warnings
	Usage, Commands, Flags, GlobalFlags                                                                         string
	OldCode, CodeNotNumber                                                                                      string
	MockServerRuns, MockServerStop                                                                              string
	MockServerCompanies, MockServerCodes, MockServerCases                                                       string
	ConfigValid, ConfigMissing, ConfigWritten, ConfigExists                                                     string
	PermissionsFixed, PermissionsNotFixed, PermissionsIgnored, LogFile, NoTerminal, PendingAtQuit, OutputFailed string
}

func newCLI(l pick) CLI {
	return CLI{
		Root: l("企业四要素核验控制台", "Operator's console for enterprise four-factor verification"),
		RootLong: l("企业四要素核验控制台：核验企业名称、企业标识、姓名、证件号码四项是否与登记一致。\n"+
			"不带命令即打开控制台；每次核验都会计费，--demo 不计费。",
			"Operator's console for enterprise four-factor verification (企业四要素核验):\n"+
				"checks whether a company name, company ID, person and ID number match the register.\n"+
				"Without a command it opens the console. Each lookup is charged; --demo is free."),
		Check: l("核验一笔", "Make one lookup"),
		CheckLong: l("核验一笔并打印结果。姓名与证件号码没有对应的选项，只从标准输入读取，或在终端上询问。\n"+
			"这四项刚核验过的，由台账作答，不发送；上一次没有结论的，也不发送。要再次发送，请加 --again。\n"+
			"\n"+
			"退出码：0 一致，1 不一致，64 用法、配置或输入有误，3 未受理或无法判读，4 key、权限或额度，5 结果未知，7 未发送，8 台账读写失败，130 发送前中断",
			"Make one lookup and print the result. There are no flags for the person: name and ID number come from standard input or are asked for on the terminal.\n"+
				"Factors verified recently are answered from the ledger and not sent; nor is a lookup whose last result had no verdict. --again sends it.\n"+
				"\n"+
				"Exit codes: 0 match, 1 mismatch, 64 usage, config or input, 3 refused or unclear, 4 key, permission or quota, 5 lost, 7 unsent, 8 ledger, 130 interrupted before sending"),
		Codes:      l("错误码与结果码，离线可查", "Explain the service's codes, offline"),
		CodesLong:  l("列出接口文档中的全部代码，或解释一个代码（系统级代码也可用旧版本号）。", "List every code of the API document, or explain one (system codes also by their old number)."),
		MockServer: l("在本机运行模拟服务，用于试用与测试", "Run a mock of the service on loopback"),
		Config:     l("配置文件", "The config file"), ConfigPath: l("打印配置文件的位置", "Print where the config file is"),
		ConfigCheck:   l("检查配置文件", "Check the config file"),
		ConfigShow:    l("打印生效的配置及来源", "Print the effective config and where each value comes from"),
		ConfigDefault: l("默认", "default"),
		ConfigInit:    l("生成带说明的配置文件", "Write a config file that explains every key"),
		Completion:    l("生成 shell 补全脚本", "Print a completion script for a shell"), HelpCommand: l("帮助", "Help"),
		Version: l("打印版本", "print the version"), FlagConfig: l("配置文件 `FILE`", "config `FILE`"), FlagLang: l("界面语言 `zh|en`", "language `zh|en`"),
		FlagDebug: l("输出诊断信息（不含密钥与个人信息）", "print diagnostics (without secrets or personal data)"),
		FlagDemo:  l("演示：使用本机模拟服务，不计费", "demo: uses a mock server on loopback, nothing is charged"),
		FlagHelp:  l("帮助", "help"), FlagJSON: l("输出 JSON，一行一个对象", "print JSON, one object per line"),
		FlagStdin:   l("从标准输入读取一个 JSON 对象：entname, entmark, realname, idcard", "read one JSON object from standard input: entname, entmark, realname, idcard"),
		FlagEntname: l("企业名称 `NAME`", "company `NAME`"), FlagEntmark: l("企业标识 `ID`", "company `ID`"),
		FlagAPI:         l("接口 `query|queryEncry|queryV2`", "endpoint `query|queryEncry|queryV2`"),
		FlagStrict:      l("有提醒就不发送（退出码 64）", "do not send if there are warnings (exit 64)"),
		RefusedByStrict: l("有提醒，按 --strict 的要求未发送", "not sent because of warnings, as --strict asks"),
		FlagRegstatus:   l("一并查询经营状态", "also request the business status"),
		FlagAgain:       l("即使刚核验过也再次发送（会再次计费）", "send even if verified recently (charged again)"),
		FlagReveal:      l("完整显示姓名与证件号码", "show names and ID numbers in full"), FlagAddr: l("监听的本机地址 `ADDR`", "loopback `ADDR` to listen on"),
		FlagList: l("列出模拟服务的虚构企业、错误码与异常情形", "list the mock server's fictional companies, error codes and faulty answers"),
		Usage:    l("用法：", "Usage:"), Commands: l("命令：", "Commands:"), Flags: l("选项：", "Flags:"), GlobalFlags: l("通用选项：", "Global flags:"),
		OldCode: l("旧版本号：%d", "Old number: %d"), CodeNotNumber: l("%q 不是数字代码", "%q is not a code number"),
		MockServerRuns: l("模拟服务已在上面的地址运行，可这样使用：", "The mock server is running at the address above. To use it:"),
		MockServerStop: l("按 Ctrl+C 停止", "Press Ctrl+C to stop it"),
		MockServerCompanies: l("虚构企业：名称、统一社会信用代码、注册号、组织机构代码、姓名、证件号码、经营状态",
			"Fictional companies: name, credit code, registration number, organisation code, person, ID number, regstatus"),
		MockServerCodes:     l("按错误码应答的企业名称", "Company names answered with an error code"),
		MockServerCases:     l("异常应答的企业名称与预期结果", "Company names answered faultily, with the expected outcome"),
		ConfigValid:         l("%s：没有问题", "%s: no problems"),
		ConfigMissing:       l("%s 不存在，全部使用默认值", "%s does not exist; all defaults apply"),
		ConfigWritten:       l("已生成 %s；要修改某一项，请去掉该行行首的“# ”", "wrote %s; uncomment the keys you need"),
		ConfigExists:        l("%s 已存在，未作改动", "%s already exists and was left unchanged"),
		PermissionsFixed:    l("%s 的权限过宽（%04o），已收紧为仅本人可用", "%s had loose permissions (%04o); now only you have access"),
		PermissionsNotFixed: l("%s 的权限过宽（%04o），无法自动收紧，请自行修改", "%s has permissions %04o and could not be fixed; please fix it"),
		PermissionsIgnored: l("%s 的权限无法收紧（%04o）：所在的文件系统不区分用户，其他人可能读到。请移到本机的主目录（不要放在 /mnt/c、NTFS、exFAT 或网络盘）",
			"%s keeps permissions %04o: its file system does not separate users, so others may read it. Move it to your home directory (not /mnt/c, NTFS, exFAT or a network drive)"),
		LogFile:       l("诊断日志：%s", "diagnostics go to %s"),
		NoTerminal:    l("控制台需要终端。脚本请用 fourfactor check --stdin --json", "the console needs a terminal. For scripts: fourfactor check --stdin --json"),
		PendingAtQuit: l("退出时有一笔核验在途（%s，%s）：%s。%s", "a lookup was in progress when the program ended (%s, %s): %s. %s"),
		OutputFailed:  l("无法写到标准输出（%s），结果改在这里输出：", "standard output could not be written (%s); the result follows here:"),
	}
}

// Errors has what is wrong with the input of a command or with the config.
type Errors struct {
	InternalErrorLogged string // after a crash: takes the error and the path of its log

	InternalError, OutputFailed, NoHome, BadUsage, UnknownCommand, BadLang, BadAPI, NotTerminal string
	Stdin, StdinMember, StdinType, StdinTwice                                                   string
	NoKey, KeyHelp, NoOpenid, OpenidHelp, NotConfigured                                         string

	Config                          map[config.Problem]string
	SetTwice                        string // instead of ProblemConflict, if the keys are the same
	Nearest, Allowed, InParentheses string // appended
}

func newErrors(l pick) Errors {
	return Errors{
		InternalErrorLogged: l("程序内部出错，请反馈：%s。详情见 %s，其中没有密钥与个人信息，可一并提供。",
			"internal error, please report it: %s. Attach %s, which contains no secrets or personal data."),
		InternalError: l("程序内部出错，请反馈：%v", "internal error, please report it: %v"),
		OutputFailed:  l("无法写到标准输出：%v", "standard output could not be written: %v"),
		NoHome: l("没有设置 HOME，无法确定配置与日志的位置；请设置 HOME，或用 --config 指定配置文件",
			"HOME is not set, so the location of config and log is unknown; set HOME, or name a config with --config"),
		BadUsage: l("用法有误", "invalid usage"), UnknownCommand: l("没有 %q 这个命令", "there is no command %q"),
		BadLang:     l("--lang 只能是 zh 或 en，不能是 %q", "--lang must be zh or en, not %q"),
		BadAPI:      l("没有 %q 这个接口；可用 query、queryEncry、queryV2", "there is no endpoint %q; use query, queryEncry or queryV2"),
		NotTerminal: l("缺少%s，而标准输入不是终端；请用 --stdin 以 JSON 提供四要素", "%s is missing and standard input is not a terminal; provide the four factors as JSON with --stdin"),
		Stdin: l(`标准输入应是一个 JSON 对象，例如 {"entname":"…","entmark":"…","realname":"…","idcard":"…"}`,
			`standard input must be one JSON object, such as {"entname":"…","entmark":"…","realname":"…","idcard":"…"}`),
		StdinMember: l("标准输入中有无法识别的成员 %q；可用 entname、entmark、realname、idcard", "standard input has an unknown member %q; use entname, entmark, realname and idcard"),
		StdinType:   l("标准输入里的 %s 应是字符串", "%s on standard input must be a string"),
		StdinTwice:  l("%s 重复：命令行与标准输入都提供了", "%s is given twice: by a flag and on standard input"),
		NoKey:       l("没有 key，未发送", "no key, not sent"),
		KeyHelp: l("key 在 个人中心 → 我的数据 查看，请写入配置文件旁的 key 文件，或设置 JUHE_KEY。",
			"Find the key at 个人中心 → 我的数据 and put it in the file key beside the config, or in JUHE_KEY."),
		NoOpenid: l("没有 openid，未发送", "no openid, not sent"),
		OpenidHelp: l("openid 在 个人中心 查看，请写入配置文件旁的 openid 文件，或设置 JUHE_OPENID。",
			"Find the openid at 个人中心 and put it in the file openid beside the config, or in JUHE_OPENID."),
		NotConfigured: l("尚未配置", "not configured"),
		Config: map[config.Problem]string{
			config.ProblemUnknown: l("没有这个配置项", "unknown key"), config.ProblemValue: l("配置值有误", "invalid value"), config.ProblemType: l("配置值的类型不对", "wrong type"),
			config.ProblemSyntax: l("不是正确的 TOML", "not TOML"), config.ProblemConflict: l("这两项只能设置一项", "only one of these two keys can be set"),
			config.ProblemRead:   l("无法读取", "cannot be read"),
			config.ProblemTaken:  l("这个键已用于另一项", "this key already belongs to another action"),
			config.ProblemKey:    l("这一项至少要有一个不是单个字符的键", "this action needs at least one key that is not a single character"),
			config.ProblemText:   l("在那里单个字符用于输入文字，不能当按键", "a single character is text there and cannot be a key"),
			config.ProblemNeeded: l("这一项也必须设置", "this key must be set too"),
			config.ProblemUnused: l("这一项需要与另一项配合才有效", "this key has no effect without another setting"),
		},
		SetTwice: l("同一项写了两次", "the key is set twice"),
		Nearest:  l("，是不是 %q？", "; did you mean %q?"), Allowed: l("（可用：%s）", " (allowed: %s)"), InParentheses: l("（%s）", " (%s)"),
	}
}

// AtExit has what is said about lookups when the console ends.
type AtExit struct {
	// QuitUnviewed warns about a result that was neither saved nor viewed. It takes the
	// keys that show it and that quit.
	QuitUnviewed       string
	QuitUnsent         string // warns about unsent input; takes the key that quits
	Unviewed           string // takes company, time, outcome and code
	InterruptedByCrash string // a lookup in progress at a crash; takes company and time
}

func newAtExit(l pick) AtExit {
	return AtExit{
		QuitUnviewed: l("上一笔核验的结果没有写入台账，您还没有查看（按 %s 查看）。再按一次 %s 退出。",
			"The last result is not in the ledger and you have not seen it (press %s to view). Press %s again to quit."),
		QuitUnsent: l("表单中有尚未发送的内容，退出后不保留。再按一次 %s 退出。", "The form holds input that was not sent; quitting discards it. Press %s again to quit."),
		Unviewed: l("有一笔核验已发送，结果没有写入台账，退出前也没有查看（%s，%s）：%s。请自行记录，并与账单核对。",
			"a lookup was sent, but its result is not in the ledger and was not viewed (%s, %s): %s. Please note it down and check the bill."),
		InterruptedByCrash: l("中断时有一笔核验在途（%s，%s），可能已计费。结果请查看历史；历史中没有的，请与账单核对。",
			"a lookup was in progress when the program failed (%s, %s) and may be charged. See the history for its result; if it is not there, check the bill."),
	}
}
