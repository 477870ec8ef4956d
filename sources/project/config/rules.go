package config

import (
	"fmt"

	"darkroom/model/curate"
	"darkroom/model/selector"
	"darkroom/sources/yamlfile"
)

// Rule decides in advance about the dashboards that meet all of its conditions;
// without a condition about every one. As soon as you decide
// about a dashboard, your decision counts.
type Rule struct {
	Projects      []string `yaml:"projects"`    // patterns as in Scope
	Tags          []string `yaml:"tags"`        // one of them, on dashboard or workbook
	Owners        []string `yaml:"owners"`      // name, username or e-mail of the workbook's owner
	Collections   []string `yaml:"collections"` // in one of them, itself or with its workbook
	Certified     string   `yaml:"certified"`   // "true": reads published data sources, all of them certified
	PersonalSpace string   `yaml:"personal_space"`
	Archive       string   `yaml:"archive"` // "true": in a project called Archive, at any depth
	Hidden        string   `yaml:"hidden"`  // "true": hidden in its workbook
	Views         string   `yaml:"views"`   // ">100", ">=100", "<100", "<=100", "100"
	Select        string   `yaml:"select"`  // dbt selectors: it is selected, or reads what is
	Decide        string   `yaml:"decide"`  // include, exclude, or undecided
	Why           string   `yaml:"why"`
}

// CuratedRules are the rules as the model takes them, without what their selectors mean.
func (c *Config) CuratedRules() []curate.Rule {
	out := make([]curate.Rule, len(c.Rules))
	for i, r := range c.Rules {
		decide, _ := curate.ParseDecision(r.Decide)
		out[i] = curate.Rule{
			Projects: r.Projects, Tags: r.Tags, Owners: r.Owners, Views: r.Views, Decide: decide, Why: r.Why,
			Collections: r.Collections,
			Certified:   yesNo(r.Certified), PersonalSpace: yesNo(r.PersonalSpace), Archive: yesNo(r.Archive), Hidden: yesNo(r.Hidden),
		}
	}
	return out
}

func yesNo(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "true"
	return &yes
}

// catchesAll reports a rule without any condition.
func (r *Rule) catchesAll() bool {
	return len(r.Projects)+len(r.Tags)+len(r.Owners)+len(r.Collections) == 0 && r.Certified+r.PersonalSpace+r.Archive+r.Hidden+r.Views+r.Select == ""
}

func (c *Config) checkRules(y *yamlfile.Piece) {
	for i := range c.Rules {
		r, at := &c.Rules[i], fmt.Sprintf("$.rules[%d]", i)
		r.check(y, at)
		if r.PersonalSpace == "true" && !c.Scope.PersonalSpace {
			y.FailAt(at+".personal_space", "this rule never applies: the scope hides personal spaces", "write scope: {personal_space: true}, or take the rule out")
		}
		if r.catchesAll() && i+1 < len(c.Rules) {
			y.FailAt(fmt.Sprintf("$.rules[%d]", i+1), fmt.Sprintf("this rule never applies: rule %d fits every dashboard", i+1), "the first rule that fits decides; put the one for all others last")
			return
		}
	}
}

func (r *Rule) check(y *yamlfile.Piece, at string) {
	checkPatterns(y, at+".projects", r.Projects)
	y.CheckTexts(at+".tags", r.Tags)
	y.CheckTexts(at+".owners", r.Owners)
	y.CheckTexts(at+".collections", r.Collections)
	for _, f := range [...]struct{ key, value string }{{"certified", r.Certified}, {"personal_space", r.PersonalSpace}, {"archive", r.Archive}, {"hidden", r.Hidden}} {
		if f.value != "" && f.value != "true" && f.value != "false" {
			y.FailAt(at+"."+f.key, "true or false is expected here", "")
		}
	}
	if _, ok := curate.FitsViews(r.Views, 0); r.Views != "" && !ok {
		y.FailAt(at+".views", "a number of views is expected here", `write views: ">100", ">=1k", "<2.5m", "100..1k" or one number`)
	}
	if _, err := selector.Read(r.Select, ""); err != nil {
		y.FailAt(at+".select", err.Error(), "")
	}
	if _, ok := curate.ParseDecision(r.Decide); !ok {
		y.FailAt(at+".decide", "a rule has to decide", "write decide: include, exclude or undecided")
	}
}

// ChooseByCollections says whether the scope, and which rules ("rule 2"), name
// collections.
func (c *Config) ChooseByCollections() (scope bool, rules []string) {
	for i, r := range c.Rules {
		if len(r.Collections) > 0 {
			rules = append(rules, RuleName(i))
		}
	}
	return len(c.Scope.Collections) > 0, rules
}

// RuleName is how messages name the rule at an index.
func RuleName(i int) string { return fmt.Sprintf("rule %d", i+1) }
