package merge

import udiff "github.com/aymanbagabas/go-udiff"

// Diff shows the change of one file as a unified diff; empty when there is none.
// name is the file's, with slashes. The texts may hold anything: whoever shows
// the diff on a terminal has to escape control characters.
func Diff(old, new []byte, name string) string {
	return udiff.Unified("a/"+name, "b/"+name, string(old), string(new))
}
