package exposure

import (
	"cmp"
	"strings"

	"darkroom/model"
)

// missingParts are the things of a candidate that the BI tool hides from this account.
// They stay in the file as they were: an account that sees less must not undo what
// one that sees more wrote.
type missingParts struct{ title, url, workbook, project bool }

func (c *Candidate) missing() missingParts {
	w := c.Workbook
	u := missingParts{title: !model.KnownName(c.title()), url: cleanURL(c.URL) == "", workbook: !c.inNoWorkbook() && (w == nil || !model.KnownName(w.Name))}
	// Without its path a dashboard has the address of its workbook, as if it were
	// hidden there.
	u.url = u.url || u.title && c.Dashboard != nil && strings.Trim(c.Dashboard.Path, "/") == ""
	u.project = !model.KnownPath(c.ContainerPath) && !c.home().PersonalSpace
	return u
}

// hiddenSince reports that the address of the last export leads nowhere: the dashboard had
// its own, and is hidden in its workbook now.
func (c *Candidate) hiddenSince(last Previous) bool {
	return last.Visible && c.Dashboard != nil && c.Dashboard.Hidden
}

// keepPrevious leaves what is missing as it was, and refuses an exposure without a
// title that never had one.
func (p *planner) keepPrevious(c *Candidate, e *Exposure, r *refuser) {
	u := c.missing()
	if u == (missingParts{}) {
		return
	}
	last, exported := p.known.previous(c.Key)
	// Nothing is missing of what is in no project or comes from a file without one.
	u.project = u.project && last.ProjectPath != ""
	u.url = u.url && (u.title || !c.hiddenSince(last))
	if u.title {
		e.Label, e.Title = last.Label, r.title
	}
	if u.title && !exported {
		r.add(CodeNoName, "has no name that this account may see", c.tool().Text("ask for View on its {container}"+map[bool]string{true: " and {workbook}"}[c.tool().HasWorkbooks()]+", then sync again"))
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
		as := *c
		as.ContainerPath = []string{last.ProjectPath}
		e.Description = as.description()
	}
	if p.opt.Place != nil {
		e.File = p.fileFor(c, e.File, u, last)
	}
}

// fileFor is the file of a candidate. One that depends on missing names is where it
// was.
func (p *planner) fileFor(c *Candidate, file string, u missingParts, last Previous) string {
	other := *c
	if u.project {
		other.ContainerPath = []string{"another"}
	}
	if u.workbook {
		other.Workbook = &model.Workbook{Name: "another"}
	}
	if last.File != "" && p.opt.Place(&other) != file {
		return last.File
	}
	return file
}

// knownTitle is the name of a candidate in the BI tool, or the last one that is known.
func (p *planner) knownTitle(c *Candidate) string {
	if title := c.title(); model.KnownName(title) {
		return title
	}
	last, _ := p.known.previous(c.Key)
	return cmp.Or(last.Label, strings.TrimSpace(model.HiddenName+" "+c.Key))
}

// settleOwner gives an exposure the owner it had where the BI tool reports none; where
// it never reported one, that of the options.
func (p *planner) settleOwner(e *Exposure) {
	last, _ := p.known.previous(e.Key)
	name, email := clean(p.opt.OwnerName), ""
	if looksLikeEmail(p.opt.OwnerEmail) {
		email = clean(p.opt.OwnerEmail)
	}
	missing := e.OwnerName == "" && e.OwnerEmail == ""
	same := last.OwnerName == name && last.OwnerEmail == email // written before State had it
	switch {
	case missing && !last.DefaultOwner && !same && last.OwnerName+last.OwnerEmail != "":
		e.OwnerName, e.OwnerEmail = last.OwnerName, last.OwnerEmail
		missing = false
	case missing:
		e.OwnerName, e.DefaultOwner = name, true
	case e.OwnerEmail == "" && e.OwnerName == last.OwnerName && !p.dialect.ownerNeedsEmail():
		e.OwnerEmail = last.OwnerEmail // the same owner, whose e-mail is missing now
	}
	if e.OwnerEmail == "" && (missing || p.dialect.ownerNeedsEmail()) {
		e.OwnerEmail = email
	}
}
