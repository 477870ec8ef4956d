package query

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/editdistance"
	"darkroom/model/lineage"
	"darkroom/model/selector"
)

// field is one row of the table: a word before the colon, what it takes, and what meets it.
type field struct {
	name string
	// about says what is asked of a dashboard, takes what is behind the colon.
	about, takes string
	dbt          bool // dbt has it as a method: what dbt's own means is found, too
	// words are the values there are, also those that go without saying; nil takes anything.
	words, also func() []string
	// reads reads a value that is a comparison.
	reads func(value string) (s span, ok, unfinished bool)
	// dashboard and resource report what meets a value in lower case; resource is nil where
	// only dashboards have the field.
	dashboard func(*Bound, *lineage.Dashboard, *term) bool
	resource  func(*Bound, lineage.ID, *model.Resource, *term) bool
	// own: a dashboard does not have it by what it reads itself.
	own bool
	// part: a part of the text is enough, so what has a longer value has its beginning.
	part bool
	// values are what a dashboard has, to choose from; nil offers the words alone.
	values func(*Known, *lineage.Dashboard) []string
}

// dashboardKind is the word of kind: that no resource has.
const dashboardKind = "dashboard"

// fields is the table (model/selector/SELECTORS.md#fields).
func fields() []field {
	return slices.Concat(names(), []field{columnField()}, states(), measures())
}

// names are the fields of what a dashboard and the places around it are called.
func names() []field {
	return []field{
		{
			name: "name", about: "title; of a model its name", takes: "a part of it", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return contains(d.Title(), t) },
			resource: func(_ *Bound, _ lineage.ID, r *model.Resource, t *term) bool {
				return contains(r.VersionedName(), t)
			},
			own: true,
		},
		{
			name: "owner", about: "name, user name or e-mail of the owner", takes: "a part of it", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				o := d.Owner()
				return contains(o.Name+" "+o.Username+" "+o.Email, t)
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return named(d.Owner().Shown()) },
		},
		{
			name: "project", about: "projects of the BI tool that it lies in, with slashes", takes: "a part of it", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return contains(strings.Join(d.ContainerPath, "/"), t)
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return d.ContainerPath },
		},
		{
			name: "workbook", about: "title of the workbook", takes: "a part of it", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return d.Workbook != nil && contains(d.WorkbookTitle(), t)
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return named(d.WorkbookTitle()) },
		},
		{
			name: "site", about: "name or address of the site", takes: "a part of it", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return contains(d.Site.Name+" "+d.Site.ID(), t) },
			values:    func(_ *Known, d *lineage.Dashboard) []string { return named(d.Site.ID()) },
		},
		{
			name: "tag", about: "tags of dashboard and workbook, or dbt's", takes: "a whole tag", dbt: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return hasTag(d.Tags(), t.value) },
			resource:  func(_ *Bound, _ lineage.ID, r *model.Resource, t *term) bool { return hasTag(r.Tags, t.value) },
			values:    func(_ *Known, d *lineage.Dashboard) []string { return d.Tags() },
		},
		{
			name: "collection", about: "collections that hold it or its workbook", takes: "a part of the name", part: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return slices.ContainsFunc(d.Collections, func(name string) bool { return contains(name, t) })
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return d.Collections },
		},
	}
}

// columnField is the field of columns, which are looked up once for a query.
func columnField() field {
	return field{
		name: "column", about: "columns of dbt that its fields come from, as far as that is exact, after `sync --columns`",
		takes: "`fct_orders.discount`, or `discount` of any model", own: true,
		dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return t.users[d.ID] },
		values:    func(k *Known, d *lineage.Dashboard) []string { return k.columns(d) },
	}
}

// states are the fields with a few words to choose from.
func states() []field {
	return []field{
		{
			name: "state", about: "what is decided, and what an export does with it",
			takes: "`included` `excluded` `undecided` · `written` `new` `changed` `removed` `refused` `yours` `manual` `gone`, or their beginning; dbt's states with `--state`",
			words: stateWords, also: func() []string { return []string{"include", "exclude", "undecide"} },
			dashboard: (*Bound).hasState,
			values:    func(k *Known, d *lineage.Dashboard) []string { return k.states(d) },
		},
		{
			name: "link", about: "how far it is linked to dbt", takes: "`not_linked`, `unclear`, `partly_linked`, `linked`, or their beginning",
			words: linkWords,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return strings.HasPrefix(d.Status.String(), t.value)
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return []string{d.Status.String()} },
		},
		{
			name: "kind", about: "kind of resource, or how it is built", takes: "`model`, `seed`, `snapshot`, `source`, `dashboard`, `view`, `incremental` … or their beginning",
			words: kindWords, also: materializations,
			dashboard: func(_ *Bound, _ *lineage.Dashboard, t *term) bool { return strings.HasPrefix(dashboardKind, t.value) },
			resource: func(_ *Bound, _ lineage.ID, r *model.Resource, t *term) bool {
				return strings.HasPrefix(r.Kind.String(), t.value) || strings.HasPrefix(strings.ToLower(r.Materialized()), t.value)
			},
			values: func(k *Known, d *lineage.Dashboard) []string { return k.kinds(d) },
		},
		{
			name: "health", about: "health of the data behind it, by the newest results of dbt; of a model or source its own", takes: "`degraded`, `caution`, `healthy` or `unknown`, or their beginning",
			words: healthWords, own: true,
			dashboard: func(b *Bound, d *lineage.Dashboard, t *term) bool { return meetsHealth(b.known.Health.State(d.ID), t) },
			resource: func(b *Bound, id lineage.ID, _ *model.Resource, t *term) bool {
				return meetsHealth(b.known.Health.State(id), t)
			},
			values: func(k *Known, d *lineage.Dashboard) []string { return k.health(d) },
		},
		{
			name: "hidden", about: "hidden in its workbook", takes: "`true` or `false`", words: yesOrNo,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return strings.HasPrefix(yes(d.Dashboard.Hidden), t.value)
			},
			values: func(_ *Known, d *lineage.Dashboard) []string { return []string{yes(d.Dashboard.Hidden)} },
		},
		{
			name: "certified", about: "reads published data sources, all of them certified", takes: "`true` or `false`", words: yesOrNo,
			dashboard: func(b *Bound, d *lineage.Dashboard, t *term) bool {
				return strings.HasPrefix(yes(b.known.certified(d)), t.value)
			},
			values: func(k *Known, d *lineage.Dashboard) []string { return []string{yes(k.certified(d))} },
		},
	}
}

// measures are the fields of numbers and days, and the path.
func measures() []field {
	return []field{
		{
			name: "views", about: "views in all, or within a window", takes: "`>1k`, `>=100`, `<2.5m`, `<=7`, `0`, `100..1k` (both ends are in); `30d` viewed within 30 days (`d` `w` `mo` `y`), `30d>100`, `30d=0`", reads: readViews,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return t.number.hasViews(d) },
		},
		{
			name: "updated", about: "last change of the dashboard", takes: "`<90d` within 90 days, `>6mo` longer ago, `30d..90d` between (`d` `w` `mo` `y`); `2026-01-31`, `2026-01`, `>=2026-01-31` since, `<2026` before, `2026-01..2026-03`", reads: readDays,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool { return t.number.hasTime(d.Updated()) },
		},
		{
			name: "path", about: "path of a model, or of the project a dashboard lies in", takes: "a part of it, or dbt's path with wildcards", dbt: true,
			dashboard: func(_ *Bound, d *lineage.Dashboard, t *term) bool {
				return contains(strings.Join(d.ContainerPath, "/"), t)
			},
			resource: func(_ *Bound, _ lineage.ID, r *model.Resource, t *term) bool { return contains(r.Path, t) },
		},
	}
}

func fieldCalled(name string) *field {
	all := fields()
	if i := slices.IndexFunc(all, func(f field) bool { return f.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// fieldNames are the fields a filter knows, as they are shown.
func fieldNames() string {
	var names []string
	for _, f := range fields() {
		names = append(names, f.name+":")
	}
	return strings.Join(names, " ")
}

// near names the field that a word is a slip of the pen away from.
func near(name string) string {
	for _, f := range fields() {
		if editdistance.Bounded([]rune(strings.ToLower(name)), []rune(f.name), 1) <= 1 && len(name) > 1 {
			return " did you mean " + f.name + ":?"
		}
	}
	return ""
}

// isDbtsState reports a state of dbt.
func (f *field) isDbtsState(value string) bool { return f.name == "state" && selector.IsState(value) }

// isDbtsOnly reports a value of dbt's own. state:new is ours, too.
func (f *field) isDbtsOnly(value string) bool {
	return f.isDbtsState(value) && !slices.Contains(stateWords(), value)
}

// isDbts reports a field that is one of dbt's methods, where a value is dbt's to read.
func (f *field) isDbts(value string) bool { return f.dbt || f.isDbtsOnly(value) }

// check reads a value. It says what the field takes when the value is neither that nor
// the beginning of it.
func (f *field) check(t *term) (wrong, unfinished string) {
	if f.reads != nil {
		takes := map[string]string{"views": viewsTakes, "updated": daysTakes}[f.name]
		span, ok, begun := f.reads(t.value)
		switch {
		case ok:
			t.number = span
			return "", ""
		case begun:
			return "", takes
		}
		return takes, ""
	}
	if f.words == nil {
		return "", ""
	}
	if renamed, ok := lineage.RenamedStatus(t.value); ok && f.name == "link" {
		return "link:" + t.value + " is called link:" + renamed.String() + " now", ""
	}
	words, begins := f.words(), func(word string) bool { return strings.HasPrefix(word, t.value) }
	if slices.ContainsFunc(words, begins) {
		return "", ""
	}
	if f.also != nil && slices.ContainsFunc(f.also(), begins) {
		return "", ""
	}
	if f.name == "kind" {
		words = append(words, "a materialization")
	}
	return f.name + ": takes " + strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1], ""
}

func contains(text string, t *term) bool { return strings.Contains(strings.ToLower(text), t.value) }

func hasTag(tags []string, want string) bool {
	return slices.ContainsFunc(tags, func(tag string) bool { return strings.EqualFold(tag, want) })
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func yesOrNo() []string { return []string{"true", "false"} }

func named(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

func linkWords() (words []string) {
	for s := lineage.StatusNotLinked; s <= lineage.StatusLinked; s++ {
		words = append(words, s.String())
	}
	return words
}

func kindWords() (words []string) {
	for k := model.KindModel; k < model.KindExposure; k++ {
		words = append(words, k.String())
	}
	return append(words, dashboardKind)
}

// materializations are what dbt and its adapters build: dbt-core, dbt-snowflake,
// dbt-databricks, dbt-duckdb, dbt-clickhouse.
func materializations() []string {
	return []string{
		"view", "table", "incremental", "ephemeral", "materialized_view", "dynamic_table", "streaming_table", "external",
		"dictionary", "distributed_table", "distributed_incremental",
	}
}
