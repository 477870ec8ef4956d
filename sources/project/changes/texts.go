package changes

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"darkroom/model/change"
	"darkroom/model/pattern"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/git"
	"darkroom/sources/yamlfile"
)

// mostText is what is read of a file to compare its parts.
const mostText = 4 << 20

// read compares both sides of a file as far as its parts matter: YAML by its values, SQL
// by its macros.
func (f *files) read(dir string, x git.File, to *change.File) error {
	isYAML := yamlfile.Is(x.Path)
	if !isYAML && path.Ext(x.Path) != ".sql" {
		return nil
	}
	before, after, ok := f.sides(dir, x)
	var one, two bool
	switch {
	case f.ctx.Err() != nil:
		return f.ctx.Err()
	case !ok:
		to.Unreadable, to.Every = true, true
	case isYAML:
		to.Before, one = decoded(before)
		to.After, two = decoded(after)
		to.Unreadable = !one || !two
	default:
		to.HasMacros, to.Every = f.macros(before, after)
	}
	return nil
}

// sides are the texts of a file; false when one cannot be had: a clone without it, a link
// out of the project, or a file that is too large.
func (f *files) sides(dir string, x git.File) (before, after []byte, ok bool) {
	var err error
	if x.Before != "" {
		if before, err = f.repo.Blob(f.ctx, x.Before); err != nil {
			return nil, nil, false
		}
	}
	if x.After != "" {
		if after, err = disk.ReadInside(dir, x.Path); err != nil {
			return nil, nil, false
		}
	}
	return before, after, len(before) <= mostText && len(after) <= mostText
}

// decoded is a YAML file as a map; nil for an empty one. Many aliases are refused by the
// library.
func decoded(text []byte) (m map[string]any, ok bool) {
	defer func() {
		if recover() != nil {
			m, ok = nil, false
		}
	}()
	var value any
	if err := yaml.Unmarshal(text, &value); err != nil {
		return nil, false
	}
	m, ok = value.(map[string]any)
	return m, ok || value == nil
}

var (
	comments   = pattern.Of(`(?s)\{#.*?#\}`)
	blockStart = pattern.Of(`\{%-?\s*(macro|test|data_test|materialization)\s+(\w+)([^%]*)%\}`)
	blockEnd   = pattern.Of(`\{%-?\s*end(macro|test|data_test|materialization)\s*-?%\}`)
)

// macros keeps the macros of both sides. Every is set when what is around them differs.
func (f *files) macros(before, after []byte) (has, every bool) {
	a, restA := blocks(before)
	b, restB := blocks(after)
	for name, text := range a {
		f.before[name] += text
	}
	for name, text := range b {
		f.after[name] += text
	}
	has = len(a)+len(b) > 0
	return has, has && restA != restB
}

// differing are the names of the macros that differ, in whatever file they are; true of
// those that are on one side only.
func (f *files) differing() map[string]bool {
	names := map[string]bool{}
	for name, text := range f.before {
		if now, is := f.after[name]; now != text {
			names[name] = !is
		}
	}
	for name := range f.after {
		if _, was := f.before[name]; !was {
			names[name] = true
		}
	}
	return names
}

// blocks are the macros of a text by the name that dbt gives them, and what is around
// without comments.
func blocks(text []byte) (macros map[string]string, rest string) {
	macros = map[string]string{}
	defer func() { rest = strings.TrimSpace(comments().ReplaceAllString(rest, "")) }()
	for {
		at := blockStart().FindSubmatchIndex(text)
		if at == nil {
			return macros, rest + string(bytes.TrimSpace(text))
		}
		end := blockEnd().FindIndex(text[at[1]:])
		if end == nil {
			return macros, rest + string(text)
		}
		kind, name := string(text[at[2]:at[3]]), string(text[at[4]:at[5]])
		switch kind {
		case "test", "data_test":
			name = "test_" + name
		case "materialization":
			name = "materialization_" + name
		}
		macros[name] += string(text[at[0] : at[1]+end[1]])
		rest += string(bytes.TrimSpace(text[:at[0]]))
		text = text[at[1]+end[1]:]
	}
}

// localPackage is a package whose files are in a folder.
type localPackage struct{ name, dir string }

// localPackages are those of packages.yml and dependencies.yml.
func localPackages(root string) (found []localPackage) {
	for _, file := range []string{"packages.yml", "dependencies.yml"} {
		text, err := disk.ReadFile(filepath.Join(root, file))
		if err != nil || len(text) > mostText {
			continue
		}
		m, _ := decoded(text)
		list, _ := m["packages"].([]any)
		for _, item := range list {
			entry, _ := item.(map[string]any)
			local, _ := entry["local"].(string)
			if local == "" {
				continue
			}
			dir := filepath.FromSlash(local)
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(root, dir)
			}
			if l, err := dbt.LayoutIn(dir); err == nil && l.Name != "" {
				found = append(found, localPackage{l.Name, dir})
			}
		}
	}
	return found
}

// within is a folder below another one.
func within(root, dir string) (below string, inside bool) {
	rel, err := filepath.Rel(root, dir)
	if err != nil || !filepath.IsLocal(rel) || strings.HasPrefix(rel, "..") || rel == "." {
		return "", false
	}
	_, err = os.Stat(dir)
	return filepath.ToSlash(rel), err == nil
}
