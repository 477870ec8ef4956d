package config

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

var errNoAddress = errors.New("this is not the address of a Tableau page; copy it from the browser, like https://tableau.example.com/#/site/acme/home")

// SiteOfAddress takes server and site out of what the browser shows:
// https://host/#/site/acme/views/… (the default site has no "site"), or
// https://host/t/acme/….
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
	for _, part := range [][2]string{{u.Fragment, "/site/"}, {u.Path, "/t/"}} {
		if rest, ok := strings.CutPrefix(part[0], part[1]); ok && s.Site == "" {
			s.Site = rest
			if end := strings.IndexAny(rest, "/?#"); end >= 0 {
				s.Site = rest[:end]
			}
		}
	}
	if all := s.Server + s.Site; !utf8.ValidString(all) || strings.ContainsFunc(all, unicode.IsControl) {
		return Site{}, errNoAddress
	}
	if s.Name = s.Site; s.Name == "" {
		s.Name = u.Hostname()
	}
	return s, nil
}
