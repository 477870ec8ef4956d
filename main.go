// Command darkroom explores dbt lineage down to Tableau dashboards and writes the
// chosen ones as dbt exposures. Run it with --demo to look around.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"darkroom/ui/cli"
)

func main() {
	collectLater()
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// collectLater lets memory grow to 32 MB before it is collected for the first time. Nearly
// all that is read at the start is kept, so that looking through it several times while it
// grows from nothing is a tenth of the time of a command, for nothing. After the first time
// all is as usual, and as GOGC says where that is set.
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const least = 4 // MB at 100 %, which Go never collects below
	const first = 100 * 32 / least
	usual := debug.SetGCPercent(first)
	runtime.AddCleanup(new(struct{ _ *int }), func(usual int) {
		if now := debug.SetGCPercent(usual); now != first { // the explorer has set its own meanwhile
			debug.SetGCPercent(now)
		}
	}, usual)
}
