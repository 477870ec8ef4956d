package nodes

import (
	"fmt"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"darkroom/model/selector"
	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// definitionsFile is where dbt keeps selectors that have a name.
const definitionsFile = "selectors.yml"

// maxDefinitions bounds the file, because the YAML parser is quadratic in nesting.
const maxDefinitions = 256 << 10

// ReadDefinitions reads selectors.yml in the folder of a project. Without the file
// there are none, which is no error.
func ReadDefinitions(root string) (selector.Definitions, error) {
	file := filepath.Join(root, definitionsFile)
	text, err := disk.ReadFile(file)
	if err == nil && text == nil {
		return selector.Definitions{}, nil
	}
	wrong := func(what string, err error) (selector.Definitions, error) {
		return selector.Definitions{}, &disk.Error{File: file, What: what, Err: err, Fix: "correct it until `dbt ls` accepts it"}
	}
	switch {
	case err != nil:
		return wrong("cannot be read", err)
	case len(text) > maxDefinitions:
		return wrong(fmt.Sprintf("longer than %d bytes", maxDefinitions), nil)
	}
	if err := yamlfile.CheckBounds(string(text)); err != nil {
		return wrong("not valid YAML", err)
	}
	var content struct {
		Selectors []struct {
			Name       string `yaml:"name"`
			Default    bool   `yaml:"default"`
			Definition any    `yaml:"definition"`
		} `yaml:"selectors"`
	}
	if err := yaml.Unmarshal(text, &content); err != nil {
		return wrong("not valid YAML", err)
	}
	out := selector.Definitions{Specs: map[string]selector.Spec{}}
	for _, s := range content.Selectors {
		spec, err := selector.Define(s.Name, s.Definition)
		if err != nil {
			return wrong("wrong", err)
		}
		out.Specs[s.Name] = spec
		if !s.Default {
			continue
		}
		if out.Default != "" {
			return wrong(fmt.Sprintf("wrong: %q and %q are both the default", out.Default, s.Name), nil)
		}
		out.Default = s.Name
	}
	return out, nil
}
