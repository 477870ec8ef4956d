package explore

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"darkroom/ui/cli/fullscreen"
)

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

// afterCrash adds to the error of a crash where the decisions are and where it can be
// reported.
func afterCrash(err error, unsaved string) error {
	more := "\nall decisions are saved"
	if unsaved != "" {
		more = "\nyour decisions since the last save are in " + unsaved + ", and darkroom takes them from there at the next start"
	}
	if c, ok := errors.AsType[*fullscreen.Crashed](err); !ok || !c.Quit {
		more += reportAt()
	}
	return fmt.Errorf("%w%s", err, more)
}
