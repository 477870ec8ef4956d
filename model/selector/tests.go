package selector

import (
	"strings"

	"darkroom/model/selector/glob"
)

// testName is the definition's name of a generic test and the own one of a unit test;
// a test in a file of its own has none here.
func testName(n *Node) string {
	if n.Type == typeUnitTest {
		return n.Name
	}
	return n.Test
}

func hasTestName(_ *Universe, w *Word) (func(*Node) bool, error) {
	value := w.text()
	return func(n *Node) bool {
		name := testName(n)
		return name != "" && glob.Match(value, name)
	}, nil
}

// testTypes says which kinds of tests a value of test_type means. dbt takes the
// beginning, the end and any other piece of most of these words for the word.
func testTypes(value string) (generic, singular, unit, ok bool) {
	switch {
	case value == "generic", value == "schema":
		return true, false, false, true
	case strings.Contains("data", value):
		return true, true, false, true
	case strings.Contains("singular", value):
		return false, true, false, true
	case strings.Contains("unit", value):
		return false, false, true, true
	}
	return false, false, false, false
}

func takesTestType(value string) string {
	if _, _, _, ok := testTypes(value); ok {
		return ""
	}
	return "generic, singular, unit or data"
}

func hasTestType(_ *Universe, w *Word) (func(*Node) bool, error) {
	generic, singular, unit, _ := testTypes(w.text())
	return func(n *Node) bool {
		switch {
		case n.Type == typeUnitTest:
			return unit
		case n.Test != "":
			return generic
		}
		return singular
	}, nil
}
