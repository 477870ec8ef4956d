package decide

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/export"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// fixing is a command that keeps one fix of what is not linked.
type fixing struct {
	use, short, long string
	args             []string // what they are, for the error
	// fix makes it of the arguments.
	fix func(f finder, args []string, why string) (ledger.Fix, error)
	why bool // it has a reason
	// words are those of its arguments, for shells.
	words []complete.Names
}

// Pin is the command pin.
func Pin(a *app.App) *cobra.Command {
	return fixCommand(a, fixing{
		use: "pin TABLE NODE", short: "Say which dbt resource a table is", args: []string{"the table", "the dbt resource"}, fix: pinOf, why: true,
		words: []complete.Names{complete.Kept(names.Tables, names.Pinned), complete.In(names.Resources), complete.Among()},
		long: "TABLE is a table as darkroom gaps lists it, with or without its database and schema; NODE is\n" +
			"a unique_id, or the name of one resource.",
	})
}

// Map is the command map.
func Map(a *app.App) *cobra.Command {
	return fixCommand(a, fixing{
		use: "map NAME DBT", short: "Say what a database or schema is called in dbt", args: []string{"the BI tool's database or database.schema", "dbt's"}, fix: mapOf,
		words: []complete.Names{complete.Kept(names.Places, names.Mapped), complete.In(names.Relations), complete.Among()},
		long: "NAME is a database, or database.schema, as the BI tool has it; DBT is what dbt calls it. Tables\n" +
			"there are looked up under dbt's name.",
	})
}

// Ignore is the command ignore.
func Ignore(a *app.App) *cobra.Command {
	return fixCommand(a, fixing{
		use: "ignore TABLE", short: "Set a table aside that is not of this project", args: []string{"the table"}, fix: ignoreOf, why: true,
		words: []complete.Names{complete.Kept(names.Tables, names.Ignored), complete.Among()},
		long: "TABLE is a table as darkroom gaps lists it, with or without its database and schema, or a\n" +
			"pattern such as snowflake://RAW.FINANCE.*",
	})
}

func fixCommand(a *app.App, f fixing) *cobra.Command {
	var dir, why string
	var remove bool
	format := "text"
	cmd := &cobra.Command{
		Use: f.use, Short: f.short,
		Long: f.long + "\n\nIt is kept in .darkroom/decisions.yml, signed, as the explorer keeps it. --remove takes it away.",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != len(f.args):
				return app.Usage("say %s", strings.Join(f.args, " and "))
			case format != "text" && format != "json":
				return app.Usage("--output %q is not known; use text or json", format)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.Open(cmd.Context(), dir, false)
			if err != nil {
				return err
			}
			defer w.Close()
			fix, err := f.fix(finder{w.Graph, remove}, args, why)
			if err != nil {
				return err
			}
			effect, err := ledger.PreviewFix(w.Graph, fix)
			if err != nil {
				return app.Usage("%w", err)
			}
			if _, err := export.KeepFix(cmd.Context(), w, fix, decisions.WhoAmI(cmd.Context(), w.Root), a.Today(), remove); err != nil {
				return err
			}
			return printFixed(a, records.FixedOf(fix, effect, remove), format)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the dbt project `DIR`; the current folder by default")
	cmd.Flags().BoolVar(&remove, "remove", false, "take it away again")
	cmd.Flags().StringVarP(&format, "output", "o", format, "text or json")
	if f.why {
		cmd.Flags().StringVar(&why, "why", "", "the reason, kept with it")
	}
	complete.Words{Args: f.words, Flags: map[string]complete.Names{"output": complete.Among("text", "json")}}.Of(a, cmd)
	return cmd
}

func printFixed(a *app.App, f records.Fixed, format string) error {
	if format == "json" {
		return output.JSON(a.Out, f)
	}
	if f.Removed {
		fmt.Fprintln(a.Out, "removed: "+output.CleanLines(f.What))
		return nil
	}
	fmt.Fprintf(a.Out, "kept: %s\n%s\n", output.CleanLines(f.What), f.Effect)
	return nil
}

// finder finds what arguments name. What is taken away may be of a table that is not there
// any more.
type finder struct {
	*lineage.Graph
	remove bool
}

func pinOf(f finder, args []string, why string) (ledger.Fix, error) {
	table, err := f.table(args[0])
	if err != nil {
		return ledger.Fix{}, err
	}
	node, err := f.resource(args[1])
	return ledger.Fix{Pin: &match.Pin{Table: table, Node: node, Why: why}}, err
}

func ignoreOf(f finder, args []string, why string) (ledger.Fix, error) {
	table, err := f.table(args[0])
	return ledger.Fix{Ignore: &match.Ignore{Table: table, Why: why}}, err
}

func mapOf(_ finder, args []string, _ string) (ledger.Fix, error) {
	if args[0] == "" || args[1] == "" {
		return ledger.Fix{}, errors.New("a map has a name on both sides")
	}
	return ledger.Fix{Map: &match.Map{BI: args[0], Dbt: args[1]}}, nil
}

// table is the canonical name of a table that some dashboard reads, given in full or by
// its last parts; a pattern is what it is.
func (f finder) table(name string) (string, error) {
	if strings.Contains(name, "*") {
		return name, nil
	}
	found := map[string]bool{}
	for _, d := range f.Dashboards() {
		for i := range d.Links {
			l := &d.Links[i]
			switch canonical := f.CanonicalName(l); {
			case canonical == "":
			case canonical == name:
				return name, nil
			case isTable(canonical, name):
				found[canonical] = true
			}
		}
	}
	names := slices.Sorted(maps.Keys(found))
	switch {
	case len(names) == 1:
		return names[0], nil
	case len(names) == 0 && f.remove:
		return name, nil
	case len(names) == 0:
		return "", app.Usage("no dashboard reads a table %q; darkroom gaps lists what is not linked", name)
	}
	return "", app.Usage("%q is %s; give one of:\n  %s", name, text.Count(len(names), "table"), output.CleanLines(strings.Join(names, "\n  ")))
}

// isTable reports that a name is the last parts of a canonical one, whatever the case.
func isTable(canonical, name string) bool {
	_, path, _ := strings.Cut(canonical, "://")
	path, name = strings.ToLower(path), strings.ToLower(name)
	return path == name || strings.HasSuffix(path, "."+name)
}

// resource is the unique_id of a resource, given by it or by a name that one has.
func (f finder) resource(name string) (string, error) {
	if _, ok := f.Resource(name); ok || f.remove {
		return name, nil
	}
	var found []string
	for id := range lineage.ID(f.Resources()) {
		r := f.Node(id).Resource
		if r.Name == name || r.VersionedName() == name || r.FullName() == name {
			found = append(found, r.ID)
		}
	}
	slices.Sort(found)
	switch found = slices.Compact(found); len(found) {
	case 0:
		return "", app.Usage("dbt has no resource %q; darkroom list models lists them", name)
	case 1:
		return found[0], nil
	}
	return "", app.Usage("%q is %s; give one of:\n  %s", name, text.Count(len(found), "resource"), output.CleanLines(strings.Join(found, "\n  ")))
}
