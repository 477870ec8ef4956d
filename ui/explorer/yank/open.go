package yank

import (
	"fmt"
	"strings"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// of is what can be copied of the row under a view's cursor, and its name.
func of(h *view.Host, v view.View) (name string, list []view.Copy) {
	s, ok := v.At()
	if !ok {
		return "", nil
	}
	var more []view.Copy
	if v, ok := view.As[view.Copier](v); ok {
		more = v.Copies()
	}
	return s.Name, Copies(h, s, more)
}

// Unable says why there is nothing to copy; empty where there is.
func Unable(h *view.Host, v view.View) string {
	if _, list := of(h, v); len(list) == 0 {
		return "nothing to copy on this row"
	}
	return ""
}

// Open shows the menu.
func Open(h *view.Host, v view.View) {
	name, list := of(h, v)
	h.Push(newMenu(h, name, list))
}

// Most is what is put on a clipboard at most: many terminals take no more.
const Most = 64 << 10

// Ready is a text without what a terminal or a shell would act on, and what is said when it
// is copied; ok is false when it is too long.
func Ready(what, foreign string) (clean, said string, ok bool) {
	if len(foreign) > Most {
		return "", fmt.Sprintf("not copied: the %s has %d KiB, and a terminal takes %d", what, len(foreign)>>10, Most>>10), false
	}
	lines := text.CleanLines(foreign)
	said = what + " copied: " + lines[0]
	if len(lines) > 1 {
		said = what + " copied: " + text.Count(strings.Count(strings.TrimSuffix(foreign, "\n"), "\n")+1, "line")
	}
	return strings.Join(lines, "\n"), said, true
}
