// Package names is what can be named in an open project: it finds what a name means, and
// lists names for shells that complete words, each with a tab and what is said about it.
//
// Not here: which word of which command has which names (the commands).
package names

import (
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/sources/project/workspace"
)

// Dashboards are titles with their place.
func Dashboards(w *workspace.Workspace) []string {
	var words []string
	for _, d := range w.Graph.Dashboards() {
		words = append(words, d.Title()+"\t"+strings.Join(d.ContainerPath, " / "))
	}
	return words
}

// Exposures are those of the manifests.
func Exposures(w *workspace.Workspace) []string {
	var words []string
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			words = append(words, p.Exposures[i].Name+"\texposure")
		}
	}
	return words
}

// Resources are models, sources, seeds and snapshots with their kind.
func Resources(w *workspace.Workspace) []string {
	var words []string
	for _, p := range w.Graph.Projects {
		for i := range p.Resources {
			words = append(words, p.Resources[i].Name+"\t"+p.Resources[i].Kind.String())
		}
	}
	return words
}

// Tables are those that dashboards read and dbt does not have: their canonical names, and
// the part that a word has begun.
func Tables(w *workspace.Workspace, word string) []string {
	var words []string
	unlinked(w.Graph, func(canonical string, l *lineage.Link) {
		words = append(words, ending(canonical, word)+"\t"+l.Verdict.Reason.Row().Title)
	})
	return words
}

// Places are the databases, and the schemas in them, of tables that dbt does not have.
func Places(w *workspace.Workspace, _ string) []string {
	var words []string
	unlinked(w.Graph, func(canonical string, _ *lineage.Link) {
		_, path, _ := strings.Cut(canonical, "://")
		parts := strings.Split(path, ".")
		for n := 1; n < min(len(parts), 3); n++ {
			words = append(words, strings.Join(parts[:n], ".")+"\tas the BI tool has it")
		}
	})
	return words
}

// Relations are the databases, and the schemas in them, of dbt's resources.
func Relations(w *workspace.Workspace) []string {
	var words []string
	for _, p := range w.Graph.Projects {
		for i := range p.Resources {
			if r := &p.Resources[i]; r.Database() != "" {
				words = append(words, r.Database()+"\tdatabase", r.Database()+"."+r.Schema()+"\tschema")
			}
		}
	}
	return words
}

// Pinned, Ignored and Mapped are the fixes that are kept: what can be taken away.
func Pinned(w *workspace.Workspace, _ string) []string {
	var words []string
	for _, p := range w.Store.Matches().Pins {
		words = append(words, p.Table+"\t"+p.Node)
	}
	return words
}

// Ignored is as [Pinned].
func Ignored(w *workspace.Workspace, _ string) []string {
	var words []string
	for _, i := range w.Store.Matches().Ignore {
		words = append(words, i.Table+"\t"+i.Why)
	}
	return words
}

// Mapped is as [Pinned].
func Mapped(w *workspace.Workspace, _ string) []string {
	var words []string
	for _, m := range w.Store.Matches().Maps {
		words = append(words, m.BI+"\t"+m.DBT)
	}
	return words
}

func unlinked(g *lineage.Graph, with func(canonical string, l *lineage.Link)) {
	for _, d := range g.Dashboards() {
		for i := range d.Links {
			l := &d.Links[i]
			if canonical := g.CanonicalName(l); canonical != "" && l.Verdict.Outcome != match.Matched {
				with(canonical, l)
			}
		}
	}
}

// ending is the shortest ending of a canonical name that a word begins: its table, its
// schema and table. Without one it is the whole name.
func ending(canonical, word string) string {
	_, path, _ := strings.Cut(canonical, "://")
	for at := len(path); word != "" && at >= 0; {
		at = strings.LastIndexByte(path[:at], '.')
		if strings.HasPrefix(path[at+1:], word) {
			return path[at+1:]
		}
	}
	return canonical
}
