package gathered

import (
	"maps"
	"slices"
	"sync"

	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// incomplete is what was cut off, for the snapshot's member of that name: beside the
// sentences of Partial it says which object is concerned. The first reason counts.
type incomplete struct {
	mu      sync.Mutex
	lists   map[string]string
	objects map[string]map[string]string // list → id → why
}

func (m *incomplete) take(c *pages.Incomplete) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lists == nil {
		m.lists, m.objects = map[string]string{}, map[string]map[string]string{}
	}
	if _, known := m.lists[c.List]; !known && len(c.IDs) == 0 {
		m.lists[c.List] = c.Why
	}
	if m.objects[c.List] == nil {
		m.objects[c.List] = map[string]string{}
	}
	for _, id := range c.IDs {
		if _, known := m.objects[c.List][id]; !known {
			m.objects[c.List][id] = c.Why
		}
	}
}

func (m *incomplete) objectsOf(list string) map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.objects[list])
}

// hasList reports that a list is marked.
func (m *incomplete) hasList(list string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lists[list] != ""
}

// members are they as the snapshot has them, sorted.
func (m *incomplete) members() []snapshot.Member {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []snapshot.Member
	add := func(name string, why map[string]string) {
		if len(why) > 0 {
			out = append(out, snapshot.TextsByKey(name, why))
		}
	}
	add("lists", m.lists)
	for _, list := range slices.Sorted(maps.Keys(m.objects)) {
		add(list, m.objects[list])
	}
	return out
}
