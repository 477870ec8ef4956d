package selector

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"darkroom/model/selector/glob"
)

// method is one row of the table: a word before the colon and what it means.
type method struct {
	name string
	// over says which nodes it looks at.
	over func(*Node) bool
	// test makes the test that a node of those has to pass.
	test func(u *Universe, w *Word) (func(*Node) bool, error)
	// takes says what values there are when this is none of them; nil takes any.
	takes func(value string) string
	// names are the values by which a node is found, for what is near a wrong one.
	names func(*Node) []string
}

// methods is the table (SELECTORS.md#methods).
func methods() []method {
	return []method{
		{"access", isModel, oneOf(func(n *Node) string { return n.Access }), nil, one(func(n *Node) string { return n.Access })},
		{"config", isConfigurable, hasConfig, nil, nil},
		{typeDashboard, isType(typeDashboard), like(func(n *Node) string { return n.Name }), nil, one(func(n *Node) string { return n.Name })},
		{typeExposure, isType(typeExposure), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{"file", isAny, isInFile, nil, one(func(n *Node) string { return path.Base(n.Path) })},
		{"fqn", isNoSource, hasFQN, nil, namesOfFQN},
		{typeFunction, isType(typeFunction), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{"group", isGroupable, like(func(n *Node) string { return n.Group }), nil, one(func(n *Node) string { return n.Group })},
		{typeMetric, isType(typeMetric), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{"package", isAny, inPackage, nil, one(func(n *Node) string { return n.Package })},
		{"path", isAny, isAtPath, relative, one(func(n *Node) string { return n.Path })},
		{"resource_type", isAny, oneOf(func(n *Node) string { return n.Type }), among(resourceTypes()...), nil},
		{"result", isAny, hasResult, nil, nil},
		{typeSavedQuery, isType(typeSavedQuery), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{"selector", isAny, isDefined, nil, nil},
		{typeSemanticModel, isType(typeSemanticModel), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{typeSource, isType(typeSource), isOfSource, upTo(3, "a source, source.table, or package.source.table"), namesOfSource},
		{"source_status", isAny, hasSourceStatus, nil, nil},
		{"state", isAny, hasState, among(stateWords()...), nil},
		{"tag", isAny, isTagged, nil, func(n *Node) []string { return n.Tags }},
		{"test_name", isTestNode, hasTestName, nil, one(testName)},
		{"test_type", isTestNode, hasTestType, takesTestType, nil},
		{typeUnitTest, isType(typeUnitTest), isCalled, upTo(2, "a name, or package.name"), one(name)},
		{"version", isModel, hasVersion, among("latest", "old", "prerelease", "none"), nil},
	}
}

func methodCalled(name string) *method {
	all := methods()
	if i := slices.IndexFunc(all, func(m method) bool { return m.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// IsMethod reports a method with or without arguments, "config.materialized".
func IsMethod(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	return methodCalled(name) != nil
}

// MethodNames lists the methods by the alphabet.
func MethodNames() (names []string) {
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

func isAny(n *Node) bool          { return n.Type != typeDashboard }
func isModel(n *Node) bool        { return n.Type == typeModel }
func isNoSource(n *Node) bool     { return n.Type != typeSource && n.Type != typeDashboard }
func isConfigurable(n *Node) bool { return n.isParsed() || n.Type == typeSource }
func isGroupable(n *Node) bool    { return n.isParsed() || n.Type == typeMetric }
func isTestNode(n *Node) bool     { return n.isTest() }

func isType(word string) func(*Node) bool {
	return func(n *Node) bool { return n.Type == word }
}

func name(n *Node) string { return n.Name }

func one(of func(*Node) string) func(*Node) []string {
	return func(n *Node) []string {
		if s := of(n); s != "" {
			return []string{s}
		}
		return nil
	}
}

// like compares with wildcards, oneOf without.
func like(of func(*Node) string) func(*Universe, *Word) (func(*Node) bool, error) {
	return func(_ *Universe, w *Word) (func(*Node) bool, error) {
		value := w.text()
		return func(n *Node) bool { s := of(n); return s != "" && glob.Match(value, s) }, nil
	}
}

func oneOf(of func(*Node) string) func(*Universe, *Word) (func(*Node) bool, error) {
	return func(_ *Universe, w *Word) (func(*Node) bool, error) {
		value := w.text()
		return func(n *Node) bool { s := of(n); return s != "" && s == value }, nil
	}
}

// text is the value as a method without types reads it.
func (w *Word) text() string {
	if s, ok := w.Value.(string); ok {
		return s
	}
	return fmt.Sprint(w.Value)
}

func among(words ...string) func(string) string {
	return func(value string) string {
		if slices.Contains(words, value) {
			return ""
		}
		return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
	}
}

func upTo(parts int, what string) func(string) string {
	return func(value string) string {
		if strings.Count(value, ".") < parts {
			return ""
		}
		return what
	}
}

func relative(value string) string {
	if strings.HasPrefix(value, "/") || strings.Trim(value, "./") == "" && !strings.Contains(value, "..") {
		return "a path below the project's folder"
	}
	return ""
}

func resourceTypes() []string {
	return []string{
		"analysis", "doc", typeExposure, "fixture", typeFunction, "group", "macro", typeMetric, typeModel, "operation", typeSavedQuery, "seed", typeSemanticModel,
		"snapshot", typeSource, "sql_operation", typeTest, typeUnitTest,
	}
}

func inPackage(u *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	return func(n *Node) bool {
		if value == "this" && n.Project != "" {
			return n.Package == n.Project
		}
		return glob.Match(value, n.Package)
	}, nil
}

func isTagged(_ *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	return func(n *Node) bool {
		return slices.ContainsFunc(n.Tags, func(tag string) bool { return glob.Match(value, tag) })
	}, nil
}

func isInFile(_ *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	return func(n *Node) bool {
		base := path.Base(n.Path)
		return n.Path != "" && (glob.Match(value, base) || glob.Match(value, strings.TrimSuffix(base, path.Ext(base))))
	}, nil
}

func isAtPath(u *Universe, w *Word) (func(*Node) bool, error) {
	found := map[string]map[string]bool{}
	for project, files := range u.files {
		found[project] = files.Found(w.text())
	}
	return func(n *Node) bool {
		paths := found[n.Project]
		return n.Path != "" && glob.Within(paths, n.Path) || n.PatchPath != "" && paths[n.PatchPath]
	}, nil
}

// isCalled takes name and package.name.
func isCalled(_ *Universe, w *Word) (func(*Node) bool, error) {
	pkg, name, ok := strings.Cut(w.text(), ".")
	if !ok {
		pkg, name = "*", pkg
	}
	return func(n *Node) bool { return glob.Match(pkg, n.Package) && glob.Match(name, n.Name) }, nil
}

func isOfSource(_ *Universe, w *Word) (func(*Node) bool, error) {
	parts := strings.Split(w.text(), ".")
	if len(parts) == 1 {
		parts = append(parts, "*")
	}
	if len(parts) == 2 {
		parts = append([]string{"*"}, parts...)
	}
	return func(n *Node) bool {
		return glob.Match(parts[0], n.Package) && glob.Match(parts[1], n.SourceName) && glob.Match(parts[2], n.Name)
	}, nil
}

func namesOfSource(n *Node) []string { return []string{n.SourceName, n.SourceName + "." + n.Name} }
