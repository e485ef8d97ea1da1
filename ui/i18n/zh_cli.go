package i18n

func zhCLI() CLI {
	return CLI{
		Root:     "企业四要素核验控制台",
		RootLong: "企业四要素核验控制台：企业名称、企业标识、姓名、证件号码四项是否相符。\n不带命令即打开控制台；每次核验都会计费，--demo 不计费。",
		Check:    "核验一次",
		CheckLong: "核验一次并打印结果。姓名与证件号码没有对应的选项，只从标准输入读取或在终端上询问。\n" +
			"同样四要素刚核验过的，由台账作答，不发送；上一笔没有结论的，也不发送。确要再次发送，加 --again。\n\n" +
			"退出码：0 一致，1 不一致，64 用法、配置或输入有误，3 未受理或无法判读，4 key、权限或额度，5 结果未知，7 未发送，8 台账读写失败，130 发送前中断",
		Codes:     "错误码与结果码，离线可查",
		CodesLong: "列出文档中的全部代码，或解释一个代码（系统级代码也可用旧版本号）。",
		Standin:   "在本机运行模拟服务，用于试用与测试",
		Config:    "配置文件", ConfigPath: "打印配置文件的位置", ConfigCheck: "检查配置文件", ConfigShow: "打印生效的配置与来源", ConfigDefault: "默认", ConfigInit: "生成带说明的配置文件",
		Completion: "生成 shell 补全脚本", HelpCommand: "帮助", Version: "打印版本",
		FlagConfig: "配置文件 `FILE`", FlagLang: "界面语言 `zh|en`", FlagDebug: "输出诊断信息（不含密钥与个人信息）",
		FlagDemo: "演示：本机模拟服务，不计费", FlagHelp: "帮助", FlagJSON: "输出 JSON，一行一个对象",
		FlagStdin:   "从标准输入读取一个 JSON 对象：entname, entmark, realname, idcard",
		FlagEntname: "企业名称 `NAME`", FlagEntmark: "企业标识 `MARK`", FlagAPI: "接口 `query|queryEncry|queryV2`",
		FlagStrict: "有提醒就不发送（退出码 64）", Strict: "有提醒，按 --strict 没有发送",
		FlagRegstatus: "一并查询经营状态", FlagAgain: "即使刚核验过也再次发送（会再次计费）", FlagReveal: "不隐去姓名与证件号码",
		FlagAddr: "监听的本机地址 `ADDR`", FlagList: "列出模拟服务的虚构企业、错误码与异常情形",
		Usage: "用法：", Commands: "命令：", Flags: "选项：", GlobalFlags: "通用选项：",
		CodeOld: "旧版本号：%d", CodeNotNumber: "%q 不是数字代码",
		StandinServes: "模拟服务已在上面的地址运行，可这样使用：", StandinStop: "按 Ctrl+C 停止",
		StandinCompanies: "虚构企业：名称、统一社会信用代码、注册号、组织机构代码、姓名、证件号码、经营状态",
		StandinCodes:     "按错误码应答的企业名称", StandinCases: "异常应答的企业名称与预期结果",
		ConfigGood: "%s：没有问题", ConfigNone: "%s 不存在，全部使用默认值",
		ConfigWritten: "已生成 %s；需要改哪一项，去掉该行行首的“# ”", ConfigExists: "%s 已存在，没有改动",
		Repaired: "%s 的权限过宽（%04o），已收紧为仅本人可用", NotRepaired: "%s 的权限过宽（%04o），且无法收紧，请自行修改", NotPrivate: "%s 的权限收不紧（%04o）：所在的文件系统不区分用户，其他人可能读到。请移到本机的主目录下（不要放在 /mnt/c、NTFS、exFAT 或网络盘）",
		LogFile:    "诊断日志：%s",
		NoTerminal: "控制台需要终端。脚本请用 fourfactor check --stdin --json",
		LeftAtQuit: "退出时有一笔核验在途（%s，%s）：%s。%s",
		Output:     "结果无法写到标准输出（%s），改在这里输出：",
	}
}

func zhErrors() Errors {
	return Errors{
		Kept: "程序内部出错，请反馈：%s。详情记在 %s，其中没有密钥与个人信息，可以一并发来。",
		Bug:  "程序内部出错，请反馈：%v", Output: "无法写到标准输出：%v",
		Home: "没有设置 HOME，不知道配置与日志在哪里；请设置 HOME，配置也可用 --config 指定", Flag: "用法有误", UnknownCommand: "没有 %q 这个命令", Lang: "--lang 只能是 zh 或 en，不能是 %q",
		API:         "没有 %q 这个接口；可用 query、queryEncry、queryV2",
		NotTerminal: "缺少%s，而标准输入不是终端；请用 --stdin 以 JSON 提供四要素",
		Stdin:       `标准输入应是一个 JSON 对象，例如 {"entname":"…","entmark":"…","realname":"…","idcard":"…"}`,
		StdinMember: "标准输入里有不认识的 %q；可用 entname、entmark、realname、idcard",
		StdinType:   "标准输入里的 %s 应是字符串", StdinTwice: "命令行与标准输入重复提供了 %s",
		Key: "取不到 key，没有发送", KeyHelp: "key 在 个人中心 → 我的数据 查看；写入配置文件旁的 key 文件，或设置 JUHE_KEY。",
		Openid: "取不到 openid，没有发送", OpenidHelp: "openid 在 个人中心 查看；写入配置文件旁的 openid 文件，或设置 JUHE_OPENID。",
		Missing: "尚未配置",
		Config: map[string]string{
			"unknown_key": "没有这个配置项", "bad_value": "配置值有误", "bad_type": "配置值的类型不对",
			"syntax": "不是正确的 TOML", "conflict": "这两项只能设置其中一项", "twice": "同一项写了两次", "unreadable": "无法读取",
			"taken": "这个键已用于另一项", "no_key": "这一项还要有一个不是单个字符的键", "text": "在那里单个字符是文字，不能当按键",
			"needed": "这一项也必须设置", "unused": "这一项要与另一项设置同用才有效",
		},
		Nearest: "，是不是 %q？", Allowed: "（可用：%s）", Other: "（%s）",
	}
}
