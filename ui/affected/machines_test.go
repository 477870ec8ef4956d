package affected

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/change"
)

const evil = "a%0A::error::b\r\n::set-output name=x::y, c:d \x1b[31m \u202e <b> % \""

func hostile(t *testing.T) *Answer {
	t.Helper()
	g, r := affected(t, evil, 30)
	return &Answer{
		Graph: g, Report: r, About: evil, Folder: func(*model.Project) string { return "dbt, a:b%" },
		Changes: &change.Set{By: "base", What: evil, Limits: []string{evil}, Changes: []change.Change{{
			ID: "model.shop.fct", Type: "model", Name: evil, Path: evil, What: []string{change.Renamed}, To: []string{evil},
			Columns: []change.Column{{Name: evil, Was: evil, Is: evil, By: change.ByContract}},
		}}},
	}
}

// Each line is one command of the workflow with what it is about; names cannot begin
// another one, nor end a property.
func TestAnnotationsAreSafe(t *testing.T) {
	out := hostile(t).Annotations()
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%q", lines)
	}
	for _, line := range lines {
		_, rest, _ := strings.Cut(line, " ")
		properties, message, ok := strings.Cut(rest, "::")
		if !ok || !strings.HasPrefix(line, "::notice ") || strings.ContainsAny(line, "\r\x1b\u202e") {
			t.Errorf("%q", line)
		}
		for property := range strings.SplitSeq(properties, ",") {
			key, value, _ := strings.Cut(property, "=")
			if !slices.Contains([]string{"file", "title"}, key) || strings.ContainsAny(value, ":,") {
				t.Errorf("%q in %q", property, line)
			}
		}
		if i := strings.Index(message, "%"); i >= 0 && !slices.Contains([]string{"%25", "%0A", "%0D"}, message[i:i+3]) {
			t.Errorf("%q", message)
		}
	}
	if !strings.Contains(lines[0], "file=dbt%2C a%3Ab%25/models/") || !strings.Contains(lines[0], "%250A") {
		t.Errorf("%q", lines[0])
	}
	g, _ := affected(t, "x", 1)
	nothing := &Answer{Graph: g, Report: nothingOf(t, g)}
	if got := nothing.Annotations(); got != "::notice title=What depends on rpt::No dashboard is affected.\n" {
		t.Errorf("%q", got)
	}
}

// sarifShape says which properties the objects of a SARIF 2.1.0 file may have here, and
// with a ! which they must.
func sarifShape() map[string]string {
	return map[string]string{
		"": "$schema version! runs!", "runs": "tool! invocations results", "tool": "driver!", "driver": "name! rules", "rules": "id! shortDescription! fullDescription! help! defaultConfiguration",
		"shortDescription": "text!", "fullDescription": "text!", "help": "text!", "defaultConfiguration": "level", "invocations": "executionSuccessful! toolExecutionNotifications", "toolExecutionNotifications": "level message!",
		"message": "text!", "results": "ruleId ruleIndex level message! locations partialFingerprints", "locations": "physicalLocation", "physicalLocation": "artifactLocation region",
		"artifactLocation": "uri", "region": "startLine",
	}
}

func checkShape(t *testing.T, name string, value any) {
	t.Helper()
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			checkShape(t, name, item)
		}
	case map[string]any:
		allowed, known := sarifShape()[name]
		if !known {
			return
		}
		for word := range strings.FieldsSeq(allowed) {
			key, must := strings.CutSuffix(word, "!")
			if _, has := v[key]; must && !has {
				t.Errorf("%s has no %s", name, key)
			}
		}
		for key, inner := range v {
			if !slices.Contains(strings.Fields(strings.ReplaceAll(allowed, "!", "")), key) {
				t.Errorf("%s has %s", name, key)
			}
			if levels := []string{"none", "note", "warning", "error"}; key == "level" && !slices.Contains(levels, fmt.Sprint(inner)) {
				t.Errorf("level %v", inner)
			}
			checkShape(t, key, inner)
		}
	}
}

// checkReferences: results name rules that there are, each once, and places in files of the
// repository; no text is empty.
func checkReferences(t *testing.T, run sarifRun) {
	t.Helper()
	ids := map[string]bool{}
	for _, rule := range run.Tool.Driver.Rules {
		if ids[rule.ID] || rule.Short.Text == "" || rule.Full.Text == "" || rule.Help.Text == "" {
			t.Errorf("%+v", rule)
		}
		ids[rule.ID] = true
	}
	for _, r := range run.Results {
		if r.RuleIndex < 0 || r.RuleIndex >= len(run.Tool.Driver.Rules) || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.Message.Text == "" || len(r.Locations) == 0 {
			t.Errorf("%+v", r)
		}
		for _, at := range r.Locations {
			uri, err := url.Parse(at.Physical.Artifact.URI)
			if err != nil || uri.IsAbs() || uri.Path == "" || strings.HasPrefix(uri.Path, "/") || at.Physical.Region.StartLine < 1 {
				t.Errorf("%+v: %v", at, err)
			}
		}
	}
	for _, note := range run.Invocations[0].Notes {
		if note.Message.Text == "" {
			t.Errorf("%+v", note)
		}
	}
}

func TestSarif(t *testing.T) {
	text, err := json.Marshal(hostile(t).Sarif())
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	checkShape(t, "", doc)
	if doc["version"] != "2.1.0" {
		t.Error(doc["version"])
	}
	checkReferences(t, hostile(t).Sarif().Runs[0])
	run := hostile(t).Sarif().Runs[0]
	if len(run.Results) != 1 || len(run.Invocations[0].Notes) != 3 {
		t.Fatalf("%+v", run)
	}
	result := run.Results[0]
	if rules := run.Tool.Driver.Rules; rules[result.RuleIndex].ID != result.RuleID || result.Level != "note" {
		t.Errorf("%+v", result)
	}
	uri, err := url.Parse(result.Locations[0].Physical.Artifact.URI)
	if err != nil || uri.IsAbs() || !strings.HasPrefix(strings.TrimPrefix(uri.Path, "./"), "dbt, a:b%/models/") || result.Locations[0].Physical.Region.StartLine < 1 {
		t.Errorf("%v, %v", uri, err)
	}
	if !strings.Contains(result.Message.Text, "and 20 other dashboards") || strings.ContainsAny(result.Message.Text, "\x1b\n\u202e") {
		t.Errorf("%q", result.Message.Text)
	}
	g, _ := affected(t, "x", 1)
	nothing := &Answer{Graph: g, Report: nothingOf(t, g)}
	if text, _ := json.Marshal(nothing.Sarif()); !strings.Contains(string(text), `"results":[]`) || !strings.Contains(string(text), "No dashboard is affected.") {
		t.Errorf("%s", text)
	}
}

// What changed is as safe as the rest.
func TestChangesAreSafe(t *testing.T) {
	for name, out := range map[string]string{"text": hostile(t).Text(), "markdown": hostile(t).Markdown()} {
		if strings.ContainsAny(out, "\r\x1b\u202e") || strings.Contains(out, "\n::") || !strings.Contains(out, "renamed to") {
			t.Errorf("%s: %q", name, out)
		}
		if name == "markdown" && strings.Contains(out, "<b>") {
			t.Errorf("%q", out)
		}
	}
}

func TestWhat(t *testing.T) {
	for want, c := range map[string]change.Change{
		"SQL; configuration":                  {What: []string{"body", "configs"}},
		"rows":                                {Type: "seed", What: []string{"body"}},
		"macro shop.a, shop.b":                {What: []string{"macros"}, Macros: []string{"macro.shop.a", "macro.shop.b"}},
		"macro a, b, c and 1 other":           {What: []string{"macros"}, Macros: []string{"a", "b", "c", "d"}},
		"new, was old":                        {What: []string{change.New}, From: "old"},
		"renamed to b, with the same content": {What: []string{change.Renamed}, To: []string{"b"}},
		"deleted; there is a.v1, a.v2":        {What: []string{change.Versioned}, To: []string{"a.v1", "a.v2"}},
		"SQL; column x removed (contract); column y: int → text; column z is not described any more": {What: []string{"body"}, Columns: []change.Column{
			{Name: "x", Removed: true, By: change.ByContract}, {Name: "y", Was: "int", Is: "text", By: change.ByCatalog}, {Name: "z", Removed: true, By: change.ByDescription},
		}},
	} {
		if got := What(&c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
