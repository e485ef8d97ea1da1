package table_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

const benchRows = 20_000

// benchRow returns a row of six short columns, the same for each i.
func benchRow(i int) []string {
	return []string{
		fmt.Sprint(i), fmt.Sprintf("北京晨星虚构科技第%d有限公司", i), fmt.Sprintf("91110108%09dX", i),
		"张三", fmt.Sprintf("1101051949%07dX", i), "备注",
	}
}

func benchFile(b *testing.B, name string, write func(w io.Writer) error) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchRead reads a file and counts its rows.
func benchRead(b *testing.B, path string) {
	b.Helper()
	in, err := table.Open(context.Background(), path, "", detect.CountFactors)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	rows := 0
	b.ReportAllocs()
	for b.Loop() {
		for row, err := range in.Rows(context.Background()) {
			if err != nil || len(row.Cells) != 6 {
				b.Fatal(row.Number, err)
			}
			rows++
		}
	}
	if rows != b.N*benchRows {
		b.Fatalf("%d rows in %d passes", rows, b.N)
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkReadCSV reads 20,000 rows of six columns, 2 MB, and compares
// encoding/csv.
func BenchmarkReadCSV(b *testing.B) {
	path := benchFile(b, "a.csv", func(w io.Writer) error {
		c := csv.NewWriter(w)
		for i := range benchRows {
			c.Write(benchRow(i))
		}
		c.Flush()
		return c.Error()
	})
	b.Run("sheet", func(b *testing.B) { benchRead(b, path) })
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			in, err := table.Open(context.Background(), path, "", detect.CountFactors)
			if err != nil {
				b.Fatal(err)
			}
			in.Close()
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		rows := 0
		for b.Loop() {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			c := csv.NewReader(f)
			c.ReuseRecord = true
			for err == nil {
				if _, err = c.Read(); err == nil {
					rows++
				}
			}
			f.Close()
		}
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	})
}

// BenchmarkReadXLSX reads the same rows, as Writer writes them (inline strings)
// and as excelize does (shared strings), and compares excelize's Rows.
func BenchmarkReadXLSX(b *testing.B) {
	ours := benchFile(b, "a.xlsx", func(w io.Writer) error {
		out, err := table.NewWriter(w, table.XLSX, benchRow(0))
		for i := 1; i < benchRows && err == nil; i++ {
			var cells []table.Cell
			for _, text := range benchRow(i) {
				cells = append(cells, table.Text(text))
			}
			err = out.Write(cells)
		}
		return errors.Join(err, out.Close())
	})
	b.Run("ours", func(b *testing.B) { benchRead(b, ours) })
	b.Run("shared", func(b *testing.B) {
		benchRead(b, benchFile(b, "a.xlsx", func(w io.Writer) error {
			book := excelize.NewFile()
			defer book.Close()
			for i := range benchRows {
				row := benchRow(i)
				if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
					return err
				}
			}
			return book.Write(w)
		}))
	})
	b.Run("excelize", func(b *testing.B) {
		n := 0
		for b.Loop() {
			book, err := excelize.OpenFile(ours, excelize.Options{RawCellValue: true, TmpDir: b.TempDir()})
			if err != nil {
				b.Fatal(err)
			}
			rows, err := book.Rows(book.GetSheetName(0))
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					b.Fatal(err)
				}
				n++
			}
			rows.Close()
			book.Close()
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
	})
}
