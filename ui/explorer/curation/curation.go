// Package curation is what the keys of decisions do: include, exclude, ranges,
// reasons, undo and redo. It works on what the current view says a decision
// concerns, journals each change before its frame is drawn, and counts. Fixes of
// what is not linked are steps of the same history; the explorer keeps them,
// because the graph is built again with them.
package curation

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Needs is what a Curation is given by the explorer.
type Needs struct {
	Host    *view.Host
	View    func() view.View              // the one that is seen
	Journal func(curate.Change) error     // keeps a change on disk at once
	Changed func(curate.Change)           // lets views follow
	Fix     func(ledger.Fix, Way) tea.Cmd // keeps a fix, or takes it away
	// GoTo takes the cursor to a row of a view.Placer.
	GoTo func(v view.View, row string)
	// Building: the graph is being built, so fixes have to wait.
	Building func() bool
}

// Curation decides. Make one with New.
type Curation struct {
	Needs
	done, undone []step
	counted      Choice
	countedAt    uint64 // version of the book
	isCounted    bool
	saidOf       Choice // what said says
	said         []string
}

// New has no history.
func New(n Needs) *Curation { return &Curation{Needs: n} }

// Choice counts the decisions on all loaded dashboards, how many of those that
// are included or excluded are so by a rule, and the views of all and of the included.
type Choice struct {
	curate.Tally
	ByRule               int
	Views, IncludedViews int
}

// Says is the choice in numbers, the longest way first.
func (c *Curation) Says() []string {
	if now := c.Choice(); now != c.saidOf || c.said == nil {
		c.saidOf, c.said = now, now.says()
	}
	return c.said
}

func (c Choice) says() []string {
	short := fmt.Sprintf("%d included, %d undecided of %d", c.Included, c.Undecided, c.Total())
	long := fmt.Sprintf("%d included, %d excluded, %d undecided of %s", c.Included, c.Excluded, c.Undecided, text.Count(c.Total(), "dashboard"))
	rule, covers := "", ""
	if c.ByRule > 0 {
		rule = fmt.Sprintf("; %d by rule", c.ByRule)
	}
	if c.Included > 0 && c.Views > 0 {
		covers = "; covers " + text.Percent(c.IncludedViews, c.Views) + " of views"
	}
	return []string{long + rule + covers, long + covers, long + rule, long, short + covers, short}
}

// Choice is counted again when the book has changed.
func (c *Curation) Choice() Choice {
	book := c.Host.Book
	if !c.isCounted || c.countedAt != book.Version() {
		c.isCounted, c.countedAt, c.counted = true, book.Version(), Choice{}
		for _, d := range c.Host.Graph.Dashboards() {
			is, views := book.Effective(d.Key), max(d.Dashboard.Views, 0)
			c.counted.Add(is)
			c.counted.Views += views
			if is == curate.Included {
				c.counted.IncludedViews += views
			}
			if rule, ok := book.RuledBy(d.Key); ok && rule.Decision != curate.Undecided {
				c.counted.ByRule++
			}
		}
	}
	return c.counted
}

// Recount has the choice counted again: there is another graph.
func (c *Curation) Recount() { c.isCounted = false }

// Keep journals a change and says what happened. When the journal cannot take it,
// the change is undone: nothing on the screen is less safe than it looks.
func (c *Curation) Keep(change curate.Change) tea.Cmd { return c.keep(change, c.place(), false) }

func (c *Curation) keep(change curate.Change, at place, silent bool) tea.Cmd {
	if change.Empty() {
		return c.Host.Say("nothing to change")
	}
	if err := c.Journal(change); err != nil {
		c.Host.Book.Undo()
		return c.Host.Warn("not saved, undone: " + err.Error())
	}
	c.made(step{at: at})
	c.Changed(change)
	if silent {
		return nil
	}
	return c.Host.Say(change.Label)
}

// Toggle includes, or makes undecided, at the cursor or in the range, and stays there.
func (c *Curation) Toggle() tea.Cmd {
	return c.do(decision{c.View().Targets(), c.where(), (*curate.Book).Toggle, false})
}

// NothingToDecide is the reason why there is no decision at the cursor; empty when
// there is.
func (c *Curation) NothingToDecide() string {
	if why := c.nothingLoaded(); why != "" {
		return why
	}
	s, ok := c.View().At()
	if ok && s.Undecidable != "" && !view.Ranging(c.View()) {
		return s.Undecidable
	}
	if !ok || !view.Ranging(c.View()) && s.Decides == 0 {
		return "no dashboard depends on this row"
	}
	return ""
}

func (c *Curation) nothingLoaded() string {
	if len(c.Host.Graph.Dashboards()) == 0 {
		return view.NoDashboards
	}
	return ""
}
