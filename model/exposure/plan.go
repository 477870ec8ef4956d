package exposure

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"darkroom/model"
	"darkroom/model/shellword"
)

// Candidate is one dashboard that is to be exported.
type Candidate struct {
	// Key is its identity, model.Site.Key of the dashboard; of the workbook when
	// whole workbooks are exported.
	Key       string
	Site      *model.Site
	Workbook  *model.Workbook  // may be nil: hidden by permissions
	Dashboard *model.Dashboard // nil exports the workbook as one exposure
	// ContainerPath are the containers from the top down to the workbook's.
	ContainerPath []string
	URL           string // where a browser opens it; empty when unknown
	Parents       []Parent
	// Unmatched counts tables whose resource is unclear; Incomplete says why the
	// lineage may be incomplete.
	Unmatched  int
	Incomplete []string
}

// Parent is a resource that a dashboard reads, with the project in whose
// manifest it was found.
type Parent struct {
	Resource *model.Resource
	Project  *model.Project
}

// Options say for whom and where the file is written.
type Options struct {
	// Project is the root project that gets the file; only what its manifest
	// resolves can be a parent.
	Project *model.Project
	// Tools are those of the loaded sites: the header of a new file names them.
	Tools []*model.Tool
	// File is the slash path of the file relative to the project's root; Place,
	// when set, chooses one for each candidate.
	File  string
	Place func(*Candidate) string
	// WasRead reports the files that Known was read from: the manifest is older than
	// they are.
	WasRead func(file string) bool
	// OwnerName and OwnerEmail are used where the BI tool never reported an owner.
	OwnerName, OwnerEmail string
	// Tags are put on every exposure, next to the BI tool's own ("tableau:<tag>").
	Tags []string
	// KeepKeys are keys whose entries stay as they are although there is no
	// candidate: dashboards that a partial fetch did not bring.
	KeepKeys []string
	// GoneSince are keys that a complete fetch came without: their entries stay as
	// well, and the last export keeps the day given here, 2026-11-23.
	GoneSince map[string]string
}

// Exposure is one entry to be written. Its texts are already safe for dbt: valid
// UTF-8 and no Jinja markers.
type Exposure struct {
	Key, Name, Label, Type, URL, Description string

	DependsOn             []string // "ref('m')", sorted and unique
	ParentIDs             []string // unique_ids behind DependsOn, sorted
	OwnerName, OwnerEmail string
	Tags                  []string // sorted and unique
	Meta                  Meta
	File                  string // where the entry belongs

	Title string // the BI tool's own, or the last one that is known
	// DefaultOwner: the owner is that of the options; the BI tool's is missing.
	DefaultOwner bool

	Elsewhere int // parents left out because another project owns them
}

// Meta is what is under meta.tableau, or the key of another tool. Empty fields are not written.
type Meta struct {
	Tool *model.Tool
	// LUID is the tool's identifier; Key is there too only when it differs (a hidden view
	// has no LUID).
	LUID, Key, Kind, Site, Server       string
	WorkbookLUID, Workbook, ProjectPath string
	Unmatched                           int
	Incomplete                          []string
}

// Plan is what the exposures of a project should say.
type Plan struct {
	Tools     []*model.Tool // as in Options
	Exposures []Exposure    // sorted by name
	Refusals  []Refusal     // sorted by title, key and rule
	// MetaInConfig puts tags and meta under config (CONTRACT.md#tags-and-meta).
	MetaInConfig bool
	// KeepKeys and GoneSince are as in Options.
	KeepKeys  []string
	GoneSince map[string]string

	index *manifestIndex
}

// ByHand finds the hand-written exposure of a dashboard, in the files or the manifest.
func (p *Plan) ByHand(c Candidate) (Declared, bool) {
	if p.index == nil {
		return Declared{}, false
	}
	return p.index.declared(&c)
}

// NewPlan checks, names and fills in the candidates. Neither the order of the
// candidates nor of their parents matters. Names that known holds are used
// again; names that any exposure of the manifest has are never given. The error is that of
// ctx.
func NewPlan(ctx context.Context, cands []Candidate, known Known, opt Options) (Plan, error) {
	p := &planner{
		opt:     opt,
		dialect: dialectOf(opt.Project),
		index:   newManifestIndex(opt, cands),
		known:   known,
	}
	p.index.addKnown(known)
	plan := Plan{Tools: opt.Tools, MetaInConfig: p.dialect.metaInConfig(), KeepKeys: cleanAll(opt.KeepKeys), GoneSince: opt.GoneSince, index: p.index}
	var fresh []*Exposure
	exposures := make([]*Exposure, 0, len(cands))
	made := make([]Exposure, len(cands))
	for _, c := range normalise(cands) {
		if ctx.Err() != nil {
			return Plan{}, ctx.Err()
		}
		e := &made[len(exposures)]
		if refusals := p.planOne(c, e); len(refusals) > 0 {
			plan.Refusals = append(plan.Refusals, refusals...)
			continue
		}
		exposures = append(exposures, e)
	}
	for _, e := range exposures {
		if !p.reuseName(e) {
			fresh = append(fresh, e)
		}
	}
	giveNames(fresh, p.index.names)
	slices.SortFunc(exposures, func(a, b *Exposure) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(plan.Refusals, compareRefusals)
	plan.Exposures = make([]Exposure, len(exposures))
	for i, e := range exposures {
		plan.Exposures[i] = *e
	}
	return plan, nil
}

// normalise cleans keys, sorts by them and drops a second candidate of one key.
func normalise(cands []Candidate) []*Candidate {
	out := make([]*Candidate, len(cands))
	for i := range cands {
		c := &cands[i]
		if key := clean(c.Key); key != c.Key {
			cleaned := *c
			c = &cleaned
			c.Key = key
		}
		out[i] = c
	}
	slices.SortStableFunc(out, func(a, b *Candidate) int {
		if c := cmp.Compare(a.Key, b.Key); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(a.title(), b.title()), cmp.Compare(a.URL, b.URL))
	})
	return slices.CompactFunc(out, func(a, b *Candidate) bool { return a.Key == b.Key && a.Key != "" })
}

// planner carries what every candidate is checked against.
type planner struct {
	opt     Options
	dialect dialect
	index   *manifestIndex
	known   Known
}

// planOne makes e the exposure of a candidate, still without its name, or says why not.
func (p *planner) planOne(c *Candidate, e *Exposure) []Refusal {
	*e = Exposure{
		Key:         c.Key,
		Title:       p.knownTitle(c),
		Type:        "dashboard",
		URL:         cleanURL(c.URL),
		Label:       clean(c.title()),
		Description: c.description(),
		Tags:        c.tags(p.opt.Tags),
		Meta:        c.meta(),
		File:        p.opt.File,
	}
	if p.opt.Place != nil {
		e.File = p.opt.Place(c)
	}
	r := refuser{key: c.Key, title: e.Title}
	p.keepPrevious(c, e, &r)
	if !p.dialect.hasLabel() {
		e.Label = ""
	}
	if c.Key == "" {
		r.add(CodeNoIdentity, "has neither a LUID nor another id", "sync again with a token that sees the dashboard")
	}
	p.checkDeclared(c, &r)
	p.resolveParents(c, e, &r)
	p.fillOwner(c, e, &r)
	return r.out
}

// checkDeclared refuses what is already written by hand: the same view twice
// would count every dependency twice (CONTRACT.md#changes-over-time).
func (p *planner) checkDeclared(c *Candidate, r *refuser) {
	if d, ok := p.index.declared(c); ok {
		r.add(CodeDeclared, "already declared as "+d.Name+" in "+d.File,
			"run darkroom adopt "+shellword.Quote(d.Name)+" to keep it up to date, or exclude the dashboard")
		return
	}
	if len(p.index.foreign) == 0 {
		return
	}
	name := p.known.Names[c.Key]
	if file, ok := p.index.foreign[name]; ok && name != "" {
		r.add(CodeNameTaken, "its name "+name+" is also declared in "+file, "rename one of the two exposures")
	}
}

// reuseName gives an exposure the name it had at an earlier export.
func (p *planner) reuseName(e *Exposure) bool {
	name := p.known.Names[e.Key]
	valid := oneLine(name) // chosen by hand, and dbt's to judge
	if name == "" {
		name = p.index.ours[e.Key]
		valid = ValidName(name)
	}
	if !valid || p.index.given[name] {
		return false
	}
	p.index.given[name] = true
	e.Name = name
	return true
}

// title is the name of the candidate in Tableau.
func (c *Candidate) title() string {
	switch {
	case c.Dashboard != nil:
		return c.Dashboard.Name
	case c.Workbook != nil:
		return c.Workbook.Name
	}
	return ""
}

// oneLine reports a text that a file can have as it is, on one line.
func oneLine(s string) bool {
	return s != "" && clean(s) == s && strings.TrimSpace(s) == s && strings.IndexFunc(s, unicode.IsControl) < 0
}

// ValidName is dbt's own rule for an exposure's name, [\w-]+ (CONTRACT.md#dbts-rule-for-names).
// A name that was chosen by hand stays whatever it is.
func ValidName(name string) bool {
	return name != "" && strings.IndexFunc(name, func(r rune) bool { return !wordRune(r) && r != '-' }) < 0
}

// ToolKey is the key below meta that the tool's values have.
func (m *Meta) ToolKey() string {
	if m.Tool == nil {
		return DefaultMetaKey
	}
	return m.Tool.Key
}
