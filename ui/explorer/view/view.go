// Package view is what the explorer and its views agree on: the interface of a
// view, what it may use of the explorer (Host), what is under its cursor (Subject),
// its actions, and the overlays on top. Each view has a folder below this one; the
// explorer keeps the list of them. A view knows neither the explorer nor another
// view.
//
// treeview and tableview are the two ways to make a view from data; a view that
// draws something of its own begins with Base.
package view

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
)

// View is one of the explorer's views. All methods but the work of Prepare run on
// the goroutine of the screen and do no I/O.
type View interface {
	Info() Info
	// Actions are what can be done in this view alone. Several views may have an
	// action of the same name: it is listed once.
	Actions() []Action

	Content
	Pane
	Finder
	Decider
}

// Info is what is fixed about a view.
type Info struct {
	Name  string // stable: the action view.NAME goes there
	Title string // of the tab: "Models"
	About string // what it shows, for help: "which dashboards depend on a model"
	Home  Home
}

// Home says what has its one place in a view.
type Home uint8

// What can be at home somewhere.
const (
	HomeOfNothing Home = iota
	HomeOfResources
	HomeOfDashboards
)

// Content is what a view shows of the graph and of the decisions.
type Content interface {
	// Prepare builds what the view shows of a graph, and counts the decisions of a
	// book. It may take long and is called in the background, for a view that is not seen
	// when the graph is on the screen already; the function it returns takes the result in,
	// on the goroutine of the screen, and carries folds and cursor over. Between the two a
	// view that is not seen is left alone.
	Prepare(*lineage.Graph, *curate.Book) (take func())
	// Changed lets the view follow a decision. It reports whether rows changed, so
	// that a filter has to be applied again.
	Changed(curate.Change) (rebuilt bool)
	// Waiting is the number of dashboards that need a decision here, for the tab.
	Waiting() int
	// Len is the number of visible rows, Empty what to say when there is none
	// without a filter.
	Len() int
	Empty() (title, advice string)
}

// Pane is a view as a part of the screen.
type Pane interface {
	Resize(width, height int)
	// Draw gives the lines of the pane; focused is false while the details have the
	// keys.
	Draw(focused bool) []string
	// MoveBy moves the cursor by rows, Scroll what is seen.
	MoveBy(rows int)
	Scroll(rows int)
	// Click takes the cursor to a cell. It reports whether a checkbox was hit, which
	// the explorer then decides about.
	Click(x, line int) (checkbox bool)
}

// Finder is what a view does with cursor and filter.
type Finder interface {
	// At is what is under the cursor; ok is false where there is nothing.
	At() (s Subject, ok bool)
	// Position is another number for each row.
	Position() int
	// Crumbs are the names on the way to the cursor.
	Crumbs() []string
	// Details are the lines about what is under the cursor.
	Details(width int) []string
	// Here remembers the cursor. What it returns takes the cursor back there, with
	// reveal also if something has to be opened for it.
	Here() (back func(reveal bool))
	// Go takes the cursor to a resource or dashboard. It can be there and hidden by
	// the filter.
	Go(lineage.ID) (found, shown bool)

	// Filter shows what a query lets through; nil shows all.
	Filter(*query.Bound)
	// Look asks what a query lets through. It takes the rows as they are now; what it
	// returns finds the answer, in the background, and is called once.
	Look() func(context.Context, *query.Bound) Answer
	// Hits counts the rows that match themselves.
	Hits() int
	// FirstHit and NextHit take the cursor to one, NextHit forwards or, with dir
	// -1, backwards.
	FirstHit()
	NextHit(dir int)
}

// Answer is what a query lets through in a view.
type Answer struct {
	Hits  int             // rows that match themselves
	Shown func() []string // Decider.Shown of it, which is found in the background too
	Show  func()          // is Filter for this query, on the goroutine of the screen
}

// Decider is what decisions in a view concern.
type Decider interface {
	// Targets are the dashboards, by key, that a decision at the cursor or in the
	// range concerns; Shown are all that the view shows. Both keep to the filter.
	Targets() []string
	Shown() []string
	// Next goes to the next row of the same kind after a decision.
	Next() bool
	// OpenLinks are the links without a resource at the cursor or below, at most so
	// many.
	OpenLinks(most int) []*lineage.Link
}

// Ranger is a view in which decisions can concern several rows at once.
type Ranger interface {
	Ranging() bool
	StartRange()
	EndRange()
}

// Placer is a view whose places outlive another graph, so that one can come back.
type Placer interface {
	// Place is the row under the cursor, as a text.
	Place() string
	// GoTo takes the cursor to a place, and opens what has to be open. It can be there
	// and hidden by the filter.
	GoTo(place string) (found, shown bool)
}

// Changing is a view that is one of several, such as a tree and a list: Seen is the one
// that is seen now.
type Changing interface{ Seen() View }

// As is what a view can do besides: itself, or the one that is seen of it. Ask for it in
// place of a type assertion, which does not see through a view that changes.
func As[T any](v View) (able T, ok bool) {
	if able, ok = v.(T); ok {
		return able, true
	}
	if c, changing := v.(Changing); changing {
		return As[T](c.Seen())
	}
	return able, false
}

// Ranging reports whether a range has begun in a view.
func Ranging(v View) bool {
	r, ok := As[Ranger](v)
	return ok && r.Ranging()
}

// EndRange ends the range in a view, if there is one.
func EndRange(v View) {
	if r, ok := As[Ranger](v); ok {
		r.EndRange()
	}
}

// Climber is a view whose crumbs are parents of the row under the cursor: Climb takes the
// cursor to one of them.
type Climber interface{ Climb(levels int) }

// Exposer is a view in which exposures are at home.
type Exposer interface {
	// GoToExposure goes to an exposure of a project by its name.
	GoToExposure(of *model.Project, name string) (found, shown bool)
}

// Placed is a view that knows where among the hits of a filter the cursor is: the number
// of the one that it is on, or after which it is.
type Placed interface{ HitAt() int }

// Foreseer is a view that shows what an export would do. Foresee is to a new outlook what
// Prepare is to a graph.
type Foreseer interface {
	Foresee(*lineage.Graph, *outlook.Outlook, *curate.Book) (take func())
}

// Unfolder is a view that opens as much as fits, once, when rows came and nothing
// was opened by hand.
type Unfolder interface{ Unfold() }

// Still wraps what needs no command afterwards, for Action.Do.
func Still(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

// Sorter is a view whose rows can be ordered by its columns.
type Sorter interface {
	// Orders are the names of the columns that rows can be ordered by.
	Orders() []string
	// Sort orders by one of them, "" as the view has them at first. It reports false
	// for a name that is none.
	Sort(by string, down bool) bool
	// Sorted is what the rows are ordered by.
	Sorted() (by string, down bool)
}

// Columned is a view whose columns can be chosen.
type Columned interface {
	// ColumnNames are the names of the columns.
	ColumnNames() []string
	// Choose shows these columns, at any width; nil shows those that the width allows. It
	// reports the first name that is none.
	Choose(names []string) (unknown string)
}

// Grouper is a view whose rows can be grouped in several ways.
type Grouper interface {
	// Groups are the names of the ways; nil where there is one only.
	Groups() []string
	// Group is how the next graph is grouped. It reports false for a name that is none.
	Group(by string) bool
}

// Centred is a view of what is around one node.
type Centred interface {
	// Centre draws around a resource or dashboard.
	Centre(lineage.ID)
	// CentreExposure draws around an exposure. It reports false for one that no manifest
	// has.
	CentreExposure(*outlook.Entry) (found bool)
}

// Coverer is a view with rows that hold others.
type Coverer interface {
	// Covers are the resources that the cursor's row, or the range, is or holds, as far
	// as the filter shows them.
	Covers() []lineage.ID
}
