package merge

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/goccy/go-yaml"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
	"darkroom/model/exposure/yamledit/yamltext"
)

// The same dashboards for four dbt versions.
func TestRender(t *testing.T) {
	for _, version := range []string{"1.2.6", "1.4.9", "1.9.10", "1.12.6"} {
		t.Run(version, func(t *testing.T) {
			p := exposuretest.Shop(version)
			plan := exposuretest.Plan(exposuretest.Full(p), exposure.Known{}, exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: p, File: exposuretest.OurFile, Tags: []string{"tableau"}})
			if len(plan.Refusals) > 0 {
				t.Fatal(plan.Refusals)
			}
			got := Render(plan)
			checkShape(t, string(got))
			golden.RequireEqual(t, got)
		})
	}
}

// checkShape asserts yamllint's defaults (model/exposure/CONTRACT.md#yaml-style) and no Jinja.
func checkShape(t *testing.T, text string) {
	t.Helper()
	if !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n") || strings.Contains(text, "\n\n\n") {
		t.Error("blank lines at the end or in a row")
	}
	for i, l := range strings.Split(text, "\n") {
		if strings.TrimRight(l, " \t\r") != l {
			t.Errorf("line %d has trailing blanks: %q", i+1, l)
		}
		if len([]rune(l)) > yamltext.LineWidth && len(strings.Fields(l)) > 2 {
			t.Errorf("line %d is too long: %q", i+1, l)
		}
	}
	for _, m := range []string{"{{", "{%", "{#", "}}", "%}", "#}"} {
		if strings.Contains(text, m) {
			t.Errorf("holds the Jinja marker %s", m)
		}
	}
}

func TestRenderEmpty(t *testing.T) {
	tools := []*model.Tool{exposuretest.Tableau}
	if got := string(Render(exposure.Plan{Tools: tools})); got != header(tools)+"exposures: []\n" {
		t.Errorf("got %s", got)
	}
}

// A reader of the YAML gets every text back.
func TestRenderReadsBack(t *testing.T) {
	type entry struct {
		Name, Label, Description, URL string
		Owner                         struct{ Name, Email string }
		DependsOn                     []string `yaml:"depends_on"`
		Config                        struct {
			Tags []string
			Meta struct {
				Tableau struct {
					LUID, Site, Workbook string
					ProjectPath          string `yaml:"project_path"`
				}
			}
		}
	}
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		p := exposuretest.Shop("1.12.6")
		plan := exposuretest.PlanOf(p, exposuretest.RandomCandidates(r, p, 1+r.IntN(10))...)
		text := Render(plan)
		var got struct{ Exposures []entry }
		if err := yaml.Unmarshal(text, &got); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		for i, e := range plan.Exposures {
			g := got.Exposures[i]
			if g.Name != e.Name || g.Label != e.Label || g.Description != e.Description || g.URL != e.URL ||
				strings.Join(g.DependsOn, "|") != strings.Join(e.DependsOn, "|") || g.Owner.Name != e.OwnerName ||
				strings.Join(g.Config.Tags, "|") != strings.Join(e.Tags, "|") || g.Config.Meta.Tableau.LUID != e.Meta.LUID ||
				g.Config.Meta.Tableau.ProjectPath != e.Meta.ProjectPath {
				t.Fatalf("seed %d: wrote %+v\nread %+v\n%s", seed, e, g, text)
			}
		}
	}
}
