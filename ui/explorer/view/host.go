package view

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Host is what views and overlays may use of the explorer. All of them share one,
// which the explorer keeps up to date.
type Host struct {
	Styles  *theme.Styles
	Glyphs  Glyphs
	Graph   *lineage.Graph
	Book    *curate.Book
	Inbox   Inbox
	Outlook *outlook.Outlook // what an export does with each dashboard; never nil, and may be a moment old
	Health  *health.Health   // nil, and without results, says nothing
	Changes Changes          // since production's artifacts, with --state
	Servers int              // sites that can be synced
	Hyper   bool             // the terminal knows links (OSC 8)
	// Drawing grows with everything that can change a row other than those that the cursor
	// leaves and reaches. While it is 0 nothing is known of that.
	Drawing int
	Desk
}

// Desk is what a view can ask the explorer to do.
type Desk interface {
	// Say shows a message on the status line for a while; the log of messages keeps it.
	Say(message string) tea.Cmd
	// Warn is Say for what should not be missed: it stays unread until the log of messages
	// is opened.
	Warn(message string) tea.Cmd
	// Copy puts a text on the clipboard, cleaned, and says so; what names it in a word or two.
	Copy(what, text string) tea.Cmd
	// Keep journals a change of the book and says what happened.
	Keep(curate.Change) tea.Cmd
	// Meta signs a decision.
	Meta() curate.Meta
	// Push puts an overlay on top, Pop takes it away.
	Push(Overlay)
	Pop()
	// Menu offers actions to choose from.
	Menu(title string, acts []Action)
	// Refilter applies the filter again: rows came in the background.
	Refilter()
	// Read shows a text in a box; about is a line below its title.
	Read(title, about, text string)
	// Include includes dashboards by key, after a question when they are many; where says
	// which they are: "down to here".
	Include(keys []string, where string) tea.Cmd
	// Card shows one of some dashboards, by key, to decide about it and then about the next.
	// goTo takes the cursor of the list to one.
	Card(keys []string, at string, goTo func(lineage.ID)) tea.Cmd
	// Ask asks for one line of text, which begins as value.
	Ask(title, help, value string, done func(typed string) tea.Cmd)
	// Jump does what takes the cursor elsewhere, so that one can come back.
	Jump(do func())
	// Confirm does something about so many, after a question when they are many; what says
	// what it does to them: "mark 30 dashboards as reviewed".
	Confirm(n int, what string, do func() tea.Cmd) tea.Cmd
	// Await gives the next key to a function, and shows a question until then.
	Await(question string, answer func(key string) tea.Cmd)
}

// Hyperlink marks what is shown as a link to an address, where the terminal knows links.
func (h *Host) Hyperlink(address, shown string) string {
	if !h.Hyper {
		return shown
	}
	return text.Link(address, shown)
}

// Inbox is what is new, renamed, moved or gone since the last review.
type Inbox struct {
	Census curate.Census // what is loaded
	Items  []curate.Item
	ByKey  map[string]curate.Item
}

// NewInbox compares a graph with what the book remembers.
func NewInbox(g *lineage.Graph, book *curate.Book) Inbox {
	in := Inbox{}
	if len(book.Memory().Sites) > 0 { // otherwise all is seen for the first time
		in.Census = curate.Take(g)
	}
	in.Items = book.Inbox(in.Census)
	in.ByKey = make(map[string]curate.Item, len(in.Items))
	for _, item := range in.Items {
		in.ByKey[item.Key] = item
	}
	return in
}

// Checkbox draws a state, in three cells.
func (h *Host) Checkbox(s curate.State) string {
	sign, style := h.CheckboxSign(s)
	return style.Render(sign)
}

// CheckboxSign is what Checkbox draws.
func (h *Host) CheckboxSign(s curate.State) (sign string, style theme.Style) {
	switch s {
	case curate.AllIncluded:
		return h.Glyphs.Included, h.Styles.Included
	case curate.AllExcluded:
		return h.Glyphs.Excluded, h.Styles.Excluded
	case curate.Mixed:
		return h.Glyphs.Mixed, h.Styles.Mixed
	}
	return h.Glyphs.Undecided, h.Styles.Undecided
}

func (h *Host) Decision(d *lineage.Dashboard) curate.State {
	var t curate.Tally
	t.Add(h.Book.Effective(d.Key))
	return t.State()
}

// NoDashboards is why nothing can be decided where there are none.
const NoDashboards = "no dashboards are loaded; the Dashboards view says how to load them"

// NoDashboards says how dashboards get here, for views that have none.
func (h *Host) NoDashboards() (title, advice string) {
	title = "No dashboards yet."
	if h.Servers > 0 {
		return title, "Press r to fetch what your BI tool knows: dashboards, what they read, who looks at them. darkroom sync does the same without a screen."
	}
	return title, "darkroom init sets a Tableau site up. Or give metadata in a file: a snapshot or an answer saved from GraphiQL, with --tableau FILE, or named under sites: in darkroom.yml."
}

// Keys are the keys of dashboards, each once.
func Keys(lists ...[]*lineage.Dashboard) []string {
	n := 0
	for _, ds := range lists {
		n += len(ds)
	}
	keys, seen := make([]string, 0, n), make(map[string]bool, n)
	for _, ds := range lists {
		for _, d := range ds {
			if !seen[d.Key] {
				seen[d.Key] = true
				keys = append(keys, d.Key)
			}
		}
	}
	return keys
}
