package i18n

func zhInputs() map[string]string {
	return map[string]string{
		"empty":       "缺少{field}，没有发送",
		"utf8":        "“{field}”里有无法识别的字符，未发送，请重新输入",
		"placeholder": "“{field}”没有值，只是占位（如 无、NULL、/、0），未发送；请填实际的值",
		"masked":      "“{field}”是打码（脱敏）的值，未发送；请填完整的值，从本程序导出时加 --reveal",
	}
}

func zhFindings() map[string]string {
	return map[string]string{
		"dot":         "间隔号应为 ·，只在两段名字之间",
		"bracket":     "登记名称通常用成对的全角（）",
		"width":       "字母、数字是全角的，登记通常用半角",
		"variant":     "“戶”与“户”不同，登记多为“户”",
		"private":     "有自造字，服务多半不认识",
		"standard":    "自造字有标准字，请改用",
		"unknown":     "? 或 □ 处有字没有读出来",
		"garbled":     "像是乱码，编码读错了",
		"digits":      "姓名里有数字",
		"latin":       "汉字姓名里有字母",
		"company":     "像是企业名称，可能填错了栏",
		"person":      "像是人名，可能填错了栏",
		"note":        "带有括号说明，登记的名称里没有",
		"title":       "带有称谓或职务，登记的姓名里没有",
		"several":     "像是不止一个人",
		"punctuation": "有名称里不会有的符号",
		"hidden":      "像是隐去了真名（某、X、*）",
		"sample":      "像是示例或栏目名，不是真的名称",
	}
}
