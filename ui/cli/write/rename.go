package write

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"darkroom/model/exposure/merge"
	"darkroom/model/shellword"
	"darkroom/sources/project/export"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/text"
)

func Rename(a *app.App) *cobra.Command {
	var dir string
	var diff bool
	cmd := &cobra.Command{
		Use:   "rename OLD NEW",
		Short: "Give one of darkroom's exposures another name",
		Long: "Exposures never change their names on their own; this does it on purpose, in the file and\n" +
			"in what darkroom remembers. Change selectors such as exposure:OLD in your jobs by hand. Where\n" +
			"two projects have an exposure of that name, PROJECT.OLD says which.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return app.Usage("rename takes the old name and the new one")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.Open(cmd.Context(), dir, diff)
			if err != nil {
				return err
			}
			defer w.Close()
			if err := w.Writable(); err != nil {
				return err
			}
			e, err := export.PlanRename(cmd.Context(), w, args[0], args[1])
			switch {
			case errors.Is(err, merge.ErrName):
				return app.Usage("%w", err)
			case err != nil:
				return err
			}
			if diff {
				return printDiff(cmd.Context(), a, e)
			}
			if err := export.Write(cmd.Context(), e); err != nil {
				return err
			}
			a.WroteFiles()
			fmt.Fprintf(a.Out, "%s is now %s; change selectors such as %s where you use them\n",
				text.Clean(args[0]), args[1], text.Clean(shellword.Quote("exposure:"+args[0])))
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the dbt project `DIR`; the current folder by default")
	cmd.Flags().BoolVar(&diff, "diff", false, "print what would change instead of writing it")
	complete.Words{Args: []complete.Names{complete.In(names.Exposures), complete.Among()}}.Of(a, cmd)
	return cmd
}
