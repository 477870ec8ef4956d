package exposure_test

import (
	"slices"
	"testing"

	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// A value that is put into an existing entry goes where a rendered entry has it.
func TestKeyOrder(t *testing.T) {
	rank := exposure.KeyRank("tableau")
	p := exposuretest.Shop("1.12.6")
	for _, metaInConfig := range []bool{true, false} {
		plan := exposuretest.PlanOf(p, exposuretest.Full(p)...)
		for i := range plan.Exposures {
			fields := exposure.NewLayout(metaInConfig).Fields(&plan.Exposures[i])
			for n := 1; n < len(fields); n++ {
				if slices.CompareFunc(fields[n-1].Path, fields[n].Path, func(a, b string) int { return rank(a) - rank(b) }) >= 0 {
					t.Errorf("%s is written before %s", fields[n-1].ID(), fields[n].ID())
				}
			}
		}
	}
	for _, between := range [][3]string{{"type", "maturity", "url"}, {"config", "enabled", "tags"}, {"email", "config", "meta"}} {
		if rank(between[0]) >= rank(between[1]) || rank(between[1]) >= rank(between[2]) {
			t.Errorf("order of %v", between)
		}
	}
	if rank("unheard_of") != -1 {
		t.Error("an unknown key has a place")
	}
}

// What darkroom writes for one dbt version it also finds in a file of another.
func TestOwnedPlaces(t *testing.T) {
	var owned []string
	for _, f := range exposure.OwnedFields("tableau") {
		owned = append(owned, f.ID())
	}
	p := exposuretest.Shop("1.12.6")
	plan := exposuretest.PlanOf(p, exposuretest.Full(p)...)
	for i := range plan.Exposures {
		for _, metaInConfig := range []bool{true, false} {
			for _, f := range exposure.NewLayout(metaInConfig).Fields(&plan.Exposures[i]) {
				if !slices.Contains(owned, f.ID()) {
					t.Errorf("%s is written but not owned", f.ID())
				}
			}
		}
	}
	for _, foreign := range []string{"maturity", "config.enabled", "enabled", "meta"} {
		if slices.Contains(owned, foreign) {
			t.Errorf("%s is owned", foreign)
		}
	}
}
