package lineage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/walk"
)

// Dashboard is a dashboard with everything that lineage knows of it.
type Dashboard struct {
	ID            ID
	Key           string // model.Site.Key: the identity of decisions
	Site          *model.Site
	Workbook      *model.Workbook // nil when it is unknown
	Dashboard     *model.Dashboard
	ContainerPath []string // from the top down
	Collections   []string // names of those that hold it or its workbook, sorted and unique

	Links  []Link // one per table it reads
	Gaps   []walk.Gap
	Status Status
}

// Link is one table that a dashboard reads and what was found for it.
type Link struct {
	Tool     *model.Tool
	Read     walk.Read
	Verdict  *match.Verdict // shared by all links to one table, so not to be changed
	Resource ID             // None unless the verdict is matched
}

// Counts gives the number of tables linked to a resource, and of all tables.
func (d *Dashboard) Counts() (linked, all int) {
	for i := range d.Links {
		if d.Links[i].Resource != None {
			linked++
		}
	}
	return linked, len(d.Links)
}

// Home is the dashboard's container and owner: those of its workbook or, without a
// workbook, its own.
func (d *Dashboard) Home() model.Home { return d.Dashboard.HomeIn(d.Workbook) }

func (d *Dashboard) Owner() model.User { return d.Home().Owner }

// Title is the name as it is shown.
func (d *Dashboard) Title() string { return model.DisplayName(d.Dashboard.Name) }

// WorkbookTitle is the workbook's name as it is shown, empty without a workbook.
func (d *Dashboard) WorkbookTitle() string {
	if d.Workbook == nil {
		return ""
	}
	return model.DisplayName(d.Workbook.Name)
}

// Place is where it is found: its containers, and its workbook if it has one. It is empty
// where neither is known.
func (d *Dashboard) Place() string {
	path := strings.Join(model.DisplayPath(d.ContainerPath), " / ")
	if d.Workbook == nil {
		return path
	}
	return strings.TrimPrefix(path+" / "+d.WorkbookTitle(), " / ")
}

// Tags joins the tags of the view and of its workbook, sorted and unique.
func (d *Dashboard) Tags() []string {
	tags := slices.Clone(d.Dashboard.Tags)
	if d.Workbook != nil {
		tags = append(tags, d.Workbook.Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// Updated is when it was last published, as far as the tool says so of it or of its
// workbook; zero when that is unknown.
func (d *Dashboard) Updated() time.Time {
	if t := d.Dashboard.UpdatedAt; !t.IsZero() || d.Workbook == nil {
		return t
	}
	return d.Workbook.UpdatedAt
}

// URL is the browser address, empty when the server is not known.
func (d *Dashboard) URL() string {
	return d.Site.DashboardURL(d.Workbook, d.Dashboard)
}

// TableName is the best printable name of the table.
func (l *Link) TableName() string {
	t := l.Table()
	if name := t.Name(); name != "" {
		return name
	}
	if l.Read.Table.Redacted {
		return "(name hidden by permissions)"
	}
	return "(table without a name)"
}

// Table is what was matched: the name found in custom SQL, or the table itself.
func (l *Link) Table() match.Table { return tableOf(&l.Read) }

// Open reports a link that a decision settles: a candidate is there.
func (l *Link) Open() bool {
	return l.Verdict.Outcome == match.Review || l.Verdict.Outcome == match.Ambiguous
}

// Route is the way from the dashboard to the table, "sheet "Trend" > embedded
// "Orders+" > custom SQL "Late" line 4"; of several the longest, which says most.
func (l *Link) Route() string {
	best, steps := "", -1
	for _, r := range l.Read.Routes {
		if n := len(r.Steps()); n > steps {
			best, steps = r.String(), n
		}
	}
	return best
}

// compareDashboards orders dashboards as the BI tool shows them; sites are in the order of
// their ids.
func compareDashboards(siteIDs map[*model.Site]string) func(a, b *Dashboard) int {
	workbook := func(d *Dashboard) string {
		if d.Workbook == nil {
			return ""
		}
		return d.Workbook.Name
	}
	return func(a, b *Dashboard) int {
		if a.Site != b.Site {
			if c := strings.Compare(siteIDs[a.Site], siteIDs[b.Site]); c != 0 {
				return c
			}
		}
		if c := slices.Compare(a.ContainerPath, b.ContainerPath); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(workbook(a), workbook(b)), strings.Compare(a.Dashboard.Name, b.Dashboard.Name), strings.Compare(a.Key, b.Key))
	}
}

// Explain is a link's verdict with what led to it. A table is explained on
// demand, and once however many links it has.
func (g *Graph) Explain(l *Link) *match.Explanation {
	key := KeyOf(&l.Read)
	x, known := g.explains.Load(key)
	if !known {
		made := g.matcher.Explain(l.Table())
		x, _ = g.explains.LoadOrStore(key, &made)
	}
	return x.(*match.Explanation)
}

// CanonicalName is the name under which a link's table is pinned or ignored, ""
// where its name is missing: ids change when a data source is published again
// (model/match/RULES.md#maps-pins-and-ignores).
func (g *Graph) CanonicalName(l *Link) string {
	name := g.matcher.Canonical(l.Table())
	if _, after, ok := strings.Cut(name, "://"); ok && after != "" && !strings.HasSuffix(after, "/") {
		return name
	}
	return ""
}
