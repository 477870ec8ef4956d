package api

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"darkroom/sources/tableau/api/redact"
)

// Each form that a secret comes back in, and what is left of it.
func TestFormsOfASecret(t *testing.T) {
	const dense = `&/="<'=/&">'&=/`
	inJSON, _ := json.Marshal(dense)
	b64 := func(enc *base64.Encoding, text string) string { return enc.EncodeToString([]byte(text)) }
	for _, test := range []struct{ name, secret, text, want string }{
		{"as it is", "hush-hush-1", "you sent hush-hush-1!", "you sent (hidden)!"},
		{"twice in a row", "hush-hush-1", "hush-hush-1hush-hush-1", "(hidden)"},
		{"short", "pw", `{"password":"pw"}`, `{"password":"(hidden)"}`},
		{"short, in base64", "hush", b64(base64.StdEncoding, "me:hush;"), "bWU6(hidden)Ds="},
		{"cut at its end", "hush-hush-1", "you sent hush-hus", "you sent (hidden)"},
		{"cut at its beginning", "hush-hush-1", "ush-hush-1 is wrong", "(hidden) is wrong"},
		{"hardly anything", "hush-hush-1", "you sent hush-hu", "you sent hush-hu"},
		{"control characters in between", "hush-hush-1", "hu\x00sh-\x1bhush-1", "(hidden)"},
		{"control characters of its own", "hu\x01sh-\x01hu\x01sh-1", "hu\x01sh-\x01hu\x01sh-1", "(hidden)"},
		{"spaces of its own", "  hush  hush  1", "is   hush  hush  1", "is (hidden)"},
		{"spaces in a query", "a b c d e f", "x=" + url.QueryEscape("a b c d e f"), "x=(hidden)"},
		{"letters of many bytes", "äöüéèê", "x" + url.QueryEscape("äöüéèê") + "ä äöüéèê", "x(hidden)ä (hidden)"},
		{"a piece between letters of many bytes", "ééééé", "ééééé", "(hidden)"},
		{"HTML", dense, html.EscapeString(dense), "(hidden)"},
		{"HTML that was cut", "123456789<", "123456789&lt and 123456789&#60 and 123456789&#x3c", "(hidden) and (hidden) and (hidden)"},
		{"HTML and its own semicolons", "a>;b<;c&;'", html.EscapeString("a>;b<;c&;'"), "(hidden)"},
		{"no HTML", "123456789&lt", "a & b, 123456789&lt;&", "a & b, (hidden);&"},
		{"JSON", dense, string(inJSON), `"(hidden)"`},
		{"JSON beyond 16 bits", "😀😀😀", `\ud83d\ude00\ud83d\ude00\ud83d\ude00 \ud83d`, `(hidden) \ud83d`},
		{"JavaScript", "a&b&c&d&e", `a\x26b\x26c\x26d\x26e`, "(hidden)"},
		{"JSON in a page in a query", dense, url.QueryEscape("<" + html.EscapeString(string(inJSON))), "%3C%26%2334%3B(hidden)%26%2334%3B"},
		{"base64", "hush-hush-1", b64(base64.StdEncoding, "me:hush-hush-1"), "bWU6(hidden)E="},
		{"base64 for addresses", "~~~?>~~~?>~~~?>~~~", b64(base64.URLEncoding, "~~~?>~~~?>~~~?>~~~"), "(hidden)"},
		{"base64 of JSON", dense, b64(base64.StdEncoding, `{"a":`+string(inJSON)+"}"), "eyJhIjoi(hidden)In0="},
		{"base64 of a query", dense, b64(base64.StdEncoding, "p="+url.QueryEscape(dense)), "cD0(hidden)="},
		{"in capitals", "hush-hush-1a", "you sent HUSH-HUSH-1A!", "you sent (hidden)!"},
		{"in capitals beyond ASCII", "größe-über-1", "you sent GRÖßE-ÜBER-1!", "you sent (hidden)!"},
		{"spaced", "hush-hush-1", "you sent h u s h - h u s h - 1!", "you sent (hidden)!"},
		{"signs, spaced", dense, "you sent " + strings.Join(strings.Split(dense, ""), " ") + " x", "you sent (hidden) x"},
		{"over two lines", "hush-hush-1", "you sent hush-\r\n    hush-1!", "you sent (hidden)!"},
		{"in pieces", "hush-hush-1", `you sent ["hush","hush","1"]`, `you sent ["(hidden)"]`},
		{"a short one, spaced", "hunter2", "you sent h u n t e r 2!", "you sent (hidden)!"},
		{"hex", "hush-hush-1", "you sent 687573682d687573682d31!", "you sent (hidden)!"},
		{"hex in capitals", "~hush~hush", "you sent 7E687573687E68757368!", "you sent (hidden)!"},
		{"hex, spaced", "hush-hush-1", "you sent 68 75 73 68 2d 68 75 73 68 2d 31!", "you sent (hidden)!"},
		{"hex with colons", "~hush~hush", "you sent 7E:68:75:73:68:7E:68:75:73:68", "you sent (hidden)"},
		{"hex numbers", "hush-hush-1", "you sent [0x68, 0x75, 0x73, 0x68, 0x2d, 0x68, 0x75, 0x73, 0x68, 0x2d, 0x31]", "you sent [(hidden)]"},
		{"numbers", "hush-hush-1", "you sent [104,117,115,104,45,104,117,115,104,45,49]", "you sent [(hidden)]"},
		{"base64 over lines", "hush-hush-1-hush-hush", "you send aHVzaC1odXNo\n LTEtaHVzaC1o\n dXNo.", "you send (hidden)."},
		{"a query, spaced", dense, "you sent " + strings.ReplaceAll(url.QueryEscape(dense), "%", " %") + "!", "you sent (hidden)!"},
		{"a date is no secret", "1234567x", "on 2026-11-30 at 12:34:56", "on 2026-11-30 at 12:34:56"},
		{"an address", "x-x-x-x-x", `proxyconnect "http://me:unknown@proxy:1/": https:\/\/me@proxy`, `proxyconnect "http://(hidden)@proxy:1/": https:\/\/(hidden)@proxy`},
	} {
		c := &Client{vault: redact.NewVault(test.secret)}
		if got := c.clean(test.text); got != test.want {
			t.Errorf("%s: %q became %q, want %q", test.name, test.text, got, test.want)
		}
	}
}

// A text is shortened after secrets are hidden in it, and is bounded.
func TestCleanShortens(t *testing.T) {
	c := &Client{vault: redact.NewVault("hush-hush-hush")}
	for n := range 20 {
		fill := strings.Repeat("x", maxText-n)
		text := c.clean(fill + "hush-hush-hush")
		if want := fill + (redact.Hidden + "…")[:min(n, len(redact.Hidden))]; !strings.HasPrefix(text, want) || strings.Contains(text, "hush") {
			t.Errorf("%d letters before its end: %q", n, text[len(text)-20:])
		}
	}
	if got := []rune(c.clean(strings.Repeat("é", 100_000))); len(got) != maxText+1 {
		t.Errorf("%d letters", len(got))
	}
}

func TestProxyPasswordsAreSecret(t *testing.T) {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		for _, address := range []string{"http://me:p%40ss-w%2Frd@proxy:3128", "me:p%40ss-w%2Frd@proxy", "http://me:p@ss-w/rd@proxy:3128/"} {
			t.Setenv(name, address)
			c := &Client{vault: redact.NewVault()}
			for _, echo := range []string{"p@ss-w/rd", "p%40ss-w%2Frd", `Basic ` + base64.StdEncoding.EncodeToString([]byte("me:p@ss-w/rd"))} {
				text := c.clean("it was " + echo)
				if !strings.Contains(text, redact.Hidden) || strings.Contains(text, "ss-w") || strings.Contains(text, "cEBzcy13L3") {
					t.Errorf("%s=%s: %s became %s", name, address, echo, text)
				}
			}
		}
		t.Setenv(name, "")
	}
}
