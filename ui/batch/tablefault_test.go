package batch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestTableFault: a table fault is shown on the plan and confirmed separately, before
// the calls.
func TestTableFault(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{3, 101} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		w, whole := d.words.Batch, d.words.Runs.TableFaults
		lines := strings.Split(strings.TrimSpace(makeRows(rows)), "\n")
		for i, line := range lines[1:] {
			lines[i+1] = "`" + strings.ReplaceAll(line, ",", ",`")
		}
		d.openPlan(d.writeFile("a.csv", strings.Join(lines, "\n")))
		d.AssertShows(fmt.Sprintf("%d 行（共 %d 行）的每个单元格都带有符号 `", rows, rows), "仍要发送吗？")
		d.AssertHides(strings.SplitAfter(w.Ask, "%d")[1], fmt.Sprintf(w.TypeNumber, rows, "Enter"))
		d.Press("n")
		d.UntilShown(d.Press("enter"), whole.Ask)
		d.clock.advance(time.Second)
		if d.Press("y", "enter"); d.IsRunning() {
			t.Error("it starts although one question is open")
		}
		d.AssertHides(whole.Ask)
		d.Press("y", "enter") // confirms the table fault
		if d.IsRunning() {
			t.Error("it starts on a key that was meant for the question before")
		}
		d.clock.advance(time.Second)
		if rows < 100 {
			d.runUntilEnded(d.Press("y"))
		} else { // pauses after 20 identical refusals
			d.runUntil(func() bool { return d.service.Requests() > 0 }, d.Press("101", "enter"))
		}
		if n := d.service.Requests(); rows < 100 && n != rows {
			t.Errorf("%d requests, want %d", n, rows)
		}
	}
}
