package export

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/pattern"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/workspace"
)

// place is where the exposures of one project go, in what dbt reads
// (model/exposure/CONTRACT.md#where-the-file-lies).
type place struct {
	root    string
	pattern exposure.Pattern
	chosen  bool   // darkroom.yml says where; otherwise it is the default
	conf    string // darkroom.yml, for messages
	folders []string
	unreads func(name string) (why string)
	written []string          // by the last export
	noModel string            // why the default has no place; empty when it has
	names   map[string]string // what a pattern gives → the file
	spelt   *disk.Spelling
}

// placeOf looks at dbt_project.yml, which is on disk, and not at the manifest, which
// may be older or from elsewhere.
func placeOf(w *workspace.Workspace, p *model.Project, base *merge.Base) (*place, error) {
	layout, err := w.Layout(p)
	if err != nil {
		return nil, err
	}
	version := exposure.DbtVersion(p)
	pl := &place{
		root: p.Root, conf: cmp.Or(w.Config.File, config.Name), folders: layout.ReadFolders(version), written: base.Files(), names: map[string]string{}, spelt: disk.NewSpelling(p.Root),
		unreads: func(name string) string { return layout.Unread(name, version) },
	}
	models, why := layout.ModelFolder()
	if pl.pattern, pl.chosen = w.Config.Export.Pattern(models); pl.chosen {
		return pl, nil
	}
	pl.noModel = why
	if before, _ := w.Config.Export.Pattern(config.UsualModels); pl.unreads(sample(before)) == "" && pl.holds(string(before)) {
		pl.pattern, pl.noModel = before, ""
	}
	return pl, nil
}

// holds reports that the exposures are below the fixed part of a pattern: it was the
// default before the project got its first model-paths, and they stay.
func (pl *place) holds(pattern string) bool {
	fixed, _, many := strings.Cut(pattern, "{")
	if slices.ContainsFunc(pl.written, func(name string) bool { return name == fixed || many && strings.HasPrefix(name, fixed) }) {
		return true
	}
	text, err := disk.ReadInside(pl.root, fixed)
	return err == nil && ours(text)
}

// sample is a file of a pattern, to try out where it leads.
func sample(p exposure.Pattern) string { return p.File(&exposure.Candidate{}) }

// sample is such a file of the project; without a placeholder it is the only one.
func (pl *place) sample() string { return pl.spelt.Of(sample(pl.pattern)) }

// file is where the exposure of a candidate goes. A name that a pattern gives and
// that another file has is changed a little.
func (pl *place) file(c *exposure.Candidate) string {
	name := pl.pattern.File(c)
	if free, known := pl.names[name]; known {
		return free
	}
	free := pl.spelt.Of(name)
	for strings.Contains(string(pl.pattern), "{") && pl.taken(free) != "" {
		free = path.Join(path.Dir(free), exposure.Beside(path.Base(free)))
	}
	pl.names[name] = free
	return free
}

// taken says what a file is when it is not one for exposures.
func (pl *place) taken(name string) string {
	if why := config.Taken(name); why != "" {
		return why
	}
	if slices.Contains(pl.written, name) {
		return ""
	}
	text, err := disk.ReadInside(pl.root, name)
	if err != nil || ours(text) {
		return ""
	}
	if key := properties().FindSubmatch(text); key != nil {
		return "this file has the properties of your " + string(key[1])
	}
	return ""
}

// ours reports a file that has an entry of darkroom's.
func ours(text []byte) bool { return bytes.Contains(text, []byte("managed_by: "+exposure.ManagedBy)) }

// properties finds a list of a YAML file of dbt that is not one of exposures.
var properties = pattern.Of(`(?m)^["']?(models|sources|seeds|snapshots|analyses|macros|data_tests|unit_tests|metrics|semantic_models|saved_queries|groups|functions)["']?\s*:`)

// problem says why nothing can be written, when there is, or may be, something to write.
func (pl *place) problem(some bool) error {
	if !some && len(pl.written) == 0 {
		return nil
	}
	wrong := func(what, fix string) error {
		return &disk.Error{Kind: disk.ErrInvalid, File: pl.conf, Place: disk.Place{Path: "export.file"}, What: what, Fix: fix}
	}
	folders := strings.Join(pl.folders, ", ")
	switch {
	case pl.noModel != "":
		return wrong(pl.noModel+", and darkroom writes inside it only",
			"add a folder of the project to model-paths, or name a file below one of the other folders that dbt reads: "+folders)
	case slices.Contains(pl.folders, ".") && !pl.ignored():
		return wrong("dbt reads the whole project (its paths have \".\"), and so darkroom's last export a second time",
			"write "+config.Dir+"/ into .dbtignore, or give dbt folders of their own")
	}
	name := pl.sample()
	if why := pl.unreads(name); why != "" {
		return wrong(name+" would not be read: "+why, "name another file in "+folders)
	}
	if strings.Contains(string(pl.pattern), "{") {
		return nil // names that are taken are avoided
	}
	if why := pl.taken(name); why != "" {
		return wrong(name+": "+why, "name a file for the exposures alone, for example "+path.Join(path.Dir(name), "exposures", "tableau.yml"))
	}
	return nil
}

// Ready is the error of writing nothing because the exposures of a project have no
// place, before anything is decided. Of several projects it is not known yet which get any.
func Ready(w *workspace.Workspace) error {
	for _, p := range w.Targets() {
		if p.Root == "" {
			continue
		}
		base, err := disk.ReadInside(p.Root, lastExport)
		if err != nil {
			return err
		}
		pl, err := placeOf(w, p, merge.ReadBase(base))
		if err == nil {
			err = pl.problem(len(w.Targets()) == 1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ignored reports that dbt does not look into darkroom's folder.
func (pl *place) ignored() bool {
	text, err := disk.ReadInside(pl.root, ".dbtignore")
	return err == nil && regexp.MustCompile(`(?m)^/?\.darkroom(/(\*\*?)?)?\s*$`).Match(text)
}

// unread are the files with entries that dbt does not read, such as one that entries
// were moved into by hand.
func (pl *place) unread(entries []merge.Entry, out merge.Outcome) []merge.Item {
	files := map[string]bool{}
	for i := range entries {
		files[entries[i].File] = true
	}
	for i := range out.Files {
		files[out.Files[i].Name] = len(out.Files[i].Names) > 0
	}
	var items []merge.Item
	for name, has := range files {
		if why := pl.unreads(name); has && why != "" {
			items = append(items, merge.Item{What: merge.Unread, File: name, Note: why + "; move its entries to " + pl.sample()})
		}
	}
	slices.SortFunc(items, func(a, b merge.Item) int { return strings.Compare(a.File, b.File) })
	return items
}
