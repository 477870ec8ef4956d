// Package beside does something in a goroutine of its own while the caller goes on, and takes
// a panic from there to the one that waits for it.
//
// Not here: the report of a crash (sources/crash).
package beside

// Do begins with it. The caller waits for its end with what it gets back; a panic comes out
// there.
func Do(do func()) (wait func()) {
	ended := make(chan error, 1)
	go func() { ended <- Go(func() error { do(); return nil })() }()
	return func() { _ = Throw(<-ended) }
}
