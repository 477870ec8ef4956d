package theme

import (
	"fmt"
	"reflect"
)

// Token is a style by its name: what palettes give their colours to.
type Token struct {
	Name string
	On   string // the sequence that switches it on; empty for no style
	// Solid: over a line, the line's own styles are taken away.
	Solid bool
}

func (st *Styles) Tokens() []Token {
	var tokens []Token
	st.each(func(name string, s *Style) { tokens = append(tokens, Token{name, s.on, s.solid}) })
	return tokens
}

// Marked are the styles that others have, each with a sequence of its own instead of its
// colours: of a frame that is drawn with them one can read which token is where.
func Marked(like *Styles) *Styles {
	st, n := *like, 0
	st.each(func(_ string, s *Style) {
		if n++; s.on != "" {
			*s = Style{on: fmt.Sprintf("\x1b[38;5;%dm", n), off: "\x1b[0m"}
		}
	})
	return &st
}

func (st *Styles) each(do func(name string, s *Style)) {
	v := reflect.ValueOf(st).Elem()
	for i := range v.NumField() {
		do(v.Type().Field(i).Name, v.Field(i).Addr().Interface().(*Style))
	}
}
