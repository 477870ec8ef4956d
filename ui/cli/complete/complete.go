// Package complete is what shells offer for the words and flags of commands. It never
// fails: where nothing can be read, nothing is offered.
//
// Not here: the names that a project has (ui/cli/names), scripts for shells (cobra).
package complete

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/ui/cli/app"
	"darkroom/ui/text"
)

// mostNames is how many names a shell gets at the most.
const mostNames = 500

// Asked is what a shell asks about.
type Asked struct {
	*app.App
	Cmd  *cobra.Command
	Args []string // before the word
	Word string   // as far as it is typed
	dir  string   // the project, as far as it is named
}

// Names offers what a word of a command can be: with a tab before what is said about it.
// Nil is a folder.
type Names func(q Asked) []string

// Words are those of a command that have names.
type Words struct {
	Args     []Names            // of each place; the last is for those that follow, too
	After    map[string][]Names // the same after a first word that changes what follows
	Flags    map[string]Names
	OrFolder bool // the first word can be the folder of a project, too
}

// Of has shells complete the words of a command.
func (w Words) Of(a *app.App, cmd *cobra.Command) {
	if len(w.Args) > 0 {
		cmd.ValidArgs = nil
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			places := w.places(args)
			of := places[min(len(args), len(places)-1)]
			if of == nil {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
			words, directive := of.offer(w.asked(a, cmd, args, word))
			if w.OrFolder && len(args) == 0 && len(words) == 0 {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
			return words, directive
		}
	}
	if cmd.Flags().Lookup("dir") != nil {
		_ = cmd.MarkFlagDirname("dir") // fails only where it is not there
	}
	for flag, of := range w.Flags {
		_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			return of.offer(w.asked(a, cmd, args, word))
		}) // fails only for one that has a function, or that is not there, which a test finds
	}
}

// places are what each word can be.
func (w Words) places(args []string) []Names {
	if len(args) > 0 && w.After[args[0]] != nil {
		return w.After[args[0]]
	}
	return w.Args
}

// asked adds the project that is named so far: by --dir, or at the place of a folder.
func (w Words) asked(a *app.App, cmd *cobra.Command, args []string, word string) Asked {
	q := Asked{App: a, Cmd: cmd, Args: args, Word: word}
	at := slices.IndexFunc(w.places(args), func(of Names) bool { return of == nil })
	if f := cmd.Flags().Lookup("dir"); f != nil {
		q.dir = f.Value.String()
	} else if at >= 0 && at < len(args) {
		q.dir = args[at]
	}
	return q
}

// offer keeps what a shell can take: names that begin with the word, on one line and as
// they are. One that has to be cleaned would not be found by its name.
func (of Names) offer(q Asked) ([]string, cobra.ShellCompDirective) {
	var out []string
	seen := map[string]bool{}
	for _, offered := range of(q) {
		name, about, described := strings.Cut(offered, "\t")
		if !strings.HasPrefix(name, q.Word) || text.Clean(name) != name || seen[name] || len(out) == mostNames {
			continue
		}
		seen[name] = true
		if described {
			name += "\t" + text.Clean(about)
		}
		out = append(out, name)
	}
	directive := cobra.ShellCompDirectiveNoFileComp
	if len(out) == 1 && strings.HasSuffix(out[0], ":") {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return out, directive
}
