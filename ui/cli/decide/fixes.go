package decide

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/ledger"
	"darkroom/sources/git"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
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

func Pin(a *app.App) *cobra.Command {
	return fixCommand(a, fixing{
		use: "pin TABLE NODE", short: "Say which dbt resource a table is", args: []string{"the table", "the dbt resource"}, fix: pinOf, why: true,
		words: []complete.Names{complete.Kept(names.Tables, names.Pinned), complete.In(names.Resources), complete.Among()},
		long: "TABLE is a table as darkroom gaps lists it, with or without its database and schema; NODE is\n" +
			"a unique_id, or the name of one resource.",
	})
}

func Map(a *app.App) *cobra.Command {
	return fixCommand(a, fixing{
		use: "map NAME DBT", short: "Say what a database or schema is called in dbt", args: []string{"the BI tool's database or database.schema", "dbt's"}, fix: mapOf,
		words: []complete.Names{complete.Kept(names.Places, names.Mapped), complete.In(names.Relations), complete.Among()},
		long: "NAME is a database, or database.schema, as the BI tool has it; DBT is what dbt calls it. Tables\n" +
			"there are looked up under dbt's name.",
	})
}

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
			keep := keepFix
			if remove {
				keep = removeFix
			}
			return keep(cmd.Context(), a, w, fix, format)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the dbt project `DIR`; the current folder by default")
	cmd.Flags().BoolVar(&remove, "remove", false, "take it away again")
	cmd.Flags().StringVarP(&format, "output", "o", format, "`FORMAT`: text or json")
	if f.why {
		cmd.Flags().StringVar(&why, "why", "", "the reason, a `TEXT` that is kept with it")
	}
	complete.Words{Args: f.words, Flags: map[string]complete.Names{"output": complete.Among("text", "json")}}.Of(a, cmd)
	return cmd
}

// keepFix keeps a fix, unless it is kept already.
func keepFix(ctx context.Context, a *app.App, w *workspace.Workspace, fix ledger.Fix, format string) error {
	effect, err := ledger.PreviewFix(w.Graph, fix)
	if err != nil {
		return app.Usage("%w", err)
	}
	already, err := keptIn(w, fix.Word()).add(fix)
	if err != nil {
		return err
	}
	says := "already kept: "
	if !already {
		if fix.Map != nil && effect.None() {
			if err := checkPlaces(w.Graph, fix.Map); err != nil {
				return err
			}
		}
		if _, err := export.KeepFix(ctx, w, fix, git.Author(ctx, w.Root), a.Today(), false); err != nil {
			return err
		}
		says = "kept: "
	}
	fixed := records.FixedOf(fix, effect, false)
	if format == "json" {
		return output.JSON(a.Out, fixed)
	}
	fmt.Fprintln(a.Out, says+output.CleanLines(fixed.What))
	if !already {
		fmt.Fprintln(a.Out, fixed.Effect)
	}
	return nil
}

// removeFix takes a fix away that an earlier command, or the explorer, has kept.
func removeFix(ctx context.Context, a *app.App, w *workspace.Workspace, fix ledger.Fix, format string) error {
	fix, err := keptIn(w, fix.Word()).remove(fix)
	if err != nil {
		return err
	}
	if _, err := export.KeepFix(ctx, w, fix, "", time.Time{}, true); err != nil {
		return err
	}
	fixed := records.FixedOf(fix, ledger.Effect{}, true)
	if format == "json" {
		return output.JSON(a.Out, fixed)
	}
	fmt.Fprintln(a.Out, "removed: "+output.CleanLines(fixed.What))
	return nil
}
