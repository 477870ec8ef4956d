package cli

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// versionText is "darkroom v1.2.3 (go1.26)". Builds from a checkout have no tag
// and say the commit instead.
func versionText() string {
	version, commit := "development", ""
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "darkroom " + version
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && version == "development" {
			commit = " " + s.Value[:12]
		}
	}
	return fmt.Sprintf("darkroom %s%s (%s)", version, commit, info.GoVersion)
}

// reportAt says where a fault can be reported: at the issues of the module's repository.
// A build from a checkout has none.
func reportAt() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return issuesOf(info.Main.Path)
}

func issuesOf(module string) string {
	host, _, inside := strings.Cut(module, "/")
	if !inside || !strings.Contains(host, ".") {
		return ""
	}
	return "\nplease report it, with that file: https://" + module + "/issues"
}

func (*app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  maxArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), versionText())
			return err
		},
	}
}
