package explorer

import (
	"flag"
	"os"
	"strings"
	"testing"
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
	if got == KeysMarkdown() {
		return
	}
	if !*update {
		t.Fatal("README.md's keys differ from the actions; run: go test ./ui/explorer -run Readme -update-readme")
	}
	if err := os.WriteFile(file, []byte(head+begin+KeysMarkdown()+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestActions(t *testing.T) {
	names, keys := map[string]bool{}, map[string]string{}
	for _, act := range Actions() {
		if act.Name == "" || act.Title == "" || act.Group == "" || act.Do == nil || len(act.Keys) == 0 {
			t.Errorf("incomplete: %+v", act)
		}
		if names[act.Name] {
			t.Errorf("two actions are called %s", act.Name)
		}
		names[act.Name] = true
		for _, k := range act.Keys {
			if keys[k] != "" {
				t.Errorf("%s and %s share the key %q", keys[k], act.Name, k)
			}
			keys[k] = act.Name
		}
	}
	// A dangerous action on a motion key is what people complain about most.
	for _, k := range []string{"j", "k", "h", "l", "ctrl+d", "ctrl+u", "up", "down", "left", "right"} {
		if name := keys[k]; !strings.HasPrefix(name, "move.") && !strings.HasPrefix(name, "tree.") {
			t.Errorf("motion key %q does %q", k, name)
		}
	}
}
