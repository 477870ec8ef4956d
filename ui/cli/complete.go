package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/health"
	"darkroom/model/ledger"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

const (
	// completing is how long a shell waits for names: of what is not read by then, none
	// is offered.
	completing = 2 * time.Second
	mostNames  = 500
)

// names offers what a word of a command can be: with a tab before what is said about it.
type names func(a *app, cmd *cobra.Command, args []string, word string) []string

// completed are the words of a command that have names.
type completed struct {
	args  []names // of each place; the last is for those that follow, too; nil is a folder
	flags map[string]names
}

// completions are those of all commands; "" is darkroom itself.
func completions() map[string]completed {
	return map[string]completed{
		"explain": {args: []names{dashboardNames, nil}},
		"lineage": {args: []names{nodeNames, nil}, flags: map[string]names{"select": selectorWords, "exclude": selectorWords, "output": among(lineageFormats...)}},
		"impact":  {flags: map[string]names{"select": selectorWords, "exclude": selectorWords, "output": among("text", "markdown", "json")}},
		"decide":  {args: []names{among("include", "exclude", "undecide"), dashboardNames}, flags: map[string]names{"select": selectorWords, "exclude": selectorWords}},
		"rename":  {args: []names{exposureNames, among()}},
		"adopt":   {args: []names{exposureNames}, flags: map[string]names{"same": exposureNames}},
		"sync":    {args: []names{siteNames}},
		"doctor":  {args: []names{siteNames}, flags: map[string]names{"output": among("table", "json")}},
		"list": {args: []names{kindNames, nil}, flags: map[string]names{
			"select": selectorWords, "exclude": selectorWords, "sort": columnNames, "columns": columnNames, "output": among(output.Formats()...),
		}},
		"gaps":   {flags: map[string]names{"fail-on": among(ledger.GapStates()...), "output": among("table", "json", "markdown")}},
		"export": {flags: map[string]names{"output": among("text", "json", "markdown")}},
		"":       {flags: map[string]names{"theme": themeWords}},
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
				return a.offer(of, cmd, args, word)
			}
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

// among offers fixed words.
func among(words ...string) names {
	return func(*app, *cobra.Command, []string, string) []string { return words }
}

func themeWords(*app, *cobra.Command, []string, string) []string {
	var words []string
	for _, name := range theme.Names() {
		words = append(words, string(name))
	}
	return words
}

func kindNames(*app, *cobra.Command, []string, string) []string {
	var words []string
	for _, k := range records.Kinds() {
		words = append(words, k.Name+"\t"+k.About)
	}
	return words
}

// siteNames are those of darkroom.yml.
func siteNames(a *app, _ *cobra.Command, args []string, _ string) []string {
	home, _, err := a.home(args)
	if err != nil {
		return nil
	}
	var words []string
	for _, s := range home.Config.Sites {
		if !slices.Contains(args, s.Name) {
			words = append(words, s.Name+"\t"+s.Server)
		}
	}
	return words
}

// quickly reads the project of the current folder, or of --dir, for names. It writes and
// says nothing, and gives up after a moment.
func (a *app) quickly(cmd *cobra.Command, use func(context.Context, *workspace.Workspace) []string) []string {
	ctx, cancel := context.WithTimeout(cmd.Context(), completing)
	defer cancel()
	dir := ""
	if f := cmd.Flags().Lookup("dir"); f != nil {
		dir = f.Value.String()
	}
	req, err := a.request(dir)
	if err != nil {
		return nil
	}
	req.ReadOnly = true
	w, err := workspace.Open(ctx, req)
	if err != nil {
		return nil
	}
	defer w.Close()
	return use(ctx, w)
}

func dashboardNames(a *app, cmd *cobra.Command, _ []string, _ string) []string {
	return a.quickly(cmd, func(_ context.Context, w *workspace.Workspace) []string { return dashboardsOf(w) })
}

func dashboardsOf(w *workspace.Workspace) []string {
	var words []string
	for _, d := range w.Graph.Dashboards() {
		words = append(words, d.Title()+"\t"+strings.Join(d.ContainerPath, " / "))
	}
	return words
}

func exposuresOf(w *workspace.Workspace) []string {
	var words []string
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			words = append(words, p.Exposures[i].Name+"\texposure")
		}
	}
	return words
}

func exposureNames(a *app, cmd *cobra.Command, _ []string, _ string) []string {
	return a.quickly(cmd, func(_ context.Context, w *workspace.Workspace) []string { return exposuresOf(w) })
}

func resourcesOf(w *workspace.Workspace) []string {
	var words []string
	for _, p := range w.Graph.Projects {
		for i := range p.Resources {
			words = append(words, p.Resources[i].Name+"\t"+p.Resources[i].Kind.String())
		}
	}
	return words
}

func nodeNames(a *app, cmd *cobra.Command, _ []string, _ string) []string {
	return a.quickly(cmd, func(_ context.Context, w *workspace.Workspace) []string {
		return append(append(resourcesOf(w), exposuresOf(w)...), dashboardsOf(w)...)
	})
}

// selectorWords are names of resources, with the signs that stand before them, and the
// fields of dashboards with their values.
func selectorWords(a *app, cmd *cobra.Command, _ []string, word string) []string {
	bare := strings.TrimLeft(word, "+@0123456789")
	signs := word[:len(word)-len(bare)]
	return a.quickly(cmd, func(ctx context.Context, w *workspace.Workspace) []string {
		var words []string
		for _, name := range resourcesOf(w) {
			words = append(words, signs+name)
		}
		known := query.Known{Graph: w.Graph, Book: w.Book, Now: a.today()}
		known.Health, _ = health.New(ctx, w.Graph, a.judging(w.Graph)) // the only error is the end of ctx
		for _, s := range known.Complete(word) {
			words = append(words, s.Text+"\t"+s.Note)
		}
		return words
	})
}

// columnNames are the columns of what is listed; those before a comma stay.
func columnNames(a *app, cmd *cobra.Command, args []string, word string) []string {
	kinds := records.Kinds()
	at := slices.IndexFunc(kinds, func(k records.Kind) bool { return len(args) > 0 && k.Name == args[0] })
	if at < 0 {
		return nil
	}
	before := word[:strings.LastIndexByte(word, ',')+1]
	return a.quickly(cmd, func(ctx context.Context, w *workspace.Workspace) []string {
		l, err := kinds[at].List(ctx, w, query.Found{}, records.When{Today: a.today(), Health: a.judging(w.Graph)})
		if err != nil {
			return nil
		}
		var words []string
		for _, name := range l.Header {
			words = append(words, before+strings.ReplaceAll(name, " ", "_"))
		}
		return words
	})
}
