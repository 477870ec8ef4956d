package nodes

import (
	"bytes"
	"testing"

	"darkroom/model/selector"
	"darkroom/sources/dbt/dbttest"
)

// What the first selector costs on a manifest of 50 MB: reading, joining, finding.
func BenchmarkSelect50MB(b *testing.B) {
	data := dbttest.BigManifest()
	spec, err := selector.Read("@tag:daily,config.materialized:table path:models/* +*_1*", "")
	if err != nil {
		b.Fatal(err)
	}
	for _, prints := range []bool{false, true} {
		b.Run(map[bool]string{false: "plain", true: "with-prints"}[prints], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				m, err := Read(b.Context(), bytes.NewReader(data), "manifest.json", "shop", prints)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := selector.New(m.Nodes).Find(spec); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(m.Nodes)), "nodes")
			}
		})
	}
}
