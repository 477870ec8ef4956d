package about

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/explorer"
)

func Man(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages into a folder",
		Long: "man writes a manual page for darkroom and one for each command into a folder, for packages\n" +
			"and for yourself: darkroom man ~/.local/share/man/man1",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := app.MaxArgs(1)(cmd, args); err != nil {
				return err
			}
			if len(args) == 0 {
				return app.Usage("say where to: darkroom man FOLDER")
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			root.Long += manKeys()
			return writeMan(root, args[0])
		},
	}
	complete.Words{Args: []complete.Names{nil}}.Of(a, cmd)
	return cmd
}

// writeMan writes the page of a command and those of the commands below it.
func writeMan(cmd *cobra.Command, folder string) error {
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() {
			if err := writeMan(below, folder); err != nil {
				return err
			}
		}
	}
	var page bytes.Buffer
	header := doc.GenManHeader{Section: "1", Source: cmd.Root().Version, Manual: "darkroom"}
	if err := doc.GenMan(cmd, &header, &page); err != nil {
		return err
	}
	file := filepath.Join(folder, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
	old, err := disk.ReadFile(file)
	if err != nil {
		return disk.Failed("read", file, err)
	}
	return disk.WriteFileAtomic(file, page.Bytes(), old)
}

// manKeys are the chapters of darkroom's own page: keys, files and exit codes, as Markdown.
func manKeys() string {
	var b strings.Builder
	b.WriteString("\n\n# KEYS\n")
	for _, act := range explorer.Actions() {
		fmt.Fprintf(&b, "**%s**\n\t%s (%s)\n\n", strings.ReplaceAll(act.Label(), "*", `\*`), act.Title, act.Name)
	}
	b.WriteString("# FILES\n**$XDG_CONFIG_HOME/darkroom/" + settings.Name + "**\n\tyour own settings\n\n" +
		"**" + config.Name + "**\n\tthe configuration of a project, beside dbt_project.yml or above it\n\n" +
		"**" + config.Dir + "**\n\tdecisions and snapshots\n\n")
	b.WriteString("# EXIT STATUS\n0 fine; 1 findings; 2 usage or configuration; 3 failure; 128 and its number after a signal\n")
	return b.String()
}
