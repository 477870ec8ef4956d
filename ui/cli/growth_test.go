package cli

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model/growth"
)

// lastDashboard is replaced by the title of the project's last one.
const lastDashboard = "LAST"

// What a command does grows with the size of the project, not with the square of it.
func TestCommandsGrowWithTheProject(t *testing.T) {
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
		{"export", "--check"},
		{"adopt"},
		{"adopt", "--all"},
		{"sync", "--diff", "tower.json", "tower.json"},
		{},
	} {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			growth.Check(t, 200, func(n int) growth.Run {
				dir := grownProject(t, n)
				if slices.Contains(args, "--check") {
					atHome(t, dir, "export", "--all")
				}
				return func() int {
					own := slices.Clone(args)
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

// atHome runs a command in a folder.
func atHome(t *testing.T, dir string, args ...string) {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	if code := Main(args, strings.NewReader(""), &out, &errs); code > exitFindings {
		t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
	}
}
