package models

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view/treeview"
)

// foldersOf gives the folders of a resource from the top down; more than one list when it
// is in several places.
type foldersOf func(lineage.Node) [][]string

// groupings are the ways in which resources are grouped.
func groupings() []treeview.Grouping {
	by := func(name, about string, in foldersOf) treeview.Grouping {
		rank := folderRank
		if name == "layer" {
			rank = layerRank
		}
		last := &arranged{}
		return treeview.Grouping{Name: name, About: about, Build: func(g *lineage.Graph) *treeview.Outline { return last.outline(g, in, rank) }}
	}
	return []treeview.Grouping{
		by("folder", "where its file is; sources by their names", byFolder),
		by("package", "the dbt package that it is from", byPackage),
		by("schema", "database and schema of its relation", bySchema),
		by("tag", "each of its tags", byTag),
		by("group", "its dbt group", byGroup),
		by("layer", "sources, staging, intermediate, marts: by folder, or by stg_, int_, fct_, dim_", byLayer),
	}
}

// byFolder is the path without the file; a source is below its source name, a package's
// nodes are below the package.
func byFolder(n lineage.Node) [][]string {
	r := n.Resource
	var in []string
	if r.Package() != n.Project.Name && r.Package() != "" {
		in = append(in, "packages", r.Package())
	}
	if r.Kind == model.KindSource {
		return [][]string{append(in, "sources", r.SourceName())}
	}
	parts := strings.Split(r.Path, "/")
	if len(parts) < 2 {
		return [][]string{append(in, r.Kind.String()+"s")}
	}
	parts = parts[:len(parts)-1]
	if in != nil {
		parts = append(in, parts...)
	}
	return [][]string{parts}
}

func byPackage(n lineage.Node) [][]string {
	if n.Resource.Package() == "" {
		return [][]string{{n.Project.Name}}
	}
	return [][]string{{n.Resource.Package()}}
}

func bySchema(n lineage.Node) [][]string {
	r := n.Resource
	switch {
	case r.Schema() == "":
		return [][]string{{none("schema")}}
	case r.Database() == "":
		return [][]string{{r.Schema()}}
	}
	return [][]string{{r.Database() + "." + r.Schema()}}
}

func byTag(n lineage.Node) [][]string {
	var in [][]string
	for _, tag := range n.Resource.Tags {
		in = append(in, []string{tag})
	}
	if in == nil {
		return [][]string{{none("tag")}}
	}
	return in
}

func byGroup(n lineage.Node) [][]string {
	if n.Resource.Group() == "" {
		return [][]string{{none("group")}}
	}
	return [][]string{{n.Resource.Group()}}
}

// none names the group of those that have none; it comes last.
func none(what string) string { return "(no " + what + ")" }

// layer is a part of a project by the conventions of dbt's style guide.
type layer struct {
	name              string
	folders, prefixes []string
}

// layers are those that folders and names show, in their order.
func layers() []layer {
	return []layer{
		{"sources", nil, nil},
		{"staging", []string{"staging", "stage", "stg", "base"}, []string{"stg_", "base_"}},
		{"intermediate", []string{"intermediate", "int"}, []string{"int_"}},
		{"marts", []string{"marts", "mart"}, []string{"fct_", "dim_", "mart_"}},
		{"reports", []string{"reports", "reporting", "report"}, []string{"rpt_", "report_"}},
		{"seeds", nil, nil},
		{"snapshots", nil, nil},
	}
}

// byLayer takes the outermost folder that is one of a layer, then the beginning of the
// name.
func byLayer(n lineage.Node) [][]string {
	r := n.Resource
	if r.Kind != model.KindModel {
		return [][]string{{r.Kind.String() + "s"}}
	}
	for folder := range strings.SplitSeq(strings.ToLower(r.Path), "/") {
		for _, l := range layers() {
			if slices.Contains(l.folders, folder) {
				return [][]string{{l.name}}
			}
		}
	}
	for _, l := range layers() {
		if slices.ContainsFunc(l.prefixes, func(p string) bool { return strings.HasPrefix(strings.ToLower(r.Name), p) }) {
			return [][]string{{l.name}}
		}
	}
	return [][]string{{none("layer")}}
}

// appendSortKey makes folders comparable as one text: by rank, and otherwise by name; what is in
// no group is last.
func appendSortKey(text []byte, folders []string, rank func(folder string) int) []byte {
	for _, f := range folders {
		place := rank(f)
		if strings.HasPrefix(f, "(no ") {
			place = 9
		}
		text = append(text, byte('0'+place))
		text = append(text, f...)
		text = append(text, 0)
	}
	return text
}

// folderRank has models first, then what people open less often.
func folderRank(folder string) int {
	return max(0, slices.Index([]string{"models", "seeds", "snapshots", "sources", "packages"}, folder))
}

// layerRank has the layers as data goes through them.
func layerRank(folder string) int {
	return max(0, slices.IndexFunc(layers(), func(l layer) bool { return l.name == folder }))
}
