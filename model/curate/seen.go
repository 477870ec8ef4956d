package curate

import (
	"maps"
	"time"

	"darkroom/model"
)

// Place is where a dashboard is and what it is called. A missing name is empty.
type Place struct {
	Title, Project, Workbook string // Project is the path, "Sales / EMEA"
	Site                     string // model.Site.ID
}

// or is p with the names that are missing as they were in old.
func (p Place) or(old Place) Place {
	for _, name := range [...]struct {
		now *string
		old string
	}{{&p.Title, old.Title}, {&p.Project, old.Project}, {&p.Workbook, old.Workbook}} {
		if !model.KnownName(*name.now) {
			*name.now = name.old
		}
	}
	return p
}

// Seen is a dashboard as it was at the last review. The zero Seen means that it
// was not there; values are comparable with ==.
type Seen struct {
	Place
	// First is the day it was first seen, Reviewed the day of its last review, by By:
	// zero for the baseline, what was there at the first sync.
	First, Reviewed time.Time
	By              string
}

// Known is a site that was seen before. Until then all of it is baseline, and
// nothing is new.
type Known struct {
	Since time.Time // the day
	// Partial: its baseline came from incomplete data.
	Partial bool
}

// Memory is all that was there at the last review, by dashboard key and by site.
type Memory struct {
	Seen  map[string]Seen
	Sites map[string]Known
}

// SeenEdit is the change of one entry. A zero Seen means none.
type SeenEdit struct {
	Key           string
	Before, After Seen
}

// Remember gives the book what was there at the last review, as read from a file.
// It is not a step.
func (b *Book) Remember(m Memory) {
	b.memory = Memory{maps.Clone(m.Seen), maps.Clone(m.Sites)}
	b.remembered++
	b.version++
}

// Remembered grows with every change of the memory, as Version does with all changes.
func (b *Book) Remembered() uint64 { return b.remembered }

// Memory is what was there at the last review. Callers must not change it.
func (b *Book) Memory() Memory { return b.memory }

// Baseline takes in, as nothing new, every site that was never seen before, and
// one whose baseline was partial and that is complete now; and the names that were
// missing when a dashboard was seen. It is not a step: undo does not make 900
// dashboards new. It reports the number of dashboards.
func (b *Book) Baseline(c Census, now time.Time) int {
	now = wholeDay(now)
	fresh := map[string]bool{}
	for id, complete := range c.Complete {
		if known, ok := b.memory.Sites[id]; !ok || known.Partial && complete {
			fresh[id] = true
			b.changeMemory()
			b.memory.Sites[id] = Known{Since: now, Partial: !complete}
		}
	}
	n, nameLearnt := 0, false
	for key, place := range c.Places {
		s, known := b.memory.Seen[key]
		before := s
		if known {
			s.Place = s.or(place)
		}
		if fresh[place.Site] {
			s.Site = place.Site // maybe under another name than before; other changes stay in the inbox
			if !known {
				s = Seen{Place: place, First: now}
				n++
			}
		}
		if s != before {
			nameLearnt = true
			b.remember(key, s)
		}
	}
	if len(fresh) > 0 || nameLearnt {
		b.version++
	}
	return n
}

// Review marks dashboards of the inbox as reviewed, as one step: they are remembered
// as they are now, and forgotten when they are gone. Other keys are left alone.
func (b *Book) Review(keys []string, c Census, m Meta) Change {
	day := wholeDay(m.At)
	s := step{}
	done := map[string]bool{}
	for _, key := range keys {
		item, changed := b.inboxItem(key, c)
		if !changed || done[key] {
			continue
		}
		done[key] = true
		after := Seen{}
		if item.Kind != Gone {
			after = Seen{Place: item.After, First: item.First, Reviewed: day, By: m.By}
			if after.First.IsZero() {
				after.First = day
			}
		}
		s.seen = append(s.seen, seenKey{key, b.memory.Seen[key]})
		b.remember(key, after)
	}
	if len(s.seen) == 0 {
		return Change{}
	}
	s.label = "reviewed " + model.Count(len(s.seen), "dashboard")
	b.version++
	b.undo, b.redo = append(b.undo, s), nil
	change := Change{Label: s.label, Version: b.version}
	for _, k := range s.seen {
		change.Seen = append(change.Seen, SeenEdit{k.key, k.seen, b.memory.Seen[k.key]})
	}
	return change
}

func (b *Book) remember(key string, s Seen) {
	b.changeMemory()
	if s == (Seen{}) {
		delete(b.memory.Seen, key)
		return
	}
	b.memory.Seen[key] = s
}

func (b *Book) changeMemory() {
	b.remembered++
	if b.memory.Seen == nil {
		b.memory.Seen = map[string]Seen{}
	}
	if b.memory.Sites == nil {
		b.memory.Sites = map[string]Known{}
	}
}

// wholeDay is a day in UTC: what git sees changes as little as possible.
func wholeDay(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(24 * time.Hour)
}
