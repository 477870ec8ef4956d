package affected

import (
	"fmt"
	"strings"

	"darkroom/model/impact"
	"darkroom/ui/text"
)

// Annotations are workflow commands of GitHub: one for each changed resource on which
// something depends, at its file, the most important first, because GitHub shows ten of a kind.
func (a *Answer) Annotations() string {
	var b strings.Builder
	for _, g := range a.groups() {
		level := "notice"
		if g.severity == impact.Included {
			level = "warning"
		}
		title := text.Count(len(g.dashboards), "dashboard")
		if len(g.exposures) > 0 {
			title += ", " + text.Count(len(g.exposures), "exposure")
		}
		fmt.Fprintf(&b, "::%s file=%s,title=%s::%s\n", level, property(text.Clean(a.file(g.node))), property(Name(a.Graph, g.node)+": "+title), data(a.sentence(g)))
	}
	if b.Len() == 0 {
		fmt.Fprintf(&b, "::notice title=%s::%s\n", property(a.Title()), data(a.Numbers("·")))
	}
	if a.Changes != nil {
		fmt.Fprintf(&b, "::notice title=How this was found::%s\n", data(strings.Join(a.found(), "\n")))
	}
	return b.String()
}

// data escapes the text of a workflow command, property a value before it.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
