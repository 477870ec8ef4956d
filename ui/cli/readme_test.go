package cli

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"darkroom/sources/project/config"
	"darkroom/ui/cli/app"
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
	for _, cmd := range tree(&app.App{}).Commands() {
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
			t.Errorf("the README's table has darkroom %s, which is not a command", name)
		}
	}
}

// The example of darkroom.yml is one, with every key that a site can have.
func TestReadmeHasTheKeysOfASite(t *testing.T) {
	text := string(readFile(t, "../../README.md"))
	_, example, ok := strings.Cut(text, "```yaml\nsites:")
	example, _, ok2 := strings.Cut("sites:"+example, "```")
	if !ok || !ok2 {
		t.Fatal("README.md has lost its darkroom.yml")
	}
	if _, err := config.Parse("", "", []byte(example)); err != nil {
		t.Error(err)
	}
	open := regexp.MustCompile(`(?m)^    # ([a-z_]+: )`).ReplaceAllString(strings.Replace(example, "    # insecure_skip_verify", "    #", 1), "    $1")
	if conf, err := config.Parse("", "", []byte(open)); err != nil || len(conf.Sites[0].RedirectHosts) != 1 {
		t.Errorf("without the signs of a comment: %v\n%s", err, open)
	}
	site := reflect.TypeFor[config.Site]()
	for i := range site.NumField() {
		if key := site.Field(i).Tag.Get("yaml"); !strings.Contains(text, key+":") {
			t.Errorf("README.md lacks %s of a site", key)
		}
	}
}
