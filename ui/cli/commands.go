package cli

import (
	"github.com/spf13/cobra"

	"darkroom/ui/cli/about"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/ask"
	"darkroom/ui/cli/decide"
	"darkroom/ui/cli/explore"
	"darkroom/ui/cli/operate"
	"darkroom/ui/cli/setup"
	"darkroom/ui/cli/write"
)

// commands are all commands but the explorer, which is the root, and completion, which
// is cobra's.
func commands() []func(*app.App) *cobra.Command {
	return []func(*app.App) *cobra.Command{
		write.Export,
		decide.Decide,
		decide.Pin,
		decide.Map,
		decide.Ignore,
		write.Adopt,
		write.Rename,
		ask.List,
		ask.Explain,
		ask.Lineage,
		operate.Impact,
		ask.Gaps,
		operate.Health,
		operate.Refresh,
		setup.Init,
		setup.Sync,
		about.Schema,
		about.Man,
		setup.Doctor,
		setup.Trust,
		about.Version,
	}
}

// tree is the root with all commands.
func tree(a *app.App) *cobra.Command {
	root := explore.Root(a)
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return app.Usage("%w; see %s --help", err, cmd.CommandPath())
	})
	a.Register(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.Begin(cmd) }
	for _, command := range commands() {
		root.AddCommand(command(a))
	}
	about.StrictCompletion(root)
	return root
}
