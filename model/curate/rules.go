package curate

import (
	"slices"
	"strings"

	"darkroom/model/amount"
)

// Subject is what rules and scopes look at.
type Subject struct {
	Key           string
	Project       []string // names of the Tableau projects, outermost first
	PersonalSpace bool
	Tags          []string // of dashboard and workbook
	Collections   []string // names
	Owner         []string // name, user name, e-mail of the owner
	// Certified: it reads published data sources, and each of them is certified.
	Certified bool
	Views     int  // -1 when unknown
	Hidden    bool // in its workbook
}

// archived reports a project called Archive anywhere above.
func (s Subject) archived() bool {
	return slices.ContainsFunc(s.Project, func(p string) bool { return strings.EqualFold(strings.TrimSpace(p), "archive") })
}

// Rule decides about every dashboard that meets all of its conditions; a nil or
// empty one is met by all.
type Rule struct {
	Projects                                  []string // patterns, see Under
	Tags, Owners, Collections                 []string // one of them
	Certified, PersonalSpace, Archive, Hidden *bool
	Views                                     string // see FitsViews
	// Selected are the keys of the dashboards that a selector means; nil is no condition.
	Selected map[string]bool

	Decide Decision
	Why    string
}

// fits reports whether a dashboard meets the conditions.
func (r Rule) fits(s Subject) bool {
	is := func(want *bool, have bool) bool { return want == nil || *want == have }
	one := func(want, have []string) bool { return len(want) == 0 || Meet(want, have) }
	views := true
	if r.Views != "" {
		views, _ = FitsViews(r.Views, s.Views)
	}
	return views && (r.Selected == nil || r.Selected[s.Key]) &&
		is(r.Certified, s.Certified) && is(r.PersonalSpace, s.PersonalSpace) && is(r.Archive, s.archived()) && is(r.Hidden, s.Hidden) &&
		(len(r.Projects) == 0 || UnderAny(r.Projects, s.Project)) &&
		one(r.Tags, s.Tags) && one(r.Owners, s.Owner) && one(r.Collections, s.Collections)
}

// Rule is the default of the first rule that fits. After those of darkroom.yml
// come two that are built in: personal spaces and archives are out.
func (s Subject) Rule(rules []Rule) (Default, bool) {
	for i, r := range rules {
		if r.fits(s) {
			return Default{Decision: r.Decide, Rule: i + 1, Why: r.Why}, true
		}
	}
	builtIn := BuiltIn()
	switch {
	case s.PersonalSpace:
		return builtIn[0], true
	case s.archived():
		return builtIn[1], true
	}
	return Default{}, false
}

// BuiltIn are the defaults after all rules, for personal spaces and archives.
func BuiltIn() [2]Default {
	return [2]Default{{Decision: Excluded, Why: "it is in a personal space"}, {Decision: Excluded, Why: "it is in an archive"}}
}

// Meet reports whether the lists share a text, whatever its case.
func Meet(want, have []string) bool {
	return slices.ContainsFunc(want, func(w string) bool {
		return slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(w, h) })
	})
}

// FitsViews compares a number of views as filters do; ok is false for what is no
// comparison. An unknown number, -1, fits nothing.
func FitsViews(expr string, views int) (fits, ok bool) {
	r, ok, _ := amount.Read(expr)
	return ok && r.Has(views), ok
}
