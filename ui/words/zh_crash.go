package words

func zhCrash() Crash {
	return Crash{Kept: "程序内部出错，请反馈：%s。详情记在 %s，其中没有密钥与个人信息，可以一并发来。"}
}
