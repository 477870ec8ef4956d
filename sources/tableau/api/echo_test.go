package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api/redact"
	"darkroom/sources/trust/trusttest"
)

// An echo is a secret the way that a server or proxy gives it back: escaped by up
// to three of these, one around the other.
var escapers = map[string]func(string) string{
	"html":          html.EscapeString,
	"html in full":  func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "&#34;", "&quot;") },
	"html by hex":   func(s string) string { return eachLetter(s, `[^a-zA-Z0-9]`, "&#x%x;") },
	"xml":           func(s string) string { var b bytes.Buffer; _ = xml.EscapeText(&b, []byte(s)); return b.String() },
	"json":          func(s string) string { b, _ := json.Marshal(s); return string(b[1 : len(b)-1]) },
	"json by rune":  func(s string) string { return eachLetter(s, `[^a-zA-Z0-9]`, `\u%04x`) },
	"json, slashes": func(s string) string { return strings.NewReplacer(`\`, `\\`, `/`, `\/`, `"`, `\"`).Replace(s) },
	"go":            func(s string) string { q := strconv.QuoteToASCII(s); return q[1 : len(q)-1] },
	"query":         url.QueryEscape,
	"path":          url.PathEscape,
	"path, lower":   func(s string) string { return percent.ReplaceAllStringFunc(url.PathEscape(s), strings.ToLower) },
}

var (
	percent = regexp.MustCompile(`%[0-9a-fA-F]{2}`)
	quoted  = regexp.MustCompile(`\\u[0-9a-f]{4}|\\["\\/]`)
)

// eachLetter writes the letters that match in another way, if that can write them.
func eachLetter(s, match, format string) string {
	return regexp.MustCompile(match).ReplaceAllStringFunc(s, func(letter string) string {
		r, _ := utf8.DecodeRuneInString(letter)
		if r > 0xffff {
			return letter
		}
		return fmt.Sprintf(format, r)
	})
}

// unescapers are how a reader gets back to the secret.
var unescapers = []func(string) string{
	html.UnescapeString,
	func(s string) string {
		return percent.ReplaceAllStringFunc(s, func(p string) string { b, _ := url.PathUnescape(p); return b })
	},
	func(s string) string {
		return quoted.ReplaceAllStringFunc(s, func(p string) string {
			var out string
			_ = json.Unmarshal([]byte(`"`+p+`"`), &out)
			return out
		})
	},
}

var base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{8,}`)

// reveals reports whether a text shows eight letters of a secret.
func reveals(text, secret string, depth int) bool {
	texts := []string{text}
	for _, run := range base64Run.FindAllString(text, -1) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for skip := range 4 {
			part := run[skip:]
			b, _ := base64.RawStdEncoding.DecodeString(part[:len(part)/4*4])
			texts = append(texts, string(b))
		}
	}
	letters := []rune(secret)
	for i := range len(letters) - 7 {
		for _, s := range texts {
			if strings.Contains(s, string(letters[i:i+8])) {
				return true
			}
		}
	}
	for _, un := range unescapers {
		if next := un(text); depth > 0 && next != text && reveals(next, secret, depth-1) {
			return true
		}
	}
	return false
}

func randomSecret(rnd *rand.Rand) string {
	alphabet := []rune([]string{
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
		"aZ09+/=|_-.:",
		`aZ09&<>"'\/%+=;: #!$x2u`,
		"aZ09äßé€公司😀&%",
	}[rnd.IntN(4)])
	out := make([]rune, 8+rnd.IntN(60))
	for i := range out {
		out[i] = alphabet[rnd.IntN(len(alphabet))]
	}
	return string(out)
}

// echoOf is a secret as it comes back, often only in part, among other words.
func echoOf(rnd *rand.Rand, secret string) (text, how string) {
	text = secret
	note := func(what string) { how += what + ", " }
	if rnd.IntN(3) == 0 {
		note("base64")
		switch rnd.IntN(3) {
		case 0:
			text = fmt.Sprintf("%*s:%s", rnd.IntN(9), "me", text)
		case 1:
			b, _ := json.Marshal(map[string]string{"password": text, strings.Repeat("x", rnd.IntN(5)): "y"})
			text = string(b)
		}
		enc := base64.StdEncoding
		if rnd.IntN(2) == 0 {
			enc = base64.URLEncoding
		}
		text = enc.EncodeToString([]byte(text))
	}
	names := slices.Sorted(maps.Keys(escapers))
	for range rnd.IntN(redact.MaxEscapes + 1) {
		name := names[rnd.IntN(len(names))]
		note(name)
		text = escapers[name](text)
	}
	if rnd.IntN(2) == 0 {
		note("cut")
		from := rnd.IntN(len(text)/3 + 1)
		text = text[from : from+(len(text)-from)*(1+rnd.IntN(9))/9]
	}
	words := func() string { return strings.Repeat("words of the server ", 30)[:rnd.IntN(400)] }
	return strings.ToValidUTF8(words()+` "`+text+[]string{`"`, `" `, ""}[rnd.IntN(3)]+words(), "?"), how
}

// errorsWith are the texts that an echo may get into.
func errorsWith(c *Client, echo string) map[string]string {
	body := func(text string) string { return c.refusal("x", reply{status: 400, body: []byte(text)}).Error() }
	quoted, _ := json.Marshal(echo)
	var inXML bytes.Buffer
	_ = xml.EscapeText(&inXML, []byte(echo))
	answer := c.answer(gjson.Parse(`{"errors":[{"message":` + string(quoted) + `,"extensions":{"code":` + string(quoted) + `}}]}`))
	return map[string]string{
		"body":      body(echo),
		"page":      body("<title>" + echo + "</title>"),
		"long page": body(strings.Repeat(" ", 64<<10-200) + echo),
		"REST":      body(`{"error":{"code":` + string(quoted) + `,"summary":"s","detail":` + string(quoted) + `}}`),
		"Spring":    body(`{"error":` + string(quoted) + `,"message":` + string(quoted) + `}`),
		"XML":       body(`<tsResponse><error code="1"><summary>` + inXML.String() + `</summary></error></tsResponse>`),
		"GraphQL":   answer.Problems[0].Message + " " + answer.Problems[0].Code,
		"net/http":  c.unreachable(&url.Error{Op: "Post", URL: "https://h", Err: errors.New("malformed header: " + strconv.Quote(echo))}).Error(),
		"a path":    c.clean("read " + echo),
	}
}

func checkEcho(t *testing.T, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 1))
	secret := randomSecret(rnd)
	c, err := New(Config{Server: trusttest.Server(t, "https://tableau.example.com"), Credentials: Credentials{TokenName: "n", TokenSecret: secret}})
	if err != nil {
		t.Fatal(err)
	}
	echo, how := echoOf(rnd, secret)
	for where, text := range errorsWith(c, echo) {
		depth := redact.MaxEscapes
		if where == "net/http" {
			depth-- // it has an escape of its own
		}
		if reveals(text, secret, depth) {
			t.Errorf("seed %d, %s%s: %q\nis revealed by %q\nas the echo %q", seed, how, where, secret, text, echo)
		}
	}
}

// Whatever the secret, escape and cut, no eight letters of a secret get into an error.
func TestEchoesRevealNothing(t *testing.T) {
	rounds := uint64(800)
	if testing.Short() {
		rounds = 100
	}
	for seed := range rounds {
		if checkEcho(t, seed); t.Failed() {
			return
		}
	}
}

func FuzzEcho(f *testing.F) {
	f.Add(uint64(0))
	f.Fuzz(checkEcho)
}
