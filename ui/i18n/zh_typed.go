package i18n

func zhTyped() Typed {
	return Typed{
		Row:     "这一行有制表符，像是表格里的一整行，没有采用。一行只填一项，请重新输入%s。",
		TooSoon: "回答得太快，不算同意。请看清问题再回答。",
		NoArgs:  "%s 后面不能有 %q",
	}
}
