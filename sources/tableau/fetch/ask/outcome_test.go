package ask

import (
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// A null in the place of something that cannot be null concerns the object that it
// is in, and an owner is nothing to lineage.
func TestDoubtOf(t *testing.T) {
	const code = "NullValueInNonNullableField"
	for path, want := range map[string]int{
		`["list","nodes",1,"sheets",0]`: 1, `["list","nodes",1,"owner"]`: -2, `["list","nodes"]`: -1, `null`: -1,
	} {
		got := -2
		d, is := doubtOf(api.Problem{Code: code, Path: gjson.Parse(path).Array()})
		if is {
			got = d.At
		}
		if got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}
