package change

import (
	"reflect"
	"strings"

	"darkroom/model/selector"
)

// configured says which resources a section of dbt_project.yml configures.
func configured() map[string]string {
	return map[string]string{
		"models": "model", "seeds": "seed", "snapshots": "snapshot", "sources": "source", "exposures": "exposure", "metrics": "metric", "functions": "function",
		"semantic-models": "semantic_model", "saved-queries": "saved_query", "tests": "test", "data_tests": "test", "unit_tests": "unit_test", "analyses": "analysis",
	}
}

// isIdle reports a setting of dbt_project.yml that changes nothing of what is built: hooks
// at the start and the end of a run do not either.
func isIdle(key string) bool {
	switch key {
	case "version", "config-version", "require-dbt-version", "clean-targets", "target-path", "log-path", "packages-install-path", "profile", "query-comment",
		"docs-paths", "asset-paths", "on-run-start", "on-run-end", "dbt-cloud", "test-paths", "analysis-paths":
		return true
	}
	return false
}

// project is dbt_project.yml: a configuration reaches what is below its folder, any other
// setting the whole package.
func (f *fileWalk) project(x *File) {
	if x.Unreadable || x.Before == nil || x.After == nil {
		f.each(InProject, f.isOurs)
		return
	}
	for _, key := range bothKeys(x.Before, x.After) {
		a, b := x.Before[key], x.After[key]
		kind, isSection := configured()[key]
		switch {
		case reflect.DeepEqual(a, b), isIdle(key):
		case isSection:
			f.tree(kind, nil, mapOf(a), mapOf(b))
		default:
			f.each(InProject, f.isOurs)
		}
	}
}

// isOurs reports a node that a setting of the package reaches; the root's reach all.
func (f *fileWalk) isOurs(n *selector.Node) bool {
	return f.pkg.Name == f.in.Root || n.Package == f.pkg.Name
}

func mapOf(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// tree compares the configurations of a folder, and those below it.
func (f *fileWalk) tree(kind string, folder []string, before, after map[string]any) {
	own := false
	for _, key := range bothKeys(before, after) {
		a, b := before[key], after[key]
		if reflect.DeepEqual(a, b) || isWords(key) && strings.HasPrefix(key, "+") {
			continue
		}
		am, aIs := a.(map[string]any)
		bm, bIs := b.(map[string]any)
		isFolder := !strings.HasPrefix(key, "+") && !isConfig(key) && (aIs || a == nil) && (bIs || b == nil)
		if isFolder {
			f.tree(kind, append(folder[:len(folder):len(folder)], key), am, bm)
		} else if !isWords(key) {
			own = true
		}
	}
	if own {
		f.each(InProject, func(n *selector.Node) bool { return n.Type == kind && f.isOurs(n) && isBelow(n.FQN, folder) })
	}
}

// isConfig reports a configuration that is a map and may be written without its plus.
func isConfig(key string) bool {
	switch key {
	case "persist_docs", "meta", "grants", "contract", "freshness", "quoting", "docs", "partition_by", "constraints", "column_types", "event_time":
		return true
	}
	return false
}

func isBelow(fqn, folder []string) bool {
	if len(fqn) < len(folder) {
		return false
	}
	for i, name := range folder {
		if fqn[i] != name {
			return false
		}
	}
	return true
}
