// Package cli is the command line: Main runs one, testable in process, and commands is the
// list of all commands.
//
// Not here: the commands themselves (one file each in ui/cli/setup, ui/cli/ask,
// ui/cli/decide, ui/cli/write, ui/cli/operate and ui/cli/about; without a command
// ui/cli/explore), and what they share (ui/cli/app).
package cli

import (
	"context"
	"io"

	"darkroom/ui/cli/app"

	_ "darkroom/ui/dark" // before bubbletea: keeps every command quiet and instant
)

// Main runs one command line and returns its exit code. It never exits itself.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return runApp(&app.App{In: stdin, Out: stdout, Err: stderr}, args)
}

// runApp is Main for an app that may have other tools than darkroom's.
func runApp(a *app.App, args []string) int {
	defer a.Close()
	return a.Interruptible(func(ctx context.Context) int { return execute(ctx, a, args) })
}

func execute(ctx context.Context, a *app.App, args []string) int {
	root := tree(a)
	root.SetArgs(args)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	return a.End(ctx, root.ExecuteContext(ctx))
}
