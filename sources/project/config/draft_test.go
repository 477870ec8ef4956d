package config

import (
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/model/curate"
)

func TestSiteOfAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://10ax.online.tableau.com/#/site/acme/views/A/B?:iid=1": "https://10ax.online.tableau.com acme",
		"10ax.online.tableau.com/#/site/acme":                          "https://10ax.online.tableau.com acme",
		"https://t.example.com/#/site/acme?x=1":                        "https://t.example.com acme",
		"http://t.example.com:8000/#/home":                             "http://t.example.com:8000 ",
		" https://t.example.com/t/acme/views/A/B ":                     "https://t.example.com acme",
		"https://tableau/#/site/acme":                                  "https://tableau acme",
		"https://t.example.com":                                        "https://t.example.com ",
		"https://t.example.com/":                                       "https://t.example.com ",
		"https://t.example.com/views/A/B":                              "https://t.example.com ",
		"https://t.example.com/vizportal/#/site/acme/home":             "https://t.example.com acme",
	} {
		s, err := SiteOfAddress(address)
		if err != nil || s.Server+" "+s.Site != want || s.Name == "" {
			t.Errorf("%s: %+v, %v", address, s, err)
		}
	}
	for _, address := range []string{"", "acme", "ftp://t.example.com", "https://", "https://u:p w@x"} {
		if s, err := SiteOfAddress(address); err == nil {
			t.Errorf("%q: %+v", address, s)
		}
	}
	for address, fix := range map[string]string{
		"http://bi.example.com/POCtableau":             "; if the site is POCtableau, write http://bi.example.com/#/site/POCtableau; otherwise leave the path out",
		"bi.example.com/POCtableau/":                   "; if the site is POCtableau, write https://bi.example.com/#/site/POCtableau; otherwise leave the path out",
		"http://bi.example.com/POCtableau/views/A/B":   "; if the site is POCtableau, write http://bi.example.com/#/site/POCtableau; otherwise leave the path out",
		"https://bi.example.com/proxy/#/site/acme":     "; leave the path out",
		"https://bi.example.com/a%20b":                 "; leave the path out",
		"https://jo:secret@bi.example.com/#/site/acme": "; secrets come from the environment or the keyring",
	} {
		if s, err := SiteOfAddress(address); err == nil || !strings.HasSuffix(err.Error(), fix) || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%q: %+v, %v", address, s, err)
		}
	}
}

// The commented list has to work as it is once the # signs are removed.
func TestDraftHasAListToTakeFrom(t *testing.T) {
	var b strings.Builder
	for line := range strings.Lines(Draft(Site{Name: "a", Server: "https://t.example.com"}, Scope{}, []string{"Finance", `P\/L's \[x]`, "a\x1b\\*"})) {
		if !strings.Contains(line, "Everything") && !strings.Contains(line, "do not want") {
			line = strings.TrimPrefix(line, "# ")
		}
		b.WriteString(line)
	}
	conf, err := Parse("", "", []byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if got := conf.Scope.Projects; len(got) != 3 || got[1] != `P\/L's \[x]` || got[2] != "a\x1b\\*" {
		t.Errorf("%q", got)
	}
}

// Any scope goes through the file as it is.
func TestDraftRoundTrips(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	signs := []rune("aB /\\*?[]'\"#:-{}&!|>%@`\n\t\x00\x1b\x7f\u0085\u00a0\u200b\u202e\u2028\ufeffß日😀")
	for range 2000 {
		path := []string{"x", ""}
		for range 1 + rng.IntN(6) {
			path[1] += string(signs[rng.IntN(len(signs))])
		}
		want := Scope{Projects: []string{curate.Pattern(path)}, ExcludeProjects: []string{curate.Pattern(path[1:])}}
		yml := Draft(Site{Name: path[1], Server: "https://t.example.com", CAFile: "a b.pem"}, want, nil)
		conf, err := Parse("", "", []byte(yml))
		if err != nil {
			t.Fatalf("%v\n%s", err, yml)
		}
		if got := conf.Scope; got.Projects[0] != want.Projects[0] || got.ExcludeProjects[0] != want.ExcludeProjects[0] || conf.Sites[0].Name != path[1] {
			t.Fatalf("%+v\n%s", got, yml)
		}
	}
}
