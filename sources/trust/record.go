package trust

import (
	"slices"
	"strings"
	"time"
)

// Record is a server that you confirmed, and how far your word goes.
type Record struct {
	Server             string // see [Address]
	CA                 string // fingerprint of further certificates that may vouch for it
	InsecureSkipVerify bool
	RedirectHosts      []string // further hosts that sign-in may lead to
	Confirmed          time.Time
}

// Covers reports that a confirmed server is asked for again, as it was confirmed or
// more strictly: fewer redirects, or checked certificates.
func (r Record) Covers(s Record) bool {
	switch {
	case r.Server == "" || r.Server != s.Server:
		return false
	case !r.InsecureSkipVerify && (s.InsecureSkipVerify || s.CA != "" && s.CA != r.CA):
		return false
	}
	return !slices.ContainsFunc(s.RedirectHosts, func(host string) bool { return !slices.Contains(r.RedirectHosts, host) })
}

// Keys are the keys of darkroom.yml behind the terms, the weakest first.
func (r Record) Keys() []string {
	var out []string
	for _, k := range []struct {
		key string
		set bool
	}{
		{"insecure_skip_verify", r.InsecureSkipVerify},
		{"http", (Server{Address: r.Server}).Plain()},
		{"ca_file", r.CA != ""},
		{"redirect_hosts: " + strings.Join(r.RedirectHosts, " "), len(r.RedirectHosts) > 0},
	} {
		if k.set {
			out = append(out, k.key)
		}
	}
	return out
}

// Terms say in words what a record allows besides the address.
func (r Record) Terms() []string {
	var out []string
	if s := (Server{Address: r.Server}); s.Plain() {
		out = append(out, "http is not encrypted: anyone on the way can read the secrets")
	}
	if r.InsecureSkipVerify {
		out = append(out, "certificates are not checked (insecure_skip_verify): anyone on the way can read the secrets")
	}
	if r.CA != "" {
		out = append(out, "certificates of ca_file are accepted, too ("+r.CA[:min(len(r.CA), len("sha256:")+16)]+"…)")
	}
	if len(r.RedirectHosts) > 0 {
		out = append(out, "sign-in may lead to "+strings.Join(r.RedirectHosts, ", ")+" (redirect_hosts)")
	}
	return out
}
