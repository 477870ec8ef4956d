package tableautest

import (
	"time"

	"darkroom/sources/tableau/tableautest/element"
)

// ListShape is how the JSON view writes lists (sources/tableau/API.md#rest-lists).
type ListShape = element.ListShape

const (
	WrappedLists  = element.WrappedLists
	SingleObjects = element.SingleObjects
	BareLists     = element.BareLists
)

// CollectionShape is what the answers about collections look like: one shape that
// a client reads, and two that the same family of the API has elsewhere
// (sources/tableau/API.md#collections).
type CollectionShape int

const (
	CollectionItems  CollectionShape = iota // "items", "luid", "contentType"; "next_page_token" for "page_token"
	NamedCollections                        // "collections", "id", "type"; "nextPageToken" for "pageToken"
	CollectionHits                          // "hits" around "items", "content" around all; "next" is an address
)

// MetadataOff is what a server without Metadata API does.
type MetadataOff int

const (
	MetadataOn        MetadataOff = iota
	MetadataNotFound              // answers 404
	MetadataForbidden             // answers FEATURE_DISABLED
)

// Switches are the behaviours that can change while the server runs. The zero
// value is a healthy server. See the package comment for what is a Fault instead.
type Switches struct {
	// Transport.
	NoGzip bool // answer plain even when gzip is asked for

	// Sessions (sources/tableau/API.md#signing-in).
	ServerInfoError     string // serverinfo fails with this code: "404003", "404001"
	ServerInfoNeedsAuth bool
	RedirectSignIn      string // sign-in answers 301 to this base URL
	RefusePasswords     bool   // as with MFA: only PAT and JWT
	ManySessionsPerPAT  bool   // the real one keeps a single session
	SessionCalls        int    // a session dies after so many calls; 0: never

	// REST (sources/tableau/API.md#rest-lists).
	Lists          ListShape
	BooleansAsText bool
	Collections    CollectionShape
	CollectionPage int  // collections, and things in one, per answer; 0: all
	JobPolls       int  // polls a job stays queued, and again running; 0 is 1
	FinishCode     int  // how jobs end: 0 success, 1 failed, 2 cancelled, 3 completed
	FailForeign    bool // those of StartForeign fail
	RefreshLimit   int  // refreshes until 429000; 0: no limit
	RefreshesHour  int  // refreshes within an hour until 429000; 0: no limit
	// JobTakes is how long a job is queued, and again how long it runs, by the clock; polls
	// do not matter then.
	JobTakes time.Duration
	IndexLag time.Duration // so much later the Metadata API learns of a refresh

	// Metadata API (sources/tableau/API.md#limits). Counts are nodes of one query.
	Metadata         MetadataOff
	BackfillRunning  bool
	NodeLimit        int  // 0: 20,000; negative: none
	NullInNonNull    bool // a cut leaves null in non-null fields such as owner
	TimeLimitNodes   int  // more than this: partial data and "Reached time limit"; 0: off
	TimeoutNodes     int  // more than this: no data, "timeout of 30000 millis"; 0: off
	SilentClamp      bool // no warning when first is more than 1000
	UnstableOrder    bool // without orderBy, every request has its own order
	EmptyPages       bool // every page comes after an empty one
	StuckCursor      bool // endCursor never moves; nor do pages of collections
	Duplicates       bool // a page begins with the last object of the page before
	SensitiveFilters bool // filtering by project switches the permission mode

	// Redact says which objects the caller may not see: their names are null,
	// and with FILTER_RESULTS they are gone. Nil hides nothing. See RedactTypes.
	Redact func(typeName, id string) bool
}

// RedactTypes hides all objects of the given Metadata API types.
func RedactTypes(typeNames ...string) func(typeName, id string) bool {
	hidden := map[string]bool{}
	for _, name := range typeNames {
		hidden[name] = true
	}
	return func(typeName, _ string) bool { return hidden[typeName] }
}

// Set changes the switches for requests that begin from now on.
func (s *Server) Set(change func(*Switches)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.switches)
}
