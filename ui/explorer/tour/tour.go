// Package tour leads through the explorer in a few steps, each of which is something that
// one does: it says what at the edge of the screen, and goes on when it has been done. It
// knows actions by name only; the explorer reports what was done.
package tour

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// step is one thing to do.
type step struct {
	title string
	// says what to do and why; {NAME} is the key of an action.
	says string
	// done are the actions of which one ends it, and needs those without which there is no
	// such step.
	done  []string
	needs []string
}

func steps() []step {
	return []step{
		{
			"What is not known", "{view.gaps} goes to the Gaps: each dashboard that is not fully linked to dbt, by reason.",
			[]string{"view.gaps"},
			nil,
		},
		{
			"Fix a gap", "Put the cursor on a group below the first line and press {decide.fix}: each fix says what it would do. enter keeps one, and {decide.undo} takes it back.",
			[]string{"decide.fix"},
			nil,
		},
		{
			"Each dashboard once", "{view.dashboards} goes to the Dashboards, and {flat} makes them one list: those that are looked at most come first, with the sum of views down to each.",
			[]string{"flat"},
			[]string{"flat"},
		},
		{
			"Include what matters", "{flat.share} and enter go to where 80 % of all views are covered, and {flat.include} includes everything down to there. {decide.tick} includes one dashboard, {decide.exclude} excludes it.",
			[]string{"flat.include", "decide.tick", "decide.include-shown"},
			[]string{"flat.include"},
		},
		{
			"Include what matters", "{decide.tick} includes a dashboard, or all below a folder or model; {decide.exclude} excludes.",
			[]string{"decide.tick", "decide.include-shown"},
			nil,
		},
		{
			"What depends on a model", "{view.models} goes to the Models. Put the cursor on one and press {impact}: who would notice if it changed.",
			[]string{"impact"},
			[]string{"impact"},
		},
		{
			"Write the exposures", "{write} shows what would be written, before anything is: what is left out and why, then the diff.",
			[]string{"write"},
			nil,
		},
	}
}

// Tour is where one is. Make one with New; nil is none.
type Tour struct {
	steps []step
	at    int
	key   func(action string) string
}

// New begins. key is how the key of an action is printed, empty when there is no such
// action: steps that need it are left out.
func New(key func(action string) string) *Tour {
	t := &Tour{key: key}
	have := func(name string) bool { return key(name) != "" }
	for _, s := range steps() {
		again := slices.ContainsFunc(t.steps, func(before step) bool { return before.title == s.title })
		if !again && !slices.ContainsFunc(s.needs, func(name string) bool { return !have(name) }) {
			t.steps = append(t.steps, s)
		}
	}
	return t
}

// did goes on when a step has been done.
func (t *Tour) did(action string) {
	if t != nil && t.at < len(t.steps) && slices.Contains(t.steps[t.at].done, action) {
		t.at++
	}
}

// ended reports that the last step has been done.
func (t *Tour) ended() bool { return t.at >= len(t.steps) }

// lines say what to do: a heading and at most some lines of a width.
func (t *Tour) lines(width, most int) (heading string, lines []string) {
	if t.ended() {
		return "Tour: done", text.Wrap(t.filled("That is the whole job. {help} has all keys, with words to search them by. esc closes this."), width)
	}
	s := t.steps[t.at]
	lines = text.Wrap(t.filled(s.says), width)
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], text.Cut(lines[most-1]+" …", width))
	}
	return fmt.Sprintf("Tour %d of %d: %s", t.at+1, len(t.steps), s.title), lines
}

// filled puts keys in the place of names.
func (t *Tour) filled(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(t.key(name))
		s = after
	}
}
