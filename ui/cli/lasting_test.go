package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"

	"darkroom/model"
	"darkroom/sources/disk"
	"darkroom/sources/project/tools"
	"darkroom/ui/cli/app"
)

// lasting are commands for TestMain: darkroom in a phase that lasts until a signal
// comes. Each says on standard output where it is.
func lasting() map[string]func() {
	return map[string]func(){
		// Loading ends with its context.
		"darkroom-loading": func() {
			loadingMain(func(ctx context.Context) {
				fmt.Println("loading")
				<-ctx.Done()
			})
		},
		// Loading never ends.
		"darkroom-stuck": func() {
			loadingMain(func(ctx context.Context) {
				fmt.Println("loading")
				<-ctx.Done()
				fmt.Println("signalled")
				select {}
			})
		},
		// A write of two files, the second of which waits for a line of standard input.
		"darkroom-writing": func() {
			a := &app.App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
			os.Exit(a.Interruptible(func(ctx context.Context) int {
				_, done, err := disk.Begin(ctx)
				if err != nil {
					return app.ExitFailure
				}
				defer done()
				write := func(name string) {
					if err := os.WriteFile(name, nil, 0o600); err != nil {
						fmt.Println(err)
					}
				}
				write("first")
				fmt.Println("writing")
				<-ctx.Done()
				fmt.Println("signalled")
				_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
				write("second")
				return app.ExitOK
			}))
		},
	}
}

func loadingMain(load func(context.Context)) {
	reader := lumenReader()
	reader.Load = func(ctx context.Context, _ string, _ tools.Names) ([]*model.Site, error) {
		load(ctx)
		return nil, ctx.Err()
	}
	a := &app.App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Tools: append(tools.All(), reader)}
	os.Exit(runApp(a, os.Args[1:]))
}
