package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// aliases are other names of keys: those that darkroom prints, and those that people
// write.
var aliases = map[string]string{
	"space": " ", "spacebar": " ", "↑": "up", "↓": "down", "←": "left", "→": "right",
	"pageup": "pgup", "pagedown": "pgdown", "pgdn": "pgdown", "return": "enter", "escape": "esc", "del": "delete", "ins": "insert",
}

// KeyName is a key as bubbletea calls it, from how people write it: "ctrl-q", "PgDn",
// "space", "G", "alt+x". ok is false for what is no key of a terminal.
func KeyName(written string) (key string, ok bool) {
	if r, n := utf8.DecodeRuneInString(written); n == len(written) && n > 0 {
		if named, ok := aliases[written]; ok {
			return named, true
		}
		return written, r != utf8.RuneError && (unicode.IsGraphic(r) && !unicode.IsMark(r))
	}
	if rest, isAlt := cutModifier(written, "alt"); isAlt {
		key, ok = KeyName(rest)
		return "alt+" + key, ok && key != " " && !strings.HasPrefix(key, "alt+")
	}
	if rest, isShift := cutModifier(written, "shift"); isShift {
		if r, n := utf8.DecodeRuneInString(rest); n == len(rest) && unicode.IsLetter(r) {
			return string(unicode.ToUpper(r)), true
		}
	}
	low := strings.ToLower(written)
	for _, modifier := range []string{"ctrl", "shift"} {
		low = strings.Replace(low, modifier+"-", modifier+"+", 1)
	}
	if named, ok := aliases[low]; ok {
		return named, true
	}
	return low, slices.Contains(KeyNames(), low)
}

func cutModifier(written, modifier string) (rest string, ok bool) {
	n := len(modifier) + 1
	if len(written) <= n || !strings.EqualFold(written[:n-1], modifier) || written[n-1] != '+' && written[n-1] != '-' {
		return "", false
	}
	return written[n:], true
}

// KeyNames are the names of all keys that are not a character.
func KeyNames() []string {
	names := []string{"space"}
	for t := tea.KeyType(-100); t < 128; t++ {
		if name := (tea.Key{Type: t}).String(); t != tea.KeyRunes && t != tea.KeySpace && utf8.RuneCountInString(name) > 1 && !strings.HasSuffix(name, "+@") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// KeyMsg is the message of a key, by its name.
func KeyMsg(name string) tea.KeyMsg {
	rest, alt := strings.CutPrefix(name, "alt+")
	if rest == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: alt}
	}
	for t := tea.KeyType(-100); t < 128; t++ {
		if msg := (tea.KeyMsg{Type: t, Alt: alt}); t != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(rest), Alt: alt}
}
