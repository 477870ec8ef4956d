package cli

import (
	"strings"
	"testing"

	"darkroom/ui/cli/app"
)

// Shells complete the words of each command that has some, and each flag that takes a word
// of a few or a name of the project.
func TestWordsOfCommandsAreCompleted(t *testing.T) {
	root := tree(&app.App{})
	flags := []string{"output", "select", "exclude", "sort", "columns", "of", "rules", "fail-on", "same", "theme", "dir"}
	for _, cmd := range append(root.Commands(), root) {
		if _, words, _ := strings.Cut(cmd.Use, " "); words != "" && cmd.ValidArgsFunction == nil && !cmd.HasSubCommands() {
			t.Errorf("no word of %q is completed", cmd.Use)
		}
		for _, flag := range flags {
			f := cmd.Flags().Lookup(flag)
			if f == nil || f.Value.Type() == "bool" || cmd.Name() == "init" { // init takes the theme along
				continue
			}
			if _, ok := cmd.GetFlagCompletionFunc(flag); !ok && f.Annotations == nil {
				t.Errorf("--%s of %s is not completed", flag, cmd.Name())
			}
		}
	}
}
