package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every command that --help shows has its row in the README's table.
func TestReadmeHasTheCommands(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(data), "\n## Commands\n")
	section, _, ok2 := strings.Cut(section, "\n## ")
	if !ok || !ok2 {
		t.Fatal("README.md has lost its section Commands")
	}
	inTable := map[string]bool{}
	command := regexp.MustCompile("`darkroom ([a-z]+)")
	for line := range strings.Lines(section) {
		if first, _, ok := strings.Cut(strings.TrimPrefix(line, "| "), " | "); ok && strings.HasPrefix(line, "| ") {
			for _, m := range command.FindAllStringSubmatch(first, -1) {
				inTable[m[1]] = true
			}
		}
	}
	real := map[string]bool{}
	for _, cmd := range (&app{}).command().Commands() {
		if cmd.Hidden || cmd.Name() == "help" {
			continue
		}
		real[cmd.Name()] = true
		if !inTable[cmd.Name()] {
			t.Errorf("the README's table of commands lacks darkroom %s", cmd.Name())
		}
	}
	for name := range inTable {
		if !real[name] {
			t.Errorf("the README's table has darkroom %s, which is no command", name)
		}
	}
}
