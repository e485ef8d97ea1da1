package historycmd

import (
	"testing"
	"time"
)

var beijing = time.FixedZone("CST", 8*60*60)

func TestAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 10, 30, 15, 500, beijing)
	for _, tt := range []struct {
		text string
		want time.Time
	}{
		{"2026-06-30", time.Date(2026, 6, 30, 0, 0, 0, 0, beijing)},
		{"2024-02-29", time.Date(2024, 2, 29, 0, 0, 0, 0, beijing)},
		{"2026-06-30 09:05", time.Date(2026, 6, 30, 9, 5, 0, 0, beijing)},
		{"2026-06-30T09:05", time.Date(2026, 6, 30, 9, 5, 0, 0, beijing)},
		{"2026-06-30 09:05:59", time.Date(2026, 6, 30, 9, 5, 59, 0, beijing)},
		{"2026-06-30T09:05:59", time.Date(2026, 6, 30, 9, 5, 59, 0, beijing)},
		{"2026-06-30T09:05:59Z", time.Date(2026, 6, 30, 9, 5, 59, 0, time.UTC)},
		{"2026-06-30T09:05:59.25-05:00", time.Date(2026, 6, 30, 14, 5, 59, 250_000_000, time.UTC)},
		{"90d", now.Add(-90 * 24 * time.Hour)},
		{"1d", now.Add(-24 * time.Hour)},
		{"106751d", now.Add(-106751 * 24 * time.Hour)},
		{"12h", now.Add(-12 * time.Hour)},
		{"30m", now.Add(-30 * time.Minute)},
		{"1h30m", now.Add(-90 * time.Minute)},
		{"0.5h", now.Add(-30 * time.Minute)},
		{"1ns", now.Add(-1)},
	} {
		if got, ok := parsePast(tt.text, now); !ok || !got.Equal(tt.want) {
			t.Errorf("%q: got %v, %t, want %v", tt.text, got, ok, tt.want)
		}
	}
}

func TestAgoBad(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "d", "h", "90", "0", "0d", "0s", "-1d", "-12h", "1.5d", "1d12h", "2w", "1y", "90 d", "90D", " 90d", "90d ", "九十d",
		"106752d", "213504d", "9223372036854775807d", "99999999999999999999d", "2562048h",
		"2026", "2026-06", "2026-6-30", "2026/06/30", "20260630", "2026-02-29", "2026-13-01", "2026-06-30 25:00", "2026-06-30T",
		"2026-06-30Z", "2026-06-30 09:05Z", "2026-06-30 09:05:59+08:00", "09:05", "yesterday", "2026-06-30\n",
	} {
		if got, ok := parsePast(text, time.Now()); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// Every accepted time can also be written in RFC 3339.
func FuzzAgo(f *testing.F) {
	for _, text := range []string{"2026-06-30", "2026-06-30 09:05", "2026-06-30T09:05:59.5-05:00", "90d", "12h", "-1d", "9223372036854775807d"} {
		f.Add(text)
	}
	now := time.Date(2026, 7, 1, 10, 30, 15, 500, beijing)
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parsePast(text, now)
		if !ok {
			return
		}
		if again, ok := parsePast(got.Format(time.RFC3339Nano), now); !ok || !again.Equal(got) {
			t.Errorf("%q: %v, then %v, %t", text, got, again, ok)
		}
	})
}
