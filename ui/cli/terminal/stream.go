package terminal

import (
	"context"
	"errors"
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// lastWords is how long output may go on after the end of its context: enough for what
// a command says at its end, and nothing to wait for when the reader of a pipe is slow.
const lastWords = 500 * time.Millisecond

// stream is an output file whose writes end with a context. A write to a pipe that
// nothing reads, or to a terminal that was halted, would otherwise last for ever.
type stream struct {
	file *os.File
	over <-chan struct{}

	failed atomic.Pointer[error] // of the first write that failed
}

// Until is an output whose writes end shortly after ctx. What is not a file cannot
// block, and stays as it is.
func Until(ctx context.Context, w io.Writer) io.Writer {
	file, ok := w.(*os.File)
	if !ok {
		return w
	}
	over := make(chan struct{})
	context.AfterFunc(ctx, func() { time.AfterFunc(lastWords, func() { close(over) }) })
	return &stream{file: file, over: over}
}

// Write implements io.Writer. A write that is given up may still go on: p is not the
// caller's any more by then, so a copy is written.
func (s *stream) Write(p []byte) (int, error) {
	select {
	case <-s.over:
		return 0, context.Canceled
	default:
	}
	type result struct {
		n   int
		err error
	}
	ended := make(chan result, 1)
	own := append([]byte(nil), p...)
	go func() {
		n, err := s.file.Write(own)
		ended <- result{n, err}
	}()
	select {
	case r := <-ended:
		s.remember(r.err)
		return r.n, r.err
	case <-s.over:
		return 0, context.Canceled
	}
}

// noData is what Windows says of a pipe that nobody reads any more.
const noData = syscall.Errno(232)

// remember keeps the first failure. A pipe whose reader has seen enough is none.
func (s *stream) remember(err error) {
	if err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, noData) {
		s.failed.CompareAndSwap(nil, &err)
	}
}

// Failed is why something that was written to an output of Until is not there, if that is
// so: what prints line by line does not look at each result.
func Failed(w io.Writer) error {
	if s, ok := w.(*stream); ok && s.failed.Load() != nil {
		return *s.failed.Load()
	}
	return nil
}

// file is the file behind an output, if there is one.
func file(w io.Writer) (*os.File, bool) {
	if s, ok := w.(*stream); ok {
		return s.file, true
	}
	f, ok := w.(*os.File)
	return f, ok
}
