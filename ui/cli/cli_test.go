package cli

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/zalando/go-keyring"

	"darkroom/examples"
	"darkroom/sources/project/intent"
)

// errNoKeyring is what every test finds in place of the operating system's; see
// withKeyring.
var errNoKeyring = errors.New("no keyring here")

// testHome names a folder that lasts as long as all tests.
const testHome = "DARKROOM_TEST_HOME"

// withoutHome runs the tests with a folder for darkroom's state that is not yours.
type withoutHome struct{ *testing.M }

func (w withoutHome) Run() int {
	home, err := os.MkdirTemp("", "darkroom-test-")
	if err != nil {
		return 1
	}
	defer os.RemoveAll(home)
	os.Setenv("XDG_STATE_HOME", filepath.Join(home, "state")) // the binary of some tests is beside it, and called darkroom
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	os.Setenv(testHome, home)
	return w.M.Run()
}

func TestMain(m *testing.M) {
	keyring.MockInitWithError(errNoKeyring)
	commands := lasting()
	commands["darkroom"] = func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
	testscript.Main(withoutHome{m}, commands)
}

// Each file in testdata/script is a session at the command line. "example NAME
// DIR" lays an example project out.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GIT_AUTHOR_NAME", "tester")
			env.Setenv("NO_COLOR", "")
			env.Setenv("TMPDIR", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, ".state"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"example": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 2 {
					ts.Fatalf("usage: example NAME DIR")
				}
				ts.Check(layOutExample(args[0], ts.MkAbs(args[1])))
			},
			"printable": printable,
			"record":    record,
		},
	})
}

// record leaves the record of an export that was cut off: "record DIR (NAME OLD NEW)…",
// where OLD and NEW are files with the content, - for none.
func record(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%3 != 1 {
		ts.Fatalf("usage: record DIR (NAME OLD NEW)...")
	}
	content := func(file string) []byte {
		if file == "-" {
			return nil
		}
		return []byte(ts.ReadFile(file))
	}
	var changes []map[string]any // in the first version of the format, which can still be met
	for i := 1; i < len(args); i += 3 {
		changes = append(changes, map[string]any{"name": args[i], "old": content(args[i+1]), "new": content(args[i+2])})
	}
	data, err := json.Marshal(map[string]any{"version": 1, "changes": changes})
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), intent.Name), data, 0o644))
}

// printable fails when a file has a byte that a terminal would obey.
func printable(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		for _, b := range []byte(ts.ReadFile(file)) {
			if (b < 0x20 && b != '\n' || b == 0x7f) != neg {
				ts.Fatalf("%s has the byte %#x", file, b)
			}
		}
	}
}

// layOutExample copies an example, with what it needs of the other one.
func layOutExample(name, dir string) error {
	return fs.WalkDir(examples.FS, name, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(name, path)
		if err != nil {
			return err
		}
		target := filepath.Join(dir, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := examples.FS.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}
