package explorer

import (
	"context"
	"time"

	"darkroom/model/change"
	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/selector"
	"darkroom/ui/explorer/entries"
	"darkroom/ui/explorer/syncing"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
)

// Backend is everything outside the screen that the explorer can ask for. No call is
// made from Update but Journal, which is one short append: a decision is kept before
// its frame is drawn. Load and Sync, which report on their way, have a goroutine of
// their own, the others a tea.Cmd.
type Backend interface {
	// Load reads all sources. It calls report often with how far each source is, and grow
	// with the graph of what there is while more is being read; the graph of everything and
	// the decisions come back.
	Load(ctx context.Context, report func(Progress), grow func(*lineage.Graph)) (Loaded, error)
	// Journal keeps a change on disk at once.
	Journal(curate.Change) error
	// Save writes the decisions into their file.
	Save(*curate.Book) error
	// Plan says what writing would change, for the decisions as they are and the
	// answers to conflicts given so far.
	Plan(context.Context, *curate.Book, write.Answers) (write.Plan, error)
	// Outlook is what writing would do with each dashboard and exposure, for the decisions
	// as they are. It is asked for again after each of them.
	Outlook(context.Context, *curate.Book) (*outlook.Outlook, error)
	// Write carries a plan out, wholly or not at all: the end of ctx stops it only before
	// the first file. It refuses when a file changed since.
	Write(context.Context, write.Plan) error
	// Selectable reads what dbt's selectors choose from in the graph that is loaded, for
	// the decisions as they are.
	Selectable(context.Context, *curate.Book) (*selector.Universe, error)
	// Fix keeps a map, pin or ignore, signed, or takes it away again when undo is
	// set, and gives the graph that is matched with it.
	Fix(ctx context.Context, f ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error)
	// Sync fetches the Tableau sites that have a server into their snapshots, and
	// reports from one goroutine at a time how far each is and what came of it. The
	// graph stays as it is; Reload follows. It ends with ctx; errors of one site are
	// in its result. Others are a [*syncing.TrustNeeded], a [*syncing.SecretNeeded] or a [*syncing.NothingToSync].
	Sync(ctx context.Context, opt syncing.Options, report func(syncing.Progress)) error
	// Reload reads all sources again. Decisions are read again only when the other
	// darkroom that kept this one from keeping them has ended.
	Reload(ctx context.Context) (Reloaded, error)
	// Locate finds where something is written: the absolute path of a file that is
	// there, and a line from 1, or 0 when it is not known.
	Locate(context.Context, view.Place) (file string, line int, err error)
	// Adopt and Rename plan changes of one exposure; Write carries them out.
	entries.Backend
	// OpenURL shows a page in the browser.
	OpenURL(url string) error
}

// Progress says how far one source is. Total is 0 when unknown.
type Progress struct {
	Source      string
	Read, Total int64
	Done        bool
}

// Loaded is what Load found.
type Loaded struct {
	Title    string // of the header: the projects' names
	Graph    *lineage.Graph
	Book     *curate.Book
	By       string      // who decides: the git user
	Servers  int         // sites that Sync can ask
	Changes  *change.Set // since production's artifacts; nil without them
	Warnings []string    // things to know, none of them fatal
	Welcome  string      // what to know of what is open; empty where there is nothing special
	// ReadOnly says why nothing can be kept; empty when it can.
	ReadOnly string
}

// Reloaded is what Reload found. Apply lets the book know of the new graph, Book if
// there is one; it has to be called by the owner of the book, and gives the number of
// dashboards whose site was not known before.
type Reloaded struct {
	// Book is what was decided in the meantime: decisions can be kept now. Nil when
	// that is as it was.
	Book     *curate.Book
	Title    string
	Servers  int
	Changes  *change.Set
	Graph    *lineage.Graph
	Warnings []string
	Apply    func(*curate.Book) int
}
