//go:build unix

package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The document states the ratios that are checked.
func TestDocumentStatesTheRatios(t *testing.T) {
	table := "| manifest | command | times encoding/json |\n|---|---|---:|\n"
	for _, r := range documented() {
		table += fmt.Sprintf("| %d MB | `%s` | %.1f |\n", r.megabytes, r.command, r.times)
	}
	text, err := os.ReadFile("../../sources/dbt/SPEED.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), table) {
		t.Errorf("sources/dbt/SPEED.md does not have this table:\n%s", table)
	}
}

// Noise of the measurement passes, and a third of the speed does not.
func TestLostRatios(t *testing.T) {
	for times, lost := range map[float64]bool{12: false, 7.1: false, 6.9: true, 3: true} {
		if r := (ratio{60, "list rules", 10}); r.lost(times) != lost {
			t.Errorf("%v of 10: %t", times, !lost)
		}
	}
}

// What other programs print is read as it is: only the models count.
func TestPrintedModels(t *testing.T) {
	for prints, text := range map[string]string{
		"lines":   "b\na\n",
		"objects": `[{"unique_id":"a","kind":"model"},{"unique_id":"b","node_type":"model"},{"unique_id":"c","kind":"seed"}]`,
		"names":   `[{"unique_id":"model.shop.a","kind":"model"},{"unique_id":"model.shop.b","kind":"model"}]`,
		"graph":   `{"nodes":[{"unique_id":"model.b","node_type":"model"},{"unique_id":"a","node_type":"model"},{"unique_id":"c","node_type":"source"}],"edges":[]}`,
	} {
		var out strings.Builder
		if err := countModels([]string{prints, "printf", "%s", text}, &out); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("2 %x", sha256.Sum256([]byte("a\nb"))); out.String() != want {
			t.Errorf("%s: %s, want %s", prints, out.String(), want)
		}
	}
}
