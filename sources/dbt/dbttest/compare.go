// Package dbttest helps to test the readers of dbt's artifacts: manifests of any size, and
// comparing what was read. What a manifest means is not here.
package dbttest

import (
	"bytes"
	"compress/gzip"
	"reflect"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// Gzipped packs data.
func Gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(data)
	_ = z.Close()
	return b.Bytes()
}

// Same fails with the difference.
func Same(t *testing.T, want, got any) {
	t.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
}

// Equal fails unless two readings agree, errors too: the size of the window may not show.
func Equal(t *testing.T, a, b any, errA, errB error) {
	t.Helper()
	if (errA == nil) != (errB == nil) || errA != nil && errA.Error() != errB.Error() {
		t.Fatalf("window 64: %v\nwindow 4096: %v", errA, errB)
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatal(gocmp.Diff(a, b))
	}
}
