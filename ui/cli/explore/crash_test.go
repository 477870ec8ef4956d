package explore

import (
	"errors"
	"strings"
	"testing"

	"darkroom/ui/cli/fullscreen"
)

// After a crash it is said where the decisions are, and where to report it if that is known.
func TestAfterACrash(t *testing.T) {
	fault := &fullscreen.Crashed{What: "index out of range", Report: "/state/crash.txt"}
	for _, c := range []struct{ unsaved, want string }{
		{"/shop/.darkroom/journal", "/state/crash.txt\nyour decisions since the last save are in /shop/.darkroom/journal, "},
		{"", "/state/crash.txt\nall decisions are saved"},
	} {
		err := afterCrash(fault, c.unsaved)
		if got, ok := errors.AsType[*fullscreen.Crashed](err); !ok || got != fault || !strings.Contains(err.Error(), c.want) {
			t.Error(err)
		}
	}
	for module, want := range map[string]string{"darkroom": "", "": "", "cmd/x": "", "code.example/tools/darkroom": "https://code.example/tools/darkroom/issues"} {
		if got := issuesOf(module); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q", module, got)
		}
	}
}
