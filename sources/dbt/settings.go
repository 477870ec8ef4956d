package dbt

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"darkroom/model/pattern"
	"darkroom/sources/disk"
)

// settings are what dbt_project.yml says.
type settings struct {
	name    string
	target  string
	folders []Folder
}

// maxSetting bounds one setting, because the YAML parser is quadratic in nesting.
const maxSetting = 4 << 10

// readSettings reads dbt_project.yml in root.
func readSettings(root string) (settings, error) {
	path := filepath.Join(root, projectFile)
	text, err := disk.ReadFile(path)
	if err == nil && text == nil {
		err = fs.ErrNotExist
	}
	if err != nil {
		return settings{}, &disk.Error{File: path, What: "cannot be read", Err: err, Fix: "check its permissions"}
	}
	s, err := settingsOf(text)
	if err != nil {
		return s, &disk.Error{File: path, What: "not valid YAML", Err: err, Fix: "correct it until `dbt parse` accepts it"}
	}
	if env := os.Getenv("DBT_TARGET_PATH"); env != "" {
		s.target = env // dbt's own order: the variable beats the file
	}
	return s, nil
}

// settingsOf parses the few settings that count, each by itself: what else is
// in the file may be large and does not matter here.
func settingsOf(text []byte) (settings, error) {
	s := settings{target: "target"}
	entries := topLevel(text)
	value := func(key string) ([]string, error) {
		if len(entries[key]) > maxSetting {
			return nil, fmt.Errorf("%s is longer than %d bytes", key, maxSetting)
		}
		return valuesOf(entries[key])
	}
	for key, to := range map[string]*string{"name": &s.name, "target-path": &s.target} {
		values, err := value(key)
		if err != nil {
			return s, err
		}
		if len(values) > 0 {
			*to = values[0]
		}
	}
	for _, kind := range pathSettings() {
		paths := []string{kind.usual}
		for _, key := range []string{kind.before, kind.key} {
			values, err := value(key)
			if err != nil {
				return s, err
			}
			if len(values) > 0 {
				paths = values
			}
		}
		for _, path := range paths {
			s.folders = append(s.folders, Folder{Path: path, Setting: kind.key, Since: kind.since})
		}
	}
	return s, nil
}

// topLevel splits a YAML mapping in block style into its entries, by key. An entry
// ends before the next line that begins with a key; of equal keys the last counts.
func topLevel(text []byte) map[string][]byte {
	entries := map[string][]byte{}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	key, from, at := "", 0, 0
	for line := range bytes.Lines(text) {
		if c := line[0]; c > ' ' && c != '#' && c != '-' {
			entries[key] = text[from:at]
			name, _, _ := bytes.Cut(line, []byte(":"))
			key, from = strings.Trim(string(name), "\"' \t"), at
		} else if bytes.HasPrefix(line, []byte("---")) {
			entries[key] = text[from:at]
			key, from = "", at
		}
		at += len(line)
	}
	entries[key] = text[from:]
	return entries
}

// valuesOf is the value of one entry: the texts of a list, or the one text. Whatever
// the input, the parser must not end the program.
func valuesOf(entry []byte) (values []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			values, err = nil, fmt.Errorf("%v", r)
		}
	}()
	file, err := parser.ParseBytes(entry, 0, parser.AllowDuplicateMapKey())
	if err != nil || len(file.Docs) == 0 {
		return nil, err
	}
	root, isMap := file.Docs[0].Body.(ast.MapNode)
	if !isMap {
		return nil, nil
	}
	iter := root.MapRange()
	if !iter.Next() {
		return nil, nil
	}
	value := iter.Value()
	if anchor, isAnchor := value.(*ast.AnchorNode); isAnchor {
		value = anchor.Value
	}
	items := []ast.Node{value}
	if list, isList := value.(*ast.SequenceNode); isList {
		items = list.Values
	}
	for _, item := range items {
		if text := jinja(scalarOf(item)); text != "" {
			values = append(values, text)
		}
	}
	return values, nil
}

// scalarOf is the text of a scalar node; any other node is empty.
func scalarOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.AnchorNode:
		return scalarOf(n.Value)
	case *ast.NullNode, *ast.AliasNode, nil:
		return ""
	case ast.ScalarNode:
		return fmt.Sprint(n.GetValue())
	}
	return ""
}

var (
	jinjaCall = pattern.Of(`\{\{.*?\}\}`)
	envVar    = pattern.Of(`^\{\{-?\s*env_var\(\s*['"]([^'"]+)['"]\s*(?:,\s*['"]([^'"]*)['"]\s*)?\)\s*-?\}\}$`)
)

// jinja renders env_var(), the only call that dbt allows in this place besides
// var(). Text with any other Jinja gives "", so that dbt's default is taken.
func jinja(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	unknown := false
	out := jinjaCall().ReplaceAllStringFunc(text, func(call string) string {
		m := envVar().FindStringSubmatch(call)
		if m == nil {
			unknown = true
			return ""
		}
		if value, set := os.LookupEnv(m[1]); set {
			return value
		}
		return m[2]
	})
	if unknown {
		return ""
	}
	return out
}
