package beside_test

import (
	"bytes"
	"testing"

	"darkroom/model/beside"
)

// A panic comes out where it is waited for, with the stack of where it happened: that of the
// one that waits says nothing about it.
func TestDoKeepsWhereAPanicHappened(t *testing.T) {
	wait := beside.Do(whatFails)
	defer func() {
		p, ok := recover().(*beside.Panic)
		if !ok || p.Value != "broken" || !bytes.Contains(p.Stack, []byte("whatFails")) {
			t.Errorf("%+v", p)
		}
	}()
	wait()
}

func whatFails() { panic("broken") }
