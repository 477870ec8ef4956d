package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

func TestCutAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://10ax.online.tableau.com/#/site/acme/views/A/B?:iid=1": "https://10ax.online.tableau.com acme",
		"10ax.online.tableau.com/#/site/acme":                          "https://10ax.online.tableau.com acme",
		"https://t.example.com/#/site/acme?x=1":                        "https://t.example.com acme",
		"http://t.example.com:8000/#/home":                             "http://t.example.com:8000 ",
		" https://t.example.com/t/acme/views/A/B ":                     "https://t.example.com acme",
		"https://tableau/#/site/acme":                                  "https://tableau acme",
		"https://t.example.com":                                        "https://t.example.com ",
	} {
		s, err := cutAddress(address)
		if err != nil || s.Server+" "+s.Site != want || s.Name == "" {
			t.Errorf("%s: %+v, %v", address, s, err)
		}
	}
	for _, address := range []string{"", "acme", "ftp://t.example.com", "https://", "https://u:p w@x"} {
		if s, err := cutAddress(address); err == nil {
			t.Errorf("%q: %+v", address, s)
		}
	}
}

func TestInit(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	syncProject(t) // the environment
	dir := t.TempDir()
	start := func(want int, args ...string) (string, string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append([]string{"init"}, args...), strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%d\n%s%s", code, out.String(), errs.String())
		}
		return out.String(), errs.String()
	}
	page := strings.Replace(s.url, "127.0.0.1", "localhost", 1) + "/#/site/roastery/home"
	_, errs := start(2, dir)
	wantParts(t, errs, "--url")
	start(2, "--url", "nonsense", dir)
	start(3, "--url", strings.Replace(page, "roastery", "nosuch", 1), dir)
	if _, err := os.Stat(filepath.Join(dir, "darkroom.yml")); err == nil {
		t.Fatal("written without a successful sign-in")
	}
	out, errs := start(0, "--url", page, dir)
	wantParts(t, out, "wrote ", "darkroom sync")
	wantParts(t, errs, "signed in")
	data, err := os.ReadFile(filepath.Join(dir, "darkroom.yml"))
	if err != nil {
		t.Fatal(err)
	}
	wantParts(t, string(data), `site: "roastery"`, "#     - \"Commercial\"")
	out, errs = start(1, "--url", page, dir)
	wantParts(t, out, "sites:")
	wantParts(t, errs, "was not changed")
	if after, _ := os.ReadFile(filepath.Join(dir, "darkroom.yml")); !bytes.Equal(after, data) {
		t.Error("an existing file was changed")
	}
	runSync(t, 0, dir)
}
