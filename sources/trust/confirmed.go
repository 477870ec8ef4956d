package trust

import (
	"bytes"
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Confirmed is a server that may receive secrets. Only this package makes one that is
// not zero, and the zero value allows nothing.
type Confirmed struct {
	server Server
	others []Record // what else you confirmed, for redirects
}

// confirm is the one place where a Confirmed is made of a server.
func confirm(s Server, others []Record) Confirmed {
	s.CA, s.RedirectHosts = bytes.Clone(s.CA), slices.Clone(s.RedirectHosts)
	return Confirmed{s, others}
}

// Listening confirms a server of this process, such as the example's: nothing else can
// answer at the address of a listener that is open.
func Listening(l net.Listener) Confirmed {
	address, err := Address("http://" + l.Addr().String())
	if host, _, split := net.SplitHostPort(l.Addr().String()); err != nil || split != nil || !isLoopback(host) {
		return Confirmed{}
	}
	return confirm(Server{Address: address}, nil)
}

// Any reports that there is a server: the value is not zero.
func (c Confirmed) Any() bool { return c.server.Address != "" }

// Address is where secrets may go, without a slash at the end.
func (c Confirmed) Address() string { return c.server.Address }

// InsecureSkipVerify reports that any certificate is accepted.
func (c Confirmed) InsecureSkipVerify() bool { return c.server.InsecureSkipVerify }

// CA are further certificates in PEM, as they were when the server was confirmed.
func (c Confirmed) CA() []byte { return bytes.Clone(c.server.CA) }

// Plain reports http to another computer.
func (c Confirmed) Plain() bool { return c.server.Plain() }

// Leads reports whether sign-in may follow the server to another address: your word
// for it is needed, too. It is there for a name below the server's own
// (10ax.online.tableau.com is below online.tableau.com), for the same host with
// encryption added, for a host in redirect_hosts, and for a server that you confirmed
// under the same terms. to has to be encrypted, except between addresses of this
// computer.
func (c Confirmed) Leads(to *url.URL) bool {
	address, err := addressOf(to)
	from, wrong := url.Parse(c.server.Address)
	if err != nil || wrong != nil || !c.Any() {
		return false
	}
	scheme, host, _ := strings.Cut(address, "://")
	if scheme != "https" && !(isLoopback(from.Hostname()) && isLoopback(to.Hostname())) {
		return false
	}
	there := c.server.Record()
	there.Server, there.RedirectHosts = address, nil
	return address == c.server.Address || from.Port() == "" && host == from.Hostname() ||
		slices.Contains(c.server.RedirectHosts, host) || from.Port() == "" && to.Port() == "" && isBelow(host, from.Hostname()) ||
		slices.ContainsFunc(c.others, func(r Record) bool { return r.Covers(there) })
}

// isBelow reports whether a host is a name below another that one owner registered:
// below co.uk or github.io anyone may have a name.
func isBelow(host, parent string) bool {
	if net.ParseIP(parent) != nil || !strings.HasSuffix(host, "."+parent) {
		return false
	}
	suffix, listed := publicsuffix.PublicSuffix(parent)
	return suffix != parent && (listed || strings.Contains(suffix, "."))
}
