package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
)

func TestLoad(t *testing.T) {
	root := t.TempDir()
	c, err := Load(root)
	if err != nil || c.File != "" || c.Export.File != defaultExport || c.Root != root {
		t.Fatalf("no darkroom.yml is fine: %+v %v", c, err)
	}
	disktest.Write(t, root, "darkroom.yaml", "strict: true\n")
	if _, err := Load(root); err == nil || !strings.Contains(err.Error(), "rename it to darkroom.yml") {
		t.Error(err)
	}
	disktest.Write(t, root, Name, "manifests: [a/m.json, "+filepath.ToSlash(root)+"/x.json]\n")
	c, err = Load(root)
	disktest.Must(t, err)
	for i, want := range []string{filepath.Join(root, "a", "m.json"), filepath.Join(root, "x.json")} {
		if got := c.Path(c.Manifests[i]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	disktest.Must(t, os.Remove(filepath.Join(root, Name)))
	disktest.Must(t, os.Mkdir(filepath.Join(root, Name), 0o755))
	var fe *disk.Error
	if _, err := Load(root); !errors.As(err, &fe) || fe.Doing != "read" {
		t.Error(err)
	}
}

func TestConfigTooLong(t *testing.T) {
	if _, err := Parse(Name, "", []byte(strings.Repeat("#\n", 128<<10))); err == nil || !strings.Contains(err.Error(), "longer than 128 KiB") {
		t.Error(err)
	}
}

func TestScope(t *testing.T) {
	emea := []string{"Sales", "EMEA North", "Drafts"}
	for _, c := range []struct {
		name  string
		scope Scope
		what  curate.Subject
		want  bool
	}{
		{"nothing set", Scope{}, curate.Subject{Project: emea}, true},
		{"nothing known", Scope{}, curate.Subject{}, true},
		{"personal space", Scope{}, curate.Subject{PersonalSpace: true}, false},
		{"personal space wanted", Scope{PersonalSpace: true}, curate.Subject{PersonalSpace: true}, true},
		{"outer project", Scope{Projects: []string{"sales"}}, curate.Subject{Project: emea}, true},
		{"inner project", Scope{Projects: []string{"Sales/emea*"}}, curate.Subject{Project: emea}, true},
		{"the inner one only", Scope{Projects: []string{"Sales/EMEA*"}}, curate.Subject{Project: emea[:1]}, false},
		{"an inner name alone", Scope{Projects: []string{"EMEA North"}}, curate.Subject{Project: emea}, false},
		{"one of several", Scope{Projects: []string{"Finance", "*/*/Drafts"}}, curate.Subject{Project: emea}, true},
		{"excluded wins", Scope{Projects: []string{"Sales"}, ExcludeProjects: []string{"*/*/Drafts"}}, curate.Subject{Project: emea}, false},
		{"a slash in a name", Scope{Projects: []string{"R?D"}}, curate.Subject{Project: []string{"R/D"}}, true},
		{"a star stays in its part", Scope{Projects: []string{"S*Drafts"}}, curate.Subject{Project: emea}, false},
		{"project unknown", Scope{Projects: []string{"Sales"}}, curate.Subject{}, false},
		{"tag", Scope{Tags: []string{"x", "Certified"}}, curate.Subject{Tags: []string{"certified"}}, true},
		{"no tag", Scope{Tags: []string{"certified"}}, curate.Subject{Tags: []string{"draft"}}, false},
		{"owner by e-mail", Scope{Owners: []string{"Ana@example.com"}}, curate.Subject{Owner: []string{"Ana", "ana", "ana@example.com"}}, true},
		{"owner unknown", Scope{Owners: []string{"ana"}}, curate.Subject{Owner: []string{""}}, false},
		{"collection", Scope{Collections: []string{"Other", "monday numbers"}}, curate.Subject{Collections: []string{"Monday Numbers"}}, true},
		{"not in a collection", Scope{Collections: []string{"Monday"}}, curate.Subject{Collections: []string{"Monday Numbers"}}, false},
		{"no collections", Scope{Collections: []string{"Monday"}}, curate.Subject{}, false},
		{"collection and tag", Scope{Collections: []string{"M"}, Tags: []string{"x"}}, curate.Subject{Collections: []string{"M"}}, false},
		{"all have to agree", Scope{Projects: []string{"Sales"}, Tags: []string{"x"}}, curate.Subject{Project: emea}, false},
	} {
		if got := c.scope.Allows(c.what); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzConfig(f *testing.F) {
	for _, folder := range []string{"ok", "err"} {
		files, err := filepath.Glob(filepath.Join("testdata", folder, "*.yml"))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse(Name, "", data)
		if (c == nil) == (err == nil) {
			t.Fatal("either a configuration or an error")
		}
		if err != nil {
			for _, r := range err.Error() {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Fatalf("%q in %q", r, err)
				}
			}
			return
		}
		if why := disk.NotLocal(c.Export.File); why != "" {
			t.Fatal(why)
		}
		for _, s := range c.Sites {
			if s.Snapshot == "" || s.Name == "" {
				t.Fatalf("%+v", s)
			}
		}
		s := curate.Subject{Project: []string{"a", "b"}, Tags: []string{"t"}}
		c.Scope.Allows(s)
		s.Rule(c.CuratedRules())
	})
}

// A file for exposures is no file that another program, or darkroom, has.
func TestTaken(t *testing.T) {
	for name, want := range map[string]bool{
		"models/exposures/tableau.yml": false, "models/profiles.yml": false, "models/.gitlab/x.yml": false, "exposures.yml": false,
		"models/aux.yml": true, "models/COM1/x.yml": true, "models/x ./y.yml": true, "models/x./y.yml": true,
		".git/x.yml": true, ".GitHub/workflows/x.yml": true, "a/.darkroom/x.yml": true, "Darkroom.yml": true,
		"dbt_project.yml": true, "PROFILES.yaml": true, "packages.yml": true, "dependencies.yml": true, "selectors.yml": true, "package-lock.yml": true,
	} {
		if why := Taken(name); (why != "") != want {
			t.Errorf("%s: %q", name, why)
		}
	}
	c, err := Parse("", "", []byte("sites: [{name: Con, server: 'https://x.example.com'}]"))
	if err != nil || c.Sites[0].Snapshot != ".darkroom/snapshots/con_.json.gz" {
		t.Errorf("%v %+v", err, c)
	}
}
