package workspace

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"darkroom/sources/disk"
)

// check notes every value of a decoded configuration that cannot work.
func (c *Config) check(y *disk.YAML) {
	for i, p := range c.Manifests {
		if p == "" {
			y.FailAt(fmt.Sprintf("$.manifests[%d]", i), "a path is missing", "")
		}
	}
	c.checkSites(y)
	c.Scope.check(y)
	c.checkRules(y)
	checkMaps(y, c.Maps)
	for from, to := range c.ConnectionAliases {
		if from == "" || to == "" {
			y.FailAt("$.connection_aliases", "an alias needs a connection type and an adapter", "for example {postgres_jdbc: postgres}")
		}
	}
	checkPins(y, c.Pins, c.Ignore)
	c.Export.check(y)
}

func (c *Config) checkSites(y *disk.YAML) {
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
		checkServer(y, at+".server", s.Server)
		checkServer(y, at+".public_url", s.PublicURL)
		s.checkConnection(y, at)
		if strings.ContainsAny(s.Site, "/# ") {
			y.FailAt(at+".site", "site is only the part between /site/ and the next slash in the browser", "")
		}
	}
}

func (s Site) checkConnection(y *disk.YAML, at string) {
	ways := []string{AuthPAT, AuthJWT, AuthPassword}
	if s.Auth != "" && !slices.Contains(ways, s.Auth) {
		y.FailAt(at+".auth", fmt.Sprintf("unknown way to sign in %q", disk.Clip(s.Auth)), disk.DidYouMean(s.Auth, ways))
	}
	for i, host := range s.RedirectHosts {
		if host == "" || strings.ContainsAny(host, "/: ") {
			y.FailAt(fmt.Sprintf("%s.redirect_hosts[%d]", at, i), "this is not the name of a host", "for example pod.example.net")
		}
	}
	if s.CAFile != "" && s.InsecureSkipVerify {
		y.FailAt(at+".insecure_skip_verify", "ca_file has no use when certificates are not checked", "take insecure_skip_verify out")
	}
}

// checkServer wants scheme and host. The value itself is never quoted: people
// paste addresses with passwords.
func checkServer(y *disk.YAML, at, server string) {
	if server == "" {
		return
	}
	u, err := url.Parse(server)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		y.FailAt(at, "this is not the address of a server", "write it like https://tableau.example.com")
	case u.User != nil:
		y.FailAt(at, "an address cannot hold a name or password", "secrets come from the environment or the keyring")
	case strings.HasPrefix(u.Fragment, "/site/"):
		name, _, _ := strings.Cut(u.Fragment[len("/site/"):], "/")
		y.FailAt(at, "this is the address of a page", fmt.Sprintf("write server: %s://%s and site: %s", u.Scheme, u.Host, disk.Clip(name)))
	case u.Path != "" || u.RawQuery != "" || strings.Contains(server, "#"):
		y.FailAt(at, "this is the address of a page", fmt.Sprintf("write server: %s://%s", u.Scheme, u.Host))
	}
}

// check follows facts/matching.md §3.6: a database, a database and schema, or a
// database and "*" for the schema, which may stand once on the dbt side.
func (m Map) check() (message, cure string) {
	const shapes = "write {tableau: DB, dbt: db}, {tableau: DB.SCHEMA, dbt: db.schema} or {tableau: DB.*, dbt: db.prefix_*}"
	from, to := nameParts(m.Tableau), nameParts(m.DBT)
	switch {
	case m.Tableau == "" || m.DBT == "":
		return "a map needs both sides", shapes
	case len(from) == 0 || len(to) == 0 || len(from) > 2 || len(to) > 2:
		return "a map names a database, or a database and a schema", shapes
	case len(from) != len(to):
		return "both sides of a map need the same parts", shapes
	}
	if wrong := checkStar(from, to); wrong != "" {
		return wrong, shapes
	}
	return "", ""
}

// checkStar looks at the * of a map whose sides have the same parts.
func checkStar(from, to []string) string {
	if strings.Contains(from[0]+to[0], "*") {
		return "* cannot stand in a database"
	}
	if len(from) == 1 {
		return ""
	}
	switch stars := strings.Count(to[1], "*"); {
	case strings.Contains(from[1], "*") && from[1] != "*":
		return "on the Tableau side * stands for the whole schema"
	case stars > 1:
		return "* can stand once only"
	case stars == 1 && from[1] != "*":
		return "* on the dbt side needs * on the Tableau side"
	}
	return ""
}

// nameParts splits a name at dots that are not in quotes; nil when a part is
// empty or a quote is left open.
func nameParts(name string) []string {
	var parts []string
	start, quote := 0, byte(0)
	for i := 0; i <= len(name); i++ {
		switch {
		case i == len(name) && quote != 0:
			return nil
		case i == len(name), name[i] == '.' && quote == 0:
			if i == start {
				return nil
			}
			parts = append(parts, name[start:i])
			start = i + 1
		case quote != 0 && name[i] == quote:
			quote = 0
		case quote == 0 && (name[i] == '"' || name[i] == '`'):
			quote = name[i]
		case quote == 0 && name[i] == '[':
			quote = ']'
		}
	}
	return parts
}

var (
	canonicalName = regexp.MustCompile(`^[a-z][a-z0-9_]*://[^\s].*$`)
	pinnedNode    = regexp.MustCompile(`^(model|seed|snapshot|source)(\.[^.\s]+){2,}$`)
)

const canonicalCure = `write it like "snowflake://DATABASE.SCHEMA.TABLE", as the explanation of a table shows it`

// checkMaps looks at the maps of either file.
func checkMaps(y *disk.YAML, maps []Map) {
	for i, m := range maps {
		if message, cure := m.check(); message != "" {
			y.FailAt(fmt.Sprintf("$.maps[%d]", i), message, cure)
		}
	}
}

// checkPins looks at the pins and ignores of either file.
func checkPins(y *disk.YAML, pins []Pin, ignores []Ignore) {
	seen := map[string]bool{}
	for i, p := range pins {
		at := fmt.Sprintf("$.pins[%d]", i)
		switch {
		case !canonicalName.MatchString(p.Table):
			y.FailAt(at+".table", "a pin needs the canonical name of a table", canonicalCure)
		case !pinnedNode.MatchString(p.Node):
			y.FailAt(at+".node", "a pin needs the unique_id of a model, seed, snapshot or source", "for example node: model.shop.orders")
		case seen[p.Table]:
			y.FailAt(at, fmt.Sprintf("%s is pinned twice", disk.Clip(p.Table)), "keep one")
		}
		seen[p.Table] = true
		checkAt(y, at+".at", p.At)
	}
	for i, g := range ignores {
		at := fmt.Sprintf("$.ignore[%d]", i)
		if !canonicalName.MatchString(g.Table) {
			y.FailAt(at+".table", "ignore needs the canonical name of a table", canonicalCure)
		}
		checkAt(y, at+".at", g.At)
	}
}

const timeCure = "write it like 2026-11-23T18:00:00Z"

func checkAt(y *disk.YAML, at, text string) {
	if _, ok := parseTime(text); !ok {
		y.FailAt(at, "this is not a time", timeCure)
	}
}

// parseTime reads RFC 3339 or a plain date; nothing is the zero time.
func parseTime(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t, err = time.Parse(time.DateOnly, text)
	}
	return t.UTC(), err == nil
}

// checkTexts wants no empty item in a list.
func checkTexts(y *disk.YAML, at string, list []string) {
	for i, s := range list {
		if strings.TrimSpace(s) == "" {
			y.FailAt(fmt.Sprintf("%s[%d]", at, i), "an empty text says nothing here", "take it out")
		}
	}
}
