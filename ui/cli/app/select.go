package app

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"darkroom/model/health"
	"darkroom/model/query"
	"darkroom/model/selector"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/records"
)

// SelectHelp says what --select takes.
func SelectHelp() string {
	return "--select and --exclude take dbt's selectors: fct_orders, +fct_orders, fct_orders+,\n" +
		"2+fct_orders+1, @fct_orders, marts.core, models/marts, fct_*; a comma for and, a space for or;\n" +
		selectorMethods() + "\n" +
		query.Help(80) + "\n" +
		"They narrow: 'owner:fin views:>1k updated:<90d -tag:old'; - turns one around.\n" +
		"selector: reads selectors.yml; state:, result: and source_status: compare with --state.\n"
}

// selectorMethods are the methods in lines of help.
func selectorMethods() string {
	const width = 80
	line, out := "Methods:", ""
	for _, name := range selector.MethodNames() {
		if len(line)+len(name) > width {
			out, line = out+line+"\n", " "
		}
		line += " " + name
	}
	return out + line
}

// StateHelp describes --state.
const StateHelp = "`FOLDER` of an earlier run, for the selectors state:, result: and source_status:"

// Selecting are the flags that choose nodes.
type Selecting struct {
	Selects, Excludes []string
	State             string
}

// Register adds the flags.
func (s *Selecting) Register(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&s.Selects, "select", "s", nil, "only what dbt `SELECTOR`s choose; may be repeated")
	flags.StringArrayVar(&s.Excludes, "exclude", nil, "leave out what dbt `SELECTOR`s choose; may be repeated")
	flags.StringVar(&s.State, "state", "", StateHelp)
}

// Read reads the selectors, before anything is opened; nil when there are none.
func (s *Selecting) Read() (*query.Selection, error) {
	choice, err := query.ReadSelection(s.Selects, s.Excludes)
	if err != nil {
		return nil, Usage("%w", err)
	}
	return choice, nil
}

// ReadFor is Read for one kind of list: one without dashboards has none of their fields.
func (s *Selecting) ReadFor(kind string) (*query.Selection, error) {
	choice, err := s.Read()
	if field := choice.OfDashboards(s.State != ""); err == nil && field != "" && (kind == records.Models || kind == records.Columns) {
		return nil, Usage("%s: is a field of dashboards, and list %s lists none: write list dashboards", field, kind)
	}
	return choice, err
}

// Selected gives what a selection means, and prints its notes.
func (a *App) Selected(ctx context.Context, w *workspace.Workspace, choice *query.Selection, state string) (query.Found, error) {
	if choice == nil {
		return query.Found{}, nil
	}
	known := query.Known{Graph: w.Graph, Book: w.Book, Now: a.Today()}
	list, err := exposures.List(ctx, w, w.Book)
	if err != nil {
		return query.Found{}, err
	}
	if known.Nodes, err = exposures.SelectableOf(ctx, w, list, state); err != nil {
		return query.Found{}, err
	}
	if choice.NeedsOutlook() {
		if known.Outlook, err = exposures.Outlook(ctx, w, w.Book); err != nil {
			return query.Found{}, err
		}
		list = known.Outlook.Entries // with what is refused and what goes
	}
	if choice.NeedsHealth() {
		if known.Health, err = health.New(ctx, w.Graph, a.Judging(w.Graph)); err != nil {
			return query.Found{}, err
		}
	}
	in, notes, err := choice.Find(ctx, known)
	switch {
	case ctx.Err() != nil:
		return query.Found{}, ctx.Err()
	case err != nil:
		return query.Found{}, Usage("%w", err)
	}
	in.Entries = list
	for _, note := range notes {
		fmt.Fprintln(a.Err, note)
	}
	return in, nil
}
