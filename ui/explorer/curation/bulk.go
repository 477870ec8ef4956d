package curation

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// many is the number of dashboards from which on a decision is asked about first.
const many = 21

// decision is something that is about to be decided.
type decision struct {
	keys  []string
	where string // "below fct_orders"; empty of one dashboard
	how   func(*curate.Book, []string, curate.Meta) curate.Change
	// next goes on in the list afterwards.
	next bool
}

// do decides, after a question when it is about many.
func (c *Curation) do(d decision) tea.Cmd {
	if len(d.keys) < many {
		return c.carryOut(d)
	}
	would := d.how(c.Host.Book.Clone(), d.keys, c.Host.Meta())
	if len(would.Edits) < many {
		return c.carryOut(d)
	}
	n := len(would.Edits)
	return c.Confirm(n, fmt.Sprintf("%s %s %s", imperative(would.Label), text.Count(n, "dashboard"), d.where), func() tea.Cmd { return c.carryOut(d) })
}

// Confirm does something at once, or after a question when it is about many.
func (c *Curation) Confirm(n int, what string, do func() tea.Cmd) tea.Cmd {
	if n < many {
		return do()
	}
	c.Host.Await(what+"? y or enter does it, any other key leaves all as it is", func(key string) tea.Cmd {
		if key == "y" || key == "enter" {
			return do()
		}
		return c.Host.Say("nothing was changed")
	})
	return nil
}

// Include includes dashboards that a view chose, and stays where it is.
func (c *Curation) Include(keys []string, where string) tea.Cmd {
	return c.do(decision{keys: keys, where: where, how: func(b *curate.Book, keys []string, m curate.Meta) curate.Change {
		return b.Set(keys, curate.Included, m)
	}})
}

// imperative is the verb of a label as one asks with it.
func imperative(label string) string {
	verb, _, _ := strings.Cut(label, " ")
	return map[string]string{"included": "include", "excluded": "exclude", "cleared": "make undecided", "inverted": "swap"}[verb]
}

// carryOut decides at once, and goes on in the list. One decision that is seen, because
// the cursor left its row, is not announced.
func (c *Curation) carryOut(d decision) tea.Cmd {
	at := c.place()
	change := c.named(d.how(c.Host.Book, d.keys, c.Host.Meta()), d.where)
	moved := d.next && c.stepOn(len(d.keys))
	return c.keep(change, at, moved && len(change.Edits) == 1)
}

// named adds to the label of a change what it was about.
func (c *Curation) named(change curate.Change, where string) curate.Change {
	switch len(change.Edits) {
	case 0:
		return change
	case 1:
		if title, _ := c.Host.Graph.About(change.Edits[0].Key); title != "" {
			return c.Host.Book.Label(change, change.Label+": "+title)
		}
	}
	if where == "" {
		return change
	}
	return c.Host.Book.Label(change, change.Label+" "+where)
}

// where says what a decision at the cursor or in the range is about.
func (c *Curation) where() string {
	if view.Ranging(c.View()) {
		return "in the range"
	}
	s, _ := c.View().At()
	if s.Dashboard(c.Host.Graph) != nil {
		return ""
	}
	return "below " + s.Name
}

func (c *Curation) shown() string { return "shown in " + c.View().Info().Title }

// place is where a step was made. Undoing it comes back there.
type place struct {
	view view.View
	row  string // of a view.Placer
}

func (c *Curation) place() place {
	v := c.View()
	at := place{view: v}
	if p, ok := view.As[view.Placer](v); ok {
		at.row = p.Place()
	}
	return at
}

// comeBack goes to where a step was made.
func (c *Curation) comeBack(at place) {
	if at.view != nil && at.row != "" {
		c.GoTo(at.view, at.row)
	}
}
