package i18n

func enPlain() Plain {
	return Plain{
		Flag:      "the console line by line, without drawing: for screen readers and simple terminals",
		NoInput:   "the console that asks line by line needs a terminal to type on. For scripts: fourfactor check --stdin --json",
		NoScreen:  "the console is drawn on a terminal. To have the results in a file or a pipe: fourfactor --plain; for scripts: fourfactor check --stdin --json",
		Greeting:  "Enterprise four-factor verification, line by line. Endpoint %s, service %s (%s).",
		PlainText: "caution: plain text, which others on the way can read",
		How:       "Type the four values, Enter after each; Enter after the fourth sends. ? explains; an empty line at the first one, or Ctrl+D, ends.",
		Example:   "= takes the example.",
		Help: "= takes what was typed last for this field.\n" +
			"< goes back to the field before.\n" +
			"An empty line at the first field, or Ctrl+D, ends.\n" +
			"Where there are remarks, or it may be paid for twice, you are asked before it is sent; an empty line does not send.\n" +
			"Ctrl+C during a look-up waits for its answer and then ends; once more does not wait, and the look-up is lost and may have been charged.",
		Prompt: "%s (%s): ", Missing: "%s is missing. < goes back to the field before.", First: "This is the first field.",
		NoBefore: "Nothing was typed for %s before; please type it.", Same: "As before: %s",
		Control: "%s has control characters (an arrow key, perhaps) and was not taken; please type it again.", TooLong: "The line is longer than 64 KiB and was not taken.",
		AskRemarks: "There are remarks. Send all the same?", Answer: "y: %s; an empty line: do not send: ",
		TooSoon: "That came too soon to be consent. Please hear the question out, then answer.", NotSent: "Nothing was sent.", Sending: "Verifying, for at most %g seconds.",
		Choose:   "x shows the person in full, j prints JSON, a sends again; an empty line goes on to the next look-up: ",
		NoChoice: "There is no such choice.", Ended: "Ended.", Stopped: "Interrupted.",
	}
}
