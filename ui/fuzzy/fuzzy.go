// Package fuzzy compares names with what is typed of them, letter by letter in their
// order, with gaps: how fzf ranks.
package fuzzy

import (
	"strings"
	"sync"

	"github.com/junegunn/fzf/src/algo"
	"github.com/junegunn/fzf/src/util"
)

// ready sets the library up, which it needs once.
var ready = sync.OnceFunc(func() { algo.Init("default") })

// Matcher compares names with one pattern. It is for one goroutine.
type Matcher struct {
	pattern []rune
	least   int
	slab    *util.Slab
}

// What a letter of a match scores in fzf, and a half of what a letter at the beginning of a
// word scores besides: a name that scores less for each letter is not like the pattern.
const (
	letter = 16
	bonus  = 4
)

// New compares in any case.
func New(pattern string) *Matcher {
	ready()
	p := []rune(strings.ToLower(pattern))
	return &Matcher{pattern: p, least: len(p)*(letter+bonus) - bonus, slab: util.MakeSlab(16*1024, 2048)}
}

// Score is how much a name is like the pattern, the more the better; 0 when it is not.
func (m *Matcher) Score(name string) int {
	if len(m.pattern) == 0 {
		return 0
	}
	chars := util.ToChars([]byte(name))
	result, _ := algo.FuzzyMatchV2(false, true, true, &chars, m.pattern, false, m.slab)
	if result.Start < 0 || result.Score < m.least {
		return 0
	}
	return result.Score
}
