package workspace

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/tools"
)

// sources are the files to read.
type sources struct {
	manifests []string
	sites     []siteSource
}

type siteSource struct {
	path   string
	reader tools.Reader
	names  tools.Names
}

// prepare finds the folder, reads its configuration and lists what to load.
func prepare(req Request) (*Workspace, sources, error) {
	var plan sources
	home, err := config.Find(req.Dir, req.Manifests...)
	if err != nil {
		return nil, plan, err
	}
	w := &Workspace{Root: home.State, Config: home.Config, project: home.Project, state: req.State}
	switch {
	case len(req.Manifests) > 0:
		plan.manifests = req.Manifests
		w.elsewhere = !slices.ContainsFunc(req.Manifests, func(m string) bool { return dbt.RootOf(m) == home.Project.Root })
	case home.Project.Root == "" && len(w.Config.Manifests) == 0:
		return nil, plan, home.Missing
	case len(w.Config.Manifests) > 0:
		for _, m := range w.Config.Manifests {
			plan.manifests = append(plan.manifests, w.Config.Path(m))
		}
	case home.Missing != nil:
		return nil, plan, home.Missing
	default:
		plan.manifests = []string{home.Project.ManifestPath}
	}
	plan.sites, err = w.siteSources(req)
	return w, plan, err
}

// siteSources lists what the BI tools left: the files of the command line, or the
// snapshots of the configured sites. A configured site without a snapshot is
// a warning, not an error: it has not been synced yet.
func (w *Workspace) siteSources(req Request) ([]siteSource, error) {
	readers := req.readers()
	var out []siteSource
	for _, path := range req.Metadata {
		src := siteSource{path: path, reader: readers.For(path)}
		if s, ok := siteOf(w.Config, path); ok {
			src.names = namesOf(s)
		}
		out = append(out, src)
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, s := range w.Config.Sites {
		path := w.Config.Path(s.Snapshot)
		if !exists(path) {
			w.missing = append(w.missing, s)
			w.Warnings = append(w.Warnings, fmt.Sprintf("site %s has no snapshot yet (%s): %s", s.Name, s.Snapshot, firstSync(s)))
			continue
		}
		src := siteSource{path, readers.For(path), namesOf(s)}
		if key := src.reader.Unfit(s.ToolKeys()); key != "" {
			return nil, &disk.Error{
				Kind: disk.ErrInvalid, File: w.Config.File,
				What: fmt.Sprintf("site %s: sites of %s have no %s:", s.Name, src.reader.Tool.Title(), key), Fix: "take " + key + " out",
			}
		}
		out = append(out, src)
	}
	if len(out) == 0 {
		w.Warnings = append(w.Warnings, noMetadata)
	}
	return out, nil
}

// firstSync says how to get a snapshot that is missing.
func firstSync(s config.Site) string {
	if s.Server == "" {
		return "put the file there, or give the site a server: to sync with"
	}
	return "darkroom sync fetches it, as r does in the explorer"
}

// siteOf finds the configured site that a snapshot belongs to.
func siteOf(c *config.Config, path string) (config.Site, bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return config.Site{}, false
	}
	i := slices.IndexFunc(c.Sites, func(s config.Site) bool { return c.Path(s.Snapshot) == abs })
	if i < 0 {
		return config.Site{}, false
	}
	return c.Sites[i], true
}

// namesOf say what a site is called and where its dashboards are opened.
func namesOf(s config.Site) tools.Names {
	return tools.Names{Server: cmp.Or(s.PublicURL, s.Server), ContentURL: s.Site, Name: s.Name}
}
