package explorer

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Spoken is what is on the screen, in words: for a reading mode, which draws nothing.
type Spoken struct {
	Syncing  bool         // in the background
	View     string       // title of the current one
	Row      string       // under the cursor, "" without one
	Decided  curate.State // about the dashboards of the row
	Empty    string       // why there is no row
	Filter   string
	Problem  string // with the filter
	Hits     int
	Question string       // that waits for one key
	Box      view.Overlay // on top; nil without one
}

// Spoken is the explorer as it is now.
func (a *App) Spoken() Spoken {
	s := Spoken{
		Syncing: a.sync.Active, View: a.view.Info().Title, Row: a.spokenRow(), Filter: a.filter.query.Text,
		Problem: a.filterProblem(), Hits: a.view.Hits(), Box: a.overlays.Top(),
	}
	var t curate.Tally
	for _, key := range a.view.Targets() {
		t.Add(a.host.Book.Effective(key))
	}
	s.Decided = t.State()
	if a.await != nil {
		s.Question = a.await.text
	}
	if s.Row == "" {
		s.Empty = strings.Join(text.CleanLines(strings.Join(a.emptyLines(200), "\n")), " ")
		switch {
		case a.loading.err != nil:
			s.Empty = a.loading.err.Error()
		case s.Problem != "":
			s.Empty = "Nothing is shown for this filter."
		}
	}
	return s
}

// spokenRow is the row under the cursor in words.
func (a *App) spokenRow() string {
	s, ok := a.view.At()
	if !ok {
		return ""
	}
	parts := []string{s.Name}
	switch r, d := s.Resource(a.host.Graph), s.Dashboard(a.host.Graph); {
	case d != nil:
		parts = append(parts, "dashboard", a.spokenDecision([]string{d.Key}), d.Status.Text(), text.Count(d.Dashboard.Views, "view"))
		if state := a.host.Outlook.Of(d.Key).State; state != "" {
			parts = append(parts, "export: "+string(state))
		}
	case r != nil:
		parts = append(parts, r.Kind.String(), a.spokenDecision(a.view.Targets()))
	default:
		parts = append(parts, a.spokenDecision(a.view.Targets()))
	}
	parts = append(parts, a.spokenHealth(&s))
	if v, ok := view.As[view.Nested](a.view); ok {
		n := v.Nesting()
		parts = append(parts, fmt.Sprintf("level %d", n.Level), fmt.Sprintf("row %d of %d", n.Row, n.Rows))
		if n.Parent {
			parts = append(parts, map[bool]string{true: "open", false: "closed"}[n.Open])
		}
	}
	return text.Clean(strings.Join(nonEmpty(parts), ", "))
}

// spokenHealth says what a sign behind a name says: that the data behind a row is degraded,
// or needs caution.
func (a *App) spokenHealth(s *view.Subject) string {
	state, ok := a.host.HealthOf(s.Node)
	if s.Entry != nil {
		state, ok = a.host.HealthOfEntry(s.Entry)
	}
	if !ok || state < health.Caution {
		return ""
	}
	return "health: " + state.String()
}

// spokenDecision says what is decided about dashboards.
func (a *App) spokenDecision(keys []string) string {
	var t curate.Tally
	for _, key := range keys {
		t.Add(a.host.Book.Effective(key))
	}
	word := ""
	switch t.Total() {
	case 0:
		return ""
	case t.Included:
		word = "included"
	case t.Excluded:
		word = "excluded"
	case t.Undecided:
		word = "undecided"
	default:
		return fmt.Sprintf("%d included and %d excluded of %s", t.Included, t.Excluded, text.Count(t.Total(), "dashboard"))
	}
	if t.Total() > 1 {
		return "all " + text.Count(t.Total(), "dashboard") + " " + word
	}
	return word
}

func nonEmpty(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// SpokenDetails are the details of the row under the cursor.
func (a *App) SpokenDetails(width int) []string { return a.view.Details(width) }

// Command finds an action as one names it: by its name, the last part of it, or its key.
func (a *App) Command(word string) (act view.Action, ok bool) {
	if found := a.registry.Named(word); found != nil {
		return found.Action, true
	}
	var last []*registry.Action
	for _, act := range a.registry.Actions {
		if strings.HasSuffix(act.Name, "."+word) {
			last = append(last, act)
		}
	}
	if len(last) == 1 {
		return last[0].Action, true
	}
	if found := a.registry.At(word, a.view, false); found != nil {
		return found.Action, true
	}
	return view.Action{}, false
}

// List are all actions with the keys that they have, in the order of help.
func (a *App) List() []view.Action { return a.registry.List() }

// Do does an action, or says why it cannot be done. It is given to Update.
func (a *App) Do(name string) tea.Msg {
	return view.Then(func() tea.Cmd {
		a.touched = true
		return a.do(name)
	})
}

// FilterBy sets the filter. It is given to Update.
func (a *App) FilterBy(expr string) tea.Msg {
	return view.Then(func() tea.Cmd {
		a.touched = true
		a.setFilter(expr)
		return nil
	})
}
