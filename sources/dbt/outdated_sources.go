package dbt

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
)

// maxSources bounds the sources of one YAML file, because the parser is quadratic in
// nesting; a larger one is not compared.
const maxSources = 128 << 10

// sourcesIn compares the sources that a YAML file defines. A manifest has no checksum of
// such a file, so that only a table that it does not have proves anything.
func (c *comparison) sourcesIn(name string, d fs.DirEntry) {
	if c.ignores || c.has().files[fileKey(name)] != nil && !c.newer(d) {
		return
	}
	text, err := c.read(name)
	if err != nil || !bytes.Contains(text, []byte("sources:")) {
		return
	}
	for _, table := range tablesIn(topLevel(text)["sources"]) {
		if !c.has().sources[table] {
			c.missing = append(c.missing, table[0]+"."+table[1]+" of "+name)
		}
	}
}

// tablesIn are the tables of the key sources:, with their sources. What cannot be read,
// what Jinja names and what belongs to a package is left out. Whatever the input, the
// parser must not end the program.
func tablesIn(entry []byte) (tables [][2]string) {
	defer func() {
		if r := recover(); r != nil {
			tables = nil
		}
	}()
	if len(entry) > maxSources {
		return nil
	}
	var content struct {
		Sources []struct {
			Name      any `yaml:"name"`
			Overrides any `yaml:"overrides"`
			Tables    []struct {
				Name any `yaml:"name"`
			} `yaml:"tables"`
		} `yaml:"sources"`
	}
	if yaml.Unmarshal(entry, &content) != nil {
		return nil
	}
	for _, s := range content.Sources {
		for _, t := range s.Tables {
			pair := [2]string{fmt.Sprint(s.Name), fmt.Sprint(t.Name)}
			if s.Overrides == nil && s.Name != nil && t.Name != nil && !strings.ContainsAny(pair[0]+pair[1], "{}") {
				tables = append(tables, pair)
			}
		}
	}
	return tables
}
