package model

import "strings"

// Namesakes reports that two loaded projects are two although they have one name: they
// are in two folders. Two manifests of one folder, or one without a known folder, are of
// one project, made for two targets.
func Namesakes(p, q *Project) bool {
	return p != q && p.Name == q.Name && p.Root != "" && q.Root != "" && p.Root != q.Root
}

// SameNode reports whether what two projects have under one unique_id is one node. Of
// namesakes it is only where both are one table of the warehouse.
func SameNode(p *Project, r *Resource, q *Project, s *Resource) bool {
	switch {
	case r == s:
		return true
	case r.ID != s.ID:
		return false
	case !Namesakes(p, q):
		return true
	}
	return r.HasRelation() && strings.EqualFold(p.Adapter, q.Adapter) && strings.EqualFold(r.Database(), s.Database()) &&
		strings.EqualFold(r.Schema(), s.Schema()) && strings.EqualFold(r.Identifier(), s.Identifier())
}

// ProjectTitle is the name of a project, with as much of its folder as distinguishes it
// from other loaded projects of that name.
func ProjectTitle(p *Project, loaded []*Project) string {
	steps := 0
	for _, q := range loaded {
		if !Namesakes(p, q) {
			continue
		}
		steps = max(steps, 1)
		for steps < len(p.Root) && lastFolders(p.Root, steps) == lastFolders(q.Root, steps) {
			steps++
		}
	}
	if steps == 0 {
		return p.Name
	}
	return p.Name + " (" + lastFolders(p.Root, steps) + ")"
}

// lastFolders are the last n folders of a path.
func lastFolders(path string, n int) string {
	folders := strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '\\' })
	return strings.Join(folders[max(0, len(folders)-n):], "/")
}
