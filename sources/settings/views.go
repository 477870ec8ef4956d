package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"darkroom/sources/yamlfile"
)

// View is how one view begins.
type View struct {
	Sort    string         `yaml:"sort"`    // a column, with :desc for the other direction, as list --sort
	Columns yamlfile.Texts `yaml:"columns"` // at any width, in the view's order
	Group   string         `yaml:"group"`   // what rows are grouped by
}

// By is the column of Sort, and its direction.
func (v View) By() (column string, down bool) {
	column, direction, _ := strings.Cut(v.Sort, ":")
	return column, direction == "desc"
}

// ViewWords are what can be said about a view.
type ViewWords struct {
	Name            string
	Orders, Columns []string // columns to sort by, and all of them; nil where there are none
	Groups          []string // what rows can be grouped by
}

// checkViews takes out what is wrong about views.
func (s *Settings) checkViews(y *yamlfile.Piece, words []ViewWords) {
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = w.Name
	}
	for _, name := range slices.Sorted(maps.Keys(s.Views)) {
		at := slices.Index(names, name)
		if at < 0 {
			y.FailAt("$.views."+name, "unknown view "+quote(name), nearest(name, names, "there are "+strings.Join(names, ", ")))
			delete(s.Views, name)
			continue
		}
		s.Views[name] = s.Views[name].checked(y, "$.views."+name, words[at])
	}
}

func (v View) checked(y *yamlfile.Piece, at string, words ViewWords) View {
	if column, _ := v.By(); v.Sort != "" && !slices.Contains(words.Orders, column) {
		y.FailAt(at+".sort", words.Name+" cannot be sorted by "+quote(column), nearest(column, words.Orders, oneOf(words.Orders)))
		v.Sort = ""
	}
	if _, direction, ok := strings.Cut(v.Sort, ":"); ok && direction != "desc" && direction != "asc" {
		y.FailAt(at+".sort", "unknown direction "+quote(direction), "write asc or desc")
		v.Sort = ""
	}
	for i, column := range v.Columns {
		if !slices.Contains(words.Columns, column) {
			y.FailAt(fmt.Sprintf("%s.columns[%d]", at, i), words.Name+" has no column "+quote(column), nearest(column, words.Columns, oneOf(words.Columns)))
			v.Columns = nil
			break
		}
	}
	if v.Group != "" && !slices.Contains(words.Groups, v.Group) {
		y.FailAt(at+".group", words.Name+" cannot be grouped by "+quote(v.Group), nearest(v.Group, words.Groups, oneOf(words.Groups)))
		v.Group = ""
	}
	return v
}

func oneOf(names []string) string {
	if len(names) == 0 {
		return "this view has none"
	}
	return "there are " + strings.Join(names, ", ")
}
