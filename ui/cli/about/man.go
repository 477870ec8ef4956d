package about

import (
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

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
			return writeMan(cmd.Root(), args[0], a.Today())
		},
	}
	complete.Words{Args: []complete.Names{nil}}.Of(a, cmd)
	return cmd
}

// writeMan writes the page of a command and those of the commands below it.
func writeMan(cmd *cobra.Command, folder string, now time.Time) error {
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() {
			if err := writeMan(below, folder, now); err != nil {
				return err
			}
		}
	}
	further := func(*page) {}
	if !cmd.HasParent() {
		further = (*page).ofAll
	}
	file := filepath.Join(folder, pageName(cmd)+".1")
	old, err := disk.ReadFile(file)
	if err != nil {
		return disk.Failed("read", file, err)
	}
	return disk.WriteFileAtomic(file, []byte(pageOf(cmd, now, further)), old)
}

// ofAll are the chapters of darkroom's own page: keys, files and exit codes.
func (p *page) ofAll() {
	p.chapter("KEYS")
	for _, act := range explorer.Actions() {
		p.entry(bold(act.Label()), act.Title+" ("+act.Name+")")
	}
	p.chapter("FILES")
	p.entry(bold("$XDG_CONFIG_HOME/darkroom/"+settings.Name), "your own settings")
	p.entry(bold(config.Name), "the configuration of a project, beside dbt_project.yml or above it")
	p.entry(bold(config.Dir), "decisions and snapshots")
	p.chapter("EXIT STATUS")
	p.prose("0 fine; 1 findings; 2 usage or configuration; 3 failure; 128 and its number after a signal")
}
