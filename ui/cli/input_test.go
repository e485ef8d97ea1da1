package cli_test

import (
	"context"
	"strings"
	"testing"

	"fourfactor/ui/cli"
)

// TestTypedLines: a line is taken whole or not at all, and the last one needs no
// end.
func TestTypedLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("京", 64<<10)
	for _, test := range []struct {
		in   string
		code int
		want string
	}{
		{"北京晨星虚构科技有限公司\r\n91110199MAYYY0013X\n  张三 \n11010519491231002X", 0, ""},
		{long + "\n91110199MAYYY0013X\n张三\n11010519491231002X\n", cli.ExitUsage, "超过 64 KiB"},
		{"北京晨星虚构科技有限公司\n" + long, cli.ExitUsage, "超过 64 KiB"},
		{"北京晨星虚构科技有限公司\n\n\n", cli.ExitUsage, "缺少企业标识"},
	} {
		r := newRig(t)
		app, out, errs := r.app(strings.NewReader(test.in))
		app.InTerminal = true
		code := app.Run(context.Background(), []string{"check"})
		if code != test.code || !strings.Contains(errs.String(), test.want) || (out.Len() > 0) != (code == 0) {
			t.Errorf("%.40q: exit %d, %s%s", test.in, code, out, errs)
		}
		r.requests(t, map[int]int{0: 1}[code])
	}
	r := newRig(t)
	tell(t, r.run(long, "history", "list", "--search", "-"), cli.ExitUsage, nil, []string{"超过 64 KiB"})
}
