package fetch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

// notAsked is what our client never asks a server for.
const notAsked = "no call of ours"

// metBy names, for every switch of the fake server, a test in which our client
// meets it and survives or reports it: package and function.
var metBy = map[string]string{
	"NoGzip":              "api TestGzip",
	"ServerInfoError":     "api TestServersOfOtherVersions",
	"ServerInfoNeedsAuth": "api TestServersOfOtherVersions",
	"RedirectSignIn":      "fetch TestSyncAfterRedirect",
	"RefusePasswords":     "api TestRefusedSignIns",
	"ManySessionsPerPAT":  "api TestTwoProgramsWithOneToken",
	"SessionCalls":        "fetch TestSwitches",
	"Lists":               "api TestListShapes",
	"Collections":         "fetch TestCollections",
	"CollectionPage":      "fetch TestCollections",
	"BooleansAsText":      "fetch TestSwitches",
	"JobPolls":            notAsked,
	"JobTakes":            "refresher TestSituations",
	"FinishCode":          "refresher TestSituations",
	"FailForeign":         "refresher failForeign",
	"RefreshLimit":        "refresher TestSituations",
	"RefreshesHour":       "refresher TestSituations",
	"IndexLag":            "refresher TestSituations",
	"Metadata":            "fetch TestSyncThatCannot",
	"BackfillRunning":     "fetch TestSwitches",
	"NodeLimit":           "fetch TestSwitches",
	"NullInNonNull":       "fetch TestSwitches",
	"TimeLimitNodes":      "fetch TestSwitches",
	"TimeoutNodes":        "fetch TestSwitches",
	"SilentClamp":         "fetch TestSwitches",
	"UnstableOrder":       "fetch TestSwitches",
	"EmptyPages":          "fetch TestSwitches",
	"StuckCursor":         "fetch TestSwitches",
	"Duplicates":          "fetch TestSwitches",
	"SensitiveFilters":    "fetch TestSwitches",
	"Redact":              "fetch TestHiddenNamesAreCounted",
}

// A new switch needs a test of the client, not only of the server.
func TestEverySwitchIsMet(t *testing.T) {
	bodies := map[string]string{}
	for _, pkg := range []string{"../api", "../fetch", "../doctor", "../../project/refresher"} {
		files, err := filepath.Glob(pkg + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			testBodies(t, filepath.Base(pkg), file, bodies)
		}
	}
	switches := reflect.TypeFor[tableautest.Switches]()
	known := map[string]bool{}
	for i := range switches.NumField() {
		name := switches.Field(i).Name
		known[name] = true
		if test := metBy[name]; test != notAsked && !strings.Contains(bodies[test], name+":") && !strings.Contains(bodies[test], "."+name+" = ") {
			t.Errorf("switch %s: no test of the client turns it, or metBy does not name it (it has %q)", name, test)
		}
	}
	for name := range metBy {
		if !known[name] {
			t.Errorf("there is no switch %s any more", name)
		}
	}
}

// testBodies adds the source of a file's tests, by package and name.
func testBodies(t *testing.T, pkg, file string, to map[string]string) {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range parsed.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			to[pkg+" "+fn.Name.Name] = string(source[files.Position(fn.Pos()).Offset:files.Position(fn.End()).Offset])
		}
	}
}
