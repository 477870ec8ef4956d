package cli

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

// selectHelp says what --select takes.
func selectHelp() string {
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

// stateHelp describes --state.
const stateHelp = "`FOLDER` of an earlier run, for the selectors state:, result: and source_status:"

// selecting are the flags that choose nodes.
type selecting struct {
	selects, excludes []string
	state             string
}

func (s *selecting) register(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&s.selects, "select", "s", nil, "only what dbt `SELECTOR`s choose; may be repeated")
	flags.StringArrayVar(&s.excludes, "exclude", nil, "leave out what dbt `SELECTOR`s choose; may be repeated")
	flags.StringVar(&s.state, "state", "", stateHelp)
}

// read reads the selectors, before anything is opened; nil when there are none.
func (s *selecting) read() (*query.Selection, error) {
	choice, err := query.ReadSelection(s.selects, s.excludes)
	if err != nil {
		return nil, usage("%w", err)
	}
	return choice, nil
}

// readFor is read for one kind of list: one without dashboards has none of their fields.
func (s *selecting) readFor(kind string) (*query.Selection, error) {
	choice, err := s.read()
	if field := choice.OfDashboards(s.state != ""); err == nil && field != "" && (kind == records.Models || kind == records.Columns) {
		return nil, usage("%s: is a field of dashboards, and list %s lists none: write list dashboards", field, kind)
	}
	return choice, err
}

// selected gives what a selection means, and prints its notes.
func (a *app) selected(ctx context.Context, w *workspace.Workspace, choice *query.Selection, state string) (query.Found, error) {
	if choice == nil {
		return query.Found{}, nil
	}
	known := query.Known{Graph: w.Graph, Book: w.Book, Now: a.today()}
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
		if known.Health, err = health.New(ctx, w.Graph, a.judging(w.Graph)); err != nil {
			return query.Found{}, err
		}
	}
	in, notes, err := choice.Find(ctx, known)
	switch {
	case ctx.Err() != nil:
		return query.Found{}, ctx.Err()
	case err != nil:
		return query.Found{}, usage("%w", err)
	}
	in.Entries = list
	for _, note := range notes {
		fmt.Fprintln(a.err, note)
	}
	return in, nil
}
