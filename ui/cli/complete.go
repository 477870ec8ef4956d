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
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
	"darkroom/sources/settings"
	"darkroom/sources/trust"
	named "darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/theme"
)

const (
	// completing is how long a shell waits for names at the most: of what is not read by
	// then, none is offered. The largest projects open in half of it.
	completing = 10 * time.Second
	mostNames  = 500
)

// names offers what a word of a command can be: with a tab before what is said about it.
type names func(a *app, cmd *cobra.Command, args []string, word string) []string

// completed are the words of a command that have names.
type completed struct {
	args  []names // of each place; the last is for those that follow, too; nil is a folder
	flags map[string]names
	// orFolder: the first word can be the folder of a project, too.
	orFolder bool
}

// completions are those of all commands; "" is darkroom itself.
func completions() map[string]completed {
	fixing := map[string]names{"output": among("text", "json")}
	return map[string]completed{
		"explain": {args: []names{in(named.Dashboards), nil}, flags: map[string]names{"output": among("text", "json")}},
		"lineage": {args: []names{in(named.Resources, named.Exposures, named.Dashboards), nil}, flags: map[string]names{"select": selectorWords, "exclude": selectorWords, "output": among(lineageFormats...)}},
		"impact": {args: []names{nil}, flags: map[string]names{
			"select": selectorWords, "exclude": selectorWords, "output": among("text", "markdown", "json", "sarif", "annotations"),
			"fail-on": among("included", "certified", "views:>1000", "any", "none"),
		}},
		"decide": {args: []names{among("include", "exclude", "undecide"), in(named.Dashboards)}, flags: map[string]names{
			"select": selectorWords, "exclude": selectorWords, "output": among("text", "json"),
		}},
		"rename": {args: []names{in(named.Exposures), among()}},
		"adopt":  {args: []names{in(named.Exposures)}, flags: map[string]names{"same": in(named.Exposures)}},
		"pin":    {args: []names{kept(named.Tables, named.Pinned), in(named.Resources), among()}, flags: fixing},
		"ignore": {args: []names{kept(named.Tables, named.Ignored), among()}, flags: fixing},
		"map":    {args: []names{kept(named.Places, named.Mapped), in(named.Relations), among()}, flags: fixing},
		"sync":   {args: []names{siteNames}, orFolder: true},
		"doctor": {args: []names{siteNames}, orFolder: true, flags: map[string]names{"output": among("table", "json")}},
		"trust":  {args: []names{serverNames, among()}, flags: map[string]names{"output": among(output.Formats()...)}},
		"list": {args: []names{kindNames, nil}, flags: map[string]names{
			"select": selectorWords, "exclude": selectorWords, "sort": columnNames, "columns": columnNames, "output": among(output.Formats()...),
		}},
		"gaps":   {args: []names{nil}, flags: map[string]names{"fail-on": among(ledger.GapStates()...), "output": among("table", "json", "markdown")}},
		"export": {args: []names{nil}, flags: map[string]names{"output": among("text", "json", "markdown")}},
		"health": {args: []names{nil}, flags: map[string]names{
			"output": among("text", "json", "markdown"), "of": among(records.HealthKinds()...), "rules": among("dbt", "catalog"),
		}},
		"refresh": {args: []names{siteNames}, orFolder: true, flags: map[string]names{
			"select": selectorWords, "exclude": selectorWords, "output": among("text", "json", "markdown"), "fail-on": among("failed", "blocked", "left", "none"),
		}},
		"init":   {args: []names{nil}},
		"man":    {args: []names{nil}},
		"schema": {args: []names{among(config.Name, settings.Name), among()}},
		"":       {args: []names{nil}, flags: map[string]names{"theme": themeWords}},
	}
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

// serverNames are those of darkroom.yml, or with --forget those that are confirmed.
func serverNames(a *app, cmd *cobra.Command, _ []string, _ string) []string {
	var words []string
	if forget, err := cmd.Flags().GetBool("forget"); err == nil && forget {
		book, err := trust.Open()
		if err != nil {
			return nil
		}
		for _, r := range book.Records() {
			words = append(words, r.Server)
		}
		return words
	}
	home, _, err := a.home(nil)
	if err != nil {
		return nil
	}
	for _, s := range home.Config.Sites {
		if s.Server != "" {
			words = append(words, s.Server+"\t"+s.Name)
		}
	}
	return words
}

// folder is the project that is named so far: by --dir, or at the place of a folder.
func folder(cmd *cobra.Command, args []string) string {
	if f := cmd.Flags().Lookup("dir"); f != nil {
		return f.Value.String()
	}
	at := slices.IndexFunc(completions()[cmd.Name()].args, func(of names) bool { return of == nil })
	if at < 0 || at >= len(args) {
		return ""
	}
	return args[at]
}

// quickly reads the project for names. It writes and says nothing, and gives up after a
// moment.
func (a *app) quickly(cmd *cobra.Command, args []string, use func(context.Context, *workspace.Workspace) []string) []string {
	ctx, cancel := context.WithTimeout(cmd.Context(), completing)
	defer cancel()
	req, err := a.request(folder(cmd, args))
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

// in offers what a project has.
func in(of ...func(*workspace.Workspace) []string) names {
	return func(a *app, cmd *cobra.Command, args []string, _ string) []string {
		return a.quickly(cmd, args, func(_ context.Context, w *workspace.Workspace) []string {
			var words []string
			for _, list := range of {
				words = append(words, list(w)...)
			}
			return words
		})
	}
}

// kept offers what could be fixed or, with --remove, the fixes that there are.
func kept(open, fixed func(*workspace.Workspace, string) []string) names {
	return func(a *app, cmd *cobra.Command, args []string, word string) []string {
		of := open
		if remove, err := cmd.Flags().GetBool("remove"); err == nil && remove {
			of = fixed
		}
		return a.quickly(cmd, args, func(_ context.Context, w *workspace.Workspace) []string { return of(w, word) })
	}
}

// selectorWords are names of resources, with the signs that stand before them, and the
// fields of dashboards with their values.
func selectorWords(a *app, cmd *cobra.Command, args []string, word string) []string {
	bare := strings.TrimLeft(word, "+@0123456789")
	signs := word[:len(word)-len(bare)]
	return a.quickly(cmd, args, func(ctx context.Context, w *workspace.Workspace) []string {
		var words []string
		for _, name := range named.Resources(w) {
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
	return a.quickly(cmd, args, func(ctx context.Context, w *workspace.Workspace) []string {
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
