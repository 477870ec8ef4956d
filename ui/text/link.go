package text

import (
	"net/url"
	"strings"
)

const (
	linkStart = "\x1b]8;"
	linkOff   = "\x1b]8;;\x1b\\"
)

// Link marks what is shown as a link to an address (OSC 8), which takes no cell. Only
// plain http and https addresses become links: of anything else, or with something that a
// terminal could act on, what is shown stays as it is.
func Link(address, shown string) string {
	if strings.IndexFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f }) >= 0 {
		return shown
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || shown == "" {
		return shown
	}
	return linkStart + ";" + address + "\x1b\\" + shown + linkOff
}
