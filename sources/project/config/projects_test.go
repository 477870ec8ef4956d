package config

import (
	"strings"
	"testing"
)

func TestCheckProjects(t *testing.T) {
	projects := [][]string{{"Sales"}, {"Sales", "EMEA North"}, {"Finance"}, {"A/B"}, {"Very [old]"}, {"HR"}, {"Legal"}}
	for _, c := range []struct{ pattern, say string }{
		{"sales/emea*", ""},
		{`A\/B`, ""},
		{`very \[old\]`, ""},
		{"Sale", `close matches: "Sales"`},
		{"EMEA North", `close matches: "Sales/EMEA North"`},
		{"A/B", `close matches: "A\\/B"`},
		{"Sales/", "empty"},
		{"Sales[", "open ["},
		{"Sales/**", "not needed"},
	} {
		switch err := CheckProjects([]string{"Finance", c.pattern}, projects); {
		case c.say == "" && err != nil, c.say != "" && (err == nil || !strings.Contains(err.Error(), c.say)):
			t.Errorf("%s: %v", c.pattern, err)
		}
	}
	if err := CheckProjects([]string{"x"}, nil); err == nil || !strings.Contains(err.Error(), "sees none") {
		t.Error(err)
	}
	if err := CheckProjects([]string{"x"}, projects[:2]); err == nil || !strings.Contains(err.Error(), `there are: "Sales", "Sales/EMEA North"`) {
		t.Error(err)
	}
}
