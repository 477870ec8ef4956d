package setup

import (
	"fmt"
	"os"
	"path/filepath"

	"darkroom/model/shellword"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// configOf is the darkroom.yml of a project, which may be above it, or where it goes.
func configOf(root string) string {
	if above := filepath.Join(config.Folder(root), config.Name); isFile(above) {
		return above
	}
	return filepath.Join(root, config.Name)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// writeConfig never changes a file that is there.
func writeConfig(a *app.App, project dbt.Layout, dir, yml string, missing error) error {
	file := configOf(project.Root)
	if _, err := config.Parse(file, project.Root, []byte(yml)); err != nil {
		return err
	}
	if isFile(file) {
		fmt.Fprint(a.Out, yml)
		return app.WithCode(app.ExitFindings, fmt.Errorf("%s is there already and was not changed; put the lines above into it", file))
	}
	if err := disk.WriteInside(project.Root, config.Name, []byte(yml), nil); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "wrote %s\n\nNext:\n", text.Clean(file))
	if dir != "" {
		dir = " " + text.Clean(shellword.Quote(dir))
	}
	next := func(command, does string) {
		fmt.Fprintf(a.Out, "  %s  %s\n", text.Pad(command, max(text.Width("darkroom sync"+dir), len("dbt parse"))), does)
	}
	if project.Name != "" && project.ManifestPath == "" {
		next("dbt parse", "in the project, which has no manifest yet")
	}
	next("darkroom sync"+dir, "fetches what Tableau knows")
	next("darkroom"+dir, "opens the explorer")
	if missing != nil {
		fmt.Fprintln(a.Out, "\nsync will ask for the secret again: "+output.CleanLines(missing.Error()))
	}
	return nil
}
