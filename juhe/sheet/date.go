package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// epoch is the day that a workbook's dates count from.
type epoch int

const (
	epoch1900 epoch = 1900
	epoch1904 epoch = 1904
)

// stylesXML is xl/styles.xml: the formats of numbers and the styles of cells.
type stylesXML struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Styles []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// dateStyles tells, by style, whether a number is a date or a time.
func (s stylesXML) dateStyles() []bool {
	custom := map[int]bool{}
	for _, f := range s.Formats {
		custom[f.ID] = isDateFormat(f.Code)
	}
	all := make([]bool, len(s.Styles))
	for i, style := range s.Styles {
		date, found := custom[style.Format]
		all[i] = date || !found && isBuiltinDate(style.Format)
	}
	return all
}

// isBuiltinDate knows the formats that have no code in a file (ECMA-376 part 1,
// 18.8.30), those of Chinese, Japanese and Korean among them.
func isBuiltinDate(id int) bool {
	return 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
}

// isDateFormat tells whether a format shows a part of a date: y, m, d, h or s that
// is neither quoted nor the name of a colour. Elapsed time, such as [h], is time.
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i = closingIndex(code, i, '"')
		case '[':
			end := closingIndex(code, i, ']')
			if inside := strings.Trim(strings.ToLower(code[i:end+1]), "[]"); inside != "" && strings.Trim(inside, string(inside[0])) == "" && strings.ContainsAny(inside, "hms") {
				return true
			}
			i = end
		case '\\', '_', '*':
			i++
		case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S':
			return true
		}
	}
	return false
}

// closingIndex is where what opens at i is closed, or the last byte.
func closingIndex(code string, i int, stop byte) int {
	if n := strings.IndexByte(code[i+1:], stop); n >= 0 {
		return i + 1 + n
	}
	return len(code) - 1
}

// formatSerial writes the number of a date, or of a time of a day, for people; false
// where it is neither.
func (e epoch) formatSerial(number string) (string, bool) {
	days, err := strconv.ParseFloat(number, 64)
	if err != nil || !(days >= 0 && days < 2958466) { // 9999-12-31
		return "", false
	}
	seconds := int64(math.Round(days * 86400))
	day, clock := seconds/86400, time.Unix(seconds%86400, 0).UTC().Format(time.TimeOnly)
	if day == 0 && days > 0 {
		return clock, true
	}
	date := e.date(int(day))
	if seconds%86400 == 0 {
		return date, true
	}
	return date + " " + clock, true
}

// date is a day by its number. 1900 had no February 29th, but has one in a
// workbook, which is number 60.
func (e epoch) date(day int) string {
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case e == epoch1904:
		begin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 60:
		return "1900-02-29"
	case day < 60:
		day++
	}
	return begin.AddDate(0, 0, day).Format(time.DateOnly)
}

// parseSerial is the number of a date as serial writes it, and the style of our own
// workbooks that shows it so.
func parseSerial(text string) (style, days string, ok bool) {
	for _, known := range []struct{ layout, style string }{{time.DateOnly, "3"}, {time.DateTime, "4"}, {time.TimeOnly, "5"}} {
		t, err := time.Parse(known.layout, text)
		if err != nil {
			continue
		}
		seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
		day := 0
		if known.style != "5" {
			day = int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
			if day <= 60 { // there is no February 29th before it
				day--
			}
		}
		if day < 0 || day == 0 && (known.style == "5") != (seconds > 0) {
			return "", "", false
		}
		return known.style, strconv.FormatFloat(float64(day)+float64(seconds)/86400, 'f', -1, 64), true
	}
	return "", "", false
}

// formatISODate writes a date that is a text in the file (t="d", ISO 8601) as serial
// does.
func formatISODate(text string) string {
	for _, known := range []struct{ layout, as string }{
		{"2006-01-02T15:04:05.999Z07:00", time.DateTime},
		{"2006-01-02T15:04:05.999", time.DateTime},
		{"2006-01-02T15:04", time.DateTime},
		{time.DateOnly, time.DateOnly},
		{"T15:04:05.999", time.TimeOnly},
		{"15:04:05.999", time.TimeOnly},
	} {
		if t, err := time.Parse(known.layout, text); err == nil {
			return strings.TrimSuffix(t.Format(known.as), " 00:00:00")
		}
	}
	return text
}
