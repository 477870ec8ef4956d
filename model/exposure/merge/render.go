package merge

import (
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit/yamltext"
)

// listKey is the key of a file's list of exposures.
const listKey = "exposures"

// headerStart begins every header.
const headerStart = "# Written by darkroom from "

// header begins a new file. It names the tools and their keys.
func header(tools []*model.Tool) string {
	keys := []string{"meta." + exposure.DefaultMetaKey}
	if len(tools) > 0 {
		keys = nil
		for _, t := range tools {
			keys = append(keys, "meta."+t.Key)
		}
	}
	return headerStart + model.ToolNames(tools) + `. In entries with "managed_by: darkroom" it
# keeps label, type, url, description, depends_on, owner, tags and ` + strings.Join(keys, ", ") + `
# up to date. What you change there is kept and reported; the rest is yours.
version: 2

`
}

// Render writes the plan as a file of its own: deterministic, exposures sorted by
// name.
func Render(p exposure.Plan) []byte {
	if len(p.Exposures) == 0 {
		return []byte(header(p.Tools) + "exposures: []\n")
	}
	entries := make([]string, len(p.Exposures))
	layout := exposure.NewLayout(p.MetaInConfig)
	for i := range p.Exposures {
		entries[i] = yamltext.RenderEntry(layout.Fields(&p.Exposures[i]))
	}
	return []byte(header(p.Tools) + "exposures:\n" + strings.Join(entries, "\n"))
}

// render gives one item of the list with its line ends, which is valid until it is called
// again.
func (m *merger) render(e *exposure.Exposure) []byte {
	m.buffer.Reset()
	yamltext.WriteEntry(&m.buffer, m.layout.Fields(e))
	return m.buffer.Bytes()
}

// rendered is such an item, kept for when it is needed again.
func (m *merger) rendered(e *exposure.Exposure) string {
	text, known := m.texts[e.Key]
	if !known {
		text = string(m.render(e))
		m.texts[e.Key] = text
	}
	return text
}
