package api

import (
	"net"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// sameOwner reports whether two hosts belong to the same registrable domain, one
// label below a suffix under which everyone may have a name: online.tableau.com
// and 10ax.online.tableau.com do, two of github.io or co.uk do not. Without such
// a domain (addresses, names of an intranet, unknown suffixes) only
// equal hosts do; what the rule refuses can be allowed by name.
func sameOwner(a, b string) bool {
	a, b = strings.ToLower(strings.TrimSuffix(a, ".")), strings.ToLower(strings.TrimSuffix(b, "."))
	domain := registrable(a)
	return a == b || domain != "" && domain == registrable(b)
}

// shared are zones in which everyone gets a name for a machine, and which the public
// list of suffixes does not have.
var shared = []string{".cloudapp.azure.com", ".bc.googleusercontent.com"}

// registrable is the domain that the host's owner registered, "" if there is none.
// The list of suffixes has ASCII forms only, and a suffix that it does not have
// comes back as one label that no registry vouches for.
func registrable(host string) string {
	for _, zone := range shared {
		if strings.HasSuffix("."+host, zone) {
			return ""
		}
	}
	for i := range len(host) {
		if host[i] >= 0x80 {
			return ""
		}
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann && !strings.Contains(suffix, ".") || net.ParseIP(host) != nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil { // the host is a suffix itself
		return ""
	}
	return domain
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
