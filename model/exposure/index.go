package exposure

import (
	"cmp"
	"strings"

	"darkroom/model"
)

// manifestIndex answers what the checks ask of a project.
type manifestIndex struct {
	parents  map[*model.Resource]*parent
	disabled map[string]*model.Resource // by unique_id
	refs     map[string]owners          // refable name → packages that have it
	sources  map[[2]string]int          // (source, table) → how often

	byLUID, byURL map[string]Declared // exposures outside our file
	foreign       map[string]string   // name → file, outside our file
	ours          map[string]string   // key → name, in our file as the manifest saw it
	names         map[string]bool     // every name that may not be given again
	given         map[string]bool     // names handed out in this plan
}

// owners are the packages that have a name.
type owners struct {
	first string
	more  bool
}

// parent is what candidates depend on.
type parent struct {
	here *model.Resource // what the project has under its unique_id
	call string          // to that; empty when it is not known
	of   *Candidate      // the last that depends on it
}

// parentsOf are all that candidates depend on.
func parentsOf(cands []Candidate) map[*model.Resource]*parent {
	all := map[*model.Resource]*parent{}
	for i := range cands {
		for _, p := range cands[i].Parents {
			if p.Resource != nil && all[p.Resource] == nil {
				all[p.Resource] = &parent{}
			}
		}
	}
	return all
}

// newManifestIndex reads the project's manifest: of its resources, which can be many, those
// that candidates depend on, and what has the same names.
func newManifestIndex(opt Options, cands []Candidate) *manifestIndex {
	p := opt.Project
	x := &manifestIndex{
		parents: parentsOf(cands), disabled: map[string]*model.Resource{},
		refs: map[string]owners{}, sources: map[[2]string]int{},
		byLUID: map[string]Declared{}, byURL: map[string]Declared{},
		foreign: map[string]string{}, ours: map[string]string{},
		names: map[string]bool{}, given: map[string]bool{},
	}
	if p == nil {
		return x
	}
	wanted, names := make(map[string]bool, len(x.parents)), make(map[string]bool, len(x.parents))
	for r := range x.parents {
		wanted[r.ID] = true
	}
	enabled := make(map[string]*model.Resource, len(wanted))
	for i := range p.Resources {
		if r := &p.Resources[i]; wanted[r.ID] {
			enabled[r.ID], names[r.Name] = r, true
		}
	}
	for r, parent := range x.parents {
		parent.here = enabled[r.ID]
	}
	for i := range p.Resources {
		if r := &p.Resources[i]; names[r.Name] {
			x.addName(r)
		}
	}
	for i := range p.Disabled {
		if r := &p.Disabled[i]; wanted[r.ID] {
			x.disabled[r.ID] = r
		}
	}
	for i := range p.Exposures {
		x.addExposure(&p.Exposures[i], opt)
	}
	return x
}

// addName counts a name among those of its kind.
func (x *manifestIndex) addName(r *model.Resource) {
	switch {
	case r.Kind == model.KindSource:
		x.sources[[2]string{r.SourceName(), r.Name}]++
	case refable(r.Kind):
		has, known := x.refs[r.Name]
		if !known {
			has.first = r.Package()
		}
		has.more = has.more || has.first != r.Package()
		x.refs[r.Name] = has
	}
}

func (x *manifestIndex) addExposure(e *model.Exposure, opt Options) {
	x.names[e.Name] = true
	root := opt.Project.Name
	if e.Package == root || e.Package == "" {
		if key := cmp.Or(e.Dashboard, strings.ToLower(e.LUID)); key != "" && (e.Path == opt.File || e.ManagedBy == ManagedBy) {
			x.ours[clean(key)] = e.Name
		}
		if e.Path == opt.File || e.ManagedBy == ManagedBy || opt.WasRead != nil && opt.WasRead(e.Path) {
			return
		}
	}
	d := Declared{Name: e.Name, URL: e.URL, File: e.Path}
	if e.Package == root || e.Package == "" {
		x.foreign[e.Name] = e.Path // names are unique per package only
	} else {
		d.File = "package " + e.Package + ", " + e.Path
	}
	if e.LUID != "" {
		addFirst(x.byLUID, strings.ToLower(e.LUID), d)
	}
	if key := AddressKey(e.URL); key != "" {
		addFirst(x.byURL, key, d)
	}
}

// addFirst keeps the declaration with the smaller name, whatever the order.
func addFirst(m map[string]Declared, key string, d Declared) {
	if old, ok := m[key]; !ok || d.Name < old.Name {
		m[key] = d
	}
}

// addKnown reserves the names of earlier exports and of hand-written entries in
// our own file, and respects the latter's URLs.
func (x *manifestIndex) addKnown(k Known) {
	for _, name := range k.Names {
		x.names[name] = true
	}
	for _, d := range k.Entries {
		x.names[d.Name] = true
		x.foreign[d.Name] = d.File
		if d.LUID != "" {
			addFirst(x.byLUID, d.LUID, d)
		}
		if key := AddressKey(d.URL); key != "" {
			addFirst(x.byURL, key, d)
		}
	}
}

// declared finds a hand-written exposure of the same view.
func (x *manifestIndex) declared(c *Candidate) (Declared, bool) {
	if luid := c.ownLUID(); luid != "" && len(x.byLUID) > 0 {
		if d, ok := x.byLUID[luid]; ok {
			return d, true
		}
	}
	if len(x.byURL) == 0 {
		return Declared{}, false
	}
	key := AddressKey(c.URL)
	d, ok := x.byURL[key]
	return d, ok && key != ""
}

// AddressKey makes the spellings of one view's address equal: the fragment form of
// the browser, the /t/ form of links, queries, letter case, a last slash.
func AddressKey(url string) string {
	url = strings.ToLower(strings.TrimSpace(url))
	url, _, _ = strings.Cut(url, "?")
	url = strings.Replace(url, "/#/", "/", 1)
	url = strings.Replace(url, "/site/", "/t/", 1)
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	return strings.TrimRight(url, "/")
}

func refable(k model.Kind) bool {
	return k == model.KindModel || k == model.KindSeed || k == model.KindSnapshot
}
