package relation

import "strings"

// BigQueryPath reads project, dataset and table. Names in BigQuery have no dots, but
// one written part may contain several names: "[project.dataset].[t]",
// "`project.dataset.t`", legacy "[project:dataset.t]", and a project may have a
// domain, "acme.com:data". So the parts are joined and split again from the right
// (RULES.md#bigquery-paths). linked is true when a fourth part was dropped.
func BigQueryPath(parts []Part) (out []Part, linked bool) {
	if len(parts) == 0 {
		return nil, false
	}
	quoted, texts := false, make([]string, len(parts))
	for i, p := range parts {
		quoted = quoted || p.Quoted
		texts[i] = p.Text
	}
	rest, table, ok := cutLast(strings.Join(texts, "."), ".")
	if !ok {
		return parts, false
	}
	if at := strings.IndexAny(table, "$@"); at > 0 {
		table = table[:at] // a partition, or the table at an earlier time
	}
	project, dataset, ok := cutLast(rest, ".:")
	if !ok {
		return []Part{{rest, quoted}, {table, quoted}}, false
	}
	if before, after, ok := cutLast(project, "."); ok && !strings.Contains(after, ":") && !strings.Contains(before, ":") {
		project, linked = after, true
	}
	return []Part{{project, quoted}, {dataset, quoted}, {table, quoted}}, linked
}

// cutLast cuts s at the last of the separators.
func cutLast(s, separators string) (before, after string, ok bool) {
	at := strings.LastIndexAny(s, separators)
	if at < 0 {
		return "", s, false
	}
	return s[:at], s[at+1:], true
}
