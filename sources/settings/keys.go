package settings

import (
	"fmt"
	"maps"
	"slices"

	"darkroom/sources/yamlfile"
)

// Vocabulary is what the screen knows, for checks.
type Vocabulary struct {
	Themes  []string
	Views   []ViewWords
	Actions []Action
	// Key is a key's name as the screen has it; ok is false when there is no such key.
	Key      func(name string) (key string, ok bool)
	KeyNames []string
	// Kept are keys that stay with their action, by key: without them one could not leave.
	Kept map[string]string
}

// Action is something that keys can be bound to.
type Action struct {
	Name  string
	Views []string // where it is; nil is everywhere
}

// unbound takes all keys of an action away.
const unbound = "none"

// bind checks the keys and fills Bindings.
func (s *Settings) bind(y *yamlfile.Piece, words Vocabulary) {
	s.Bindings = map[string][]string{}
	names := make([]string, len(words.Actions))
	for i, act := range words.Actions {
		names[i] = act.Name
	}
	for _, name := range slices.Sorted(maps.Keys(s.Keys)) {
		at := slices.Index(names, name)
		if at < 0 {
			y.FailAt("$.keys."+name, "unknown action "+quote(name), nearest(name, names, "README.md lists the actions, and darkroom schema config has them all"))
			continue
		}
		if keys, ok := s.keysOf(y, words, words.Actions[at]); ok {
			s.Bindings[name] = keys
		}
	}
}

// keysOf are the keys of one action; ok is false when something is wrong with one of
// them, and the action keeps its usual keys.
func (s *Settings) keysOf(y *yamlfile.Piece, words Vocabulary, act Action) (keys []string, ok bool) {
	written := s.Keys[act.Name]
	if len(written) == 1 && written[0] == unbound {
		return nil, true
	}
	ok = true
	fail := func(i int, what, fix string) {
		y.FailAt(fmt.Sprintf("$.keys.%s[%d]", act.Name, i), what, fix)
		ok = false
	}
	switch {
	case written == nil && len(y.Problems) > 0: // what could not be read was said
		return nil, false
	case len(written) == 0:
		fail(0, act.Name+" has no key here", "name one, or write "+unbound)
	}
	for i, name := range written {
		key, known := words.Key(name)
		switch {
		case !known:
			fail(i, "unknown key "+quote(name), nearest(name, words.KeyNames, "a key is one character, or a name such as enter, space, f5, ctrl+x, alt+x"))
		case words.Kept[key] != "" && words.Kept[key] != act.Name:
			fail(i, fmt.Sprintf("%s stays with %s", name, words.Kept[key]), "choose another key")
		case slices.Contains(keys, key):
			fail(i, quote(name)+" is here twice", "keep one")
		default:
			if other := s.taken(words, act, key); other != "" {
				fail(i, fmt.Sprintf("%s is bound to %s, too", quote(name), other), "give one of them another key")
				continue
			}
			keys = append(keys, key)
		}
	}
	return keys, ok
}

// taken is another action that the file binds to the same key where both can be done.
func (s *Settings) taken(words Vocabulary, act Action, key string) string {
	for _, other := range words.Actions {
		if slices.Contains(s.Bindings[other.Name], key) && meet(act.Views, other.Views) {
			return other.Name
		}
	}
	return ""
}

// meet reports that two actions are in one view.
func meet(a, b []string) bool {
	return a == nil || b == nil || slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}
