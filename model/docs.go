package model

import "strings"

// DocsPage is the address of a resource in the project's dbt docs; empty where there is none.
// dbt docs have pages of models, seeds, snapshots and sources, at #!/KIND/unique_id.
func (p *Project) DocsPage(r *Resource) string {
	if p == nil || r == nil || p.DocsURL == "" {
		return ""
	}
	switch r.Kind {
	case KindModel, KindSeed, KindSnapshot, KindSource:
		at := strings.TrimRight(p.DocsURL, "/")
		if !strings.HasSuffix(at, ".html") {
			at += "/"
		}
		return at + "#!/" + r.Kind.String() + "/" + r.ID
	}
	return ""
}
