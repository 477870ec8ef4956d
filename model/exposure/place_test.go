package exposure_test

import (
	"math/rand/v2"
	"path"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

func TestPattern(t *testing.T) {
	c := exposuretest.Candidate(exposuretest.Shop("1.12.6"), exposuretest.LUIDA, "Alpha", "model.shop.fct_orders")
	long := c
	long.ContainerPath = []string{strings.Repeat("Very Long ", 20), strings.Repeat("Even Longer ", 20), "x"}
	for pattern, want := range map[exposure.Pattern]string{
		"models/x.yml":      "models/x.yml",
		"models/{site}.yml": "models/acme.yml",
		"models/{site}/{project}/{workbook}_x.yml": "models/acme/finance__emea/sales_x.yml",
	} {
		if got := pattern.File(&c); got != want || pattern.Unknown() != "" {
			t.Errorf("%s: %s, want %s; unknown %q", pattern, got, want, pattern.Unknown())
		}
	}
	hollow := exposure.Pattern("{site}/{project}/{workbook}.yml").File(&exposure.Candidate{})
	if hollow != "default/no_project/no_workbook.yml" {
		t.Errorf("hollow: %s", hollow)
	}
	emoji := c
	emoji.Workbook = &model.Workbook{Name: "🚀"}
	if a, b := exposure.Pattern("{workbook}").File(&emoji), exposure.Pattern("{workbook}").File(&exposure.Candidate{Workbook: &model.Workbook{Name: "🔥"}}); a == b || !strings.HasPrefix(a, "workbook_") {
		t.Errorf("names without letters: %s, %s", a, b)
	}
	if name := exposure.Pattern("{project}").File(&long); len(name) > exposure.MaxPlace {
		t.Errorf("%d bytes: %s", len(name), name)
	}
	for pattern, want := range map[exposure.Pattern]string{"a/{sites}.yml": "{sites}", "a/{site.yml": "{site.yml", "a}{b": "}"} {
		if got := pattern.Unknown(); got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
	// No title leads out of the folder.
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		c.ContainerPath = []string{exposuretest.RandomTitle(r), "../../" + exposuretest.RandomTitle(r)}
		c.Workbook = &model.Workbook{Name: "/etc/" + exposuretest.RandomTitle(r)}
		file := exposure.Pattern("m/{project}/{workbook}.yml").File(&c)
		if path.Clean(file) != file || strings.Count(file, "/") != 2 || strings.Contains(file, "..") {
			t.Fatalf("%q", file)
		}
	}
}

// Windows cannot have a file or folder with the name of a device, whatever follows a dot.
func TestReservedNames(t *testing.T) {
	for name, want := range map[string]bool{
		"con": true, "Aux.yml": true, "nul.tar.gz": true, "PRN ": true, "com1": true, "LPT9.yml": true, "com¹.yml": true, "con .yml": true, "conout$": true, "aux:x": true,
		"console": false, "com": false, "com10": false, "auxiliary.yml": false, "x.con": false, "": false,
	} {
		if exposure.Reserved(name) != want {
			t.Errorf("%q: want %t", name, want)
		}
	}
	c := exposuretest.Candidate(exposuretest.Shop("1.12.6"), exposuretest.LUIDA, "Alpha", "model.shop.fct_orders")
	c.Site = &model.Site{ContentURL: "NUL"}
	c.ContainerPath, c.Workbook = []string{"Aux"}, &model.Workbook{Name: "CON "}
	for pattern, want := range map[exposure.Pattern]string{
		"models/{site}/{project}/{workbook}.yml": "models/nul_/aux_/con_.yml",
		"models/{workbook}sole.yml":              "models/console.yml",
		"m/lpt{workbook}/x.yml":                  "m/lptcon/x.yml",
	} {
		if got := pattern.File(&c); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}
