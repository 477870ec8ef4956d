package config

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
)

var update = flag.Bool("update", false, "write testdata/*/*.out again")

func TestConfigOK(t *testing.T) {
	disktest.EachCase(t, "testdata/ok", *update, func(t *testing.T, name string, data []byte) string {
		c, err := Parse(Name, "", data)
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
	disktest.EachCase(t, "testdata/err", *update, func(t *testing.T, name string, data []byte) string {
		c, err := Parse(Name, "", data)
		if err == nil || c != nil {
			t.Fatalf("no error: %+v", c)
		}
		if strings.Contains(err.Error(), "hunter") {
			t.Error("the error shows a secret")
		}
		return err.Error() + "\n"
	})
}
