package input

import (
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// The keys of a keyboard by their places: without shift and with it.
const (
	places        = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
	placesShifted = "!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~"
)

// layouts are what these keys give elsewhere. A space is a key that gives ASCII, two
// letters, or nothing. Layouts by sound, such as the Serbian and the Bulgarian one,
// cannot be here: they have the letters of others at other places.
var layouts = []struct{ name, keys, shifted string }{
	{"Russian", "            йцукенгшщзхъфывапролджэячсмитьбю ё", "            ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ Ё"},
	{"Ukrainian", "            йцукенгшщзхїфівапролджєячсмитьбю  ", "            ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ  "},
	{"Greek", "             ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ    ", "              ΕΡΤΥΘΙΟΠ  ΑΣΔΦΓΗΞΚΛ  ΖΧΨΩΒΝΜ    "},
	{"Arabic", "            ضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظذ", "            \u064e\u064b\u064f\u064cﻹإ ÷×؛  \u0650\u064d  ﻷأـ،    \u0652  ﻵآ   ؟\u0651"},
	{"Persian", "            ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو   ", "                                              "},
	{"Hebrew", "              קראטוןםפ  שדגכעיחלךף זסבהנמצתץ  ", "                                              "},
	{"Thai", "ๅ  ภถ\u0e38\u0e36คตจขชๆไำพะ\u0e31\u0e35รนยบลฟหกดเ\u0e49\u0e48าสวงผปแอ\u0e34\u0e37ทมใฝ ", "            ๐ ฎฑธ\u0e4d\u0e4aณฯญฐ ฤฆฏโฌ\u0e47\u0e4bษศซ   ฉฮ\u0e3a\u0e4c ฒฬฦ "},
	{"Korean", "            ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ  ㅁㄴㅇㄹㅎㅗㅓㅏㅣ  ㅋㅌㅊㅍㅠㅜㅡ    ", "            ㅃㅉㄸㄲㅆ   ㅒㅖ                        "},
	{"Georgian", "            ქწერტყუიოპ  ასდფგჰჯკლ  ზხცვბნმ    ", "             ჭ ღთ        შ    ჟ    ძ ჩ        "},
}

// Layout turns letters of other scripts into what their keys give on a Latin
// keyboard.
type Layout map[rune]rune

// NewLayout knows every letter that has one place only.
func NewLayout() Layout {
	l, twice := Layout{}, map[rune]bool{}
	add := func(keys, latin string) {
		at := []rune(latin)
		for i, r := range []rune(keys) {
			switch known, ok := l[r]; {
			case r == ' ':
			case ok && known != at[i]:
				twice[r] = true
			default:
				l[r] = at[i]
			}
		}
	}
	for _, layout := range layouts {
		add(layout.keys, places)
		add(layout.shifted, placesShifted)
	}
	for r := range twice {
		delete(l, r)
	}
	return l
}

// Key is a key as on a Latin keyboard: for commands, not where text is typed.
func (l Layout) Key(msg tea.KeyMsg) tea.KeyMsg {
	if msg.Type != tea.KeyRunes || len(msg.Runes) != 1 || msg.Runes[0] < 0x80 {
		return msg
	}
	switch r := msg.Runes[0]; {
	case l[r] != 0:
		msg.Runes = []rune{l[r]}
	case r >= '！' && r <= '～': // full width
		msg.Runes = []rune{r - '！' + '!'}
	case r == '\u3000':
		msg.Type, msg.Runes = tea.KeySpace, []rune{' '}
	case unicode.IsDigit(r):
		msg.Runes = []rune{digit(r)}
	}
	return msg
}

// digit is a decimal digit of any script. Unicode has them in tens.
func digit(r rune) rune {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return '0' + r - zero
}
