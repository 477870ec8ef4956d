package sitedata

import (
	"strconv"
	"strings"
	"unicode"
)

// The two permission modes (sources/tableau/API.md#permission-modes).
const (
	Obfuscate = "OBFUSCATE_RESULTS"
	FilterOut = "FILTER_RESULTS"
)

// ConnectionSuffix is what the name of a paged list ends with.
const ConnectionSuffix = "Connection"

// ConnectionType is the type of a paged list of objects of a type.
func ConnectionType(name string) string { return name + "s" + ConnectionSuffix }

// Shout turns a field name into its order value: projectName is PROJECT_NAME.
func Shout(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// Before compares two versions of the form number.number, so that 3.9 is before
// 3.10. A version that cannot be read comes first.
func Before(a, b string) bool {
	a1, a2, _ := TwoNumbers(a)
	b1, b2, _ := TwoNumbers(b)
	return a1 < b1 || a1 == b1 && a2 < b2
}

// TwoNumbers reads a version of the form number.number.
func TwoNumbers(version string) (major, minor int, ok bool) {
	left, right, dot := strings.Cut(version, ".")
	major, err1 := strconv.Atoi(left)
	minor, err2 := strconv.Atoi(right)
	return major, minor, dot && err1 == nil && err2 == nil
}
