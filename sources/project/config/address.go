package config

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"darkroom/model/pattern"
)

var errNoAddress = errors.New("this is not the address of a Tableau page; copy it from the browser, like https://tableau.example.com/#/site/acme/home")

// SiteOfAddress takes server and site out of what the browser shows:
// https://host/#/site/acme/views/… (the default site has no "site"), or
// https://host/t/acme/…. A path that is no page of Tableau may be meant as the site, or be
// a mistake: it is refused.
func SiteOfAddress(address string) (Site, error) {
	address = strings.TrimSpace(address)
	bare := !strings.Contains(address, "://")
	if bare {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || bare && !strings.Contains(u.Host, ".") {
		return Site{}, errNoAddress
	}
	s := Site{Server: u.Scheme + "://" + u.Host}
	if err := unusual(u, s.Server); err != nil {
		return Site{}, err
	}
	s.Site = siteIn(u)
	if all := s.Server + s.Site; !utf8.ValidString(all) || strings.ContainsFunc(all, unicode.IsControl) {
		return Site{}, errNoAddress
	}
	s.Name = cmp.Or(s.Site, u.Hostname())
	return s, nil
}

// siteIn is the site that a page's address names, "" for the default site.
func siteIn(u *url.URL) string {
	for _, part := range [][2]string{{u.Fragment, "/site/"}, {u.Path, "/t/"}} {
		rest, ok := strings.CutPrefix(part[0], part[1])
		if end := strings.IndexAny(rest, "/?#"); end >= 0 {
			rest = rest[:end]
		}
		if ok && rest != "" {
			return rest
		}
	}
	return ""
}

// unusual refuses what would be left out of an address without a word.
func unusual(u *url.URL, server string) error {
	if u.User != nil {
		return errors.New("an address cannot hold a name or password; secrets come from the environment or the keyring")
	}
	first := firstFolder(u.Path)
	if first == "" || slices.Contains(pages(), first) {
		return nil
	}
	fix := "leave the path out"
	if contentURL().MatchString(first) && !strings.HasPrefix(u.Fragment, "/site/") {
		fix = fmt.Sprintf("if the site is %s, write %s/#/site/%[1]s; otherwise leave the path out", first, server)
	}
	return errors.New("the server's address has a path that is not a page of Tableau; " + fix)
}

// contentURL is what a site may be called in addresses.
var contentURL = pattern.Of(`^[A-Za-z0-9_-]+$`)

// pages are the first folders of the paths that Tableau's own addresses have.
func pages() []string {
	return []string{"t", "views", "authoring", "signin", "vizportal", "trusted", "auth", "en", "api"}
}

// firstFolder is the first part of a path, empty for none.
func firstFolder(path string) string {
	first, _, _ := strings.Cut(strings.Trim(path, "/"), "/")
	return first
}

// siteInPath is the site that a path names (/t/acme/…) or may be meant to name (/acme);
// empty for none.
func siteInPath(path string) string {
	path = strings.Trim(path, "/")
	first, rest, deeper := strings.Cut(path, "/")
	if first == "t" {
		first = firstFolder(rest)
	} else if deeper || slices.Contains(pages(), first) {
		return ""
	}
	if !contentURL().MatchString(first) {
		return ""
	}
	return first
}
