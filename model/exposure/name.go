package exposure

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"github.com/gosimple/unidecode"
)

// maxName bounds a name in bytes, suffix included.
const maxName = 60

// spelledOut are signs that are read as words.
var spelledOut = strings.NewReplacer("&", " and ", "@", " at ")

// NameFor makes the name that a title asks for: ^[a-z][a-z0-9_]*$, at most
// maxName bytes. Letters of other scripts are transliterated; a title without
// any letter or digit (emoji) gives "dashboard".
func NameFor(title string) string {
	name := slug(title)
	switch {
	case name == "":
		return "dashboard"
	case name[0] < 'a':
		name = "dashboard_" + name
	}
	return shortened(name, maxName)
}

// slug is the letters and digits of a text in ASCII and lower case, the rest as
// single underscores; "" when there are none.
func slug(text string) string {
	if runes := []rune(text); len(runes) > 4*maxName {
		text = string(runes[:4*maxName]) // more can never be seen
	}
	var b strings.Builder
	for _, r := range strings.ToLower(unidecode.Unidecode(spelledOut.Replace(text))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return strings.TrimRight(b.String(), "_")
}

// shortened shortens a name without leaving a dangling underscore.
func shortened(name string, n int) string {
	if len(name) > n {
		name = name[:n]
	}
	return strings.TrimRight(name, "_")
}

// nameAtLevel is the name of an exposure at a level of collision: the plain slug, then
// with 8 and with 12 digits of the key, then with digits of a digest.
func nameAtLevel(base, key string, level int) string {
	if level == 0 {
		return base
	}
	digits := strings.ToLower(strings.ReplaceAll(key, "-", ""))
	if _, err := hex.DecodeString(digits); err != nil || len(digits) < 12 || level > 2 {
		// No LUID, or one that did not help: any stable digits of the key will do.
		sum := sha256.Sum256([]byte(key + strings.Repeat("#", max(level-2, 0))))
		digits = hex.EncodeToString(sum[:])
	}
	n := 40
	switch level {
	case 1:
		n = 8
	case 2:
		n = 12
	}
	return shortened(base, maxName-1-n) + "_" + digits[:n]
}

// giveNames names new exposures. Two that ask for one name both get the suffix,
// so that the outcome does not depend on their order; taken names are never
// given (CONTRACT.md#names).
func giveNames(fresh []*Exposure, taken map[string]bool) {
	bases := make([]string, len(fresh))
	levels := make([]int, len(fresh))
	claims := map[string][]int{}
	todo := make([]int, len(fresh))
	for i, e := range fresh {
		bases[i] = NameFor(e.Title)
		todo[i] = i
	}
	for len(todo) > 0 {
		var touched []string
		for _, i := range todo {
			name := nameAtLevel(bases[i], fresh[i].Key, levels[i])
			claims[name] = append(claims[name], i)
			touched = append(touched, name)
		}
		todo = todo[:0]
		for _, name := range touched {
			who := claims[name]
			if len(who) == 0 || len(who) == 1 && !taken[name] {
				continue
			}
			for _, i := range who {
				levels[i]++
				todo = append(todo, i)
			}
			// The dashboard that claimed it has another name now; it is not given again.
			taken[name] = true
			claims[name] = nil
		}
	}
	for name, who := range claims {
		for _, i := range who {
			fresh[i].Name = name
		}
	}
}

// wordRune is Python's \w.
func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
