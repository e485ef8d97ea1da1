package words

func enFindings() Findings {
	return Findings{
		ProxyBad:        "proxy = \"env\", but the address in %s is not that of a proxy: nothing will be sent",
		ProxyBadAdvice:  "set the variable right, as http://host:port, or unset it to go without a proxy",
		WidthsASCII:     "%s take 1 cell each, %s takes 2: the screens line up; borders are ASCII",
		WideNames:       "the terminal draws %s 2 cells wide: borders are ASCII and line up, but a line with these in a name may not",
		WideNamesAdvice: "to have them line up, set the terminal's ambiguous width to narrow (1 cell)",
	}
}
