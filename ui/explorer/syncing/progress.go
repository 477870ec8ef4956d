// Package syncing keeps what a sync reports of its sites, shows it as an overlay, and asks
// for what a sync has to know. It starts nothing itself: stopping and starting are given to it.
package syncing

// Progress is one message about one site.
type Progress struct {
	Site   string
	Line   string // what there is to know besides: signed in, waiting, a warning
	Stage  string // "dashboards"; empty when this is not about a stage
	Done   int
	Total  int // -1 while unknown
	Ended  bool
	Result *Result // the site is done
}

// Result is what came of one site.
type Result struct {
	Changes    string   // what changed, in a few words
	Summary    string   // one line: what is in the snapshot now, and what changed
	Written    bool     // the snapshot is a new one
	OldKept    bool     // the answer is worse, so the old snapshot was kept
	Worse      []string // why, other than what is incomplete
	Incomplete []string // what the answer lacks
	Notes      []string
	Err        error
}

// NothingToSync is the error of a Sync without any server to ask: why, and what
// to do about it.
type NothingToSync struct{ Why string }

func (e *NothingToSync) Error() string { return e.Why }
