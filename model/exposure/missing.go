package exposure

import (
	"cmp"
	"strings"

	"darkroom/model"
)

// untold are the things of a candidate that Tableau does not tell this account. They
// stay in the file as they were last told: a weaker account must not undo what a
// stronger one wrote.
type untold struct{ title, url, workbook, project bool }

func (c *Candidate) untold(last Previous) untold {
	w := c.Workbook
	u := untold{title: !model.KnownName(c.title()), url: cleanURL(c.URL) == "", workbook: w == nil || !model.KnownName(w.Name)}
	// Without its path a dashboard has the address of its workbook, as if it were
	// hidden there.
	u.url = u.url || u.title && c.Dashboard != nil && strings.Trim(c.Dashboard.Path, "/") == ""
	// What is in no project, or comes from a file that tells none, lacks nothing.
	u.project = !model.KnownPath(c.ProjectPath) && last.ProjectPath != "" && (w == nil || !w.PersonalSpace)
	return u
}

// fill lets what is not told be as it was, and refuses an exposure without a title
// that never had one.
func (p *planner) fill(c *Candidate, e *Exposure, r *refuser) {
	last, exported := p.known.Previous[c.Key]
	u := c.untold(last)
	if u.title {
		e.Label, e.Title = last.Label, r.title
	}
	if u.title && !exported {
		r.add(CodeNoName, "has no name that this account may see", "ask for View on its project and workbook, then sync again")
	}
	if !exported {
		return
	}
	if u.url {
		e.URL = last.URL
	}
	if u.project {
		e.Meta.ProjectPath = last.ProjectPath
	}
	switch {
	case u.workbook:
		e.Meta.Workbook, e.Meta.WorkbookLUID = last.Workbook, cmp.Or(e.Meta.WorkbookLUID, last.WorkbookLUID)
		e.Description = last.Description
	case u.project:
		told := *c
		told.ProjectPath = []string{last.ProjectPath}
		e.Description = told.description()
	}
	e.File = p.place(c, u, last)
}

// place is the file of a candidate. One that depends on names that are not told is
// where it was.
func (p *planner) place(c *Candidate, u untold, last Previous) string {
	if p.opt.Place == nil {
		return p.opt.File
	}
	file := p.opt.Place(c)
	other := *c
	if u.project {
		other.ProjectPath = []string{"another"}
	}
	if u.workbook {
		other.Workbook = &model.Workbook{Name: "another"}
	}
	if last.File != "" && p.opt.Place(&other) != file {
		return last.File
	}
	return file
}

// titleOf is what people call a candidate, as far as anybody was told.
func (p *planner) titleOf(c *Candidate) string {
	if title := c.title(); model.KnownName(title) {
		return title
	}
	return cmp.Or(p.known.Previous[c.Key].Label, strings.TrimSpace(model.HiddenName+" "+c.Key))
}

// fallBack gives an exposure the owner it had where Tableau names none; where it
// never named one, that of the options.
func (p *planner) fallBack(e *Exposure) {
	last, name, email := p.known.Previous[e.Key], clean(p.opt.OwnerName), ""
	if looksLikeEmail(p.opt.OwnerEmail) {
		email = clean(p.opt.OwnerEmail)
	}
	missing := e.OwnerName == "" && e.OwnerEmail == ""
	same := last.OwnerName == name && last.OwnerEmail == email // written before State told
	switch {
	case missing && !last.DefaultOwner && !same && last.OwnerName+last.OwnerEmail != "":
		e.OwnerName, e.OwnerEmail = last.OwnerName, last.OwnerEmail
		missing = false
	case missing:
		e.OwnerName, e.DefaultOwner = name, true
	case e.OwnerEmail == "" && e.OwnerName == last.OwnerName && !p.dialect.ownerNeedsEmail():
		e.OwnerEmail = last.OwnerEmail // one person, of whom less is told
	}
	if e.OwnerEmail == "" && (missing || p.dialect.ownerNeedsEmail()) {
		e.OwnerEmail = email
	}
}
