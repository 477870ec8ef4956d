package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"darkroom/model/pattern"
)

// Vault knows every secret, to keep it out of texts. It may be used from several
// goroutines. Servers and proxies echo what
// they were sent: escaped, encoded, and cut where they like. So it is pieces that
// are looked for, of pieceLen bytes and in every form; a shorter rest reveals nothing.
type Vault struct {
	mu     sync.Mutex
	pieces map[uint64]struct{}
	short  [][]byte // secrets that are no longer than a piece
}

const pieceLen = 8

// Hidden is what is shown in place of a secret.
const Hidden = "(hidden)"

// NewVault knows the secrets, and the passwords of the proxies that net/http will use.
func NewVault(secrets ...string) *Vault {
	v := &Vault{pieces: map[uint64]struct{}{}}
	for _, secret := range secrets {
		v.Add(secret)
	}
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		v.Add(proxyPassword(os.Getenv(name)))
	}
	return v
}

// proxyPassword is the password in an address, as it is written, even if the
// address cannot be read.
func proxyPassword(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	_, password, _ := strings.Cut(address[:max(0, strings.LastIndexByte(address, '@'))], ":")
	return password
}

// Add hides a secret from now on.
func (v *Vault) Add(secret string) {
	if secret == "" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	unescaped, err := url.PathUnescape(secret) // a password in an address is
	if err != nil {
		unescaped = secret
	}
	for _, text := range []string{secret, unescaped} {
		v.keep(Printable(text))
		v.keep(strings.ReplaceAll(text, " ", "+"))
		v.keepFolded(text)
		v.keepFolded(hex.EncodeToString([]byte(text)))
		quoted, _ := json.Marshal(text) // a string always works
		for _, inside := range []string{text, string(quoted[1 : len(quoted)-1]), url.QueryEscape(text)} {
			for _, encoded := range base64Inside(inside) {
				v.keepFolded(encoded)
			}
		}
	}
}

// keepFolded keeps a form as it is and folded.
func (v *Vault) keepFolded(form string) {
	v.keep(form)
	for _, stays := range foldings {
		if folded := fold(form, stays); utf8.RuneCountInString(folded) >= leastFolded {
			v.keep(folded)
		}
	}
}

func (v *Vault) keep(form string) {
	if len(form) <= pieceLen {
		if form != "" {
			v.short = append(v.short, []byte(form))
		}
		return
	}
	for i := range len(form) - pieceLen + 1 {
		v.pieces[binary.LittleEndian.Uint64([]byte(form[i:i+pieceLen]))] = struct{}{}
	}
}

// base64Inside is what a text looks like within something longer that is encoded,
// at each of the three distances from its beginning. Letters that its neighbours
// have a part in are left out; of a very short text nothing is left that reveals it.
func base64Inside(text string) []string {
	var out []string
	for before := range 3 {
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, before), text...))
		encoded = encoded[(before*8+5)/6 : (before+len(text))*8/6]
		if len(encoded) < 5 {
			continue
		}
		out = append(out, encoded, strings.NewReplacer("+", "-", "/", "_").Replace(encoded))
	}
	return out
}

// userinfo is user and password in an address.
var userinfo = pattern.Of(`(:\\?/\\?/)[^\s/?#"'<>\\]*@`)

// Hide replaces secrets, and pieces of them, however they are written.
func (v *Vault) Hide(text string) string {
	text = userinfo().ReplaceAllString(text, "${1}"+Hidden+"@")
	hidden := make([]bool, len(text))
	v.mu.Lock()
	v.mark(viewOf(text), MaxEscapes, hidden)
	v.mu.Unlock()
	var out strings.Builder
	last := false
	for i := 0; i < len(text); {
		_, n := utf8.DecodeRuneInString(text[i:]) // no letter is cut in two
		now := slices.Contains(hidden[i:i+n], true)
		switch {
		case now && !last:
			out.WriteString(Hidden)
		case !now:
			out.WriteString(text[i : i+n])
		}
		last = now
		i += n
	}
	return out.String()
}

// mark notes which bytes of the original a secret takes up, in the text as it is,
// folded, and behind up to depth escapes.
func (v *Vault) mark(seen view, depth int, hidden []bool) {
	v.find(seen, hidden)
	for _, stays := range foldings {
		v.find(seen.folded(stays), hidden)
	}
	if depth == 0 {
		return
	}
	for _, e := range escapes {
		if inner, ok := seen.without(e); ok {
			v.mark(inner, min(depth-1, e.inside), hidden)
		}
	}
}

// find notes which bytes of the original a secret takes up in one view.
func (v *Vault) find(seen view, hidden []bool) {
	note := func(from, to int) {
		for i := seen.from[from]; i < seen.to[to-1]; i++ {
			hidden[i] = true
		}
	}
	for i := range len(seen.text) - pieceLen + 1 {
		if _, ok := v.pieces[binary.LittleEndian.Uint64(seen.text[i:])]; ok {
			note(i, i+pieceLen)
		}
	}
	for _, secret := range v.short {
		for at := 0; ; {
			i := bytes.Index(seen.text[at:], secret)
			if i < 0 {
				break
			}
			note(at+i, at+i+len(secret))
			at += i + 1
		}
	}
}
