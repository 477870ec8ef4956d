package explorer

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/screentest"
)

func TestMessageLogKeepsToasts(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.Press("messages").Has("Nothing was said yet.").Keys("esc")
	s.Cursor("marts", "fct_orders").Press("tick", "undo").Hasnt("! 1")
	s.Press("messages").Has("Messages of this session", "12:00:00", "included 4 dashboards", "undo").Keys("!").Hasnt("Messages of this session")
}

func TestMessageLogCountsUnreadWarnings(t *testing.T) {
	s, f := open(t, 120, 36)
	f.keepErr = errors.New("no space left")
	s.Cursor("marts", "fct_orders").Press("tick").Status("not saved", "! 1 message")
	s.Press("tick").Status("! 2 messages")
	s.Press("messages").Has("no space left (2 times)").Keys("esc").Hasnt("! 2 messages", "! 0")
}

func TestMessageLogHasTheProblemsOfTheStart(t *testing.T) {
	opt := options()
	opt.Problems = []string{"config.yml:3:1: unknown key \"colour\"; did you mean \"columns\"?\n    3 | colour: \x1b[31mred"}
	f := &fake{projects: []*model.Project{shop()}, readOnly: "another darkroom has it open"}
	s := on(t, newApp(f, opt, fourViews()), 120, 36)
	s.Status("another darkroom", "! 2 messages").Press("messages").Has("config.yml:3:1", "3 | colour", "another darkroom").Keys("esc")
	opt.Problems = opt.Problems[:1]
	f.readOnly = ""
	on(t, newApp(f, opt, fourViews()), 40, 12).Status("! 1").Press("messages").Has("colour")
}

func TestMessageLogIsBounded(t *testing.T) {
	a := newApp(&fake{}, options(), fourViews())
	for i := range 3000 {
		a.warn(strings.Repeat("x", i%7+1))
	}
	s := screentest.New(t, a, 80, 24)
	s.Press("!").Has("Messages of this session").Press("home").Has("2000 older messages before these.")
}

func TestMessageLogSaysTheSameWarningOfAReloadOnce(t *testing.T) {
	a := newApp(&fake{}, options(), fourViews())
	a.warned("the manifest is old")
	for range 2 {
		a.sync.waiting = &reloadMsg{files: Reloaded{Warnings: []string{"the manifest is old", "another one"}, Apply: func(*curate.Book) int { return 0 }}, graph: a.prepare(a.host.Graph, a.host.Book, a.views...)}
		a.settle()
	}
	if a.log.Unread() != 2 {
		t.Error(a.log.Unread())
	}
}

// A message leaves the numbers beside it as far as there is room; what is included is also
// a part of all views.
func TestNumbersStayBesideAMessage(t *testing.T) {
	for width, want := range map[int][2]string{
		200: {"1 included, 0 excluded, 4 undecided of 5 dashboards; covers 96 % of views", "included 1 dashboard: Order Overview"},
		92:  {"1 included, 0 excluded, 4 undecided of 5 dashboards", "included 1 dashboard: Order Overview"},
		74:  {"1 included, 4 undecided of 5", "included 1 dashboard: Order Overview"},
		60:  {"", "included 1 dashboard: Order Overview"},
		40:  {"", "included 1 dashboard: Order Overview"},
	} {
		opt := options()
		var over []tea.Msg // what ends messages
		opt.After = func(_ time.Duration, msg tea.Msg) tea.Cmd {
			over = append(over, msg)
			return nil
		}
		s := on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, opt, fourViews()), width, 24)
		later := func() {
			for _, msg := range over {
				s.Send(msg)
			}
		}
		s.View("Dashboards").Filter("name:overview").Press("tick").Status(want[0], want[1])
		if want[0] == "" {
			s.Hasnt("undecided of")
		}
		s.Do(later).Status("1 included", "4 undecided of 5").Hasnt("included 1 dashboard")
		s.Press("undo").Do(later).Status("0 included").Hasnt("covers")
	}
}

// Without numbers of views nothing is covered, and a warning keeps its place.
func TestNumbersWithoutViews(t *testing.T) {
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Views = -1
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}
	opt := options()
	opt.Problems = []string{"a warning"}
	s := on(t, newApp(f, opt, fourViews()), 160, 24).View("Dashboards").Press("include-shown")
	s.Status("included 5 dashboards", "5 included, 0 excluded, 0 undecided of 5 dashboards ", "! 1 message").Hasnt("covers")
}

// A project without a BI tool's data says what to do, for as long as nothing newer is said.
func TestAProjectWithoutDashboardsSaysWhatToDo(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}}
	begin(t, f, 120, 30).Has("no dashboards are known: darkroom init sets a site up")
	s, _ := open(t, 120, 30)
	s.Hasnt("no dashboards are known")
}
