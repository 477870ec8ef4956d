package syncjob

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/trust"
)

// WithServer are the sites that can be synced.
func WithServer(sites []config.Site) []config.Site {
	return slices.DeleteFunc(slices.Clone(sites), func(s config.Site) bool { return s.Server == "" })
}

// Named are the sites with these names, in any case; without a name it is every site.
func Named(conf *config.Config, names []string) ([]config.Site, error) {
	if len(names) == 0 {
		return slices.Clone(conf.Sites), nil
	}
	var out []config.Site
	for _, name := range names {
		i := slices.IndexFunc(conf.Sites, func(s config.Site) bool { return strings.EqualFold(s.Name, name) })
		if i < 0 {
			var known []string
			for _, s := range conf.Sites {
				known = append(known, s.Name)
			}
			return nil, fmt.Errorf("no site is called %q; there are: %s", name, strings.Join(known, ", "))
		}
		out = append(out, conf.Sites[i])
	}
	return out, nil
}

// PublicServer is the server as links and snapshots name it.
func PublicServer(s config.Site) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return s.Server
}

// File is where the snapshot of a site is; a folder has a file of its own for it.
func File(conf *config.Config, s config.Site) string {
	file := conf.Path(s.Snapshot)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return filepath.Join(file, "darkroom-sync.json.gz")
	}
	return file
}

// SecretsOf is the site as secrets are looked up for it.
func SecretsOf(s config.Site, server trust.Confirmed) secrets.Site {
	return secrets.Site{Name: s.Name, Server: server, ContentURL: s.Site, Method: s.Auth}
}
