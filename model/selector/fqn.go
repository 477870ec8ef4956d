package selector

import (
	"strings"

	"darkroom/model/selector/glob"
)

// hasFQN is dbt's match of a name: the name itself, or the first parts of the FQN,
// with or without the package (SELECTORS.md#names).
func hasFQN(_ *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	want := strings.Split(value, ".")
	return func(n *Node) bool {
		versioned := n.Type == typeModel && n.Version != ""
		return isNamed(n.FQN, value, want, versioned) || len(n.FQN) > 0 && isNamed(n.FQN[1:], value, want, versioned)
	}, nil
}

func isNamed(fqn []string, value string, want []string, versioned bool) bool {
	if len(fqn) == 0 {
		return false
	}
	leaf := fqn[len(fqn)-1]
	if versioned && len(fqn) > 1 {
		last := fqn[len(fqn)-2:]
		leaf = last[0]
		if strings.Join(last, "_") == strings.Join(want[max(0, len(want)-2):], "_") {
			return true
		}
	}
	if leaf == value {
		return true
	}
	parts := fqn
	if strings.Contains(strings.Join(fqn, ""), ".") { // a dot in a name parts it, too
		parts = strings.Split(strings.Join(fqn, "."), ".")
	}
	return len(parts) >= len(want) && begins(parts, want) || len(want) == 1 && strings.ContainsAny(value, "*?[]") && glob.Match(value, leaf)
}

// begins reports that the parts begin with what is wanted. From the first wildcard on
// the pattern has to fit all of the rest.
func begins(parts, want []string) bool {
	for i, w := range want {
		if strings.ContainsAny(w, "*?[]") {
			return glob.Match(strings.Join(want[i:], "."), strings.Join(parts[i:], "."))
		}
		if parts[i] != w {
			return false
		}
	}
	return true
}

// namesOfFQN are the names that select a node: its own, and those of the folders
// above it.
func namesOfFQN(n *Node) []string {
	names := []string{n.Name}
	if len(n.FQN) > 2 {
		for i := 2; i < len(n.FQN); i++ {
			names = append(names, strings.Join(n.FQN[1:i], "."))
		}
	}
	return names
}
