package workspace

import (
	"fmt"
	"path/filepath"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/project/intent"
)

// endInterrupted recovers exports that were interrupted, where this process may write, and
// reports them.
func (w *Workspace) endInterrupted() {
	_, readOnly := w.Store.ReadOnly()
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			continue
		}
		if files := intent.In(p.Root); readOnly {
			if intent.Pending(files) {
				w.Warnings = append(w.Warnings, "an export into "+p.Root+" was interrupted or is still running; darkroom export recovers it")
			}
		} else if done, err := intent.Recover(files); err != nil {
			w.Warnings = append(w.Warnings, fmt.Sprintf("an export was interrupted and cannot be recovered: %s: %v", filepath.Join(p.Root, config.Dir), err))
		} else if done.Found {
			w.Warnings = append(w.Warnings, outcome(p.Root, done))
		}
	}
}

// outcome says what to do, which a line of the screen has room for, then what became of
// the files.
func outcome(root string, r intent.Recovered) string {
	var parts []string
	for _, c := range []struct {
		what  string
		files []string
	}{
		{"restored: ", r.Undone},
		{"finished: ", r.Finished},
		{"left unchanged, because it was edited since: ", r.Edited},
	} {
		if len(c.files) > 0 {
			parts = append(parts, c.what+strings.Join(c.files, ", "))
		}
	}
	if len(parts) == 0 {
		return "an export into " + root + " was interrupted: all its files were written"
	}
	return "an export was interrupted; run it again (" + root + ": " + strings.Join(parts, "; ") + ")"
}
