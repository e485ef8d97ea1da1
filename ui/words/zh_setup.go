package words

func zhSetup() Setup {
	return Setup{
		Title: "首次设置", Open: "设置 key",
		Where: "AppKey 在聚合数据网站的 个人中心 → 我的数据。每个接口各有一个，请取“企业四要素核验”的。",
		Demo:  "手边没有？按 %s 试用演示，不需要 key。",
		Key:   "AppKey", Openid: "OpenID", Lang: "语言", Colour: "配色",
		KeyNote:    "输入时不显示，存入 %s。第一次核验时才会知道 key 是否正确。",
		OpenidNote: "可不填，仅加密接口 queryEncry 用；见 个人中心",
		KeyTyped:   "%d 个字符，存入 %s。第一次核验时才会知道 key 是否正确。",
		Typed:      "%d 个字符，存入 %s",
		Unfit:      "中间有空白或看不见的字符，不能保存。按 %s 清空，再重新粘贴",
		Refused:    "粘贴的内容里有控制字符，没有填入。请重新复制",
		TooLong:    "粘贴的内容太长，没有填入：最多 %d 个字符",
		Foreign:    "有中文或全角字符，不像是 key：是不是开着输入法？",
		NoKey:      "还没有填写 AppKey，没有保存。没有 key 可以按 %s 试用演示。",
		OpenidSet:  "已配置：%s",
		Languages:  map[string]string{"zh": "中文", "en": "English"},
		Themes:     map[string]string{"auto": "自动", "dark": "深色", "light": "浅色", "mono": "不用颜色"},
		AtSaving:   "保存后生效。",
		ConfigNew:  "同时写入新的配置文件 %s：%s",
		ConfigKept: "配置文件 %s 已经有了，不会改动。以后也要这样，请自行写入：%s",
		Ledger: map[string]string{
			"keyfile": "历史加密保存，密钥在 {path}，丢了就读不出历史。请备份，但不要与台账放在一起。要换地方，见配置的 [ledger]。",
			"command": "历史加密保存，密钥由 [ledger] key_command 的程序给出，丢了就读不出历史。请备份，但不要与台账放在一起。要换方式，见配置的 [ledger]。",
			"none":    "历史不加密（[ledger] encryption = \"none\"）。要加密，见配置的 [ledger]。",
		},
		Saving:   "正在保存",
		Stored:   "key 已存入 %s。第一次核验时才会知道 key 是否正确。",
		KeptAsIs: "语言、配色只用于这一次，没有写入 %s。",
		Exists:   "没有保存：%s 已经存在，没有改动它。要用其中的内容，请退出后重新打开；要用现在输入的，请先移走它，再按 %s。",
		Failed:   "没有保存：写不进 %s（%s）。请检查目录是否存在、是否可写、磁盘是否已满，再按 %s。输入的内容还在。",
	}
}
