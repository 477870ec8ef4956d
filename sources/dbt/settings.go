package dbt

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// settings are what dbt_project.yml says.
type settings struct {
	name   string
	target string
	models []string
}

// readSettings reads dbt_project.yml in root. It looks at the syntax tree, so that
// only the wanted keys count and nothing else is built, whatever the file holds.
func readSettings(root string) (settings, error) {
	var s settings
	path := filepath.Join(root, projectFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return s, &Error{File: path, Offset: -1, Got: "cannot be read", Cure: "check its permissions", Err: cause(err)}
	}
	doc, err := parseYAML(text)
	if err != nil {
		return s, &Error{File: path, Offset: -1, Got: "no valid YAML", Cure: "correct it until `dbt parse` accepts it", Err: err}
	}
	for entries := doc; entries != nil && entries.Next(); {
		paths := pathsOf(entries.Value())
		if len(paths) == 0 {
			continue
		}
		switch scalarOf(entries.Key()) {
		case "name":
			s.name = paths[0]
		case "target-path":
			s.target = paths[0]
		case "model-paths":
			s.models = paths
		case "source-paths": // its name before dbt 1.0
			if s.models == nil {
				s.models = paths
			}
		}
	}
	if env := os.Getenv("DBT_TARGET_PATH"); env != "" {
		s.target = env // dbt's own order: the variable beats the file
	}
	if s.target == "" {
		s.target = "target"
	}
	if s.models == nil {
		s.models = []string{"models"}
	}
	return s, nil
}

// parseYAML returns the entries of the root mapping, nil when there is none. The
// parser is fed any file that has the right name, so it may not end the program.
func parseYAML(text []byte) (entries *ast.MapNodeIter, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil || len(file.Docs) == 0 {
		return nil, err
	}
	if root, isMap := file.Docs[0].Body.(ast.MapNode); isMap {
		return root.MapRange(), nil
	}
	return nil, nil
}

// scalarOf is the text of a scalar node; anything else is empty.
func scalarOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.AnchorNode:
		return scalarOf(n.Value)
	case *ast.NullNode, nil:
		return ""
	case ast.ScalarNode:
		return fmt.Sprint(n.GetValue())
	}
	return ""
}

// pathsOf is a list of texts, or the one that stands in place of a list.
func pathsOf(n ast.Node) []string {
	items := []ast.Node{n}
	if list, isList := n.(*ast.SequenceNode); isList {
		items = list.Values
	}
	var out []string
	for _, item := range items {
		if text := jinja(scalarOf(item)); text != "" {
			out = append(out, text)
		}
	}
	return out
}

var (
	jinjaCall = regexp.MustCompile(`\{\{.*?\}\}`)
	envVar    = regexp.MustCompile(`^\{\{-?\s*env_var\(\s*['"]([^'"]+)['"]\s*(?:,\s*['"]([^'"]*)['"]\s*)?\)\s*-?\}\}$`)
)

// jinja renders env_var(), the only call that dbt allows in this place beside
// var(). Text with any other Jinja gives "", so that dbt's default is taken.
func jinja(text string) string {
	unknown := false
	out := jinjaCall.ReplaceAllStringFunc(text, func(call string) string {
		m := envVar.FindStringSubmatch(call)
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
