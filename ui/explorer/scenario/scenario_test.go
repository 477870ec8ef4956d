package scenario

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/screentest"
)

// list is a screen of five rows with a cursor.
type list struct{ cursor int }

var names = []string{"[ ] fct_orders", "▸ [~] fct_orders_daily", "[✓] Sales Overview", "  ✗  shop.orders", "last"}

func (list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyMsg); ok {
		switch key.String() {
		case "j":
			l.cursor = min(l.cursor+1, len(names)-1)
		case "g":
			l.cursor = 0
		}
	}
	return l, nil
}

func (l list) View() string {
	lines := []string{" darkroom  [1 Models]  2 Inbox(3)", " crumbs"}
	for i, name := range names {
		bar := " "
		if i == l.cursor {
			bar = "▌"
		}
		lines = append(lines, bar+name+strings.Repeat(" ", 4)+"│ about")
	}
	return strings.Join(append(lines, " 1 included", " ? help"), "\n")
}

// fails keeps what a test would have failed with.
type fails struct {
	testing.TB
	said string
}

func (f *fails) Helper() {}

func (f *fails) Fatalf(format string, args ...any) {
	f.said = fmt.Sprintf(format, args...)
	panic(f)
}

func start(t testing.TB) *Scenario {
	return New(t, screentest.New(t, list{}, 60, 9), []view.Action{
		{Name: "move.down", Keys: []string{"j"}},
		{Name: "move.top", Keys: []string{"g"}},
		{Name: "pane.top", Keys: []string{"x"}},
		{Name: "view.models", Keys: []string{"1"}},
		{Name: "help", Keys: []string{"?"}},
	})
}

func TestStepsReadTheScreen(t *testing.T) {
	start(t).View("Models").Cursor("fct_orders").On("[ ] fct_orders").Row("[✓] Sales Overview").NoRow("about").
		Details("about").Status("1 included").Footer("? help").Header("2 Inbox(3)").Crumbs("crumbs").
		Cursor("fct_orders_daily").On("[~]").Cursor("shop.orders").Times(3, "down").On("last")
}

// A step that fails says what is missing, where, and shows the frame.
func TestFailuresShowTheFrame(t *testing.T) {
	for want, step := range map[string]func(*Scenario){
		`"[✓] fct_orders" is not in a row`:           func(s *Scenario) { s.Row("[✓] fct_orders") },
		`"last" is in a row`:                         func(s *Scenario) { s.NoRow("last") },
		`"2 included" is not on the status line`:     func(s *Scenario) { s.Status("2 included") },
		`the view is "Models", not "Inbox"`:          func(s *Scenario) { s.Tab("Inbox") },
		`no row "dim_customers"`:                     func(s *Scenario) { s.Cursor("dim_customers") },
		`"Sales" is not in the cursor's row`:         func(s *Scenario) { s.On("Sales") },
		`0 actions are called "nonsense"; there are`: func(s *Scenario) { s.Press("nonsense") },
		`2 actions are called "top"`:                 func(s *Scenario) { s.Press("top") },
	} {
		f := &fails{TB: t}
		func() {
			defer func() {
				if r := recover(); r != nil && r != any(f) {
					panic(r)
				}
			}()
			step(start(f))
		}()
		if !strings.Contains(f.said, want) || !strings.Contains(f.said, "actions are") && !strings.Contains(f.said, "Sales Overview") {
			t.Errorf("want %s, got:\n%s", want, f.said)
		}
	}
}
