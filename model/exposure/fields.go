package exposure

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/yamledit"
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
		m.Site = clean(c.Site.ContentURL)
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
	var parts []string
	path := slices.Clone(c.ContainerPath)
	if c.Workbook != nil {
		if text := strings.TrimSpace(newlines(c.Workbook.Description)); text != "" {
			parts = append(parts, text)
		}
		path = append(path, c.Workbook.Name)
	}
	path = slices.DeleteFunc(path, func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(path) > 0 {
		parts = append(parts, "Tableau: "+strings.Join(path, " / "))
	}
	return clean(strings.Join(parts, "\n"))
}

func newlines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// tags joins the view's and the workbook's tags, each with the prefix that
// keeps them apart from dbt's own, and the fixed ones.
func (c *Candidate) tags(fixed []string) []string {
	tags := slices.Clone(fixed)
	add := func(list []string) {
		for _, t := range list {
			if t = strings.TrimSpace(t); t != "" {
				tags = append(tags, "tableau:"+t)
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

// fillOwner takes the workbook's owner. A user name counts as an e-mail when it looks
// like one; Active Directory users often have nothing more.
func (p *planner) fillOwner(c Candidate, e *Exposure, r *refuser) {
	var u model.User
	if c.Workbook != nil {
		u = c.Workbook.Owner
	}
	e.OwnerName = clean(cmp.Or(strings.TrimSpace(u.Name), strings.TrimSpace(u.Username)))
	for _, email := range []string{u.Email, u.Username} {
		if looksLikeEmail(email) {
			e.OwnerEmail = clean(email)
			break
		}
	}
	p.settleOwner(e)
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
		!strings.ContainsAny(s, " \\\"'<>(),;:{}#%") && strings.IndexFunc(s, yamledit.NotPrintable) < 0
}
