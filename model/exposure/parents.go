package exposure

import (
	"slices"
	"strconv"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/yamledit/yamltext"
)

// resolveParents checks what the dashboard depends on and writes the calls. A parent
// that dbt does not accept refuses the whole exposure: without it the lineage
// would be wrong, without a sign of it.
func (p *planner) resolveParents(c *Candidate, e *Exposure, r *refuser) {
	refused := false
	e.DependsOn, e.ParentIDs = make([]string, 0, len(c.Parents)), make([]string, 0, len(c.Parents))
	for _, parent := range c.Parents {
		known := p.index.parents[parent.Resource]
		if known == nil || known.of == c {
			continue
		}
		known.of = c
		here := known.here != nil && p.sameNode(parent, known.here)
		if !here && p.inOtherProject(parent) {
			e.Elsewhere++
			continue
		}
		if !here {
			refused = true
			p.refuseMissing(parent.Resource.ID, r)
			continue
		}
		if known.call == "" {
			known.call, _ = p.refCall(known.here, r)
		}
		if known.call == "" {
			refused = true
			continue
		}
		e.DependsOn = append(e.DependsOn, known.call)
		e.ParentIDs = append(e.ParentIDs, known.here.ID)
	}
	slices.Sort(e.DependsOn)
	e.DependsOn = slices.Compact(e.DependsOn)
	slices.Sort(e.ParentIDs)
	if len(e.DependsOn) == 0 && !refused {
		refuseEmpty(c, e.Elsewhere, r)
	}
}

// sameNode reports whether what this project has under the parent's unique_id is the
// parent, and not a node of another project of that name.
func (p *planner) sameNode(parent Parent, res *model.Resource) bool {
	return parent.Project == nil || model.SameNode(parent.Project, parent.Resource, p.opt.Project, res)
}

// inOtherProject: the parent comes from another root project and this project's
// manifest does not know it, so it is not this file's business.
func (p *planner) inOtherProject(parent Parent) bool {
	if parent.Project != nil && p.opt.Project != nil && model.Namesakes(parent.Project, p.opt.Project) {
		return true
	}
	if _, ok := p.index.disabled[parent.Resource.ID]; ok || parent.Project == nil {
		return false
	}
	return p.opt.Project == nil || parent.Project.Name != p.opt.Project.Name
}

func (p *planner) refuseMissing(id string, r *refuser) {
	if _, ok := p.index.disabled[id]; ok {
		r.add(CodeDisabled, "depends on "+id+", which is disabled", "enable it, or exclude the dashboard")
		return
	}
	r.add(CodeUnresolvable, "depends on "+id+", which is not in this project's manifest",
		"run dbt parse with the target that has it, or pin the table to another resource")
}

func refuseEmpty(c *Candidate, elsewhere int, r *refuser) {
	switch {
	case elsewhere > 0:
		r.add(CodeElsewhere, "all of its parents belong to other projects", "export it in the project that has them")
	case c.Unmatched > 0:
		r.add(CodeNoParents, "has no matched parent; "+strconv.Itoa(c.Unmatched)+" of its tables are unclear",
			"see the gaps and add a map or a pin")
	default:
		r.add(CodeNoParents, "reads nothing that this dbt project has", "see the gaps, or exclude the dashboard")
	}
}

// refCall writes the ref or source that resolves to exactly res (CONTRACT.md#parents).
func (p *planner) refCall(res *model.Resource, r *refuser) (string, bool) {
	switch {
	case res.Kind == model.KindSource:
		return p.sourceCall(res, r)
	case !refable(res.Kind):
		r.add(CodeKind, "depends on "+res.ID+", a "+res.Kind.String()+"; ref() takes models, seeds and snapshots",
			"pin the table to the model below it")
		return "", false
	case res.Access() == "private":
		r.add(CodePrivate, "depends on the private model "+res.ID+", which no exposure may reference",
			"set access: protected or public on the model, or exclude the dashboard")
		return "", false
	case res.Version() != "" && !p.dialect.hasVersions():
		r.add(CodeVersion, "depends on "+res.ID+", a versioned model, but the manifest is from dbt "+p.dialect.String(),
			"use dbt 1.5 or newer")
		return "", false
	}
	qualified := p.opt.Project == nil || res.Package() != p.opt.Project.Name || p.index.refs[res.Name].more
	call, ok := Call(res, qualified)
	if !ok {
		return unquotable(res, r)
	}
	return call, true
}

func (p *planner) sourceCall(res *model.Resource, r *refuser) (string, bool) {
	root := p.opt.Project != nil && res.Package() == p.opt.Project.Name
	if !root && p.index.sources[[2]string{res.SourceName(), res.Name}] > 1 {
		r.add(CodeAmbiguous, "depends on "+res.ID+", but another package has a source of the same name and source() cannot distinguish them",
			"rename one of the two sources")
		return "", false
	}
	call, ok := Call(res, false)
	if !ok {
		return unquotable(res, r)
	}
	return call, true
}

func unquotable(res *model.Resource, r *refuser) (string, bool) {
	r.add(CodeUnquotable, "depends on "+res.ID+", whose name cannot be written in a ref",
		"rename the resource: it must not have quotes of both kinds, backslashes, braces or control characters")
	return "", false
}

// jinjaLiterals turns the texts into Jinja string literals in place.
func jinjaLiterals(args []string) bool {
	for i := range args {
		lit, ok := jinjaLiteral(args[i])
		if !ok {
			return false
		}
		args[i] = lit
	}
	return true
}

// jinjaLiteral quotes s for Jinja. Nothing is escaped: Python's and Rust's Jinja read
// escapes differently, so a text that needs one is refused. Braces are too,
// since dbt wraps every entry in {{ }}.
func jinjaLiteral(s string) (string, bool) {
	if s == "" || clean(s) != s || strings.ContainsAny(s, `\{}`) || strings.IndexFunc(s, yamltext.NotPrintable) >= 0 {
		return "", false
	}
	switch {
	case !strings.Contains(s, "'"):
		return "'" + s + "'", true
	case !strings.Contains(s, `"`):
		return `"` + s + `"`, true
	}
	return "", false
}

// versionLiteral prints the value of v=. A zero has to be a text, because dbt
// reads the number as "no version given".
func versionLiteral(res *model.Resource) (string, bool) {
	if !res.VersionText && plainNumber(res.Version()) && strings.Trim(res.Version(), "0.") != "" {
		return res.Version(), true
	}
	return jinjaLiteral(res.Version())
}

// plainNumber: digits, perhaps one dot between digits, no leading zero.
func plainNumber(s string) bool {
	whole, frac, dotted := strings.Cut(s, ".")
	digits := func(t string) bool { return t != "" && leadingDigits(t) == t && len(t) < 16 }
	return digits(whole) && (whole == "0" || whole[0] != '0') && (!dotted || digits(frac))
}
