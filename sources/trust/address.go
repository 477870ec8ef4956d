package trust

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"darkroom/model/pattern"
)

// errAddress never quotes what was written: a pasted address may have a password.
var errAddress = errors.New("this is not the address of a server; write it like https://tableau.example.com")

// hostName are the letters of a host that is not a number.
var hostName = pattern.Of(`^[a-z0-9._-]+$`)

// Address is the scheme, host and port of a server in the one form that is compared,
// kept and shown: lower case, ASCII (a name in other letters as its punycode, so that
// no letter passes for another), without the port that the scheme has anyway. Without a
// scheme it is https.
func Address(text string) (string, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", errAddress
	}
	return addressOf(u)
}

var defaultPorts = [...]struct{ scheme, port string }{{"https", "443"}, {"http", "80"}}

// addressOf is the address of any page.
func addressOf(u *url.URL) (string, error) {
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return "", err
	}
	for _, d := range defaultPorts {
		if u.Scheme != d.scheme {
			continue
		}
		port := u.Port()
		if port != "" {
			n, err := strconv.ParseUint(port, 10, 16)
			if err != nil || n == 0 {
				return "", errAddress
			}
			port = strconv.FormatUint(n, 10)
		}
		if port == "" || port == d.port {
			if strings.Contains(host, ":") {
				host = "[" + host + "]"
			}
			return d.scheme + "://" + host, nil
		}
		return d.scheme + "://" + net.JoinHostPort(host, port), nil
	}
	return "", errAddress
}

// asciiHost is a host as the connection will use it.
func asciiHost(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() == "" {
		return ip.String(), nil
	}
	for i := range len(host) {
		if host[i] >= 0x80 {
			ascii, err := idna.Lookup.ToASCII(host)
			if err != nil {
				return "", errAddress
			}
			host = ascii
			break
		}
	}
	host = strings.ToLower(host)
	if !hostName().MatchString(host) {
		return "", errAddress
	}
	return host, nil
}

// isLoopback reports an address that never leaves this computer.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
