package api

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"darkroom/sources/trust/trusttest"
)

func newTestClient(t testing.TB) *Client {
	c, err := New(Config{Server: trusttest.Server(t, "https://tableau.example.com"), Credentials: Credentials{TokenName: "n", TokenSecret: "hush-hush"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRefusals(t *testing.T) {
	c := newTestClient(t)
	for _, test := range []struct{ body, say string }{
		{`{"error":{"summary":"Signin Error","detail":"Error signing in","code":"401001"}}`, "cannot x: Signin Error: Error signing in (401001)"},
		{`{"timestamp":"t","status":401,"error":"Unauthorized","path":"/relationship"}`, "cannot x: Unauthorized (status 401)"},
		{
			`<?xml version="1.0"?><tsResponse xmlns="http://tableau.com/api"><error code="401002"><summary>S</summary><detail>D</detail></error></tsResponse>`,
			"cannot x: S: D (401002)",
		},
		{"<html><head><title>Sign in &amp; go</title></head>", "cannot x: a web page: Sign in & go (status 401)"},
		{"plain \x00\x1b[2Jwords " + strings.Repeat("z", 900), "cannot x: plain [2Jwords " + strings.Repeat("z", 185) + "… (status 401)"},
		{"", "cannot x: the answer is empty (status 401)"},
		{"hush-hush", "cannot x: (hidden) (status 401)"},
	} {
		e := c.refusal("x", reply{status: 401, body: []byte(test.body)})
		e.Fix = ""
		if e.Error() != test.say {
			t.Errorf("%.40q:\n%s\nwant\n%s", test.body, e, test.say)
		}
	}
}

func FuzzRefusal(f *testing.F) {
	c := newTestClient(f)
	for _, seed := range []string{"", "{", `{"error":{"code":1}}`, "<a>", `<tsResponse><error code="1"/>`, "\xff\xfe", "[[[["} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		text := c.refusal("x", reply{status: 500, body: []byte(body)}).Error()
		if strings.ContainsAny(text, "\x1b\n\r\x00") || !utf8.ValidString(text) || len(text) > 5000 || strings.Contains(text, "hush-hush") {
			t.Errorf("%q", text)
		}
		c.answer(gjson.Parse(body))
	})
}

func TestVersions(t *testing.T) {
	for text, ok := range map[string]bool{"3.22": true, "2.4": true, "3": false, "": false, "a.b": false, "-1.2": false, "3.22.1": false} {
		if _, got := parseVersion(text); got != ok {
			t.Errorf("%q: %t", text, got)
		}
	}
	if (Version{3, 9}).AtLeast(3, 10) || !(Version{3, 10}).AtLeast(3, 9) || !(Version{4, 0}).AtLeast(3, 28) {
		t.Error("3.10 is after 3.9")
	}
}

// An answer that is too large is one: a smaller question may be answered.
func TestTooLarge(t *testing.T) {
	err := newTestClient(t).unreachable(errTooLarge)
	if !Transient(err) || err.Status == 0 || !strings.Contains(err.Error(), "larger than 256 MB") {
		t.Errorf("%+v", err)
	}
}
