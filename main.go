// Command darkroom explores dbt lineage down to Tableau dashboards and writes the
// chosen ones as dbt exposures. Run it with --demo to look around.
package main

import (
	"os"

	"darkroom/ui/cli"
	"darkroom/ui/cli/memory"
)

func main() {
	memory.Start()
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
