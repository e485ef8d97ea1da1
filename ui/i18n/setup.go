package i18n

// Setup has the texts of the setup screen and of the console right after it.
// Keys and paths are filled in.
type Setup struct {
	Title, Open          string
	WhereToFindKey, Demo string // where to find the key, and the demo
	Key, Openid          string // labels
	Lang, Colour         string
	KeyNote              string // below an empty field
	OpenidNote           string
	KeyLength            string // below a field; takes the number of characters
	OpenidLength         string
	InvalidInput         string // invalid input
	PasteRefused         string // a rejected paste
	TooLong              string
	NotLikeKey           string // suspicious characters
	NoKey                string // on saving without a key
	// When replacing: the title, the introduction, an empty field, and the reasons
	// why nothing is replaced.
	ReplaceTitle, Replaces, Unchanged, NothingNew, SetElsewhere, Replaced, InDemo, RunInProgress string
	OpenidPresent                                                                                string // takes the present source
	ReplaceThere                                                                                 string // the same, when replacing

	Languages, Themes map[string]string // options, by name

	AppliedWhenSaved string // prefix of ConfigNew or ConfigUnchanged
	ConfigNew        string
	ConfigUnchanged  string

	Ledger          map[string]string // where the history's key is, by ledger.encryption; {path} is its file
	Saving          string
	Stored          string // the form's first status afterwards
	OptionsNotSaved string // appended if the options were not saved
	Exists          string // why nothing was saved
	Failed          string
}

func newSetup(l pick) Setup {
	return Setup{
		Title: l("首次设置", "Setup"), Open: l("设置 key", "set up a key"),
		WhereToFindKey: l("AppKey 在聚合数据网站的 个人中心 → 我的数据。每个接口各有一个，请使用“企业四要素核验”的。",
			"Find the AppKey on Juhe's site at 个人中心 → 我的数据. Each API has its own; use the one for 企业四要素核验."),
		Demo: l("没有 key？按 %s 试用演示，不需要 key。", "No key yet? Press %s for the demo."),
		Key:  "AppKey", Openid: "OpenID", Lang: l("语言", "Language"), Colour: l("配色", "Colours"),
		KeyNote:          l("输入时不显示，存入 %s。是否正确，第一次核验时才知道。", "Hidden; saved to %s. Validity is only known after the first lookup."),
		OpenidNote:       l("可不填，仅加密接口 queryEncry 使用；见 个人中心", "Optional: only for queryEncry (个人中心)"),
		KeyLength:        l("%d 个字符，存入 %s。是否正确，第一次核验时才知道。", "%d characters, saved to %s. Validity is only known after the first lookup."),
		OpenidLength:     l("%d 个字符，存入 %s", "%d characters, saved to %s"),
		InvalidInput:     l("中间有空白或不可见字符，不能保存。按 %s 清空后重新粘贴", "Contains a space or an invisible character and cannot be saved. Press %s to clear it, then paste again"),
		PasteRefused:     l("未填入：粘贴的内容里有控制字符，请重新复制", "Not accepted: the paste contains control characters. Please copy it again"),
		TooLong:          l("未填入：粘贴的内容太长，最多 %d 个字符", "Not accepted: the paste is too long, at most %d characters"),
		NotLikeKey:       l("有中文或全角字符，不像 key：是不是开着输入法？", "Contains Chinese or full-width characters, unlike a key: is an input method on?"),
		NoKey:            l("未保存：还没有填写 AppKey。没有 key 可以按 %s 试用演示。", "Not saved: no AppKey entered. Without a key, press %s for the demo."),
		OpenidPresent:    l("已配置：%s", "already set: %s"),
		ReplaceThere:     l("来自 %s，请在那里更换，再重新打开", "from %s: replace it there, then restart"),
		Languages:        map[string]string{"zh": "中文", "en": "English"},
		Themes:           map[string]string{"auto": l("自动", "automatic"), "dark": l("深色", "dark"), "light": l("浅色", "light"), "mono": l("不用颜色", "none")},
		AppliedWhenSaved: l("保存后生效。", "Applied when saved. "),
		ConfigNew:        l("同时写入新的配置文件 %s：%s", "Also written to a new config, %s: %s"),
		ConfigUnchanged:  l("配置文件 %s 已存在，不会改动。以后也要这样，请自行写入：%s", "The config %s already exists and is not changed. To keep this choice, add to it: %s"),
		Ledger: map[string]string{
			"keyfile": l("历史加密保存，密钥在 {path}，丢失后无法读取历史。请备份，但不要与台账放在一起。要换位置，见配置的 [ledger]。",
				"The history is encrypted with the key {path}. If the key is lost, so is the history: back it up, but not beside the ledger. To move it, see [ledger] in the config."),
			"command": l("历史加密保存，密钥由 [ledger] key_command 的程序提供，丢失后无法读取历史。请备份，但不要与台账放在一起。要换方式，见配置的 [ledger]。",
				"The history is encrypted with the key from [ledger] key_command. If the key is lost, so is the history: back it up, but not beside the ledger. To change this, see [ledger] in the config."),
			"none": l("历史不加密（[ledger] encryption = \"none\"）。要加密，见配置的 [ledger]。",
				`The history is not encrypted ([ledger] encryption = "none"). To encrypt it, see [ledger] in the config.`),
		},
		ReplaceTitle: l("更换密钥", "Replace the key"), Unchanged: l("留空则不更换", "leave empty to keep"),
		Replaces: l("留空的一项不更换。旧文件保留，文件名加 .old。表单里的内容还在，更换后再发送。",
			"An empty field keeps its value. The old file is kept with .old appended. The form keeps its content; send it again afterwards."),
		NothingNew:      l("没有更换：没有填写新的 AppKey 或 openid。", "Not replaced: no new AppKey or openid was entered."),
		SetElsewhere:    l("AppKey 来自 %s，openid 来自 %s：请在那里更换，再重新打开。", "The AppKey comes from %s and the openid from %s: replace them there, then restart."),
		Replaced:        l("已更换，旧文件名加了 .old。请再发送一次。", "Replaced; the old file has .old appended. Please send again."),
		InDemo:          l("演示不用 AppKey。", "The demo uses no AppKey."),
		RunInProgress:   l("批次正在进行。请等它结束或先停止，再更换 key。", "A batch is running. Wait for it or stop it, then replace the key."),
		Saving:          l("正在保存", "Saving"),
		Stored:          l("key 已存入 %s。是否正确，第一次核验时才知道。", "The key was saved to %s. Its validity is only known after the first lookup."),
		OptionsNotSaved: l("语言、配色只用于这一次，没有写入 %s。", "Language and colours apply to this session only; %s was not changed."),
		Exists: l("未保存：%s 已存在，未作改动。要使用其中的内容，请退出后重新打开；要使用现在输入的，请先移走它，再按 %s。",
			"Not saved: %s already exists and was left unchanged. To use it, quit and restart; to use your input, move that file away, then press %s."),
		Failed: l("未保存：无法写入 %s（%s）。请检查目录是否存在、是否可写、磁盘是否已满，再按 %s。输入的内容还在。",
			"Not saved: %s could not be written (%s). Check that the folder exists and is writable and that the disk is not full, then press %s. Your input is still here."),
	}
}
