package cli

import (
	"encoding/json"
	"reflect"
	"testing"

	"darkroom/ui/cli/records"
)

// TestModelsOfASelector: the dashboards below one model are those that the list of all
// models has, where they are counted otherwise.
func TestModelsOfASelector(t *testing.T) {
	t.Parallel()
	dir := grownProject(t, 60)
	list := func(args ...string) (models []records.Model) {
		out := run(t, 0, append(args, dir)...)
		if err := json.Unmarshal(out, &models); err != nil {
			t.Fatal(err)
		}
		return models
	}
	run(t, 0, "decide", "include", "On m00050", "--dir", dir)
	all := list("list", "models", "--output", "json")
	if len(all) != 66 || // with the sources
		all[0].Dashboards == 0 || all[0].Included == 0 {
		t.Fatalf("%d models, of the first %+v", len(all), all[0])
	}
	for _, want := range []records.Model{all[0], all[44], all[50], all[59]} {
		if got := list("list", "models", "--output", "json", "--select", want.Name); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
