package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"darkroom/ui/text"
)

// strictCompletion makes cobra's completion command refuse what is not a shell; on
// its own it prints its help and calls that a success.
func strictCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("%q is not a shell that is known; use bash, zsh, fish or powershell", args[0])
			}
			return usage("say which shell: bash, zsh, fish or powershell")
		}
		for _, shell := range cmd.Commands() {
			shell.Args = maxArgs(0)
		}
	}
}

// completeNames has shells complete names of sites, models, dashboards, exposures, fields
// and columns. It never fails: where nothing can be read, nothing is offered.
func (a *app) completeNames(root *cobra.Command) {
	all := completions()
	for _, cmd := range append(root.Commands(), root) {
		c := all[cmd.Name()]
		if cmd == root {
			c = all[""]
		}
		if len(c.args) > 0 {
			cmd.ValidArgs = nil
			cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
				of := c.args[min(len(args), len(c.args)-1)]
				if of == nil {
					return nil, cobra.ShellCompDirectiveFilterDirs
				}
				words, directive := a.offer(of, cmd, args, word)
				if c.orFolder && len(args) == 0 && len(words) == 0 {
					return nil, cobra.ShellCompDirectiveFilterDirs
				}
				return words, directive
			}
		}
		if cmd.Flags().Lookup("dir") != nil {
			_ = cmd.MarkFlagDirname("dir") // fails only where it is not there
		}
		for flag, of := range c.flags {
			if cmd.Flags().Lookup(flag) == nil {
				continue
			}
			_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
				return a.offer(of, cmd, args, word)
			}) // fails only for one that has a function
		}
	}
}

// offer keeps what a shell can take: names that begin with the word, on one line and as
// they are. One that has to be cleaned would not be found by its name.
func (a *app) offer(of names, cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	var out []string
	seen := map[string]bool{}
	for _, offered := range of(a, cmd, args, word) {
		name, about, described := strings.Cut(offered, "\t")
		if !strings.HasPrefix(name, word) || text.Clean(name) != name || seen[name] || len(out) == mostNames {
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
