package words

func zhInputs() map[string]string {
	return map[string]string{
		"empty":       "缺少{field}，没有发送",
		"utf8":        "“{field}”里有无法识别的字符，未发送，请重新输入",
		"placeholder": "“{field}”没有值，只是占位（如 无、NULL、/、0），未发送；请填实际的值",
		"masked":      "“{field}”是打码（脱敏）的值，未发送；请填完整的值，从本程序导出时加 --reveal",
	}
}
