package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/backend"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/write"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// Any walk through the explorer keeps these promises: no panic, no frame larger than
// the screen, no control character; and undoing everything gives the YAML back
// that would have been written at first, byte for byte.
func TestAnyWalkUndoneGivesTheFirstYAMLBack(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := layOutExample("roastery", dir); err != nil {
				t.Fatal(err)
			}
			startWith(t, dir, seed)
			before := yaml(t, dir)
			s, b := onProject(t, dir)
			if why, readOnly := b.Workspace().Store.ReadOnly(); readOnly {
				t.Fatal(why)
			}
			walk(s, rand.New(rand.NewPCG(seed, 7)), 400)
			undoAll(s)
			s.Press("quit")
			if after := yaml(t, dir); after != before {
				t.Errorf("the YAML differs after undoing everything:\n%s\nat first:\n%s", after, before)
			}
		})
	}
}

// startWith decides a few dashboards, so that the first state is not empty, and
// forgets others, so that the Inbox has some.
func startWith(t *testing.T, dir string, seed uint64) {
	t.Helper()
	s, b := onProject(t, dir)
	s.View("Dashboards").Press("open-all")
	for range seed {
		s.Press("page-down", "tick", "move.down", "exclude")
	}
	s.Press("quit")
	b.Close() // or the next one could only read
	file := filepath.Join(dir, config.Dir, "seen.yml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	for i := len(lines) - 2; i > 10; i -= 5 + int(seed) {
		lines[i] = ""
		lines[i-1] = strings.Replace(lines[i-1], `title: "`, `title: "Old `, 1)
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// yaml is what export would write for the decisions on disk, those, and what was
// there at the last review.
func yaml(t *testing.T, dir string) string {
	t.Helper()
	var out, errs strings.Builder
	if code := Main([]string{"export", "--stdout", dir}, strings.NewReader(""), &out, &errs); code != app.ExitOK {
		t.Fatal(errs.String())
	}
	decisions, err := os.ReadFile(filepath.Join(dir, config.Dir, "decisions.yml"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if !strings.Contains(string(decisions), "{") { // no entry: the same as no file
		decisions = nil
	}
	seen, err := os.ReadFile(filepath.Join(dir, config.Dir, "seen.yml"))
	if err != nil {
		t.Fatal(err)
	}
	return out.String() + string(decisions) + string(seen)
}

// dry keeps a walk from writing the YAML, which nothing undoes, and from opening
// browsers. A click on the hint that quits does not end it.
type dry struct{ *backend.Backend }

func (d dry) Fix(ctx context.Context, f ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error) {
	return d.Backend.Fix(context.WithoutCancel(ctx), f, by, at, undo)
}

func (d dry) Plan(ctx context.Context, b *curate.Book, answers write.Answers) (write.Plan, error) {
	return d.Backend.Plan(context.WithoutCancel(ctx), b, answers)
}

func (dry) Write(context.Context, write.Plan) error { return nil }
func (dry) OpenURL(string) error                    { return nil }

func onProject(t *testing.T, dir string) (*scenario.Scenario, *backend.Backend) {
	t.Helper()
	b := backend.New(workspace.Request{Dir: dir}, nil, syncjob.FindSecrets)
	t.Cleanup(b.Close)
	app := explorer.New(dry{b}, explorer.Options{
		Styles: &theme.Styles{}, Mouse: true,
		Now:   func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		After: func(time.Duration, tea.Msg) tea.Cmd { return nil },
	})
	return scenario.New(t, screentest.New(t, app, 100, 30), explorer.Actions()), b
}

// walk presses, clicks and resizes at random.
func walk(s *scenario.Scenario, rng *rand.Rand, steps int) {
	var keys []string
	for _, act := range explorer.Actions() {
		if act.Name != "quit" {
			keys = append(keys, act.Keys...)
		}
	}
	words := []string{"sales", "order", "kind:seed", "views:>1000", "+fct_orders", "state:inc", "売上", "zzz", "owner:", "x:y"}
	for range steps {
		switch n := rng.IntN(20); {
		case n < 14:
			s.Keys(keys[rng.IntN(len(keys))])
		case n < 15:
			s.Keys("esc", "esc", "/", words[rng.IntN(len(words))], []string{"enter", "esc"}[rng.IntN(2)])
		case n < 16:
			s.Keys("esc", "esc").Press("write").Keys("down", "pgdown", "esc")
		case n < 17 && rng.IntN(3) == 0:
			s.Keys("esc", "esc", "esc").Press("view.gaps", "move.top").Times(rng.IntN(12), "move.down").Press("fix").Keys("enter")
		case n < 17:
			s.Resize(1+rng.IntN(160), 1+rng.IntN(50))
		case n < 19:
			s.Click(rng.IntN(160), rng.IntN(50))
		default:
			s.Wheel(rng.IntN(160), rng.IntN(50), rng.IntN(2) == 0)
		}
		s.Raw()
		if s.Quit { // a click on the footer's hint
			s.Quit = false
		}
	}
}

func undoAll(s *scenario.Scenario) {
	s.Resize(100, 30)
	s.Keys("esc", "esc", "esc", "esc", "esc")
	for !strings.Contains(s.Frame(), "nothing to undo") {
		s.Press("undo")
	}
}

// Nothing is lost when the terminal closes: decisions are there at the next start,
// although nothing was saved.
func TestDecisionsSurviveAKill(t *testing.T) {
	dir := t.TempDir()
	if err := layOutExample("roastery", dir); err != nil {
		t.Fatal(err)
	}
	s, b := onProject(t, dir)
	s.View("Dashboards").Filter("sales overview").Press("tick").Status("included 1 dashboard")
	b.Close() // the process is gone: no quit, no save
	w, err := workspace.Open(context.Background(), workspace.Request{Dir: dir, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.Book.Len() != 1 {
		t.Errorf("%d decisions are there, want 1", w.Book.Len())
	}
}
