package explore

import (
	"context"
	"fmt"
	"io"

	"darkroom/ui/cli/app"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
)

// printTree is the explorer for pipes and dumb terminals.
func printTree(ctx context.Context, a *app.App, dir string, ascii bool) error {
	if terminal.Dumb(a.Out) {
		fmt.Fprintln(a.Err, "The terminal is dumb (TERM), so there is no full screen; this is the tree. Set TERM to what your terminal is, such as xterm-256color, or use darkroom --plain or darkroom list.")
	}
	w, err := a.Open(ctx, dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = io.WriteString(a.Out, explorer.Print(w.Graph, w.Book, ascii))
	return err
}
