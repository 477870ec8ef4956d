package relation

import "strings"

// BigQueryPath reads project, dataset and table. Names in BigQuery have no dots, but
// one written part may contain several names: "[project.dataset].[t]",
// "`project.dataset.t`", legacy "[project:dataset.t]", and a project may have a
// domain, "acme.com:data". So the parts are read as one text and split again from the
// right (RULES.md#bigquery-paths). What is split is appended to dst, which may share its
// room with parts. linked is true when a fourth part was dropped.
func BigQueryPath(dst, parts []Part) (out []Part, linked bool) {
	if len(parts) == 0 {
		return nil, false
	}
	quoted := false
	for _, p := range parts {
		quoted = quoted || p.Quoted
	}
	n := len(parts) - 1
	n, rest, table, ok := cutPath(parts[:n], parts[n].Text, ".")
	if !ok {
		return parts, false
	}
	if at := strings.IndexAny(table, "$@"); at > 0 {
		table = table[:at] // a partition, or the table at an earlier time
	}
	n, rest, dataset, ok := cutPath(parts[:n], rest, ".:")
	if !ok {
		return append(dst, Part{dataset, quoted}, Part{table, quoted}), false
	}
	project := textOf(parts[:n], rest)
	if before, after, ok := cutLast(project, "."); ok && !strings.Contains(after, ":") && !strings.Contains(before, ":") {
		project, linked = after, true
	}
	return append(dst, Part{project, quoted}, Part{dataset, quoted}, Part{table, quoted}), linked
}

// cutPath cuts parts and the text after them, all joined with dots, at the last of the
// separators, of which the dot is one. Before it are n of the parts and the text rest.
func cutPath(parts []Part, last, separators string) (n int, rest, after string, ok bool) {
	n = len(parts)
	if rest, after, ok = cutLast(last, separators); ok || n == 0 {
		return n, rest, after, ok
	}
	return n - 1, parts[n-1].Text, last, true
}

// textOf joins parts and the text after them with dots.
func textOf(parts []Part, last string) string {
	if len(parts) == 0 {
		return last
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
		b.WriteByte('.')
	}
	b.WriteString(last)
	return b.String()
}

func cutLast(s, separators string) (before, after string, ok bool) {
	at := strings.LastIndexAny(s, separators)
	if at < 0 {
		return "", s, false
	}
	return s[:at], s[at+1:], true
}
