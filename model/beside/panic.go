package beside

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Panic is a panic that was caught. As an error it goes where the result of its
// goroutine goes.
type Panic struct {
	Value any
	Stack []byte // of the goroutine where it happened
}

// Caught is the panic that recover gave; one that has come from another goroutine stays
// as it is.
func Caught(recovered any) *Panic {
	if p, ok := recovered.(*Panic); ok {
		return p
	}
	return &Panic{Value: recovered, Stack: debug.Stack()}
}

// Error says what happened without any data: of a panic that Go itself raises its text,
// of others their type.
func (p *Panic) Error() string {
	if err, ok := p.Value.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a panic with a value of type %T", p.Value)
}

// Go is f for a goroutine of its own: a panic becomes its error.
func Go(f func() error) func() error {
	return func() (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = Caught(r)
			}
		}()
		return f()
	}
}

// Throw goes on with a panic that an error of Go is, where the goroutine was waited
// for. Any other error it gives back.
func Throw(err error) error {
	if p, ok := errors.AsType[*Panic](err); ok {
		panic(p)
	}
	return err
}
