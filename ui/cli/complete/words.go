package complete

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model/health"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/sources/trust"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/records"
)

// Among offers fixed words.
func Among(words ...string) Names {
	return func(Asked) []string { return words }
}

// Kinds are what can be listed.
func Kinds(Asked) []string {
	var words []string
	for _, k := range records.Kinds() {
		words = append(words, k.Name+"\t"+k.About)
	}
	return words
}

// Sites are those of darkroom.yml.
func Sites(q Asked) []string {
	home, _, err := q.Home(q.Args)
	if err != nil {
		return nil
	}
	var words []string
	for _, s := range home.Config.Sites {
		if !slices.Contains(q.Args, s.Name) {
			words = append(words, s.Name+"\t"+s.Server)
		}
	}
	return words
}

// Servers are those of darkroom.yml, or with --forget those that are confirmed.
func Servers(q Asked) []string {
	var words []string
	if forget, err := q.Cmd.Flags().GetBool("forget"); err == nil && forget {
		book, err := trust.Open()
		if err != nil {
			return nil
		}
		for _, r := range book.Records() {
			words = append(words, r.Server)
		}
		return words
	}
	home, _, err := q.Home(nil)
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

// completing is how long a shell waits for names at the most: of what is not read by
// then, none is offered. The largest projects open in half of it.
const completing = 10 * time.Second

// quickly reads the project for names. It writes and says nothing, and gives up after a
// moment.
func (q Asked) quickly(use func(context.Context, *workspace.Workspace) []string) []string {
	ctx, cancel := context.WithTimeout(q.Cmd.Context(), completing)
	defer cancel()
	req, err := q.Request(q.dir)
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

// In offers what a project has.
func In(of ...func(*workspace.Workspace) []string) Names {
	return func(q Asked) []string {
		return q.quickly(func(_ context.Context, w *workspace.Workspace) []string {
			var words []string
			for _, list := range of {
				words = append(words, list(w)...)
			}
			return words
		})
	}
}

// Kept offers what could be fixed or, with --remove, the fixes that there are.
func Kept(open, fixed func(*workspace.Workspace, string) []string) Names {
	return func(q Asked) []string {
		of := open
		if remove, err := q.Cmd.Flags().GetBool("remove"); err == nil && remove {
			of = fixed
		}
		return q.quickly(func(_ context.Context, w *workspace.Workspace) []string { return of(w, q.Word) })
	}
}

// Selecting are the words of the flags that choose nodes, with those of further flags.
func Selecting(more map[string]Names) map[string]Names {
	flags := map[string]Names{"select": selectors, "exclude": selectors}
	maps.Copy(flags, more)
	return flags
}

// Nodes are names of resources, with the signs that come before them.
func Nodes(q Asked) []string {
	return q.quickly(func(_ context.Context, w *workspace.Workspace) []string { return q.nodes(w) })
}

func (q Asked) nodes(w *workspace.Workspace) (words []string) {
	bare := strings.TrimLeft(q.Word, "+@0123456789")
	signs := q.Word[:len(q.Word)-len(bare)]
	for _, name := range names.Resources(w) {
		words = append(words, signs+name)
	}
	return words
}

// selectors are those, and the fields of dashboards with their values.
func selectors(q Asked) []string {
	return q.quickly(func(ctx context.Context, w *workspace.Workspace) []string {
		words := q.nodes(w)
		known := query.Known{Graph: w.Graph, Book: w.Book, Now: q.Today()}
		known.Health, _ = health.New(ctx, w.Graph, q.Judging(w.Graph)) // the only error is the end of ctx
		for _, s := range known.Complete(q.Word) {
			words = append(words, s.Text+"\t"+s.Note)
		}
		return words
	})
}

// Columns are the columns of what is listed; those before a comma stay.
func Columns(q Asked) []string {
	kinds := records.Kinds()
	at := slices.IndexFunc(kinds, func(k records.Kind) bool { return len(q.Args) > 0 && k.Name == q.Args[0] })
	if at < 0 {
		return nil
	}
	before := q.Word[:strings.LastIndexByte(q.Word, ',')+1]
	return q.quickly(func(ctx context.Context, w *workspace.Workspace) []string {
		l, err := kinds[at].List(ctx, w, query.Found{}, records.When{Today: q.Today(), Health: q.Judging(w.Graph)})
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
