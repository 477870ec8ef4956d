// Package about has the commands about darkroom itself: version, man and schema, and what
// cobra's completion command does not do on its own.
//
// Not here: what shells offer for words (ui/cli/complete).
package about

import (
	"fmt"

	"github.com/spf13/cobra"

	"darkroom/ui/cli/app"
)

func Version(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  app.MaxArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), app.Version())
			return err
		},
	}
}
