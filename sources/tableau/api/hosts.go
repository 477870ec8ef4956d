package api

import (
	"net"
	"strings"
)

// sameOwner guesses whether two hosts belong to the same registrable domain: one
// lies within the other's parent domain (online.tableau.com and
// 10ax.online.tableau.com). A parent needs two labels, three below a country
// where names are registered one level deeper (co.uk); what the guess refuses
// can be allowed by name.
func sameOwner(a, b string) bool {
	a, b = strings.ToLower(strings.TrimSuffix(a, ".")), strings.ToLower(strings.TrimSuffix(b, "."))
	if a == b {
		return true
	}
	if net.ParseIP(a) != nil || net.ParseIP(b) != nil {
		return false
	}
	parent := parentDomain(a)
	return parent != "" && (b == parent || strings.HasSuffix(b, "."+parent))
}

// parentDomain is host without its first label; the host itself if it is a
// registrable domain already, "" if it is not even that.
func parentDomain(host string) string {
	labels := strings.Split(host, ".")
	n := len(labels)
	least := 2
	if n >= 2 && len(labels[n-1]) == 2 && len(labels[n-2]) <= 3 {
		least = 3
	}
	switch {
	case n < least:
		return ""
	case n == least:
		return host
	}
	return strings.Join(labels[1:], ".")
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
