package trust

import "testing"

// One server has one form, and what is another server has another.
func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"https://tableau.example.com":         "https://tableau.example.com",
		"https://Tableau.Example.COM:443/":    "https://tableau.example.com",
		"tableau.example.com":                 "https://tableau.example.com",
		"tableau.example.com:8443":            "https://tableau.example.com:8443",
		"HTTP://tableau.example.com:80":       "http://tableau.example.com",
		"http://tableau.example.com:443":      "http://tableau.example.com:443",
		"https://tableau.example.com:08443":   "https://tableau.example.com:8443",
		"https://my_server":                   "https://my_server",
		"https://bücher.example":              "https://xn--bcher-kva.example",
		"https://tаbleau.example.com":         "https://xn--tbleau-3nf.example.com", // a Cyrillic а
		"https://[::1]:8443":                  "https://[::1]:8443",
		"https://[0:0:0:0:0:0:0:1]":           "https://[::1]",
		"http://127.0.0.1:80":                 "http://127.0.0.1",
		" https://tableau.example.com ":       "https://tableau.example.com",
		"https://user:pw@tableau.example.com": "",
		"https://tableau.example.com/api":     "",
		"https://tableau.example.com?x":       "",
		"https://tableau.example.com#x":       "",
		"https://":                            "",
		"":                                    "",
		"ftp://tableau.example.com":           "",
		"https://tableau.example.com:0":       "",
		"https://tableau.example.com:99999":   "",
		"https://a\"b":                        "",
		"https://a\u202eb.example":            "",
		"https://a\x1b[2Jb":                   "",
		"https://fe80::1%25eth0":              "",
	} {
		got, err := Address(text)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
}
