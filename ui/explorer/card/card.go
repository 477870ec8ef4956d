// Package card is the box on which dashboards are decided one after another: what has to
// be known of one, what an export would write for it, and the keys that include it,
// exclude it or leave it, and go to the next undecided one.
//
// Not here: what is said about a dashboard (ui/explorer/details), and the lists that a
// card goes through (the views).
package card

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Needs is what a card is given by the explorer.
type Needs struct {
	Host *view.Host
	// Keys are the dashboards of the list, as it shows them; Go takes its cursor to one.
	Keys []string
	Go   func(lineage.ID)
	// Outlook is what an export would do for a book. It is called in the background.
	Outlook func(context.Context, *curate.Book) (*outlook.Outlook, error)
	// Undo takes the last change of the book back.
	Undo    func() tea.Cmd
	Context context.Context
}

// Card is an overlay.
type Card struct {
	Needs
	overlay.Pager
	at      int // index in Keys
	skipped map[string]bool
	done    []step // on this card, the last one at the end

	forecast *outlook.Outlook // nil while it is being made
	problem  string           // why it could not be made
	run      int              // number of the forecast; an older one is dropped
	stop     context.CancelFunc
}

// step is what was done with one dashboard.
type step struct {
	at      int // index in Keys
	skipped bool
}

// Open shows the card of a dashboard of the list; the command asks what an export would do.
func Open(n Needs, key string) (*Card, tea.Cmd) {
	c := &Card{Needs: n, at: max(slices.Index(n.Keys, key), 0), skipped: map[string]bool{}, stop: func() {}}
	return c, c.show()
}

// dashboard is the one on the card; nil when it is not there any more.
func (c *Card) dashboard() *lineage.Dashboard {
	if c.at >= len(c.Keys) {
		return nil
	}
	d, ok := c.Host.Graph.Dashboard(c.Keys[c.at])
	if !ok {
		return nil
	}
	return d
}

// show takes the list's cursor to the dashboard on the card and asks for its forecast: what
// an export would do if it were included.
func (c *Card) show() tea.Cmd {
	c.stop()
	c.Top, c.forecast, c.problem = 0, nil, ""
	c.run++
	d := c.dashboard()
	if d == nil {
		return nil
	}
	c.Go(d.ID)
	ctx, stop := context.WithCancel(c.Context)
	c.stop = stop
	run, book, ask := c.run, c.Host.Book.Clone(), c.Outlook
	book.Set([]string{d.Key}, curate.Included, c.Host.Meta())
	return func() tea.Msg {
		made, err := ask(ctx, book)
		return view.Then(func() tea.Cmd {
			switch {
			case run != c.run:
			case err != nil:
				c.forecast, c.problem = &outlook.Outlook{}, err.Error()
			default:
				c.forecast = made
			}
			return nil
		})
	}
}

// undecided counts the dashboards of the list that wait, and how many of them were skipped.
func (c *Card) undecided() (waiting, skipped int) {
	for _, key := range c.Keys {
		if c.Host.Book.Effective(key) == curate.Undecided {
			waiting++
			if c.skipped[key] {
				skipped++
			}
		}
	}
	return waiting, skipped
}

// next goes to the next undecided dashboard that was not skipped, after the last one to the
// first; without one the card closes.
func (c *Card) next() tea.Cmd {
	for step := 1; step <= len(c.Keys); step++ {
		i := (c.at + step) % len(c.Keys)
		if key := c.Keys[i]; c.Host.Book.Effective(key) == curate.Undecided && !c.skipped[key] {
			c.at = i
			return c.show()
		}
	}
	return c.close()
}

func (c *Card) close() tea.Cmd {
	c.stop()
	c.run++
	c.Host.Pop()
	return c.Host.Say(c.left())
}

// left says how many dashboards of the list wait.
func (c *Card) left() string {
	waiting, skipped := c.undecided()
	switch {
	case waiting == 0:
		return "nothing is undecided in this list"
	case skipped > 0:
		return fmt.Sprintf("%d of %s undecided, %d skipped", waiting, text.Count(len(c.Keys), "dashboard"), skipped)
	}
	return fmt.Sprintf("%d of %s undecided", waiting, text.Count(len(c.Keys), "dashboard"))
}

func (c *Card) Key(msg tea.KeyMsg) tea.Cmd {
	d := c.dashboard()
	switch key := msg.String(); {
	case key == "esc" || key == "q" || d == nil:
		return c.close()
	case key == "y":
		return c.decide(d, curate.Included)
	case key == "n":
		return c.decide(d, curate.Excluded)
	case key == "s":
		c.skipped[d.Key] = true
		c.done = append(c.done, step{c.at, true})
		return c.next()
	case key == "e":
		c.askWhy(d)
	case key == "u":
		return c.undo()
	default:
		c.ScrollKey(key)
	}
	return nil
}

func (c *Card) decide(d *lineage.Dashboard, decision curate.Decision) tea.Cmd {
	if c.Host.Book.Get(d.Key).Decision == decision {
		return c.next()
	}
	change := c.Host.Book.Set([]string{d.Key}, decision, c.Host.Meta())
	if change.Empty() { // a rule says so already
		return c.next()
	}
	kept := c.Host.Keep(c.Host.Book.Label(change, change.Label+": "+d.Title()))
	if c.Host.Book.Effective(d.Key) != decision { // it could not be kept
		return kept
	}
	c.done = append(c.done, step{at: c.at})
	return tea.Batch(kept, c.next())
}

func (c *Card) askWhy(d *lineage.Dashboard) {
	c.Host.Ask("Why?", "kept with the decision on “"+d.Title()+"”", c.Host.Book.Get(d.Key).Why, func(why string) tea.Cmd {
		change := c.Host.Book.SetWhy([]string{d.Key}, why, c.Host.Meta())
		kept := c.Host.Keep(change)
		if !change.Empty() && c.Host.Book.Get(d.Key).Why == why {
			c.done = append(c.done, step{at: c.at})
		}
		return kept
	})
}

// undo takes the last step on this card back and returns to its dashboard.
func (c *Card) undo() tea.Cmd {
	n := len(c.done) - 1
	if n < 0 {
		return c.Host.Say("nothing was decided on this card")
	}
	last := c.done[n]
	key := c.Keys[last.at]
	said := tea.Cmd(nil)
	if last.skipped {
		delete(c.skipped, key)
	} else {
		before := c.Host.Book.Get(key)
		if said = c.Undo(); c.Host.Book.Get(key) == before { // it could not be kept
			return said
		}
	}
	c.done, c.at = c.done[:n], last.at
	return tea.Batch(said, c.show())
}

func (c *Card) Draw(width, height int) []string {
	p := details.NewPage(c.Host, width-2)
	if d := c.dashboard(); d != nil {
		p.Card(d, c.forecast)
	} else {
		p.Prose("This dashboard is not there any more.")
	}
	if c.problem != "" {
		p.Styled("export", c.problem, p.Styles.Warn)
	}
	c.Lines = p.Lines
	lines := c.Window(height - 1)
	for i, l := range lines {
		lines[i] = " " + l
	}
	more := ""
	if below := len(c.Lines) - c.Top - c.Seen; below > 0 {
		more = p.Styles.Dim.Render(c.Host.Glyphs.Down + " " + text.Count(below, "line") + " ")
	}
	return append(lines, text.Join(" "+p.Styles.Accent.Render(text.Cut(c.left(), width-2)), more, width))
}

func (c *Card) Hints() []view.Hint {
	hints := []view.Hint{{Key: "y", Word: "include"}, {Key: "n", Word: "exclude"}, {Key: "s", Word: "skip"}, {Key: "e", Word: "reason"}}
	if len(c.done) > 0 {
		hints = append(hints, view.Hint{Key: "u", Word: "undo"})
	}
	return append(hints, view.Hint{Key: "esc", Word: "close"})
}
