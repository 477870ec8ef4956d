package merge

import (
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// listKey is the key of a file's list of exposures.
const listKey = "exposures"

const header = `# Written by darkroom from Tableau. In entries with "managed_by: darkroom" it
# keeps label, type, url, description, depends_on, owner, tags and meta.tableau
# up to date. What you change there is kept and reported; the rest is yours.
version: 2

`

// Render writes the plan as a file of its own: deterministic, exposures sorted by
// name.
func Render(p exposure.Plan) []byte {
	if len(p.Exposures) == 0 {
		return []byte(header + "exposures: []\n")
	}
	entries := make([]string, len(p.Exposures))
	for i := range p.Exposures {
		entries[i] = renderEntry(&p.Exposures[i], p.MetaInConfig)
	}
	return []byte(header + "exposures:\n" + strings.Join(entries, "\n"))
}

// renderEntry is one item of the list with its line ends.
func renderEntry(e *exposure.Exposure, metaInConfig bool) string {
	return yamledit.RenderEntry(e.Fields(metaInConfig))
}
