package explorer

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/screentest"
)

// typing types letters without the answers to them: they come when the test lets them.
type typing struct {
	*scenario.Scenario
	app *App
}

func startTyping(t *testing.T) typing {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Press("open-all", "top", "filter")
	a, _ := s.Model().(*App)
	return typing{s, a}
}

// letters gives what the explorer wants to have done for each letter.
func (s typing) letters(text string) (cmds []tea.Cmd) {
	for _, letter := range text {
		_, cmd := s.app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}})
		cmds = append(cmds, cmd)
	}
	return cmds
}

// begin lets what was typed be asked for, and gives what finds it.
func (s typing) begin(cmds []tea.Cmd) (finds []tea.Cmd) {
	for _, cmd := range cmds {
		screentest.Each(cmd, func(msg tea.Msg) {
			if _, find := s.app.Update(msg); find != nil {
				finds = append(finds, find)
			}
		})
	}
	return finds
}

// come lets answers come.
func (s typing) come(finds []tea.Cmd) {
	for _, find := range finds {
		screentest.Each(find, s.Send)
	}
}

// A letter of the filter is on the screen before the view is asked, and letters that came
// together ask it once. Until the answer is there the screen shows that to the text before.
func TestLettersAskTheViewOnce(t *testing.T) {
	s := startTyping(t)
	runs, cmds := s.app.filter.asking.run, s.letters("over")
	if asked := s.app.filter.asking.run - runs; asked != 0 {
		t.Errorf("asked %d times before the frame", asked)
	}
	s.Crumbs("/over▏").Row("Return Rates")
	finds := s.begin(cmds)
	if asked := s.app.filter.asking.run - runs; asked != 1 || len(finds) != 1 {
		t.Errorf("asked %d times, %d to be found", asked, len(finds))
	}
	s.Crumbs("/over▏").Row("Return Rates").Hasnt("1 dashboard in")
	s.come(finds)
	s.Crumbs("/over▏", "1 dashboard in 1 row").NoRow("Return Rates").On("Order Overview")
}

// An answer to a text that went on is dropped, whichever comes first.
func TestStaleAnswersAreDropped(t *testing.T) {
	for _, turned := range []bool{false, true} {
		s := startTyping(t)
		finds := s.begin(s.letters("ra"))
		finds = append(finds, s.begin(s.letters("zz"))...)
		if turned {
			slices.Reverse(finds)
		}
		s.come(finds[:1])
		s.Crumbs("/razz▏")
		if shown := strings.Contains(s.Frame(), "Nothing matches"); shown != turned {
			t.Errorf("%v: the screen is\n%s", turned, s.Frame())
		}
		s.come(finds[1:])
		s.Has("Nothing matches").Crumbs("/razz▏")
	}
}

// A letter that is taken back leaves what is shown, and so does its answer.
func TestALetterIsTakenBack(t *testing.T) {
	s := startTyping(t)
	finds := s.begin(s.letters("r"))
	s.Keys("backspace")
	s.come(finds)
	s.Crumbs("/▏").Row("Order Overview")
	s.come(s.begin(s.letters("ra")))
	finds = s.begin(s.letters("x"))
	s.Keys("backspace")
	s.app.applyFilter()
	s.come(finds)
	s.Crumbs("/ra▏", "1 dashboard").Row("Return Rates").NoRow("Outside dbt")
}

// A key that is not a letter waits for the answer, whether it is being found or not: what is
// decided about is what the typed text shows.
func TestKeysWaitForTheAnswer(t *testing.T) {
	for name, found := range map[string]func(typing, []tea.Cmd){
		"not asked yet":   func(typing, []tea.Cmd) {},
		"being found":     func(s typing, typed []tea.Cmd) { s.begin(typed) },
		"found, not seen": func(s typing, typed []tea.Cmd) { s.begin(typed)[0]() },
	} {
		for _, action := range []string{"include-shown", "decide.tick", "decide.exclude"} {
			s := startTyping(t)
			found(s, s.letters("rates"))
			s.Keys("enter").On("Return Rates").Press(action).ClearFilter()
			if included, excluded := s.app.curation.Choice().Included, s.app.curation.Choice().Excluded; included+excluded != 1 {
				t.Errorf("%s, %s: %d included, %d excluded\n%s", name, action, included, excluded, s.Frame())
			}
		}
		s := startTyping(t)
		found(s, s.letters("rates"))
		s.Keys("esc").Crumbs("acme").Row("Order Overview", "Return Rates").Press("filter")
		found(s, s.letters("order"))
		s.Keys("down").Crumbs("/order▏", "rows").NoRow("Outside dbt")
	}
}

// What comes while an answer is found leaves the screen with that to the typed text.
func TestWhatComesWhileAnAnswerIsFound(t *testing.T) {
	for name, comes := range map[string]func(typing){
		"a graph":    func(s typing) { s.app.setGraph(s.app.prepare(s.app.host.Graph, s.app.host.Book, s.app.views...)) },
		"other rows": func(s typing) { s.app.host.Refilter() },
		"an outlook": func(s typing) { s.app.outlook.stale = true; s.Send(nil) },
		"a decision": func(s typing) {
			s.app.host.Book.Set([]string{boardKey("1")}, curate.Included, curate.Meta{})
			s.Send(nil)
		},
		"another size": func(s typing) { s.Resize(100, 24) },
		"other order":  func(s typing) { s.app.do("sort.next") },
	} {
		s := startTyping(t)
		finds := s.begin(s.letters("rates"))
		comes(s)
		s.come(finds)
		if got := s.app.filter.query.Text; got != "rates" {
			t.Errorf("%s: the filter is %q", name, got)
		}
		s.Crumbs("/rates▏", "1 dashboard in 1 row").Row("Return Rates").NoRow("Order Overview").Keys("enter").Press("include-shown").ClearFilter().Row("[✓] + Return Rates", "[ ]   Order Details")
	}
}

// Answers are found while the screen is drawn, its rows open and others come; the race
// detector looks on.
func TestAnswersAreFoundBesideTheScreen(t *testing.T) {
	s := startTyping(t)
	for range 3 {
		for _, text := range []string{"o", "r", "d", " details", " -rates", " owner:s", "ales"} {
			for _, find := range s.begin(s.letters(text)) {
				done := make(chan tea.Msg)
				go func() { done <- find() }()
				s.Frame()
				for _, v := range s.app.views { // rows are made
					v.Go(s.app.host.Graph.Dashboards()[0].ID)
				}
				s.app.prepare(s.app.host.Graph, s.app.host.Book.Clone(), s.app.views...)
				s.Frame()
				if msg := <-done; msg != nil {
					s.come([]tea.Cmd{func() tea.Msg { return msg }})
				}
			}
		}
		s.Keys("esc").Press("filter")
	}
}

// What is typed letter by letter, with letters taken back, shows in every view what the
// whole text shows at once.
func TestTypingShowsWhatTheWholeTextShows(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	whole, _ := openDated(t, 120, 36)
	typed, fresh := s.Model().(*App), whole.Model().(*App)
	for _, keys := range [][]string{{"1"}, {"2"}, {"f"}, {"3"}} {
		s.Keys(keys...)
		whole.Keys(keys...)
		for _, text := range []string{"order details", "Order -rates", "owner:sales ove", "name:rates -order", "views:>100 ord", "fct_returns+ ra", "state:und re", "acme emea o", "not owner:fin o", "sotuide"} {
			s.Press("filter").Keys("ctrl+u")
			for i := range text {
				key := strings.ReplaceAll(text[i:i+1], " ", "space")
				s.Keys(key)
				if i%5 == 4 {
					s.Keys("backspace", key)
				}
				fresh.setFilter("")
				whole.Do(func() { fresh.setFilter(text[:i+1]) }).Resize(120, 36)
				a, b := typed.view, fresh.view
				if a.Hits() != b.Hits() || a.Len() != b.Len() || !slices.Equal(a.Shown(), b.Shown()) {
					t.Fatalf("%v, %q: %d hits in %d rows, at once %d in %d\n%s", keys, text[:i+1], a.Hits(), a.Len(), b.Hits(), b.Len(), s.Frame())
				}
			}
			s.Keys("esc")
			fresh.setFilter("")
		}
	}
}
