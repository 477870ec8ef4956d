package lineage

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"darkroom/model"
)

// selectMethods are the methods of dbt that a manifest alone decides.
const selectMethods = "access config.materialized exposure file fqn group package path resource_type source tag version"

// check reports why dbt would refuse the selector that word was read from.
func (s selector) check(word string) error {
	switch {
	case s.family && s.down != 0:
		return fmt.Errorf("selector %q: @ does not go with a + at the end; leave one of them out", word)
	case s.method != "" && !slices.Contains(strings.Fields(selectMethods), s.method):
		return fmt.Errorf("selector %q: no method %q; there are %s", word, strings.TrimSuffix(s.method, ":")+":", strings.ReplaceAll(selectMethods, " ", ", "))
	case s.method == "version" && s.name != "" && !slices.Contains([]string{"latest", "old", "prerelease", "none"}, s.name):
		return fmt.Errorf("selector %q: version: takes latest, old, prerelease or none", word)
	}
	return nil
}

// answers reports whether a selector means this node.
func (n *Node) answers(method, name string) bool {
	switch {
	case n.Resource == nil:
		return method == "" && matches(name, n.Dashboard.Dashboard.Name)
	case method == "":
		return isCalled(n.Resource, name)
	case method == "package" && name == "this":
		return n.Project != nil && n.Resource.Package == n.Project.Name
	}
	return resourceHas(n.Resource, method, name)
}

// isCalled is dbt's default method, and what is commonly written for a source
// ("raw.orders") or copy from a manifest.
func isCalled(r *model.Resource, name string) bool {
	switch ext := path.Ext(name); {
	case r.ID == name, r.Kind == model.KindSource && matches(name, r.SourceName+"."+r.Name):
		return true
	case strings.Contains(name, "/"):
		return isAtPath(name, r.Path)
	case ext == ".sql" || ext == ".py" || ext == ".csv":
		return isInFile(name, r.Path)
	}
	return hasFQN(r, name) || matches(name, r.Name)
}

func resourceHas(r *model.Resource, method, value string) bool {
	switch method {
	case "fqn":
		return hasFQN(r, value)
	case "file":
		return isInFile(value, r.Path)
	case "path":
		return isAtPath(value, r.Path)
	case "tag":
		return slices.ContainsFunc(r.Tags, func(t string) bool { return matches(value, t) })
	case "group":
		return matches(value, r.Group)
	case "access":
		return r.Access == value
	case "package":
		return matches(value, r.Package)
	case "resource_type":
		return r.Kind.String() == value
	case "config.materialized":
		return r.Materialized == value
	case "source":
		return isOfSource(r, value)
	case "version":
		return r.Kind == model.KindModel && versionState(r) == value
	}
	return false
}

// hasFQN is dbt's match of an FQN: the name itself, or the first parts of the
// FQN with or without the package. From the first wildcard on the pattern has to
// fit all of the rest, dots included.
func hasFQN(r *model.Resource, value string) bool {
	if value == r.Name || r.Version != "" && (value == r.Name+".v"+r.Version || value == r.Name+"_v"+r.Version) {
		return true
	}
	if len(r.FQN) == 0 {
		return false
	}
	want := strings.Split(value, ".")
	return startsFQN(r.FQN, want) || r.FQN[0] == r.Package && startsFQN(r.FQN[1:], want)
}

func startsFQN(fqn, want []string) bool {
	parts := strings.Split(strings.Join(fqn, "."), ".") // dots in names part, too
	if len(want) > len(parts) {
		return false
	}
	for i, w := range want {
		if strings.ContainsAny(w, "*?[]") {
			return matches(strings.Join(want[i:], "."), strings.Join(parts[i:], "."))
		}
		if w != parts[i] {
			return false
		}
	}
	return true
}

// isAtPath reports a file, or one in a folder, that the pattern means; ** is any
// number of folders.
func isAtPath(pattern, file string) bool {
	if file == "" {
		return false
	}
	want, parts := strings.Split(path.Clean(pattern), "/"), strings.Split(file, "/")
	if want[0] == "." {
		want = want[1:]
	}
	want = append(want, "**") // all of a folder
	w, retry, from := 0, -1, 0
	for i := 0; i < len(parts); {
		switch {
		case w < len(want) && want[w] == "**":
			w++
			retry, from = w, i
		case w < len(want) && matches(want[w], parts[i]):
			w, i = w+1, i+1
		case retry >= 0:
			from++
			w, i = retry, from
		default:
			return false
		}
	}
	return strings.Trim(strings.Join(want[w:], ""), "*") == ""
}

func isInFile(pattern, file string) bool {
	base := path.Base(file)
	return file != "" && (matches(pattern, base) || matches(pattern, strings.TrimSuffix(base, path.Ext(base))))
}

// isOfSource takes source, source.table, package.source and package.source.table.
func isOfSource(r *model.Resource, value string) bool {
	if r.Kind != model.KindSource {
		return false
	}
	all := func(want []string, names ...string) bool {
		return len(want) == len(names) && slices.EqualFunc(want, names, matches)
	}
	want := strings.Split(value, ".")
	return all(want, r.SourceName) || all(want, r.SourceName, r.Name) || all(want, r.Package, r.SourceName) || all(want, r.Package, r.SourceName, r.Name)
}

func versionState(r *model.Resource) string {
	switch r.Version {
	case "":
		return "none"
	case r.LatestVersion:
		return "latest"
	}
	order := cmp.Compare(r.Version, r.LatestVersion)
	a, errA := strconv.ParseFloat(r.Version, 64)
	b, errB := strconv.ParseFloat(r.LatestVersion, 64)
	if errA == nil && errB == nil {
		order = cmp.Compare(a, b)
	}
	if order < 0 {
		return "old"
	}
	return "prerelease"
}

// shellSyntax turns fnmatch's syntax into that of path.Match: its * crosses
// slashes, its sets are negated with !, its backslash is a plain character.
func shellSyntax(pattern string) string {
	return strings.NewReplacer(`\`, `\\`, "[!", "[^", "/", "\x00").Replace(pattern)
}

func matches(pattern, s string) bool {
	if pattern == s {
		return true
	}
	if !strings.ContainsAny(pattern, "*?[") {
		return false
	}
	ok, err := path.Match(shellSyntax(pattern), strings.ReplaceAll(s, "/", "\x00"))
	return err == nil && ok
}
