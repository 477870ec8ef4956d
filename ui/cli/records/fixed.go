package records

import "darkroom/model/ledger"

// Fixed is a map, pin or ignore that was kept or taken away.
type Fixed struct {
	Fix        string `json:"fix"` // map, pin or ignore
	What       string `json:"what"`
	Removed    bool   `json:"removed"`
	Effect     string `json:"effect,omitempty"` // in words
	Linked     int    `json:"linked_tables"`
	Ignored    int    `json:"ignored_tables"`
	Lost       int    `json:"lost_tables"`
	Dashboards int    `json:"dashboards"`
}

// FixedOf says what a fix did. Of one that was taken away that is not counted.
func FixedOf(fix ledger.Fix, e ledger.Effect, removed bool) Fixed {
	f := Fixed{Fix: fix.Word(), What: fix.String(), Removed: removed}
	if !removed {
		f.Effect, f.Linked, f.Ignored, f.Lost, f.Dashboards = e.String(), e.Tables, e.Ignored, e.Lost, e.Dashboards
	}
	return f
}
