package app

import (
	"fmt"
	"runtime/debug"
)

// Version is "darkroom v1.2.3 (go1.26)". Builds from a checkout have no tag
// and say the commit instead.
func Version() string {
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
