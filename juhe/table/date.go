package table

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// stylesXML is xl/styles.xml: number formats and cell styles.
type stylesXML struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Styles []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// dateStyles returns, by style, whether numbers are dates or times.
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

// isBuiltinDate reports whether a format without a code in the file is one of a
// date (ECMA-376 part 1, 18.8.30), including those of Chinese, Japanese and
// Korean.
func isBuiltinDate(id int) bool {
	return 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
}

// isDateFormat reports whether a format shows a part of a date: y, m, d, h or s
// that is not quoted and not in the name of a colour. Elapsed time, such as [h],
// is time.
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

// closingIndex returns the index of the next stop after i, or of the last byte.
func closingIndex(code string, i int, stop byte) int {
	if n := strings.IndexByte(code[i+1:], stop); n >= 0 {
		return i + 1 + n
	}
	return len(code) - 1
}

// formatSerial converts the number of a date, or of a time of day, to text. It
// returns false if the number is neither. date1904 means that the workbook counts
// days from 1904 instead of 1900.
func formatSerial(number string, date1904 bool) (string, bool) {
	days, err := strconv.ParseFloat(number, 64)
	if err != nil || !(days >= 0 && days < 2958466) { // 9999-12-31
		return "", false
	}
	seconds := int64(math.Round(days * 86400))
	day, clock := seconds/86400, time.Unix(seconds%86400, 0).UTC().Format(time.TimeOnly)
	if day == 0 && days > 0 {
		return clock, true
	}
	date := dateOfSerial(int(day), date1904)
	if seconds%86400 == 0 {
		return date, true
	}
	return date + " " + clock, true
}

// dateOfSerial converts the number of a day to a date. Counted from 1900, day 60 is
// February 29th of 1900, which did not exist.
func dateOfSerial(day int, date1904 bool) string {
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		begin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 60:
		return "1900-02-29"
	case day < 60:
		day++
	}
	return begin.AddDate(0, 0, day).Format(time.DateOnly)
}

// parseSerial converts a date, as formatSerial writes it, to its number and to
// the style of fixedParts that shows it so.
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
			if day <= 60 { // before February 29th, which did not exist
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

// formatISODate converts a date in ISO 8601 (t="d") to the form of formatSerial.
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
