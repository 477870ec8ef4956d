// Package spot finds the place in a project's files where something is written, for an
// editor: a model's SQL, an exposure or a source in its YAML.
//
// Not here: opening it (ui/cli/editor).
package spot

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"

	"darkroom/model"
	"darkroom/model/exposure/yamledit"
	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// Spot is a line of a file that is there. File is absolute; Line counts from 1, and 0 is no
// line in particular.
type Spot struct {
	File string
	Line int
}

// OfExposure is the entry of an exposure in a file of a project. name is a slash path; a
// file without the entry is found without a line.
func OfExposure(p *model.Project, name, exposure string) (Spot, error) {
	s, err := open(p, name)
	if err == nil {
		s.Line = lineOf(s.File, "exposures", exposure, "")
	}
	return s, err
}

// OfResource is the file of a resource of one of the projects: that of the resource's package,
// where it is open, otherwise p with its installed packages.
func OfResource(p *model.Project, projects []*model.Project, r *model.Resource) (Spot, error) {
	name := r.Path
	switch {
	case r.External:
		return Spot{}, errors.New(r.Name + " belongs to another project, whose files are not here")
	case name == "":
		return Spot{}, errors.New("the manifest names no file for " + r.Name)
	case r.Package() != "" && r.Package() != p.Name:
		if i := slices.IndexFunc(projects, func(o *model.Project) bool { return o.Name == r.Package() && o.Root != "" }); i >= 0 {
			p = projects[i]
			break
		}
		name = path.Join("dbt_packages", r.Package(), name)
	}
	s, err := open(p, name)
	if err == nil && yamlfile.Is(name) {
		s.Line = lineOf(s.File, lists()[r.Kind], r.Name, r.SourceName())
	}
	return s, err
}

// lists are the keys under which dbt's YAML lists what is only there.
func lists() map[model.Kind]string {
	return map[model.Kind]string{
		model.KindModel: "models", model.KindSource: "sources", model.KindSeed: "seeds", model.KindSnapshot: "snapshots", model.KindMetric: "metrics",
		model.KindSemanticModel: "semantic_models", model.KindSavedQuery: "saved_queries", model.KindFunction: "functions",
	}
}

// open is a file of a project that is there.
func open(p *model.Project, name string) (Spot, error) {
	if p.Root == "" {
		return Spot{}, errors.New("the folder of " + p.Name + " is not known: there is no dbt_project.yml beside its manifest")
	}
	file, err := disk.Inside(p.Root, name)
	if err != nil {
		return Spot{}, err
	}
	shown := filepath.Join(p.Root, filepath.FromSlash(name))
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Spot{}, errors.New(shown + " is not there")
	case err != nil:
		return Spot{}, disk.Failed("open", shown, err)
	case !info.Mode().IsRegular():
		return Spot{}, errors.New(shown + " is not a file")
	}
	return Spot{File: file}, nil
}

// lineOf is the line of an entry of a list. Of a source, the entry is that of the source,
// and the line is that of its table name. In a file that cannot be parsed it is the line
// of the mistake.
func lineOf(file, list, name, source string) int {
	text, err := disk.ReadFile(file)
	if err != nil {
		return 0
	}
	doc, ferr := yamledit.Parse(text, list)
	if ferr != nil {
		return ferr.Line
	}
	entry := name
	if source != "" {
		entry = source
	}
	i := slices.IndexFunc(doc.Entries, func(e yamledit.Entry) bool { return e.Name == entry })
	if i < 0 {
		return 0
	}
	e := &doc.Entries[i]
	if source != "" {
		named := regexp.MustCompile(`^\s*(-\s+)?["']?name["']?\s*:\s*["']?` + regexp.QuoteMeta(name) + `["']?\s*(#.*)?$`)
		for n, l := range doc.EntryLines(e) {
			if n > 0 && named.MatchString(l.Text) {
				return e.First + n + 1
			}
		}
	}
	return e.First + 1
}
