package change

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"darkroom/model/selector"
)

// The words of Change.What for files.
const (
	InFile     = "file"       // its SQL, Python or rows
	InYAML     = "properties" // what YAML says of it
	InProject  = "dbt_project.yml"
	InPackages = "packages"
	InMacros   = "macros"
	Moved      = "path" // the file is in another folder
)

// File is a file of a package that differs.
type File struct {
	Path        string // in the package
	Added, Gone bool
	Same        string // of one that is gone: another with the same content
	// Before and After are what a YAML file says; nil where there is none.
	Before, After map[string]any
	Unreadable    bool // YAML that cannot be read
	HasMacros     bool
	Every         bool // every macro in it counts as changed
}

// Package is what differs of one package.
type Package struct {
	Name  string
	Files []File
	// Macros are the names of the macros, tests and materializations that differ; true of
	// those that came or went.
	Macros map[string]bool
}

// Sources are what files are compared with: what manifests have.
type Sources struct {
	Root   string // the root package
	Nodes  []selector.Node
	Macros map[string]selector.Macro
	// Foreign are the packages that dbt brings along.
	Foreign func(name string) bool
}

// FromFiles maps files to the resources that they are about.
func FromFiles(packages []Package, in Sources) *Set {
	f := newFileWalk(in)
	for i := range packages {
		f.pkg = &packages[i]
		f.added = map[string]bool{}
		for k := range f.pkg.Files {
			if x := &f.pkg.Files[k]; x.Added {
				f.added[path.Base(x.Path)] = true
			}
		}
		for k := range f.pkg.Files {
			f.file(&f.pkg.Files[k])
		}
		for name, other := range f.pkg.Macros {
			f.macroCalled(name, other)
		}
	}
	f.macros()
	s := &Set{By: "base"}
	for _, id := range slices.Sorted(maps.Keys(f.at)) {
		s.Changes = append(s.Changes, *f.at[id])
	}
	s.sort()
	s.Limits = f.unmatched()
	return s
}

type fileWalk struct {
	in      Sources
	pkg     *Package
	at      map[string]*Change
	nodes   map[string]*selector.Node
	inFile  map[place][]*selector.Node
	entries map[place][]*selector.Node // by type and name
	macroIn map[place][]string         // ids
	added   map[string]bool            // base names of files of the package
	changed map[string]bool            // macros by id
	names   map[string]bool            // of macros
	unknown []string                   // files that no resource is in
	lost    []string                   // likewise, and they are gone
}

// place is a file of a package, or an entry of one: its kind and name.
type place struct{ pkg, kind, name string }

func newFileWalk(in Sources) *fileWalk {
	f := &fileWalk{
		in: in, at: map[string]*Change{}, nodes: map[string]*selector.Node{}, inFile: map[place][]*selector.Node{}, entries: map[place][]*selector.Node{},
		macroIn: map[place][]string{}, changed: map[string]bool{}, names: map[string]bool{},
	}
	for i := range in.Nodes {
		n := &in.Nodes[i]
		file, entry := place{n.Package, "", n.Path}, place{n.Package, n.Type, nameOf(n)}
		f.nodes[n.ID] = n
		f.inFile[file] = append(f.inFile[file], n)
		f.entries[entry] = append(f.entries[entry], n)
	}
	for id, m := range in.Macros {
		file := place{m.Package, "", m.Path}
		f.macroIn[file] = append(f.macroIn[file], id)
	}
	return f
}

// add marks a node.
func (f *fileWalk) add(n *selector.Node, what string) *Change {
	c := f.at[n.ID]
	if c == nil {
		made := of(n)
		c = &made
		f.at[n.ID] = c
	}
	if !c.Is(what) {
		c.What = append(c.What, what)
	}
	return c
}

// each marks the nodes that fit.
func (f *fileWalk) each(what string, fits func(*selector.Node) bool) {
	for i := range f.in.Nodes {
		if n := &f.in.Nodes[i]; fits(n) {
			f.add(n, what)
		}
	}
}

func (f *fileWalk) file(x *File) {
	name := path.Base(x.Path)
	switch {
	case x.Path == "dbt_project.yml":
		f.project(x)
	case x.Path == "packages.yml", x.Path == "dependencies.yml", x.Path == "package-lock.yml":
		f.packages(x)
	case x.Path == "selectors.yml", x.Path == "profiles.yml":
	case strings.HasSuffix(name, ".yml"), strings.HasSuffix(name, ".yaml"):
		f.properties(x)
	case strings.HasSuffix(name, ".sql"), strings.HasSuffix(name, ".py"), strings.HasSuffix(name, ".csv"):
		f.code(x)
	}
}

// code is a file with SQL, Python or rows.
func (f *fileWalk) code(x *File) {
	what, found := f.happened(x), x.HasMacros
	for _, n := range f.inFile[place{f.pkg.Name, "", x.Path}] {
		c := f.add(n, what)
		if what == Deleted && x.Same != "" && n.Type != "snapshot" {
			c.become(Renamed, []string{stem(x.Same)})
		}
		found = true
	}
	for _, id := range f.macroIn[place{f.pkg.Name, "", x.Path}] {
		found = true
		if x.Every {
			f.macro(id)
		}
	}
	if !found {
		f.missed(x)
	}
}

// happened says what happened to the file of a resource.
func (f *fileWalk) happened(x *File) string {
	switch {
	case x.Gone && f.isElsewhere(x):
		return Moved
	case x.Gone:
		return Deleted
	case x.Added:
		return New
	}
	return InFile
}

// isElsewhere reports a file that is now in another folder.
func (f *fileWalk) isElsewhere(x *File) bool {
	return f.added[path.Base(x.Path)]
}

func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

func (f *fileWalk) missed(x *File) {
	switch {
	case x.Gone && !f.isElsewhere(x):
		f.lost = append(f.lost, x.Path)
	case !x.Gone:
		f.unknown = append(f.unknown, x.Path)
	}
}

// packages are the list of installed ones: their resources, and what uses their macros.
func (f *fileWalk) packages(x *File) {
	if !x.Unreadable && reflect.DeepEqual(x.Before, x.After) {
		return
	}
	f.each(InPackages, func(n *selector.Node) bool { return n.Package != f.in.Root })
	installed := map[string]bool{}
	for id, m := range f.in.Macros {
		if m.Package != f.in.Root && !f.in.Foreign(m.Package) {
			installed[id] = true
		}
	}
	for id := range f.users(installed) {
		f.add(f.nodes[id], InPackages)
	}
}

// unmatched says which files could not be placed.
func (f *fileWalk) unmatched() (limits []string) {
	if len(f.lost) > 0 {
		limits = append(limits, "Deleted, and not in the manifest at hand, so that what depended on it is not known: "+few(f.lost)+". --state with production's artifacts knows it.")
	}
	if len(f.unknown) > 0 {
		limits = append(limits, "Not in the manifest at hand, because they are new or dbt does not read them: "+few(f.unknown)+".")
	}
	return limits
}

// few names the first of some files.
func few(names []string) string {
	const most = 5
	slices.Sort(names)
	out := strings.Join(names[:min(len(names), most)], ", ")
	if n := len(names) - most; n > 0 {
		out += fmt.Sprintf(" and %d more", n)
	}
	return out
}
