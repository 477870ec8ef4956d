package refresh

import "time"

// Seen is what is known of one extract now: from the server, and from the records of what
// was started.
type Seen struct {
	Answered bool // the server has it, for us
	Sources  []LiveSource
	Attempts []Attempt
}

// LiveSource is a data source as the server has it now.
type LiveSource struct {
	ID, Name    string
	Extract     bool
	RefreshedAt time.Time // zero: never, as far as the server knows
}

// Progress of a refresh.
type Progress uint8

const (
	Asked   Progress = iota // the request may have arrived: it counts as a refresh
	Running                 // queued, or running
	Succeeded
	Failed // or cancelled, or refused: it counts for nothing
)

// Attempt is a refresh that was started, by darkroom or not.
type Attempt struct {
	Progress
	Job                string // "" where it is not known
	Ours               bool
	Asked, Began, Over time.Time // zero where not known
}

// at is when the data of a refresh was read, and when the refresh was over.
func (a *Attempt) at() (data, over time.Time) {
	data, over = a.Began, a.Over
	if data.IsZero() {
		data = a.Asked
	}
	if data.IsZero() {
		data = over
	}
	if over.IsZero() {
		over = data
	}
	return data, over
}

// Newest is the last time that the server knows of any of the extracts.
func (s *Seen) Newest() (at time.Time) {
	for _, l := range s.Sources {
		if l.Extract && l.RefreshedAt.After(at) {
			at = l.RefreshedAt
		}
	}
	return at
}
