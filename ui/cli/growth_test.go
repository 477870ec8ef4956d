package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darkroom/model/growth"
	"darkroom/sources/disk/disktest"
	"darkroom/ui/cli/app"
)

// lastDashboard is replaced by the title of the project's last one.
const lastDashboard = "LAST"

// What a command does grows with the size of the project, not with the square of it.
func TestCommandsGrowWithTheProject(t *testing.T) {
	// Before a command all is exported, and with renamed all is called otherwise since.
	const exported, renamed = "exported", "renamed"
	for _, args := range [][]string{
		{"list", "models"},
		{"list", "models", "--select", "+m00190+"},
		{"list", "dashboards"},
		{"list", "exposures"},
		{"list", "gaps"},
		{"list", "inbox"},
		{"gaps"},
		{"explain", lastDashboard},
		{"export", "--all"},
		{"export", "--all", "--diff"},
		{"export", "--all", "--stdout"},
		{exported, "export"},
		{exported, "export", "--check"},
		{exported, "export", "--stdout"},
		{exported, "list", "exposures"},
		{exported, "list", "exposures", "--select", "state:written", "--output", "json"},
		{renamed, "export", "--check"},
		{renamed, "export", "--diff"},
		{renamed, "export"},
		{"adopt"},
		{"adopt", "--all"},
		{"sync", "--diff", "tower.json", "tower.json"},
		{},
	} {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			growth.Check(t, 200, func(n int) growth.Run {
				dir := grownProject(t, n)
				own := slices.Clone(args)
				if len(own) > 0 && (own[0] == exported || own[0] == renamed) {
					atHome(t, dir, "export", "--all")
					if own[0] == renamed {
						renameAll(t, dir)
					}
					own = own[1:]
				}
				return func() int {
					if at := slices.Index(own, lastDashboard); at >= 0 {
						own[at] = fmt.Sprintf("On m%05d", n-1)
					}
					atHome(t, dir, own...)
					return 0
				}
			})
		})
	}
}

// renameAll gives all dashboards other titles.
func renameAll(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "tower.json")
	text, err := os.ReadFile(file)
	disktest.Must(t, err)
	disktest.Must(t, os.WriteFile(file, bytes.ReplaceAll(text, []byte(`"On `), []byte(`"About `)), 0o600))
}

// atHome runs a command in a folder.
func atHome(t *testing.T, dir string, args ...string) {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	if code := Main(args, strings.NewReader(""), &out, &errs); code > app.ExitFindings {
		t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
	}
}
