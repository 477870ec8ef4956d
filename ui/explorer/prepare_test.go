package explorer

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/screentest"
)

// counted is a view that counts what is prepared for it.
type counted struct {
	view.View
	prepared map[string]int // by the names of views, of graphs with dashboards
	half     *int           // of others
}

func (c *counted) Prepare(g *lineage.Graph, book *curate.Book) func() {
	switch {
	case len(g.Dashboards()) > 0:
		c.prepared[c.Info().Name]++
	case g.Len() > 0:
		*c.half++
	}
	return c.View.Prepare(g, book)
}

// Seen implements view.Changing: what the view can do besides is still seen.
func (c *counted) Seen() view.View { return c.View }

// stepped is an explorer whose commands are carried out one by one.
type stepped struct {
	*App
	t        *testing.T
	prepared map[string]int
	half     int
	waiting  []tea.Cmd
}

func step(t *testing.T) *stepped {
	t.Helper()
	s := &stepped{t: t, prepared: map[string]int{}}
	views := viewList()
	for i, make := range views {
		views[i] = func(h *view.Host) view.View { return &counted{make(h), s.prepared, &s.half} }
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	opt := options()
	opt.Go = func(f func()) { f() }
	s.App = newApp(f, opt, views)
	s.send(tea.WindowSizeMsg{Width: 120, Height: 30})
	s.waiting = append(s.waiting, s.Init())
	return s
}

// send gives the explorer a message and keeps the command that it returns.
func (s *stepped) send(msg tea.Msg) {
	_, cmd := s.Update(msg)
	if cmd != nil {
		s.waiting = append(s.waiting, cmd)
	}
}

// key presses the key of an action that is a letter.
func (s *stepped) key(name string) {
	keys := s.registry.named(name).Keys
	letter := slices.IndexFunc(keys, func(k string) bool { return len(k) == 1 })
	s.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(keys[letter])})
}

// until carries out what waits until a message of this kind came, and gives it to the
// explorer; the messages after it wait.
func until[M tea.Msg](s *stepped) M {
	s.t.Helper()
	for len(s.waiting) > 0 {
		var came []tea.Msg
		cmd := s.waiting[0]
		s.waiting = s.waiting[1:]
		screentest.Each(cmd, func(m tea.Msg) { came = append(came, m) })
		for i, m := range came {
			s.send(m)
			if found, ok := m.(M); ok {
				for _, later := range came[i+1:] {
					s.waiting = append(s.waiting, func() tea.Msg { return later })
				}
				return found
			}
		}
	}
	s.t.Fatal("no such message came")
	panic("unreachable")
}

// loaded goes on until the graph of everything is on the screen.
func (s *stepped) loadedAll() {
	s.t.Helper()
	for until[loadMsg](s).done == nil {
	}
}

func (s *stepped) shows(text string) bool { return strings.Contains(s.View(), text) }

// Until the graph of everything is on the screen, what the view shows that is seen is
// prepared, and nothing else; that of the others follows, once.
func TestOnlyWhatIsSeenIsPreparedFirst(t *testing.T) {
	s := step(t)
	s.loadedAll()
	if s.prepared["models"] != 1 || len(s.prepared) != 1 || s.half != 1 {
		t.Errorf("prepared for the first full frame: %v, want models once; %d for that of dbt alone, want one", s.prepared, s.half)
	}
	if !s.shows("[ ] models") {
		t.Errorf("no models on the screen:\n%s", s.View())
	}
	until[othersMsg](s)
	for _, v := range s.views {
		if n := s.prepared[v.Info().Name]; n != 1 {
			t.Errorf("%s prepared %d times, want once", v.Info().Name, n)
		}
	}
	if len(s.others.missing) > 0 {
		t.Errorf("%d views are not ready", len(s.others.missing))
	}
}

// Keys for what is not prepared yet wait for it, and those after them; the cursor moves and
// one can leave meanwhile.
func TestKeysWaitForOtherViews(t *testing.T) {
	s := step(t)
	s.loadedAll()
	at := s.view.Position()
	s.key("move.down")
	if s.view.Position() == at {
		t.Error("the cursor waits for views that are not seen")
	}
	s.key("view.gaps")
	s.key("move.down")
	if s.view != s.views[0] || len(s.others.held) != 2 {
		t.Fatalf("%s is seen, %d keys held", s.view.Info().Name, len(s.others.held))
	}
	if s.send(heldMsg{}); !s.shows("one moment") {
		t.Errorf("nothing says why:\n%s", s.View())
	}
	before := s.prepared["gaps"]
	until[othersMsg](s)
	for _, cmd := range s.waiting {
		screentest.Each(cmd, func(tea.Msg) {})
	}
	if n := s.prepared["gaps"]; before != 0 || n != 1 {
		t.Errorf("prepared %d times by several keys that wait", n)
	}
	if s.view.Info().Name != "gaps" || len(s.others.held) > 0 || !s.shows("fully linked") {
		t.Errorf("%s is seen, %d keys held:\n%s", s.view.Info().Name, len(s.others.held), s.View())
	}
}

// Where another view is seen by the time that a graph is there, that one is prepared before
// the graph is taken in.
func TestGraphComesToTheViewThatIsSeen(t *testing.T) {
	s := step(t)
	s.loadedAll()
	until[othersMsg](s)
	before := s.host.Graph
	g, err := lineage.Build(t.Context(), before.Projects, before.Sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fixed := fixedMsg{graph: s.prepare(g, s.host.Book.Clone(), s.views[0])}
	s.key("view.dashboards")
	clear(s.prepared)
	s.building = true
	s.send(fixed)
	if s.host.Graph != before || !s.building {
		t.Error("the graph came before the view that is seen was prepared")
	}
	until[view.Then](s)
	if s.host.Graph != g || s.building || s.prepared["dashboards"] != 1 || slices.Contains(s.others.missing, s.view) {
		t.Errorf("the graph is another one, or %v", s.prepared)
	}
	until[othersMsg](s)
	if s.prepared["dashboards"] != 1 || s.prepared["gaps"] != 1 || s.prepared["models"] != 0 || len(s.others.missing) > 0 {
		t.Errorf("prepared %v, %d are missing", s.prepared, len(s.others.missing))
	}
}
