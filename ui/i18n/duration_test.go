package i18n_test

import (
	"testing"
	"time"

	"fourfactor/ui/i18n"
)

func TestDuration(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		d      time.Duration
		zh, en string
	}{
		{0, "0 秒", "0 s"},
		{2 * time.Millisecond, "2 毫秒", "2 ms"},
		{812 * time.Millisecond, "0.8 秒", "0.8 s"},
		{10 * time.Second, "10 秒", "10 s"},
		{15001 * time.Millisecond, "15 秒", "15 s"},
		{59700 * time.Millisecond, "1 分", "1 min"},
		{90 * time.Second, "1 分 30 秒", "1 min 30 s"},
		{2*time.Hour + 5*time.Minute + 7*time.Second, "2 小时 5 分", "2 h 5 min"},
	} {
		if got := i18n.For("zh", nil).Duration(test.d); got != test.zh {
			t.Errorf("%s: got %q, want %q", test.d, got, test.zh)
		}
		if got := i18n.For("en", nil).Duration(test.d); got != test.en {
			t.Errorf("%s: got %q, want %q", test.d, got, test.en)
		}
	}
}
