package selector

import (
	"fmt"
	"slices"
	"time"
)

// State is what an earlier run and the present one left, for the methods that compare.
type State struct {
	// Before are the nodes of the earlier manifest, by id; nil when none was read.
	Before map[string]*Node
	// MacrosBefore and Macros are the macros of both manifests, by id.
	MacrosBefore, Macros map[string]Macro
	// Results are the earlier statuses by id; nil without a run_results.json.
	Results map[string]string
	// LoadedBefore and Loaded are when sources were loaded last, in the earlier and in
	// the present sources.json; nil without that file. The zero time is an error.
	LoadedBefore, Loaded map[string]time.Time
}

// Macro is a macro as far as a change of it matters.
type Macro struct {
	Text    uint64   // hash
	Macros  []string // it calls
	Package string
	Path    string // original_file_path with forward slashes
}

// Print are the hashes of what dbt compares of a node (SELECTORS.md#state).
type Print struct {
	Body     uint64 // the SQL, the checksum of a seed
	Config   uint64 // as written, without what is only about the place and the words
	Relation Place  // as configured
	Rest     uint64 // what matters for this type besides

	Description, Columns               uint64 // their texts
	PersistsDescription, PersistsTexts bool   // config.persist_docs: of the relation, of its columns
	Contract                           uint64 // 0 when it is not enforced

	// ByPath marks a seed of which dbt compares the path, because it has more than 1 MiB.
	ByPath bool
}

// Place are the hashes of a configured place; the identifier is the alias of a model.
type Place struct{ Database, Schema, Identifier uint64 }

// stateChecks is the table of the values of state:. Before is nil for a new node.
func stateChecks() []stateCheck {
	return []stateCheck{
		{"new", func(_ *Universe, before, _ *Node) bool { return before == nil }},
		{"old", func(_ *Universe, before, _ *Node) bool { return before != nil }},
		{"modified", isModified},
		{"unmodified", func(u *Universe, before, n *Node) bool { return !isModified(u, before, n) }},
		{"modified.body", differs((*Node).isBuilt, func(a, b *Print) bool { return a.Body == b.Body })},
		{"modified.configs", differs(func(n *Node) bool { return n.Type != typeUnitTest }, func(a, b *Print) bool { return a.Config == b.Config })},
		{"modified.persisted_descriptions", differs(hasTexts, sameTexts)},
		{"modified.relation", differs(func(n *Node) bool { return n.isBuilt() || n.Type == typeSource }, func(a, b *Print) bool { return a.Relation == b.Relation })},
		{"modified.macros", func(u *Universe, _, n *Node) bool { return u.hasChangedMacro(n.Macros, map[string]bool{}) }},
		{"modified.contract", differs((*Node).isBuilt, func(a, b *Print) bool { return a.Contract == b.Contract })},
	}
}

type stateCheck struct {
	name   string
	passes func(u *Universe, before, n *Node) bool
}

func stateWords() (words []string) {
	for _, c := range stateChecks() {
		words = append(words, c.name)
	}
	return words
}

// IsState reports a value of state:.
func IsState(value string) bool { return slices.Contains(stateWords(), value) }

func hasState(u *Universe, w *Word) (func(*Node) bool, error) {
	if u.State.Before == nil {
		return nil, needsState(w, "manifest.json")
	}
	checks := stateChecks()
	check := checks[slices.IndexFunc(checks, func(c stateCheck) bool { return c.name == w.text() })]
	return func(n *Node) bool {
		if n.Uncompared || n.Gone {
			return n.Gone && (check.name == "old" || check.name == "modified")
		}
		return check.passes(u, u.State.Before[n.ID], n)
	}, nil
}

func needsState(w *Word, what string) error {
	return fmt.Errorf("selector %q needs the %s of an earlier run: name its folder with --state", w.Raw, what)
}

// isBuilt reports what dbt calls a parsed node, functions among them.
func (n *Node) isBuilt() bool { return n.isParsed() || n.Type == typeFunction }

func hasTexts(n *Node) bool { return n.Type != typeMetric && n.Type != typeSemanticModel }

// sameTexts compares the descriptions that the later one keeps in the warehouse.
func sameTexts(before, now *Print) bool {
	return (!now.PersistsDescription || before.Description == now.Description) && (!now.PersistsTexts || before.Columns == now.Columns)
}

// differs is a comparison of what only some types have; a new node differs.
func differs(has func(*Node) bool, same func(before, now *Print) bool) func(*Universe, *Node, *Node) bool {
	return func(_ *Universe, before, n *Node) bool {
		return has(n) && (before == nil || !same(before.Print, n.Print))
	}
}

// isModified is dbt's state:modified. A new source, exposure, metric, semantic model
// or saved query is not modified.
func isModified(u *Universe, before, n *Node) bool {
	if u.hasChangedMacro(n.Macros, map[string]bool{}) {
		return true
	}
	if before == nil {
		return n.isBuilt() || n.Type == typeUnitTest
	}
	return !isSame(before, n)
}

// isSame compares what dbt compares of a type; of the others the prints are equal.
func isSame(before, n *Node) bool {
	a, b := before.Print, n.Print
	moved := !slices.Equal(before.FQN, n.FQN)
	switch n.Type {
	case typeUnitTest, typeMetric, typeSemanticModel, typeSavedQuery:
		moved = false
	}
	if moved || a.Config != b.Config {
		return false
	}
	if n.Test != "" {
		return true
	}
	if n.isBuilt() && (a.Body != b.Body || a.Contract != b.Contract || !sameTexts(a, b)) {
		return false
	}
	return a.Relation == b.Relation && a.Rest == b.Rest
}

// hasChangedMacro looks at the macros of a node and at those that they call. One that
// came or went is changed.
func (u *Universe) hasChangedMacro(macros []string, seen map[string]bool) bool {
	for _, id := range macros {
		if seen[id] {
			continue
		}
		seen[id] = true
		if u.State.macroDiffers(id) || u.hasChangedMacro(u.State.Macros[id].Macros, seen) {
			return true
		}
	}
	return false
}

func hasResult(u *Universe, w *Word) (func(*Node) bool, error) {
	if u.State.Results == nil {
		return nil, needsState(w, "run_results.json")
	}
	value := w.text()
	return func(n *Node) bool { status, ok := u.State.Results[n.ID]; return ok && status == value }, nil
}

// hasSourceStatus knows one status: fresher, loaded after the earlier run or not known
// to it.
func hasSourceStatus(u *Universe, w *Word) (func(*Node) bool, error) {
	switch {
	case u.State.LoadedBefore == nil:
		return nil, needsState(w, "sources.json")
	case u.State.Loaded == nil:
		return nil, fmt.Errorf("selector %q needs sources.json beside the manifest: run `dbt source freshness`", w.Raw)
	}
	fresher := w.text() == "fresher"
	return func(n *Node) bool {
		loaded, known := u.State.Loaded[n.ID]
		before, was := u.State.LoadedBefore[n.ID]
		return fresher && known && !loaded.IsZero() && (!was || before.IsZero() || loaded.After(before))
	}, nil
}
