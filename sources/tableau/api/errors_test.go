package api

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

func newTestClient(t testing.TB) *Client {
	c, err := New(Config{Server: "https://tableau.example.com", Credentials: Credentials{TokenName: "n", TokenSecret: "hush-hush"}})
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

func TestSameOwner(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"online.tableau.com", "10ax.online.tableau.com", true},
		{"online.tableau.com", "prod-uk-a.online.tableau.com", true},
		{"tableau.com", "eu.tableau.com", true},
		{"bi.acme.co.uk", "bi2.acme.co.uk", true},
		{"acme.co.uk", "evil.co.uk", false},
		{"bi.acme.com", "acme.com.evil.com", false},
		{"bi.acme.com", "evilacme.com", false},
		{"bi.acme.com", "BI.ACME.com.", true},
		{"tableau", "other", false},
		{"com", "evil.com", false},
		{"10.0.0.1", "10.0.0.2", false},
		{"1.0.0.1", "2.0.0.1", false},
		{"acme.com", "evil.com", false},
		{"online.tableau.com", "us-east-1.online.tableau.com", true},
		{"10ax.online.tableau.com", "eu.tableau.com", true},
		{"online.tableau.com", "online.tableau.com.evil.com", false},
		{"bi.acme.com", "acme.com", true},
		{"bi.acme.com", "login.eu.acme.com", true},
		{"bi-acme.westeurope.cloudapp.azure.com", "evil.westeurope.cloudapp.azure.com", false},
		{"bi.westeurope.cloudapp.azure.com", "bi.westeurope.cloudapp.azure.com", true},
		{"cloudapp.azure.com", "evil.westeurope.cloudapp.azure.com", false},
		{"4.3.2.1.bc.googleusercontent.com", "5.3.2.1.bc.googleusercontent.com", false},
		{"acme.azurewebsites.net", "evil.azurewebsites.net", false},
		{"acme.github.io", "evil.github.io", false},
		{"a.acme.github.io", "b.acme.github.io", true},
		{"acme.s3.amazonaws.com", "evil.s3.amazonaws.com", false},
		{"bi.douane.gouv.fr", "evil.gouv.fr", false},
		{"bi.douane.gouv.fr", "bi2.douane.gouv.fr", true},
		{"co.uk", "evil.co.uk", false},
		{"bi.acme.ck", "evil.acme.ck", false},    // a suffix by wildcard
		{"www.ck", "bi.www.ck", true},            // its exception
		{"bi.acme.corp", "bi2.acme.corp", false}, // an intranet's own suffix
		{"bi.acme.internal", "evil.internal", false},
		{"bi", "bi", true},
		{"bi.acme.公司.cn", "evil.acme.公司.cn", false},
		{"acme.公司.cn", "evil.公司.cn", false},
		{"bi.acme.xn--55qx5d.cn", "bi2.acme.xn--55qx5d.cn", true},
		{"acme.xn--55qx5d.cn", "evil.xn--55qx5d.cn", false},
		{"::1", "::2", false},
		{"fe80::1%eth0", "fe80::2%eth0", false},
		{"2130706433", "127.1", false},
		{"0x7f.1", "evil.0x7f.1", false},
		{"", "", true},
		{"", "acme.com", false},
		{"a..com", "b..com", false},
	} {
		if got := sameOwner(test.a, test.b); got != test.same {
			t.Errorf("%s to %s: %t", test.a, test.b, got)
		}
	}
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
