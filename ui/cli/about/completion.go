package about

import (
	"github.com/spf13/cobra"

	"darkroom/ui/cli/app"
)

// StrictCompletion makes cobra's completion command refuse what is not a shell; on
// its own it prints its help and calls that a success.
func StrictCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return app.Usage("%q is not a shell that is known; use bash, zsh, fish or powershell", args[0])
			}
			return app.Usage("say which shell: bash, zsh, fish or powershell")
		}
		for _, shell := range cmd.Commands() {
			shell.Args = app.MaxArgs(0)
		}
	}
}
