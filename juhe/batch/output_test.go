package batch_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// reversedRecords returns the lookups of a page in the wrong order.
type reversedRecords struct{ batch.Ledger }

func (m reversedRecords) Records(ctx context.Context, ids []string) ([]lookup.Record, error) {
	recs, err := m.Ledger.Records(ctx, ids)
	slices.Reverse(recs)
	return recs, err
}

// TestOutputBesideRow: an answer is written next to its own row, or there is no output.
func TestOutputBesideRow(t *testing.T) {
	t.Parallel()
	match, mismatch := mockserver.Companies()[0].Factors(juhe.APIQuery), mockserver.Companies()[1].Factors(juhe.APIQuery)
	mismatch[juhe.Realname] = "王五"
	table := "企业名称,统一社会信用代码,姓名,证件号码\r\n"
	for _, f := range []juhe.Factors{match, mismatch} {
		table += strings.Join(f[:], ",") + "\r\n"
	}
	for _, mixed := range []bool{false, true} {
		d := newFixture(t, mockserver.New(mockserver.Key, mockserver.Openid), func(o *batch.Options) {
			if mixed {
				o.Ledger = reversedRecords{o.Ledger}
			}
		})
		path := d.writeFile(t, "in.csv", table)
		r, _ := d.openPlanned(t, path)
		_, err := r.Execute(t.Context())
		out, missing := os.ReadFile(path + ".out.csv")
		var problem *batch.Error
		switch {
		case mixed:
			if !errors.As(err, &problem) || problem.Problem != batch.ProblemChanged || !errors.Is(missing, fs.ErrNotExist) {
				t.Errorf("got %v and the output %q, want %s and none", err, out, batch.ProblemChanged)
			}
		case err != nil || missing != nil:
			t.Fatal(err, missing)
		default:
			lines := strings.Split(string(out), "\r\n")
			if !strings.Contains(lines[1], ",match,") || !strings.Contains(lines[2], ",mismatch,") {
				t.Errorf("got %q", lines)
			}
		}
	}
}
