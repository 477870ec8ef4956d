package explorer

import (
	"errors"
	"strings"
	"testing"

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
		a.sync.waiting = &reloadMsg{files: Reloaded{Warnings: []string{"the manifest is old", "another one"}, Apply: func(*curate.Book) int { return 0 }}, graph: a.prepare(a.host.Graph, a.host.Book)}
		a.settle()
	}
	if a.log.Unread() != 2 {
		t.Error(a.log.Unread())
	}
}
