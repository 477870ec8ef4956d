package config

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gosimple/unidecode"

	"darkroom/model/exposure"
	"darkroom/model/pattern"
	"darkroom/sources/disk"
	"darkroom/sources/trust"
	"darkroom/sources/yamlfile"
)

// Site is one site of a BI tool. It names a server to sync with, a snapshot to read,
// or both.
type Site struct {
	Name      string `yaml:"name"`       // unique; filled in when the file leaves it out
	Server    string `yaml:"server"`     // no trailing slash
	Site      string `yaml:"site"`       // content URL; empty is the default site
	Snapshot  string `yaml:"snapshot"`   // filled in when the file leaves it out
	PublicURL string `yaml:"public_url"` // no trailing slash; may be empty

	// How to connect; the secrets themselves are never here.
	Auth               string   `yaml:"auth"`    // AuthPAT, AuthJWT, AuthPassword or empty
	CAFile             string   `yaml:"ca_file"` // PEM
	InsecureSkipVerify bool     `yaml:"insecure_skip_verify"`
	RedirectHosts      []string `yaml:"redirect_hosts"`

	// Download makes sync read the files of workbooks and published data sources
	// where the metadata is incomplete.
	Download bool `yaml:"download"`
	// Columns makes sync ask for the columns that the fields of sheets come from.
	Columns bool `yaml:"columns"`
}

// ToolKeys are the keys that have a value and that not every BI tool knows.
func (s *Site) ToolKeys() []string {
	var keys []string
	for _, k := range []struct {
		key string
		set bool
	}{
		{"server", s.Server != ""},
		{"site", s.Site != ""},
		{"auth", s.Auth != ""},
		{"ca_file", s.CAFile != ""},
		{"insecure_skip_verify", s.InsecureSkipVerify},
		{"redirect_hosts", len(s.RedirectHosts) > 0},
		{"download", s.Download},
		{"columns", s.Columns},
	} {
		if k.set {
			keys = append(keys, k.key)
		}
	}
	return keys
}

// The ways to sign in.
const (
	AuthPAT      = "pat"
	AuthJWT      = "jwt"
	AuthPassword = "password"
)

// noFileName are the characters that are kept out of a snapshot's name.
var noFileName = pattern.Of("[^a-z0-9]+")

func (s *Site) finish() {
	s.Server = strings.TrimRight(s.Server, "/")
	s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	if s.Name == "" {
		_, host, _ := strings.Cut(s.Server, "://")
		base := filepath.Base(filepath.FromSlash(s.Snapshot))
		base, _, _ = strings.Cut(base, ".")
		s.Name = cmp.Or(s.Site, host, base)
	}
	if s.Snapshot == "" && s.Server != "" {
		name := strings.Trim(noFileName().ReplaceAllString(strings.ToLower(unidecode.Unidecode(s.Name)), "-"), "-")
		if name == "" {
			name = "site"
		}
		if exposure.Reserved(name) {
			name = exposure.Beside(name)
		}
		s.Snapshot = Dir + "/snapshots/" + name + ".json.gz"
	}
}

func (c *Config) checkSites(y *yamlfile.Piece) {
	names, files := map[string]bool{}, map[string]bool{}
	for i, s := range c.Sites {
		at := fmt.Sprintf("$.sites[%d]", i)
		name, file := strings.ToLower(s.Name), path.Clean(s.Snapshot)
		switch {
		case s.Server == "" && s.Snapshot == "":
			y.FailAt(at, "a site needs a server or a snapshot", "add server: https://… or snapshot: path")
		case names[name]:
			y.FailAt(at, fmt.Sprintf("the site name %q is here twice", disk.Clip(s.Name)), "give each site a name of its own")
		case files[file]:
			y.FailAt(at+".snapshot", fmt.Sprintf("the snapshot %s belongs to two sites", disk.Clip(s.Snapshot)), "give each site a snapshot of its own")
		}
		names[name], files[file] = true, true
		checkServer(y, at, "server", s.Server)
		checkServer(y, at, "public_url", s.PublicURL)
		s.checkConnection(y, at)
		if strings.ContainsAny(s.Site, "/# ") {
			y.FailAt(at+".site", "site is only the part between /site/ and the next slash in the browser", "")
		}
	}
}

func (s Site) checkConnection(y *yamlfile.Piece, at string) {
	ways := []string{AuthPAT, AuthJWT, AuthPassword}
	if s.Auth != "" && !slices.Contains(ways, s.Auth) {
		y.FailAt(at+".auth", fmt.Sprintf("unknown way to sign in %q", disk.Clip(s.Auth)), yamlfile.DidYouMean(s.Auth, ways))
	}
	for i, host := range s.RedirectHosts {
		if _, err := trust.Address("https://" + host); err != nil || strings.Contains(host, "/") {
			y.FailAt(fmt.Sprintf("%s.redirect_hosts[%d]", at, i), "this is not the name of a host", "for example pod.example.net, or with a port pod.example.net:8443")
		}
	}
	if s.CAFile != "" && s.InsecureSkipVerify {
		y.FailAt(at+".insecure_skip_verify", "ca_file has no use when certificates are not checked", "take insecure_skip_verify out")
	}
}

// checkDocs wants the address where dbt docs begin.
func checkDocs(y *yamlfile.Piece, address string) {
	u, err := url.Parse(address)
	switch at := "$.docs_url"; {
	case address == "":
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		y.FailAt(at, "this is not the address of dbt docs", "write it like https://docs.example.com/shop")
	case u.User != nil || u.RawQuery != "":
		y.FailAt(at, "an address cannot hold a name, a password or a key", "the browser signs in by itself")
	case strings.Contains(address, "#"):
		y.FailAt(at, "this is the address of a page", "leave out what begins with #")
	}
}

// checkServer wants scheme and host. The value itself is never quoted: a
// pasted address may have a password.
func checkServer(y *yamlfile.Piece, at, key, server string) {
	if server == "" {
		return
	}
	at += "." + key
	u, err := url.Parse(server)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		y.FailAt(at, "this is not the address of a server", "write it like https://tableau.example.com")
	case u.User != nil:
		y.FailAt(at, "an address cannot hold a name or password", "secrets come from the environment or the keyring")
	case strings.HasPrefix(u.Fragment, "/site/"):
		name, _, _ := strings.Cut(u.Fragment[len("/site/"):], "/")
		y.FailAt(at, "this is the address of a page", fmt.Sprintf("write %s: %s://%s and site: %s", key, u.Scheme, u.Host, disk.Clip(name)))
	case siteInPath(u.Path) != "":
		y.FailAt(at, "the address of a server has no path", fmt.Sprintf("write %s: %s://%s, and site: %s if that is the site", key, u.Scheme, u.Host, siteInPath(u.Path)))
	case u.Path != "" || u.RawQuery != "" || strings.Contains(server, "#"):
		y.FailAt(at, "this is the address of a page", fmt.Sprintf("write %s: %s://%s", key, u.Scheme, u.Host))
	}
}
