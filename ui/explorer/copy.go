package explorer

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/yank"
	"darkroom/ui/text"
)

// copies are what y offers.
func (a *App) copies() (name string, list []view.Copy) {
	s, ok := a.view.At()
	if !ok {
		return "", nil
	}
	var more []view.Copy
	if v, ok := view.As[view.Copier](a.view); ok {
		more = v.Copies()
	}
	return s.Name, yank.Copies(a.host, s, more)
}

func (a *App) nothingToCopy() string {
	if _, list := a.copies(); len(list) == 0 {
		return "nothing to copy on this row"
	}
	return ""
}

func (a *App) openCopies() {
	name, list := a.copies()
	a.host.Push(yank.NewMenu(a.host, name, list))
}

// mostCopied is what is put on a clipboard at most: many terminals take no more.
const mostCopied = 64 << 10

// copyText puts a text on the clipboard, without what a terminal or a shell would act on.
func (a *App) copyText(what, foreign string) tea.Cmd {
	if len(foreign) > mostCopied {
		return a.say(fmt.Sprintf("not copied: the %s has %d KiB, and a terminal takes %d", what, len(foreign)>>10, mostCopied>>10))
	}
	lines, put := text.CleanLines(foreign), a.opt.Copy
	said := what + " copied: " + lines[0]
	if len(lines) > 1 {
		said = what + " copied: " + text.Count(strings.Count(strings.TrimSuffix(foreign, "\n"), "\n")+1, "line")
	}
	return tea.Batch(a.say(said), func() tea.Msg {
		if put != nil {
			put(strings.Join(lines, "\n"))
		}
		return nil
	})
}
