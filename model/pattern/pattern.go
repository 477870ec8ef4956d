// Package pattern has regular expressions that are compiled when they are first used. No
// command uses more than a few, and compiling all of them at the start is a tenth of its
// time on a small project.
package pattern

import (
	"regexp"
	"sync"
)

// Of gives what compiles a regular expression once.
func Of(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
