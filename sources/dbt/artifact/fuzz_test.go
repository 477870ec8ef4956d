package artifact

import (
	"bytes"
	"context"
	"testing"

	"darkroom/sources/dbt/dbttest"
)

func FuzzCatalog(f *testing.F) {
	f.Add([]byte(dbttest.Catalog))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := ReadCatalog(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := ReadCatalog(context.Background(), bytes.NewReader(data), "f", 4096)
		dbttest.Equal(t, a, b, errA, errB)
	})
}

func FuzzRunResults(f *testing.F) {
	f.Add([]byte(dbttest.RunResults))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := ReadRunResults(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := ReadRunResults(context.Background(), bytes.NewReader(data), "f", 4096)
		if errA != nil || errB != nil {
			dbttest.Equal(t, nil, nil, errA, errB)
			return
		}
		dbttest.Equal(t, a.Runs, b.Runs, errA, errB)
		dbttest.Equal(t, a.Command, b.Command, errA, errB)
	})
}

func FuzzSources(f *testing.F) {
	f.Add([]byte(dbttest.Sources))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := ReadFreshness(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := ReadFreshness(context.Background(), bytes.NewReader(data), "f", 4096)
		dbttest.Equal(t, a, b, errA, errB)
	})
}
