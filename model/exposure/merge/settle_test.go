package merge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettle(t *testing.T) {
	for specs, want := range map[[2]string]verdict{
		{"", ""}:                        verdictNone,
		{"label", ""}:                   verdictTake,
		{"", "label"}:                   verdictKeep,
		{"label", "label"}:              verdictKeep,
		{"all", "label"}:                verdictKeep,
		{"label", "all"}:                verdictTake,
		{"beta", "label"}:               verdictTake,
		{"beta", "beta.label"}:          verdictKeep,
		{"beta.owner", ""}:              verdictNone,
		{"owner alpha alpha.label", ""}: verdictNone,
	} {
		s := Settle{Take: strings.Fields(specs[0]), Keep: strings.Fields(specs[1])}
		if got := s.answers().verdict("beta", "label"); got != want {
			t.Errorf("%q: %d, want %d", specs, got, want)
		}
	}
	for field, spec := range map[string]string{
		"owner.email": "owner", "config.tags": "tags", "tags": "config.tags", "config.meta.tableau.luid": "meta", "meta.tableau.luid": "meta.tableau",
	} {
		if (Settle{Take: []string{spec}}).answers().verdict("x", field) != verdictTake {
			t.Errorf("%s does not cover %s", spec, field)
		}
	}
	unknown := Settle{Take: []string{"all", "label", "beta", "beta.owner"}, Keep: []string{"colour", "gamma", "beta.colour"}}.Unknown(func() []string { return []string{"beta"} })
	if diff := cmp.Diff([]string{"colour", "gamma", "beta.colour"}, unknown); diff != "" {
		t.Error(diff)
	}
}
