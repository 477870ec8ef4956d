package explorer

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
)

// What people expect of a terminal program, beside its keys: how it takes the size of the
// screen, what it says and for how long, and what it asks before it does something.
func TestLooks(t *testing.T) {
	for subject, scene := range map[string]func(*testing.T, *scenario.Scenario, *fake){
		"the cursor stays in view whatever the size becomes": func(t *testing.T, s *scenario.Scenario, _ *fake) {
			s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "Returns", "Return Rates")
			for _, size := range [][2]int{{80, 24}, {40, 12}, {24, 6}, {200, 60}, {40, 9}, {120, 10}, {120, 36}} {
				if s.Resize(size[0], size[1]); !strings.Contains(s.Frame(), "▌") {
					t.Errorf("at %v the cursor is out of sight:\n%s", size, s.Frame())
				}
				if size[0] >= 80 {
					s.On("Return Rates")
				}
			}
		},
		"a tiny screen says so on one line, and all is there again on a larger one": func(t *testing.T, s *scenario.Scenario, _ *fake) {
			s.Filter("fct")
			before := s.Frame()
			for _, size := range [][2]int{{23, 36}, {120, 5}, {3, 1}, {1, 1}} {
				s.Resize(size[0], size[1])
				if frame := strings.TrimSpace(s.Frame()); strings.Contains(frame, "\n") || len(frame) == 0 || !strings.HasPrefix("window too small", strings.TrimRight(frame, "…")) {
					t.Errorf("at %v: %q", size, frame)
				}
				s.Keys("x", " ", "esc", "2")
			}
			if s.Resize(120, 36); s.Frame() != before {
				t.Error(s.Frame())
			}
		},
		"everything is there on forty columns and twelve lines": func(_ *testing.T, s *scenario.Scenario, _ *fake) {
			s.Resize(40, 12)
			s.View("Dashboards").Filter("overview").Press("tick").Row("[✓]").Press("write").Has("What writing changes").Keys("esc")
			s.Press("help").Has("next row").Keys("esc").Press("goto").Has("Go to").Keys("esc").Press("pane.focus").Has("General").Keys("esc").Press("undo").Row("[ ]")
		},
		"a message is one line, goes by itself, and stays in the log": func(t *testing.T, s *scenario.Scenario, _ *fake) {
			a := s.Model().(*App)
			var shown time.Duration
			var gone tea.Msg
			a.opt.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
				if _, ok := msg.(toastMsg); ok {
					shown, gone = d, msg
				}
				return nil
			}
			s.Cursor("marts", "fct_orders").Press("tick").Status("included 4 dashboards")
			if shown != toastFor {
				t.Errorf("it stays for %v", shown)
			}
			old := gone
			s.Press("undo").Status("undo: included 4 dashboards").Send(old)
			s.Status("undo: included 4 dashboards").Send(gone) // the timer of the older one does no harm
			s.Hasnt("undo: included 4 dashboards").Press("messages").Has("included 4 dashboards", "undo: included 4 dashboards")
		},
		"the first frame needs no file": func(t *testing.T, _ *scenario.Scenario, f *fake) {
			a := newApp(f, options(), fourViews())
			a.Init() // what it gives would read files
			a.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
			if frame := a.View(); !strings.Contains(frame, "1 Models") || !strings.Contains(frame, "oading") {
				t.Error(frame)
			}
		},
		"a letter at each row of the screen goes there": func(_ *testing.T, s *scenario.Scenario, _ *fake) {
			s.Press("goto.row").Status("go to which row?").Row("▌▾ [ ] models", "s  ▾ [ ] marts", "f    ▸ [ ] fct_orders").Has("TITLE")
			s.Keys("f").On("fct_orders").NoRow("s  ▾ [ ] marts").Press("goto.row").Keys("a").On("models")
			s.Press("goto.row").Keys("esc").On("models").Press("goto.row").Keys("Z").On("models")
			s.View("Dashboards").Press("open-all").Resize(120, 10)
			s.Press("bottom").On("Order Overview").Press("goto.row").Row("a    ▾ [ ] EMEA").Keys("d").On("Evil") // scrolled
			s.Press("goto.row").Keys("a").On("EMEA")
			s.Resize(120, 36)
			s.Press("flat", "goto.row").Row("s[ ]   Order Details").Keys("s").On("Order Details")
		},
		"quitting asks nothing, because all is saved": func(t *testing.T, s *scenario.Scenario, f *fake) {
			s.Cursor("marts", "fct_orders").Press("tick")
			if len(f.journal) != 1 {
				t.Errorf("%d changes are kept before the next key", len(f.journal))
			}
			if s.Keys("esc", "esc"); s.Quit {
				t.Error("esc quits")
			}
			if s.Press("quit"); !s.Quit || f.saved == nil {
				t.Error("q does not quit, or does not save")
			}
		},
		"nothing is written before its difference was shown": func(t *testing.T, s *scenario.Scenario, f *fake) {
			s.Cursor("marts", "fct_orders").Press("tick", "write").Has("What writing changes", "+  - name:")
			if f.written != 0 {
				t.Error("written at once")
			}
			if s.Keys("w"); f.written != 1 {
				t.Error("not written")
			}
		},
	} {
		t.Run(subject, func(t *testing.T) {
			f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
			scene(t, begin(t, f, 120, 36), f)
		})
	}
}

// No frame has a character of the private areas, which only patched fonts can draw.
func TestNoFrameNeedsAPatchedFont(t *testing.T) {
	frames := 0
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile("testdata/" + path)
		if at := strings.IndexFunc(string(text), func(r rune) bool { return unicode.Is(unicode.Co, r) }); at >= 0 {
			t.Errorf("%s has %q", path, string(text)[at:at+4])
		}
		frames++
		return err
	})
	if err != nil || frames < 50 {
		t.Fatal(frames, err)
	}
}
