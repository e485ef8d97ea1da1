package words

// Findings is more of what the command doctor says.
type Findings struct {
	ProxyBad, ProxyBadAdvice   string // takes the names of variables
	WidthsASCII                string // takes what was measured, and the Chinese character
	WideNames, WideNamesAdvice string // takes what is drawn too wide
}
