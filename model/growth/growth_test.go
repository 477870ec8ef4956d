package growth

import (
	"fmt"
	"strings"
	"testing"
)

// sink keeps what is allocated from being optimized away.
var sink any

// noted is a test that only remembers whether it failed.
type noted struct {
	testing.TB
	failures []string
}

func (n *noted) Helper()             {}
func (n *noted) Logf(string, ...any) {}
func (n *noted) Errorf(format string, args ...any) {
	n.failures = append(n.failures, fmt.Sprintf(format, args...))
}

func TestCheckFindsWhatIsWorseThanLinearithmic(t *testing.T) {
	for name, test := range map[string]struct {
		run  func(n int) int
		want string
	}{
		"constant": {func(int) int { sink = make([]byte, 1<<20); return 7 }, ""},
		"linear":   {func(n int) int { sink = make([]byte, 100*n); return n }, ""},
		"lines joined one by one": {func(n int) int {
			s := ""
			for range n {
				s += "line\n"
			}
			sink = s
			return 0
		}, "bytes"},
		"one walk per row": {func(n int) int { return n * n }, "visits"},
		"allocations": {func(n int) int {
			for range n * n {
				sink = new(int)
			}
			return 0
		}, "allocations"},
	} {
		if test.want != "visits" && !exact {
			test.want = ""
		}
		var got noted
		Check(&got, 100, func(n int) Run { return func() int { return test.run(n) } })
		if text := strings.Join(got.failures, "; "); (test.want == "") != (text == "") || !strings.Contains(text, test.want) {
			t.Errorf("%s: %q, want %q", name, text, test.want)
		}
	}
}
