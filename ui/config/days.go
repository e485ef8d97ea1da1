package config

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

var errDays = errors.New("not a number of days")

// parseDays parses 0, or whole days up to 65535d, such as 365d.
func parseDays(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	number, ok := strings.CutSuffix(text, "d")
	n, err := strconv.ParseUint(number, 10, 16)
	if !ok || err != nil || n == 0 {
		return 0, errDays
	}
	return time.Duration(n) * day, nil
}

// formatDays formats d for parseDays.
func formatDays(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return strconv.Itoa(int(d/day)) + "d"
}
