package memory

import (
	"os"
	"runtime"
	"runtime/debug"
	"testing"
)

// Memory grows before its first collection, then as the process needs it, and less once an
// explorer has read everything.
func TestMemoryGrowsAsIsUseful(t *testing.T) {
	defer debug.SetGCPercent(present())
	t.Setenv("GOGC", "")
	os.Unsetenv("GOGC")
	Start()
	if got := present(); got != first {
		t.Errorf("%d %% at the start, want %d", got, first)
	}
	becomes(usual)
	Start()
	loaded, done := Explore()
	if got := present(); got != first {
		t.Errorf("%d %% in an explorer at the start, want %d", got, first)
	}
	becomes(loading)
	loaded()
	if got := present(); got != resting {
		t.Errorf("%d %% when everything is read, want %d", got, resting)
	}
	done()
	if got := present(); got != usual {
		t.Errorf("%d %% in the end, want %d", got, usual)
	}
}

// A project that is read before the first collection: what comes after it changes nothing.
func TestASmallProjectRestsBeforeTheFirstCollection(t *testing.T) {
	defer debug.SetGCPercent(present())
	t.Setenv("GOGC", "")
	os.Unsetenv("GOGC")
	debug.SetGCPercent(resting)
	cleaned := make(chan bool)
	afterCollection(loading, first, usual)
	runtime.AddCleanup(new(struct{ _ *int }), func(c chan bool) { close(c) }, cleaned)
	runtime.GC()
	<-cleaned
	runtime.GC()
	if got := present(); got != resting {
		t.Errorf("%d %%, want %d", got, resting)
	}
}

// GOGC of the environment stays as it is.
func TestGOGCCountsMore(t *testing.T) {
	defer debug.SetGCPercent(present())
	t.Setenv("GOGC", "123")
	debug.SetGCPercent(123)
	Start()
	loaded, done := Explore()
	loaded()
	done()
	if got := present(); got != 123 {
		t.Errorf("%d %%, want 123", got)
	}
}

// becomes waits until a collection has set the percentage.
func becomes(want int) {
	runtime.GC()
	for present() != want {
		runtime.Gosched()
	}
}
