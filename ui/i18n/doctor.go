package i18n

// Doctor has the texts of the command doctor.
type Doctor struct {
	Short, Long   string
	Checks        map[string]string // labels, by check
	Fine, Summary string
	Skipped, Demo string

	Terminal, NotTerminal, NoColor         string
	Dumb, DumbAdvice                       string
	Small, SmallAdvice                     string
	Colours                                map[string]string // by profile
	Language                               map[string]string // by language
	Because, NoLocale, Charset, UTF8Advice string
	Widths, WidthsSkipped, WidthsUnknown   string
	Wide, WideAdvice, Narrow, NarrowAdvice string
	Caret, NoCaret                         string
	Native, ByTmux, ByTerminal, OSCAdvice  string
	OverSSH                                string
	ConfigAdvice, Loose                    string
	From, FromCommand, FromConfig          string
	OpenidUnused, DemoSecret               string
	LedgerNew, Ledger, LedgerCommand       string
	Clock, ClockAhead                      string
	ClockAdvice                            string
	NoProxy, Proxy, ProxyNone              string
	ProxyUnused, ProxyAdvice               string
	Reached, ReachedPlain, PlainAdvice     string
	ReachedProxy, ReachedDemo              string
	Ways                                   map[string]string // advice by kind of fault

	ProxyBad, ProxyBadAdvice string // takes the names of variables
}
