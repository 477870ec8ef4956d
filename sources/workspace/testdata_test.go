package workspace

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/*/*.out anew")

// eachCase runs a function on every file of a folder below testdata and compares
// what it returns with the file's .out. A new case is a new file.
func eachCase(t *testing.T, folder string, run func(t *testing.T, name string, data []byte) string) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yml")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := run(t, name, data)
			out := strings.TrimSuffix(file, ".yml") + ".out"
			if *update {
				if err := os.WriteFile(out, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(out)
			if diff := cmp.Diff(string(want), got); diff != "" || err != nil {
				t.Error(err, diff)
			}
		})
	}
}

func TestConfigOK(t *testing.T) {
	eachCase(t, "ok", func(t *testing.T, name string, data []byte) string {
		c, err := ParseConfig(ConfigName, "", data)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.MarshalIndent(c, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		return string(out) + "\n"
	})
}

func TestConfigErr(t *testing.T) {
	eachCase(t, "err", func(t *testing.T, name string, data []byte) string {
		c, err := ParseConfig(ConfigName, "", data)
		if err == nil || c != nil {
			t.Fatalf("no error: %+v", c)
		}
		if strings.Contains(err.Error(), "hunter") {
			t.Error("the error shows a secret")
		}
		return err.Error() + "\n"
	})
}
