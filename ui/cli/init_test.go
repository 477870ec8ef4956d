package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
)

// runInit runs init without a terminal to ask on.
func runInit(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := Main(append([]string{"init"}, args...), strings.NewReader(""), &o, &e); code != want {
		t.Fatalf("init %v ends with %d, want %d\n%s%s", args, code, want, o.String(), e.String())
	}
	return o.String(), e.String()
}

// pageOf is the address of a page of a fake server's site, as a browser shows it.
func pageOf(url, site string) string {
	return strings.Replace(url, "127.0.0.1", "localhost", 1) + "/#/site/" + site + "/home"
}

func readConfig(t *testing.T, dir string) (string, *config.Config) {
	t.Helper()
	file := filepath.Join(dir, config.Name)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	conf, err := config.Parse(file, dir, data)
	if err != nil {
		t.Fatal(err)
	}
	return string(data), conf
}

func TestInit(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	syncProject(t) // the environment
	dir := t.TempDir()
	page := pageOf(s.url, cloudURL)
	_, errs := runInit(t, 2, dir)
	wantParts(t, errs, "no dbt project here", "--url")
	runInit(t, 2, "--url", "nonsense", dir)
	runInit(t, 2, "--url", page, "--theme", "pink", dir)
	runInit(t, 3, "--url", pageOf(s.url, "nosuch"), dir)
	if _, err := os.Stat(filepath.Join(dir, "darkroom.yml")); err == nil {
		t.Fatal("written without a successful sign-in")
	}
	out, errs := runInit(t, 0, "--url", page, dir)
	wantParts(t, out, "wrote ", "darkroom sync "+dir+"  fetches")
	wantParts(t, errs, "site roastery", "signed in", "workbooks 40", "in scope: 39 of 39 workbooks; 1 in personal spaces left out")
	data, _ := readConfig(t, dir)
	wantParts(t, data, `site: "roastery"`, "# scope:", "#     - \"Commercial\"")
	out, errs = runInit(t, 1, "--url", page, dir)
	wantParts(t, out, "sites:")
	wantParts(t, errs, "is there already and will stay", "was not changed")
	if after, _ := readConfig(t, dir); after != data {
		t.Error("an existing file was changed")
	}
	below := filepath.Join(dir, "dbt")
	disktest.Write(t, below, "dbt_project.yml", "name: shop\n")
	_, errs = runInit(t, 1, "--url", page, below)
	wantParts(t, errs, filepath.Join(dir, "darkroom.yml")+" is there already and was not changed")
	if _, err := os.Stat(filepath.Join(below, "darkroom.yml")); err == nil {
		t.Error("a second darkroom.yml was written")
	}
	runSync(t, 0, dir)
}

func TestInitWithProjects(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	syncProject(t)
	dir := t.TempDir()
	page := pageOf(s.url, cloudURL)
	_, errs := runInit(t, 2, "--url", page, "--project", "Comercial", dir)
	wantParts(t, errs, `no project is called "Comercial"`, `close matches: "Commercial"`)
	_, errs = runInit(t, 2, "--url", page, "--project", "Commercial[", dir)
	wantParts(t, errs, "open [")
	_, errs = runInit(t, 0, "--url", page, "--project", "commerc*", "--project", "Commercial", dir)
	wantParts(t, errs, "in scope: 18 of 39 workbooks")
	data, conf := readConfig(t, dir)
	if got := conf.Scope.Projects; len(got) != 2 || got[0] != "commerc*" || len(conf.Scope.ExcludeProjects) > 0 {
		t.Errorf("%q\n%s", got, data)
	}
	wantParts(t, data, "# What darkroom shows")
	runSync(t, 0, dir)
}

// A list that the account may not read is reported and does not stop init.
func TestInitWithoutAList(t *testing.T) {
	for kind, say := range map[tableautest.Kind]string{tableautest.Projects: "the projects are not known", tableautest.Workbooks: "the workbooks are not counted"} {
		s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
		s.Inject(tableautest.Fault{On: kind, Code: "403004", Times: -1})
		syncProject(t)
		dir := t.TempDir()
		_, errs := runInit(t, 0, "--url", pageOf(s.url, cloudURL), "--project", "Commercial", dir)
		wantParts(t, errs, say)
		if _, conf := readConfig(t, dir); len(conf.Scope.Projects) != 1 {
			t.Errorf("%s: %+v", kind, conf.Scope)
		}
	}
}

// A server that init did not get into is not confirmed by it; one that was confirmed
// before stays so.
func TestInitForgetsAServerThatItCouldNotEnter(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	s.Inject(tableautest.Unauthorized(tableautest.SignIn))
	syncProject(t)
	trusted := func() string { return string(run(t, app.ExitOK, "trust", "--output", "csv")) }
	before := trusted()
	runInit(t, app.ExitFailure, "--url", pageOf(s.url, cloudURL), t.TempDir())
	if got := trusted(); got != before {
		t.Errorf("confirmed without a sign-in:\n%s", got)
	}
	s.Heal()
	runInit(t, app.ExitOK, "--url", pageOf(s.url, cloudURL), t.TempDir())
	entered := trusted()
	s.Inject(tableautest.Unauthorized(tableautest.SignIn))
	runInit(t, app.ExitFailure, "--url", pageOf(s.url, cloudURL), t.TempDir())
	if got := trusted(); entered == before || got != entered {
		t.Errorf("not kept:\n%s", got)
	}
}

func TestInitStopped(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	never := make(chan struct{})
	defer close(never)
	s.Inject(tableautest.Stall(tableautest.Workbooks, never))
	syncProject(t)
	dir := t.TempDir()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	stop := watch{when: "projects ", then: func() { _ = self.Signal(os.Interrupt) }}
	if code := Main([]string{"init", "--url", pageOf(s.url, cloudURL), dir}, strings.NewReader(""), io.Discard, &stop); code != app.ExitStopped {
		t.Errorf("exit code %d", code)
	}
	if text := stop.text.String(); !strings.HasSuffix(text, "darkroom: stopped\n") {
		t.Error(text)
	}
	if _, err := os.Stat(filepath.Join(dir, "darkroom.yml")); err == nil {
		t.Error("written all the same")
	}
}

// A company's own CA: the error says what to do, and the flag goes into the file.
func TestInitWithACertificate(t *testing.T) {
	server := tableautest.New(tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	url, pem := server.ServeTLS(t)
	syncProject(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "company.pem"), pem, 0o644); err != nil {
		t.Fatal(err)
	}
	page := url + "/#/site/roastery/home"
	_, errs := runInit(t, 3, "--url", page, dir)
	wantParts(t, errs, "certificate", "--ca-file FILE")
	t.Chdir(dir)
	runInit(t, 0, "--url", page, "--ca-file", "company.pem")
	if data, conf := readConfig(t, dir); conf.Sites[0].CAFile != "company.pem" {
		t.Error(data)
	}
	runSync(t, 0, dir)
}
