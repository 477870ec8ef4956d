package cli

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	goyaml "github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"darkroom/sources/project/config"
	"darkroom/sources/schema"
	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/look"
)

// printedSchema is what darkroom schema prints, ready to validate with.
func printedSchema(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	var out, errs bytes.Buffer
	if code := Main([]string{"schema", file}, strings.NewReader(""), &out, &errs); code != app.ExitOK {
		t.Fatal(code, errs.String())
	}
	doc, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid asks a schema about YAML.
func valid(t *testing.T, s *jsonschema.Schema, yml string) error {
	t.Helper()
	doc, err := goyaml.YAMLToJSON([]byte(yml))
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// Every key that is read has a note, and each note has a key: what the schema says is what
// the reader does.
func TestSchemaHasEveryKey(t *testing.T) {
	for _, c := range []struct {
		of    any
		notes schema.Notes
	}{{config.Config{}, config.Notes()}, {settings.Settings{}, settings.Notes(look.Vocabulary())}} {
		read := schema.Paths(c.of)
		slices.Sort(read)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(c.notes)), read); diff != "" {
			t.Errorf("%T: notes and keys differ: %s", c.of, diff)
		}
	}
}

// The schema and the reader agree about the examples in the README, with every line
// that is a comment there in place, and about mistakes. Examples of other programs, such as
// jobs, are fenced as yml there, not as yaml.
func TestSchemaAgreesWithTheReader(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	project, own := printedSchema(t, "darkroom.yml"), printedSchema(t, "config")
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	seen := map[string]int{}
	for _, m := range examples {
		yml := regexp.MustCompile(`(?m)^    # ([a-z_]+: )`).ReplaceAllString(m[1], "    $1")
		s, read := project, readProject
		if strings.Contains(yml, "theme:") {
			s, read = own, readOwn
		}
		if err := valid(t, s, yml); err != nil {
			t.Errorf("%v\n%s", err, yml)
		}
		if err := read(m[1]); err != nil {
			t.Errorf("%v\n%s", err, yml)
		}
		seen[map[bool]string{true: "own", false: "project"}[s == own]]++
	}
	if seen["own"] == 0 || seen["project"] == 0 {
		t.Error("README.md has lost an example:", seen)
	}
	files, err := filepath.Glob("../../sources/project/config/testdata/ok/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if err := valid(t, project, strings.TrimPrefix(string(readFile(t, file)), "\ufeff")); err != nil {
			t.Error(file, err)
		}
	}
	for _, c := range []struct {
		s    *jsonschema.Schema
		read func(string) error
		yml  string
	}{
		{project, readProject, "site: []"},
		{project, readProject, "sites: [{server: https://x.example, auth: magic}]"},
		{project, readProject, "rules: [{decide: maybe}]"},
		{project, readProject, "strict: sometimes"},
		{project, readProject, "export: {layout: folder}"},
		{project, readProject, "scope: {projects: Finance}"},
		{project, readProject, "maps: [{looker: A, dbt: b}]"},
		{project, readProject, "connection_aliases: [a]"},
		{own, readOwn, "themes: dark"},
		{own, readOwn, "theme: pink"},
		{own, readOwn, "mouse: 3"},
		{own, readOwn, "keys: {make.coffee: c}"},
		{own, readOwn, "keys: {quit: {a: b}}"},
	} {
		if valid(t, c.s, c.yml) == nil || c.read(c.yml) == nil {
			t.Errorf("accepted: %s (schema %v, reader %v)", c.yml, valid(t, c.s, c.yml), c.read(c.yml))
		}
	}
	for _, yml := range []string{"sites: [{name: 7, server: https://x.example, download: true}]", "rules: [{certified: true, views: 100, decide: include}]", "export:\nscope:\n", "export: {grace_days: 30}"} {
		if err, err2 := valid(t, project, yml), readProject(yml); err != nil || err2 != nil {
			t.Errorf("%s: schema %v, reader %v", yml, err, err2)
		}
	}
}

func readProject(yml string) error {
	_, err := config.Parse("darkroom.yml", "", []byte(yml))
	return err
}

func readOwn(yml string) error {
	if s := settings.Parse("config.yml", []byte(yml), look.Vocabulary()); len(s.Problems) > 0 {
		return s.Problems[0]
	}
	return nil
}
