package config

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
)

// Whatever is pasted as an address is refused, or gives a server and a site that are those
// of their own address, and that darkroom.yml brings back as they are.
func FuzzSiteOfAddress(f *testing.F) {
	for _, seed := range []string{
		"https://tableau.example.com/#/site/acme/home", "https://10ay.online.tableau.com/#/site/acme/views/Book/Sheet?:iid=1", "tableau.example.com/t/acme/views/x", "http://localhost:8000",
		"https://u:p@h.example/#/site/a", "https://[::1]:80/t/x", "https://h.example/#/site/a%0ab", "https://h.example/#/site/%2e%2e/", "https://é.example/t/売上", "://", "https://h.example?x#/site/y?z", "HTTPS://H.EXAMPLE/#/site/A",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		s, err := SiteOfAddress(address)
		if err != nil {
			return
		}
		u, err := url.Parse(s.Server)
		if err != nil || u.Host == "" || u.User != nil || u.Path+u.RawQuery+u.Fragment != "" {
			t.Fatalf("%q is on the server %q", address, s.Server)
		}
		if s.Name == "" || strings.ContainsAny(s.Site, "/?#") || strings.ContainsFunc(s.Server+s.Site, unicode.IsControl) {
			t.Fatalf("%q is the site %q with the name %q on %q", address, s.Site, s.Name, s.Server)
		}
		again, err := SiteOfAddress(s.Server + "/#/site/" + url.PathEscape(s.Site) + "/home")
		if err != nil || again.Server != s.Server || again.Site != s.Site {
			t.Errorf("%q gives %+v, and its address %+v, %v", address, s, again, err)
		}
		conf, err := Parse("darkroom.yml", t.TempDir(), []byte(Draft(s, Scope{}, []string{address})))
		if err != nil {
			return // its checks are stricter, and init makes the same
		}
		if back := conf.Sites[0]; back.Server != s.Server || back.Site != s.Site || back.Name != s.Name {
			t.Errorf("%q: %+v comes back as %+v", address, s, back)
		}
	})
}
