package about

import (
	"strings"

	"github.com/spf13/cobra"

	"darkroom/sources/project/config"
	"darkroom/sources/schema"
	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/look"
	"darkroom/ui/cli/output"
)

// schemas are the files that have one.
func schemas() map[string]func() map[string]any {
	return map[string]func() map[string]any{
		settings.Name: func() map[string]any {
			return schema.Of(settings.Settings{}, "config.yml: your own settings of darkroom", settings.Notes(look.Vocabulary()))
		},
		config.Name: func() map[string]any {
			return schema.Of(config.Config{}, "darkroom.yml: the configuration of a project", config.Notes())
		},
	}
}

func Schema(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema " + config.Name + "|" + settings.Name,
		Short: "Print the JSON schema of a file that you write, for editors",
		Long: "schema prints the JSON schema of darkroom.yml, or of config.yml, your own settings. It is\n" +
			"made from what darkroom reads, so that it has every key. In an editor with the YAML language\n" +
			"server, the first line of the file can name it:\n\n" +
			"  # yaml-language-server: $schema=darkroom.schema.json",
		ValidArgs: []string{config.Name, settings.Name},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := app.MaxArgs(1)(cmd, args); err != nil {
				return err
			}
			if len(args) == 0 {
				return app.Usage("say which file: %s or %s", config.Name, settings.Name)
			}
			make, ok := schemas()[strings.TrimSuffix(args[0], ".yml")+".yml"]
			if !ok {
				return app.Usage("%q has no schema; use %s or %s", args[0], config.Name, settings.Name)
			}
			return output.JSON(a.Out, make())
		},
	}
	complete.Words{Args: []complete.Names{complete.Among(config.Name, settings.Name), complete.Among()}}.Of(a, cmd)
	return cmd
}
