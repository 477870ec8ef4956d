package selector

import (
	"cmp"
	"strconv"
)

// hasVersion compares a model's version with the latest one: as numbers, where both are.
func hasVersion(_ *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	return func(n *Node) bool { return versionState(n) == value }, nil
}

func versionState(n *Node) string {
	switch n.Version {
	case "":
		return "none"
	case n.LatestVersion:
		return "latest"
	}
	order := cmp.Compare(n.Version, n.LatestVersion)
	a, errA := strconv.ParseFloat(n.Version, 64)
	b, errB := strconv.ParseFloat(n.LatestVersion, 64)
	if errA == nil && errB == nil {
		order = cmp.Compare(a, b)
	}
	if order < 0 {
		return "old"
	}
	return "prerelease"
}
