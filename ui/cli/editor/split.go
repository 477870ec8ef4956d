package editor

import (
	"errors"
	"strings"
)

// Split cuts a command into words as a shell does: at blanks, with single and double
// quotes and backslashes. Nothing is expanded. On Windows a backslash is a letter of a
// path.
func Split(s string, windows bool) ([]string, error) {
	w := splitter{rest: []rune(s), windows: windows}
	for len(w.rest) > 0 {
		if err := w.next(); err != nil {
			return nil, err
		}
	}
	if w.quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	w.end()
	return w.words, nil
}

type splitter struct {
	rest    []rune
	windows bool
	words   []string
	word    strings.Builder
	begun   bool // the word may be empty: ""
	quote   rune // that is open; 0 without one
}

// next takes one character.
func (w *splitter) next() error {
	r := w.rest[0]
	w.rest = w.rest[1:]
	switch {
	case r == '\\' && !w.windows && w.quote != '\'':
		return w.escaped()
	case w.quote != 0 && r == w.quote:
		w.quote = 0
	case w.quote != 0:
		w.word.WriteRune(r)
	case r == '\'' || r == '"':
		w.quote, w.begun = r, true
	case strings.ContainsRune(" \t\n", r):
		w.end()
	default:
		w.begun = true
		w.word.WriteRune(r)
	}
	return nil
}

// escaped takes the character after a backslash. In double quotes most keep it.
func (w *splitter) escaped() error {
	if len(w.rest) == 0 {
		return errors.New("it ends with a backslash")
	}
	r := w.rest[0]
	w.rest, w.begun = w.rest[1:], true
	if w.quote == '"' && !strings.ContainsRune("\"\\$`", r) {
		w.word.WriteRune('\\')
	}
	w.word.WriteRune(r)
	return nil
}

func (w *splitter) end() {
	if w.begun {
		w.words = append(w.words, w.word.String())
	}
	w.word.Reset()
	w.begun = false
}
