package fetch_test

import (
	"bytes"
	"context"
	"testing"

	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
)

// A very large site: 5,000 workbooks, 20,000 dashboards, 60,000 sheets and 40,000
// tables, with the server's limit of 20,000 nodes. The server runs in the same
// process, so its work and memory are in the numbers.
func BenchmarkLargeSite(b *testing.B) {
	r := newRig(b, tableautest.BigSite(5000, 4, 3, 40_000), tableautest.Options{})
	b.ReportAllocs()
	for b.Loop() {
		before := r.Stats()
		s, err := fetch.Fetch(context.Background(), r.client, r.opt)
		if err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := s.WriteTo(&out); err != nil || len(s.Partial) > 0 {
			b.Fatal(err, s.Partial)
		}
		after := r.Stats()
		b.ReportMetric(float64(after.Total()-before.Total()), "requests")
		b.ReportMetric(float64(after.Bytes-before.Bytes)/1e6, "MB-received")
		b.ReportMetric(float64(out.Len())/1e6, "MB-snapshot")
		b.ReportMetric(float64(after.MaxNodes), "nodes-most")
	}
}
