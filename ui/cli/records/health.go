package records

import (
	"cmp"
	"context"
	"slices"
	"time"

	"darkroom/model"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
)

// Health is what darkroom health prints in JSON.
type Health struct {
	At    time.Time `json:"at"`
	Rules string    `json:"rules"` // dbt or catalog
	// Results are when each project's results were written.
	Results []HealthResults `json:"results"`
	Items   []HealthItem    `json:"items"`
	// Reasons counts the findings of all items by their code.
	Reasons map[string]int `json:"reasons"`
}

// HealthResults say what one project's newest results are.
type HealthResults struct {
	Project   string     `json:"project"`
	Command   string     `json:"command,omitempty"` // of dbt: build
	At        *time.Time `json:"at,omitempty"`
	Resources int        `json:"resources"` // with a result of a run or test
	Sources   int        `json:"sources"`   // with a freshness check
}

// HealthItem is the health of one exposure, model or source.
type HealthItem struct {
	Kind       string          `json:"kind"` // exposure, model or source
	Name       string          `json:"name"`
	ID         string          `json:"unique_id"`
	Project    string          `json:"project"`
	Type       string          `json:"type,omitempty"` // of an exposure
	Label      string          `json:"label,omitempty"`
	URL        string          `json:"url,omitempty"`
	Health     string          `json:"health"`
	Known      int             `json:"ancestors_known"`
	Ancestors  int             `json:"ancestors"`
	TestsKnown int             `json:"tests_known"`
	Tests      int             `json:"tests"`
	Newest     *time.Time      `json:"newest_result,omitempty"`
	Oldest     *time.Time      `json:"oldest_result,omitempty"`
	Findings   []HealthFinding `json:"findings"`
	Missing    []string        `json:"without_result"` // unique_ids of ancestors
	state      health.State
	report     *health.Report
}

// HealthFinding is one reason.
type HealthFinding struct {
	Code     string     `json:"code"`
	Means    string     `json:"means"` // caution or degraded
	Text     string     `json:"text"`
	Resource string     `json:"unique_id"`
	Test     string     `json:"test,omitempty"`
	Message  string     `json:"message,omitempty"` // of dbt
	At       *time.Time `json:"at,omitempty"`
}

func (i *HealthItem) State() health.State { return i.state }

// Report is all that is known of an item.
func (i *HealthItem) Report() *health.Report { return i.report }

// HealthKinds are what health can be asked about.
func HealthKinds() []string { return []string{"exposures", "models", "sources"} }

// HealthOf judges what is selected of these kinds.
func HealthOf(ctx context.Context, w *workspace.Workspace, in query.Found, kinds []string, opt health.Options) (*Health, error) {
	h, err := health.New(ctx, w.Graph, opt)
	if err != nil {
		return nil, err
	}
	out := &Health{At: opt.Now, Rules: "dbt", Results: resultsOf(w.Graph), Items: []HealthItem{}, Reasons: map[string]int{}}
	if opt.Catalog {
		out.Rules = "catalog"
	}
	if slices.Contains(kinds, "exposures") {
		if err := out.addExposures(ctx, w, in, h); err != nil {
			return nil, err
		}
	}
	for id := range lineage.ID(w.Graph.Resources()) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r := w.Graph.Node(id).Resource; slices.Contains(kinds, r.Kind.String()+"s") && (r.Kind == model.KindModel || r.Kind == model.KindSource) && !r.IsEphemeral() && in.Has(id) {
			out.add(resourceHealth(w.Graph, h, id))
		}
	}
	slices.SortStableFunc(out.Items, func(a, b HealthItem) int {
		return cmp.Or(cmp.Compare(slices.Index(HealthKinds(), a.Kind+"s"), slices.Index(HealthKinds(), b.Kind+"s")), cmp.Compare(b.state.Rank(), a.state.Rank()), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// addExposures judges those that are selected. What has one report is kept once.
func (out *Health) addExposures(ctx context.Context, w *workspace.Workspace, in query.Found, h *health.Health) error {
	list, err := exposures.List(ctx, w, w.Book)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(e *outlook.Entry) bool { return e.Disabled || !exposureIn(w.Graph, e, in) })
	reports, err := h.EntryReports(ctx, list)
	if err != nil {
		return err
	}
	known := map[*health.Report]HealthItem{}
	for n, e := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		i, ok := known[reports[n]]
		if !ok {
			i = itemOf(reports[n])
			known[reports[n]] = i
		}
		i.Kind, i.Name, i.ID, i.Project, i.Type, i.Label, i.URL = "exposure", e.Name, e.ID, e.Project, e.Type, e.Label, e.URL
		out.add(i)
	}
	return nil
}

func (out *Health) add(i HealthItem) {
	for _, f := range i.Findings {
		out.Reasons[f.Code]++
	}
	out.Items = append(out.Items, i)
}

func resourceHealth(g *lineage.Graph, h *health.Health, id lineage.ID) HealthItem {
	n, i := g.Node(id), itemOf(h.Report(id))
	i.Kind, i.Name, i.ID, i.Project = n.Resource.Kind.String(), n.Resource.FullName(), n.Resource.ID, n.Project.Name
	return i
}

// itemOf is what a report says, of anything.
func itemOf(rep *health.Report) (i HealthItem) {
	i.state, i.report, i.Health = rep.State, rep, rep.State.String()
	i.Known, i.Ancestors, i.TestsKnown, i.Tests = rep.Known, rep.Ancestors, rep.TestsKnown, rep.Tests
	i.Newest, i.Oldest = given(rep.Newest), given(rep.Oldest)
	i.Findings, i.Missing = []HealthFinding{}, []string{}
	for j := range rep.Findings {
		f := &rep.Findings[j]
		one := HealthFinding{Code: f.Code, Means: f.Means.String(), Text: f.Sentence(), Resource: f.Resource.ID, Message: f.Message, At: given(f.At)}
		if f.Test != nil {
			one.Test = f.Test.ID
		}
		i.Findings = append(i.Findings, one)
	}
	for _, r := range rep.Missing {
		i.Missing = append(i.Missing, r.ID)
	}
	return i
}

// given is nil for a time that is not known.
func given(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func resultsOf(g *lineage.Graph) []HealthResults {
	out := []HealthResults{}
	for _, p := range g.Projects {
		r := HealthResults{Project: p.Name, At: given(p.RunAt), Resources: len(p.Runs), Sources: len(p.Freshness)}
		if p.Runs != nil {
			r.Command = p.RunCommand
		}
		out = append(out, r)
	}
	return out
}
