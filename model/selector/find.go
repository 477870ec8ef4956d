package selector

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/model/editdistance"
	"darkroom/model/selector/glob"
)

// Found is what a selector means.
type Found struct {
	nodes set
	u     *Universe
	// Nothing are the words, as they were written, that select nothing.
	Nothing []string
}

// Nothing is what means no node.
func Nothing() *Found { return &Found{u: &Universe{}} }

// Has reports whether the node of an id is selected.
func (f *Found) Has(id string) bool {
	i, ok := f.u.byID[id]
	return ok && f.nodes.has(i)
}

// Knows reports whether there is a node of an id.
func (f *Found) Knows(id string) bool { _, ok := f.u.byID[id]; return ok }

// Empty reports that nothing is selected.
func (f *Found) Empty() bool { return f.nodes.empty() }

// IDs are the unique_ids, sorted.
func (f *Found) IDs() []string {
	var ids []string
	for _, i := range f.nodes.list() {
		ids = append(ids, f.u.Nodes[i].ID)
	}
	slices.Sort(ids)
	return ids
}

// Find gives the nodes that a selector means, with the tests that come with them
// (SELECTORS.md#tests).
func (u *Universe) Find(spec Spec) (*Found, error) {
	s := &search{u: u}
	direct, _, err := s.find(spec)
	if err != nil {
		return nil, err
	}
	return &Found{nodes: direct, u: u, Nothing: s.nothing}, nil
}

// search is one evaluation.
type search struct {
	u       *Universe
	nothing []string
	within  []string // names of the definitions it is in
}

// find gives what is selected, and the tests that may yet come with it when what they
// read is selected by another part.
func (s *search) find(spec Spec) (direct, waiting set, err error) {
	switch spec := spec.(type) {
	case *Word:
		return s.word(spec)
	case *Group:
		return s.group(spec)
	}
	return nil, nil, fmt.Errorf("no selector: %v", spec)
}

func (s *search) group(g *Group) (direct, waiting set, err error) {
	direct, waiting = newSet(len(s.u.Nodes)), newSet(len(s.u.Nodes))
	for i, part := range g.Parts {
		d, w, err := s.find(part)
		if err != nil {
			return nil, nil, err
		}
		both := d.clone()
		both.join(w)
		switch {
		case i == 0 || g.Op == Union:
			direct.join(d)
			waiting.join(both)
		case g.Op == Intersection:
			direct.meet(d)
			waiting.meet(both)
		default:
			direct.without(d)
			waiting.without(both)
		}
	}
	direct = s.admit(direct, waiting, g.Tests)
	if g.Named && direct.empty() {
		s.nothing = append(s.nothing, g.Raw)
	}
	return direct, waiting, nil
}

func (s *search) word(w *Word) (direct, waiting set, err error) {
	u, m := s.u, methodCalled(w.Method)
	none := newSet(len(u.Nodes))
	named := newSet(len(u.Nodes))
	if w.Method == "selector" {
		if named, err = s.defined(w); err != nil {
			return nil, nil, err
		}
	} else {
		passes, err := m.test(u, w)
		if err != nil {
			return nil, nil, err
		}
		for i := range u.Nodes {
			if n := &u.Nodes[i]; m.over(n) && passes(n) {
				named.add(int32(i))
			}
		}
	}
	all := named.clone()
	if w.Family {
		all = u.reach(u.up, u.reach(u.down, named, -1), -1)
	}
	all.join(u.reach(u.up, named, w.Up))
	all.join(u.reach(u.down, named, w.Down))
	if w.Tests == Empty || w.Method == "selector" {
		return all, none, nil
	}
	direct, waiting = s.expand(all, w.Tests)
	return direct, waiting, nil
}

// expand adds the tests of what is selected; those that read other nodes too may have
// to wait for them.
func (s *search) expand(selected set, mode Tests) (direct, waiting set) {
	u := s.u
	direct, waiting = selected.clone(), newSet(len(u.Nodes))
	enough := selected
	if mode == Buildable {
		enough = u.reach(u.up, selected, -1)
		for i := range u.Nodes {
			if u.Nodes[i].Type == typeSource {
				enough.add(int32(i))
			}
		}
	}
	for _, i := range selected.list() {
		for _, below := range u.down[i] {
			switch {
			case !u.Nodes[below].isTest():
			case mode == Eager || u.readsOnly(below, enough):
				direct.add(below)
			default:
				waiting.add(below)
			}
		}
	}
	return direct, waiting
}

// admit adds the waiting tests for which enough is selected now.
func (s *search) admit(direct, waiting set, mode Tests) set {
	if mode != Cautious && mode != Buildable || direct.equal(waiting) {
		return direct
	}
	enough := direct
	if mode == Buildable {
		enough = s.u.reach(s.u.up, direct, -1)
	}
	out := direct.clone()
	for _, i := range waiting.list() {
		if s.u.Nodes[i].isParsed() && s.u.readsOnly(i, enough) {
			out.add(i)
		}
	}
	return out
}

func (u *Universe) readsOnly(test int32, enough set) bool {
	for _, parent := range u.Nodes[test].Parents {
		if i, ok := u.byID[parent]; !ok || !enough.has(i) {
			return false
		}
	}
	return true
}

// defined gives the nodes of the selectors of selectors.yml that a name means.
func (s *search) defined(w *Word) (set, error) {
	if s.u.Defs.Err != nil {
		return nil, s.u.Defs.Err
	}
	if s.u.Defs.Specs == nil {
		return nil, fmt.Errorf("selector %q: the project has no selectors.yml", w.Raw)
	}
	all, found := newSet(len(s.u.Nodes)), false
	for _, name := range slices.Sorted(s.u.Defs.names()) {
		if !glob.Match(w.text(), name) {
			continue
		}
		if slices.Contains(s.within, name) {
			return nil, fmt.Errorf("selector %q of selectors.yml leads back to itself", name)
		}
		found = true
		s.within = append(s.within, name)
		direct, _, err := s.find(s.u.Defs.Specs[name])
		s.within = s.within[:len(s.within)-1]
		if err != nil {
			return nil, err
		}
		all.join(direct)
	}
	if !found {
		return nil, fmt.Errorf("selector %q: selectors.yml has no such selector%s", w.Raw, editdistance.Nearest(w.text(), slices.Collect(s.u.Defs.names())))
	}
	return all, nil
}

func isDefined(*Universe, *Word) (func(*Node) bool, error) {
	return nil, errors.New("selector: is found by its definition")
}

// Near says in half a sentence what is called like the words of a part that selects
// nothing; empty when nothing is.
func (u *Universe) Near(part string) string {
	for raw := range strings.SplitSeq(part, ",") {
		w, err := readWord(raw)
		if err != nil {
			continue
		}
		m := methodCalled(w.Method)
		if m.names == nil || w.text() == "" {
			continue
		}
		passes, err := m.test(u, w)
		if err != nil {
			continue
		}
		var names []string
		found := false
		for i := range u.Nodes {
			if n := &u.Nodes[i]; m.over(n) {
				found = found || passes(n)
				names = append(names, m.names(n)...)
			}
		}
		if !found {
			return editdistance.Nearest(w.text(), names)
		}
	}
	return ""
}
