package exposure

import (
	"fmt"

	"darkroom/model"
)

const (
	luidA = "3f9c1a2b-0000-4000-8000-00000000000a"
	luidB = "77aa10ff-0000-4000-8000-00000000000b"
	luidC = "77aa10ff-1111-4000-8000-00000000000c" // first eight digits of luidB
	luidD = "dddddddd-1111-4000-8000-00000000000d"
)

const ourFile = "models/exposures/tableau.yml"

// shop is a project with one resource for each rule of the pre-flight.
func shop(version string) *model.Project {
	m := func(pkg, name string, edit func(*model.Resource)) model.Resource {
		r := model.Resource{ID: "model." + pkg + "." + name, Kind: model.KindModel, Name: name, Package: pkg, Materialized: "table"}
		if edit != nil {
			edit(&r)
		}
		return r
	}
	source := func(pkg, source, table string) model.Resource {
		return model.Resource{ID: "source." + pkg + "." + source + "." + table, Kind: model.KindSource, SourceName: source, Name: table, Package: pkg}
	}
	versioned := func(v string, text bool) func(*model.Resource) {
		return func(r *model.Resource) { r.ID += ".v" + v; r.Version = v; r.VersionText = text }
	}
	return &model.Project{
		Name: "shop", DbtVersion: version,
		Resources: []model.Resource{
			m("shop", "fct_orders", nil),
			m("shop", "secret", func(r *model.Resource) { r.Access = "private"; r.Group = "finance" }),
			m("shop", "light", func(r *model.Resource) { r.Materialized = "ephemeral" }),
			m("shop", "customers", versioned("2", false)),
			m("shop", "cohorts", versioned("2024q1", true)),
			m("shop", "zero", versioned("0", false)),
			m("shop", "twice", nil),
			m("lib", "twice", nil),
			m("lib", "calendar", nil),
			m("shop", "it's", nil),
			m("shop", `both'"`, nil),
			{ID: "seed.shop.countries", Kind: model.KindSeed, Name: "countries", Package: "shop"},
			{ID: "snapshot.shop.history", Kind: model.KindSnapshot, Name: "history", Package: "shop"},
			{ID: "metric.shop.revenue", Kind: model.KindMetric, Name: "revenue", Package: "shop"},
			source("shop", "crm", "account"),
			source("lib", "crm", "account"),
			source("lib", "geo", "cities"),
		},
		Disabled: []model.Resource{m("shop", "off", nil)},
		Exposures: []model.Exposure{
			{Name: "weekly", Package: "shop", Path: "models/hand.yml", URL: "https://bi.example.com/t/acme/views/W/Weekly?:iid=1", Enabled: true},
			{Name: "switched_off", Package: "shop", Path: "models/hand.yml", TableauLUID: "dddddddd-0000-4000-8000-000000000000"},
			{Name: "taken", Package: "shop", Path: "models/hand.yml"},
		},
	}
}

// cand is a dashboard of the workbook "Sales" with the given parents.
func cand(p *model.Project, luid, title string, ids ...string) Candidate {
	c := Candidate{
		Key:  luid,
		Site: &model.Site{Server: "https://bi.example.com", ContentURL: "acme"},
		Workbook: &model.Workbook{
			LUID: "11112222-0000-4000-8000-000000000000", Name: "Sales",
			Owner: model.User{Name: "Owner One", Email: "one@example.com"},
		},
		Dashboard:     &model.Dashboard{LUID: luid, Name: title},
		ContainerPath: []string{"Finance", "EMEA"},
		URL:           "https://bi.example.com/#/site/acme/views/Sales/" + luid[:8],
	}
	for _, id := range ids {
		c.Parents = append(c.Parents, parent(p, id))
	}
	return c
}

func parent(p *model.Project, id string) Parent {
	for _, list := range [][]model.Resource{p.Resources, p.Disabled} {
		for i := range list {
			if list[i].ID == id {
				return Parent{Resource: &list[i], Project: p}
			}
		}
	}
	return Parent{Resource: &model.Resource{ID: id, Kind: model.KindModel}, Project: p}
}

func planOf(p *model.Project, cands ...Candidate) Plan {
	return NewPlan(cands, Known{}, Options{Project: p, File: ourFile})
}

// replan plans with the names that a file and its base know.
func replan(existing, base []byte, cands ...Candidate) Plan {
	return NewPlan(cands, mustRead(existing, base).Known(), Options{Project: shop("1.12.6"), File: ourFile})
}

func mustRead(existing, base []byte) *Disk {
	d, err := readOne(existing, base)
	if err != nil {
		panic(fmt.Sprint("fixture: ", err))
	}
	return d
}

func readOne(existing, base []byte) (*Disk, error) {
	return ReadDisk([]File{{ourFile, existing}}, base)
}

// merged is the outcome for one file.
type merged struct {
	Text, Base []byte
	Changes    Changes
	Conflicts  []Conflict
	Items      []Item
}

// mergeOne merges a plan into one file.
func mergeOne(existing, base []byte, plan Plan, settle Settle) (merged, error) {
	d, err := readOne(existing, base)
	if err != nil {
		return merged{}, err
	}
	out, err := d.Merge(plan, settle)
	if err != nil {
		return merged{}, err
	}
	res := merged{Text: existing, Base: out.Base, Conflicts: out.Conflicts, Items: out.Items}
	for _, f := range out.Files {
		res.Text, res.Changes = f.Text, f.Changes
	}
	return res, nil
}

// Merge is mergeOne without answers.
func Merge(existing, base []byte, plan Plan) (merged, error) {
	return mergeOne(existing, base, plan, Settle{})
}

func (p Plan) names() []string {
	out := make([]string, 0, len(p.Exposures))
	for i := range p.Exposures {
		out = append(out, p.Exposures[i].Name)
	}
	return out
}
