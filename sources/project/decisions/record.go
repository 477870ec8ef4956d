package decisions

import (
	"time"

	"darkroom/model/curate"
	"darkroom/sources/project/decisions/flowline"
	"darkroom/sources/yamlfile"
)

// rawRecord is a decision as decisions.yml and the journal have it.
type rawRecord struct {
	Decision string `yaml:"decision" json:"decision"`
	At       string `yaml:"at" json:"at,omitempty"`
	By       string `yaml:"by" json:"by,omitempty"`
	Why      string `yaml:"why" json:"why,omitempty"`
	Title    string `yaml:"title" json:"title,omitempty"`
	Site     string `yaml:"site" json:"site,omitempty"`
}

// fields are those of a line of decisions.yml, in its order:
//
//	3f9c1a2b-…: {decision: include, at: 2026-11-23T18:00:00Z, by: "…", why: "…", title: "…", site: "…"}
func (r *rawRecord) fields() []flowline.Field {
	return []flowline.Field{
		{Name: "decision", Value: &r.Decision},
		{Name: "at", Value: &r.At},
		{Name: "by", Value: &r.By, Quoted: true},
		{Name: "why", Value: &r.Why, Quoted: true},
		{Name: "title", Value: &r.Title, Quoted: true},
		{Name: "site", Value: &r.Site, Quoted: true},
	}
}

func rawOf(r curate.Record) *rawRecord {
	raw := &rawRecord{Decision: r.Decision.String(), By: r.By, Why: r.Why, Title: r.Title, Site: r.Site}
	if !r.At.IsZero() {
		raw.At = r.At.Format(time.RFC3339)
	}
	return raw
}

// record reads the two fields that are more than text.
func (r rawRecord) record() (rec curate.Record, field string) {
	d, ok := curate.ParseDecision(r.Decision)
	if !ok {
		return rec, "decision"
	}
	at, ok := yamlfile.ParseTime(r.At)
	if !ok {
		return rec, "at"
	}
	if at = at.Truncate(time.Second); at.IsZero() {
		at = time.Time{}
	}
	return curate.Record{Decision: d, At: at, By: r.By, Why: r.Why, Title: r.Title, Site: r.Site}, ""
}
