package merge

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

const alphaMeta = "          luid: \"" + exposuretest.LUIDA + "\"\n"

// mergeCase says what you and Tableau change after the first export, and
// what comes of it.
type mergeCase struct {
	person    func(t *testing.T, file []byte) []byte
	tableau   func(c []exposure.Candidate) []exposure.Candidate
	want      []string // lines of the diff between the person's file and the outcome
	conflicts []string // name.field
	changes   Changes
}

var mergeCases = map[string]mergeCase{
	"nothing": {changes: Changes{Kept: []string{"alpha", "beta", "gamma"}}},
	"renamed in Tableau": {
		tableau: func(c []exposure.Candidate) []exposure.Candidate { c[0].Dashboard.Name = "Alpha 2"; return c },
		want:    []string{`-label: "Alpha"`, `+label: "Alpha 2"`},
		changes: Changes{Changed: []string{"alpha"}, Kept: []string{"beta", "gamma"}},
	},
	"renamed in Tableau, other keys edited": {
		person: func(t *testing.T, f []byte) []byte {
			f = edit(t, f, `    label: "Alpha"`, "    # the big one\n    label: 'Alpha'  # sic\n    maturity: high")
			return edit(t, f, alphaMeta, alphaMeta+"          mine: 1\n")
		},
		tableau: func(c []exposure.Candidate) []exposure.Candidate { c[0].Dashboard.Name = "Alpha 2"; return c },
		want:    []string{`-label: 'Alpha'  # sic`, `+label: 'Alpha 2'  # sic`},
		changes: Changes{Changed: []string{"alpha"}, Kept: []string{"beta", "gamma"}},
	},
	"label edited": {
		person:    func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Beta"`, "label: Better") },
		conflicts: []string{"beta.label"},
		changes:   Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"label edited and renamed": {
		person: func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Beta"`, "label: Better") },
		tableau: func(c []exposure.Candidate) []exposure.Candidate {
			c[1].Dashboard.Name, c[1].URL = "Beta 2", "https://bi.example.com/new"
			return c
		},
		want:      []string{`-url: "https://bi.example.com/#/site/acme/views/Sales/77aa10ff"`, `+url: "https://bi.example.com/new"`},
		conflicts: []string{"beta.label"},
		changes:   Changes{Changed: []string{"beta"}, Kept: []string{"alpha", "gamma"}},
	},
	"same edit on both sides": {
		person:  func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Beta"`, "label: B2") },
		tableau: func(c []exposure.Candidate) []exposure.Candidate { c[1].Dashboard.Name = "B2"; return c },
		changes: Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"parents on both sides": {
		person: func(t *testing.T, f []byte) []byte {
			return edit(t, f, "      - ref('lib', 'calendar')\n", "      - ref(\"lib\", \"calendar\") # days\n      - source('by', 'hand')\n")
		},
		tableau: func(c []exposure.Candidate) []exposure.Candidate {
			p := exposuretest.Shop("1.12.6")
			c[1].Parents = []exposure.Parent{exposuretest.Parent(p, calendar), exposuretest.Parent(p, "seed.shop.countries")}
			return c
		},
		want:    []string{"-- ref('fct_orders')", "+- ref('countries')"},
		changes: Changes{Changed: []string{"beta"}, Kept: []string{"alpha", "gamma"}},
	},
	"last parent of the list goes": {
		person:  func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Beta"`, `label: "Beta" # b`) },
		tableau: func(c []exposure.Candidate) []exposure.Candidate { c[1].Parents = c[1].Parents[:1]; return c },
		want:    []string{"-- ref('lib', 'calendar')"},
		changes: Changes{Changed: []string{"beta"}, Kept: []string{"alpha", "gamma"}},
	},
	"description removed by hand": {
		person: func(_ *testing.T, f []byte) []byte {
			return []byte(strings.Replace(string(f), "    description: \"Tableau: Finance / EMEA / Sales\"\n", "", 1))
		},
		conflicts: []string{"alpha.description"},
		changes:   Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"values come and go": {
		person: func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Gamma"`, `label: "Gamma" # g`) },
		tableau: func(c []exposure.Candidate) []exposure.Candidate {
			c[2].Unmatched, c[2].Incomplete, c[2].Dashboard.Tags = 2, []string{"redacted"}, []string{"hot"}
			c[2].Workbook.Owner = model.User{Name: "Owner Two"}
			return c
		},
		want: []string{
			`-name: "Owner One"`, `-email: "one@example.com"`, `+name: "Owner Two"`, "+tags:", `+- "tableau:hot"`, "+unmatched: 2", "+incomplete:", `+- "redacted"`,
		},
		changes: Changes{Changed: []string{"gamma"}, Kept: []string{"alpha", "beta"}},
	},
	"meta thrown out": {
		person: func(_ *testing.T, f []byte) []byte {
			before, rest, _ := strings.Cut(string(f), "    config:\n")
			_, after, _ := strings.Cut(rest, "\n\n")
			return []byte(before + "\n" + after)
		},
		conflicts: slices.Repeat([]string{"alpha.config.meta.tableau"}, 8),
		changes:   Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"unticked": {
		tableau: func(c []exposure.Candidate) []exposure.Candidate { return c[:2] },
		changes: Changes{Removed: []string{"gamma"}, Kept: []string{"alpha", "beta"}},
		want:    nil, // checked in TestUntick
	},
	"unticked after an edit": {
		person:    func(t *testing.T, f []byte) []byte { return edit(t, f, `label: "Gamma"`, "label: Mine") },
		tableau:   func(c []exposure.Candidate) []exposure.Candidate { return c[:2] },
		conflicts: []string{"gamma."},
		changes:   Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"refused now": {
		tableau: func(c []exposure.Candidate) []exposure.Candidate {
			c[2].Parents = append(c[2].Parents, exposuretest.Parent(exposuretest.Shop("1.12.6"), "model.shop.secret"))
			return c
		},
		changes: Changes{Kept: []string{"alpha", "beta", "gamma"}},
	},
	"deleted by hand": {
		person: func(_ *testing.T, f []byte) []byte {
			a, b := strings.Index(string(f), "  - name: beta"), strings.Index(string(f), "  - name: gamma")
			return slices.Concat(f[:a], f[b:])
		},
		conflicts: []string{"beta."},
		want:      nil,
		changes:   Changes{Added: []string{"beta"}, Kept: []string{"alpha", "gamma"}},
	},
}
