package app

import (
	"os"

	"github.com/spf13/cobra"
)

// MaxArgs refuses more than n arguments.
func MaxArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return Usage("%q is one argument too many; see %s --help", args[n], cmd.CommandPath())
		}
		return nil
	}
}

// DirOf is the folder that the first argument names, empty without one.
func DirOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// ProjectFolder is the first argument when it is a folder and not the name of a site.
func ProjectFolder(args []string) string {
	if len(args) == 0 {
		return ""
	}
	if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
		return ""
	}
	return args[0]
}
