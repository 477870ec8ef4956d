package exposure

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/yamledit/yamltext"
)

func (c *Candidate) luid() string {
	switch {
	case c.Dashboard != nil:
		return c.Dashboard.LUID
	case c.Workbook != nil:
		return c.Workbook.LUID
	}
	return ""
}

// ownLUID is the LUID in lower case where it identifies the candidate: empty where the key
// has the name of the site before it, as another site has the same LUID.
func (c *Candidate) ownLUID() string {
	luid := strings.ToLower(c.luid())
	if site, prefixed := strings.CutSuffix(c.Key, luid); prefixed && strings.HasSuffix(site, "/") {
		return ""
	}
	return luid
}

// tool is that of the site, nil when it is not known.
func (c *Candidate) tool() *model.Tool {
	if c.Site == nil {
		return nil
	}
	return c.Site.Tool
}

// home is where the candidate is and whose it is.
func (c *Candidate) home() model.Home {
	switch {
	case c.Dashboard != nil:
		return c.Dashboard.HomeIn(c.Workbook)
	case c.Workbook != nil:
		return c.Workbook.Home()
	}
	return model.Home{}
}

// inNoWorkbook reports a dashboard that is in a container directly, as opposed to one
// whose workbook is hidden.
func (c *Candidate) inNoWorkbook() bool {
	return c.Workbook == nil && c.Dashboard != nil && c.Dashboard.WorkbookID == "" && !c.tool().HasWorkbooks()
}

// meta is what identifies the view again, and what a reader of the YAML wants to
// know. It has nothing that changes by itself (CONTRACT.md#fields).
func (c *Candidate) meta() Meta {
	m := Meta{
		LUID:       clean(c.luid()),
		Kind:       "dashboard",
		Unmatched:  max(c.Unmatched, 0),
		Incomplete: sortedSet(c.Incomplete),
	}
	if model.KnownPath(c.ContainerPath) { // an incomplete path would look like another one
		m.ProjectPath = clean(strings.Join(c.ContainerPath, " / "))
	}
	if strings.ToLower(m.LUID) != c.Key {
		m.Key = c.Key
	}
	if c.Dashboard == nil {
		m.Kind = "workbook"
	}
	if c.Site != nil {
		m.Tool, m.Site = c.Site.Tool, clean(c.Site.ContentURL)
		m.Server = cleanURL(c.Site.Server)
	}
	if c.Workbook != nil {
		m.WorkbookLUID = clean(c.Workbook.LUID)
		m.Workbook = clean(c.Workbook.Name)
	}
	return m
}

// description is the workbook's own, then one line that says where it lives.
func (c *Candidate) description() string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(newlines(c.home().Description)))
	before := c.tool().Title() + ": "
	if b.Len() > 0 {
		before = "\n" + before
	}
	add := func(step string) {
		if strings.TrimSpace(step) != "" {
			b.WriteString(before)
			b.WriteString(step)
			before = " / "
		}
	}
	for _, step := range c.ContainerPath {
		add(step)
	}
	if c.Workbook != nil {
		add(c.Workbook.Name)
	}
	return clean(b.String())
}

func newlines(s string) string {
	return lineEnds.Replace(s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// tags joins the view's and the workbook's tags, each with the prefix that
// keeps them apart from dbt's own, and the fixed ones.
func (c *Candidate) tags(fixed []string) []string {
	tags, prefix := slices.Clone(fixed), (&Meta{Tool: c.tool()}).ToolKey()+":"
	add := func(list []string) {
		for _, t := range list {
			if t = strings.TrimSpace(t); t != "" {
				tags = append(tags, prefix+t)
			}
		}
	}
	if c.Dashboard != nil {
		add(c.Dashboard.Tags)
	}
	if c.Workbook != nil {
		add(c.Workbook.Tags)
	}
	return sortedSet(tags)
}

func sortedSet(list []string) []string {
	out := cleanAll(list)
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" })
	slices.Sort(out)
	return slices.Compact(out)
}

// fillOwner takes the owner of the workbook or of the dashboard in none. A user name counts as an e-mail when it looks
// like one; Active Directory users often have nothing more.
func (p *planner) fillOwner(c *Candidate, e *Exposure, r *refuser) {
	u := c.home().Owner
	e.OwnerName = clean(cmp.Or(strings.TrimSpace(u.Name), strings.TrimSpace(u.Username)))
	for _, email := range []string{u.Email, u.Username} {
		if looksLikeEmail(email) {
			e.OwnerEmail = clean(email)
			break
		}
	}
	if e.OwnerEmail == "" {
		p.settleOwner(e)
	}
	const fix = "set a fallback owner with an e-mail in darkroom.yml"
	switch {
	case e.OwnerEmail == "" && p.dialect.ownerNeedsEmail():
		r.add(CodeNoOwner, "has no owner e-mail, which dbt "+p.dialect.String()+" requires", fix)
	case e.OwnerEmail == "" && e.OwnerName == "":
		r.add(CodeNoOwner, "has no owner: dbt requires a name or an e-mail", fix)
	}
}

func looksLikeEmail(s string) bool {
	user, host, ok := strings.Cut(s, "@")
	return ok && user != "" && host != "" && !strings.ContainsAny(host, "@") &&
		!strings.ContainsAny(s, " \\\"'<>(),;:{}#%") && strings.IndexFunc(s, yamltext.NotPrintable) < 0
}
