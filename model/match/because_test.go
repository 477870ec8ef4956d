package match

import (
	"regexp"
	"testing"

	"darkroom/model"
	"darkroom/model/reason"
)

// Every placeholder in the sentences of the reasons is one that is filled.
func TestPlaceholdersOfSentences(t *testing.T) {
	m, err := New([]*model.Project{{Name: "shop", Adapter: "postgres"}}, Config{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	table := Table{RawName: "orders", FullName: "[marts].[orders]", Place: &model.Place{Schema: "marts", Database: "shop", ConnectionType: "postgres"}}
	x := explainer{attempt: m.begin(&table)}
	x.v.Nodes = []Node{{Resource: &model.Resource{ID: "model.shop.orders", Common: &model.Common{Database: "shop", Schema: "marts"}}}}
	x.Suggestions = x.v.Nodes
	placeholder := regexp.MustCompile(`\{([^}]*)\}`)
	seen := 0
	for _, c := range reason.All() {
		row := c.Row()
		for _, found := range placeholder.FindAllStringSubmatch(row.Sentence+row.Several+reason.SeveralSentence, -1) {
			seen++
			if _, known := x.placeholder(found[1]); !known {
				t.Errorf("%s: the sentence has {%s}, which nothing fills", c, found[1])
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d placeholders were found", seen)
	}
	if got := x.filled("{Levels} of {node} {nothing"); got != "Database, schema and table of model.shop.orders {nothing}" {
		t.Errorf("%q", got)
	}
}
