package workspace

import (
	"fmt"
	"path/filepath"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/project/intent"
)

// endInterrupted ends the exports that were cut off, where this process may write, and
// says so.
func (w *Workspace) endInterrupted() {
	_, readOnly := w.Store.ReadOnly()
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			continue
		}
		if files := intent.In(p.Root); readOnly {
			if intent.Pending(files) {
				w.Warnings = append(w.Warnings, "an export into "+p.Root+" was cut off, or is being written; darkroom export ends it")
			}
		} else if done, err := intent.Recover(files); err != nil {
			w.Warnings = append(w.Warnings, fmt.Sprintf("an export was cut off and could not be ended: %s: %v", filepath.Join(p.Root, config.Dir), err))
		} else if done.Found {
			w.Warnings = append(w.Warnings, "an export into "+p.Root+" was cut off: "+outcome(done))
		}
	}
}

// outcome says what became of the files.
func outcome(r intent.Recovered) string {
	var parts []string
	for _, c := range []struct {
		files []string
		what  string
	}{
		{r.Undone, "as before it again"},
		{r.Finished, "written now"},
		{r.Edited, "edited since, left as it is"},
	} {
		if len(c.files) > 0 {
			parts = append(parts, strings.Join(c.files, ", ")+" "+c.what)
		}
	}
	if len(parts) == 0 {
		return "every file is whole"
	}
	return strings.Join(parts, "; ") + "; darkroom export writes what is missing"
}
