// Package beside does something in a goroutine of its own while the caller goes on.
package beside

// Do begins with it. The caller waits for its end with what it gets back; a panic comes out
// there.
func Do(do func()) (wait func()) {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		do()
	}()
	return func() {
		if p := <-ended; p != nil {
			panic(p)
		}
	}
}
