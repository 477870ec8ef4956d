package decisions

import (
	"strings"

	"darkroom/model/curate"
)

// writeDecision writes the one line of a decision:
//
//	3f9c1a2b-…: {decision: include, at: 2026-11-23T18:00:00Z, by: "…", why: "…", title: "…", site: "…"}
//
// Fields that say nothing are left out.
func writeDecision(w *strings.Builder, key string, r curate.Record) {
	if isLUID(key) {
		w.WriteString(key)
	} else {
		w.WriteString(quote(key))
	}
	raw := rawOf(r)
	w.WriteString(": {decision: " + raw.Decision)
	if raw.At != "" {
		w.WriteString(", at: " + raw.At)
	}
	for _, name := range [...]string{"by", "why", "title", "site"} {
		if text := *raw.field(name); text != "" {
			w.WriteString(", " + name + ": " + quote(text))
		}
	}
	w.WriteString("}\n")
}

// readDecision is the fast way back for lines as writeDecision writes them, a
// hundred times faster than the library, which counts at thousands of lines.
// Whatever it is not sure about it leaves to the library (ok is false).
func readDecision(line string) (key string, raw rawRecord, ok bool) {
	key, ok = readLine(line, raw.field)
	return key, raw, ok
}

func (r *rawRecord) field(name string) *string {
	switch name {
	case "decision":
		return &r.Decision
	case "at":
		return &r.At
	case "by":
		return &r.By
	case "why":
		return &r.Why
	case "title":
		return &r.Title
	case "site":
		return &r.Site
	}
	return nil
}
