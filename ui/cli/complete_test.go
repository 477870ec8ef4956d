package cli

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What a shell gets is on one line and as it is in the BI tool; a name with more is left
// out, and so is what comes after the first hundreds.
func TestOfferIsCleanAndBounded(t *testing.T) {
	hostile := among("Sales", "Sal\x1b[31mes", "Sal\nrm -rf", "Sales\tteam \x1b]0;x\x07", "Sal\u202ees", "Other", "Sally\tan\nother line")
	got, _ := (&app{}).offer(hostile, &cobra.Command{}, nil, "Sal")
	if want := []string{"Sales", "Sally\tan other line"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var many []string
	for i := range 5000 {
		many = append(many, "n"+strconv.Itoa(i))
	}
	if got, _ := (&app{}).offer(among(many...), &cobra.Command{}, nil, "n"); len(got) != mostNames {
		t.Error(len(got))
	}
	got, directive := (&app{}).offer(among("owner:", "name:"), &cobra.Command{}, nil, "ow")
	if len(got) != 1 || directive&cobra.ShellCompDirectiveNoSpace == 0 {
		t.Error(got, directive)
	}
}

// Each command and flag of the table is there, and each command with words or a format
// is in the table.
func TestCompletionsAreOfCommands(t *testing.T) {
	root := (&app{}).command()
	for _, cmd := range root.Commands() {
		c, ok := completions()[cmd.Name()]
		if _, words, _ := strings.Cut(cmd.Use, " "); words != "" && len(c.args) == 0 && !cmd.HasSubCommands() {
			t.Errorf("no word of %q is completed", cmd.Use)
		}
		if cmd.Flags().Lookup("output") != nil && (!ok || c.flags["output"] == nil) {
			t.Errorf("--output of %s is not completed", cmd.Name())
		}
	}
	for name, c := range completions() {
		cmd := root
		if name != "" {
			var err error
			if cmd, _, err = root.Find([]string{name}); err != nil || cmd == root {
				t.Errorf("there is no command %s", name)
				continue
			}
		}
		for flag := range c.flags {
			if cmd.Flags().Lookup(flag) == nil {
				t.Errorf("%s has no flag --%s", name, flag)
			}
		}
	}
}
