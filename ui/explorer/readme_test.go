package explorer

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"darkroom/ui/explorer/view"
)

var update = flag.Bool("update-readme", false, "write the table of keys into README.md")

// The README's table of keys is made from the registry; this test holds it to
// that. Run it with -update-readme after changing an action.
func TestReadmeHasTheKeys(t *testing.T) {
	const file, begin, end = "../../README.md", "a test compares -->\n", "<!-- /keys -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), begin)
	got, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has lost the marks around its table of keys")
	}
	if got == keysMarkdown() {
		return
	}
	if !*update {
		t.Fatal("README.md's keys differ from the actions; run: go test ./ui/explorer -run Readme -update-readme")
	}
	if err := os.WriteFile(file, []byte(head+begin+keysMarkdown()+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestActions(t *testing.T) {
	names := map[string]bool{}
	for _, act := range Actions() {
		if act.Name == "" || act.Title == "" || act.Group == "" || act.Do == nil || len(act.Keys) == 0 {
			t.Errorf("incomplete: %+v", act)
		}
		if !slices.Contains(view.Groups(), act.Group) {
			t.Errorf("%s is in the group %q, which help does not have", act.Name, act.Group)
		}
		if names[act.Name] {
			t.Errorf("two actions are called %s", act.Name)
		}
		names[act.Name] = true
	}
}

// In no view two actions share a key; in different views they may, and enter opens a row or
// shows a card, of which only one can be done at a time.
func TestKeysOfAView(t *testing.T) {
	a := withMore(&fake{})
	for _, v := range a.views {
		keys := map[string]string{}
		for _, act := range a.registry.Actions {
			if _, own := act.ByView[v]; !own && act.ByView != nil || act.InDetails {
				continue
			}
			for _, k := range act.Keys {
				if both := keys[k] + " " + act.Name; keys[k] != "" && both != "tree.toggle decide.card" {
					t.Errorf("in %s %s and %s share the key %q", v.Info().Title, keys[k], act.Name, k)
				}
				keys[k] = act.Name
			}
		}
		// A dangerous action on a motion key is what users complain about most.
		for _, k := range []string{"j", "k", "h", "l", "ctrl+d", "ctrl+u", "up", "down", "left", "right"} {
			if name := keys[k]; name != "" && !strings.HasPrefix(name, "move.") && !strings.HasPrefix(name, "tree.") {
				t.Errorf("in %s the motion key %q does %q", v.Info().Title, k, name)
			}
		}
	}
}

// Configurations and scenarios rely on the names of actions: none goes away.
func TestActionNamesStay(t *testing.T) {
	var names []string
	for _, act := range Actions() {
		names = append(names, act.Name)
	}
	for _, name := range strings.Fields(`
		move.down move.up move.page-down move.page-up move.half-down move.half-up move.top move.bottom
		move.next-sibling move.previous-sibling move.parent
		tree.open tree.close tree.toggle tree.open-all tree.close-all tree.level
		decide.tick decide.exclude decide.include-shown decide.clear-shown decide.invert-shown decide.range decide.why decide.fix
		decide.undo decide.redo inbox.review inbox.review-shown
		filter filter.clear filter.next filter.previous palette
		view.models view.dashboards view.gaps view.inbox view.other
		pane.focus pane.zoom pane.narrower pane.wider help explain
		details.next-tab details.previous-tab details.next-link details.previous-link details.follow
		write sync sync.show browse copy quit messages suspend`) {
		if !slices.Contains(names, name) {
			t.Errorf("there is no action %s any more", name)
		}
	}
}

// keysMarkdown is the README's table of keys.
func keysMarkdown() string {
	var b strings.Builder
	b.WriteString("| | keys | what it does | name |\n|---|---|---|---|\n")
	group := view.Group("")
	for _, act := range Actions() {
		heading := view.Group("")
		if act.Group != group {
			group, heading = act.Group, act.Group
		}
		keys := make([]string, len(act.Keys))
		for i, k := range strings.Split(act.Label(), " ") {
			keys[i] = "`" + strings.ReplaceAll(k, "|", `\|`) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", heading, strings.Join(keys, " "), act.Title, act.Name)
	}
	return b.String()
}
