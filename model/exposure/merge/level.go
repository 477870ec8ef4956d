package merge

import (
	"slices"

	"darkroom/model/exposure"
)

// levels are, by the LUID of a workbook, the entries that stay in the files although
// the plan does not have them: the first by key, and the first of another kind.
type levels map[string][]location

// levels looks at all entries once; they must have been merged.
func (m *merger) levels() levels {
	l := levels{}
	var stay []string
	for key := range m.at {
		if m.planned[key] == nil && !m.removed[key] && !m.last.state[key].Released && !m.state[key].Released {
			stay = append(stay, key)
		}
	}
	slices.Sort(stay)
	for _, key := range stay {
		at := m.at[key]
		workbook := at.said().workbookLUID
		if known := l[workbook]; workbook != "" && (len(known) == 0 || len(known) == 1 && known[0].kind() != at.kind()) {
			l[workbook] = append(known, at)
		}
	}
	return l
}

// kind is the level of an entry: whether it is a dashboard or a workbook.
func (s location) kind() string { return s.said().kind }

// other finds an entry of the exposure's workbook at the other level.
func (l levels) other(e *exposure.Exposure) (location, bool) {
	for _, at := range l[e.Meta.WorkbookLUID] {
		if at.kind() != e.Meta.Kind {
			return at, true
		}
	}
	return location{}, false
}

// blockedByOtherLevel holds an entry back while its workbook is still in the files at
// the other level (model/exposure/CONTRACT.md#one-unit-per-file): both would count
// every parent twice.
func (m *merger) blockedByOtherLevel(l levels, e *exposure.Exposure) bool {
	at, found := l.other(e)
	if !found {
		return false
	}
	m.skipped[e.Key] = true
	m.addConflict(Conflict{
		Key: e.Key, Name: e.Name, File: at.file.Name, Ours: e.Name, NeedsAnswer: true,
		Problem: "its workbook is still exported at the other level, as " + at.entry().Name + ": remove that entry first",
	})
	return true
}
