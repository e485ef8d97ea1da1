package i18n

func enLeaving() Leaving {
	return Leaving{
		QuitUnseen: "The last result is in no ledger, and you have not seen it (%s shows it). %s again quits.",
		QuitUnsent: "The form holds what you have not sent; it goes when you quit. %s again quits.",
		Unseen:     "a look-up was sent whose result is in no ledger and was not looked at (%s, %s): %s. Please note it down, and compare with the bill.",
		Cut:        "a look-up was under way at the break (%s, %s) and may be charged. See the history for its outcome; if it is not there, compare with the bill.",
	}
}
