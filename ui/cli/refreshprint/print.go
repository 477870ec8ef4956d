// Package refreshprint prints what a refresh of extracts came to, as text and as Markdown.
//
// Not here: what it came to (sources/project/refreshjob), and its JSON (ui/cli/records).
package refreshprint

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/model/refresh"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// words are what is counted, in order: of a dry run plans, otherwise statuses.
var words = [...]string{"due", "success", "started", "error", "blocked", "not due", "skipped", "off", "unknown"}

// Text prints everything: what moves first, what has no extract as one line.
func Text(w io.Writer, r *records.Refresh) error {
	var b strings.Builder
	for _, line := range head(r) {
		output.Paragraph(&b, "", line)
	}
	var live []string
	for _, x := range inOrder(r) {
		if x.Reason == string(refresh.LiveConnection) {
			live = append(live, x.Name)
			continue
		}
		fmt.Fprintf(&b, "\n%s  %s\n", text.Pad(x.Word(), 8), text.Clean(title(x, len(r.Sites) > 1)))
		for _, line := range lines(x) {
			output.Paragraph(&b, "    ", line)
		}
	}
	if len(live) > 0 {
		b.WriteString("\n")
		output.Paragraph(&b, "", fmt.Sprintf("skipped   %d without an extract, since their connections are live: %s", len(live), few(live)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown prints a list of sites and a table.
func Markdown(w io.Writer, r *records.Refresh) error {
	var b strings.Builder
	for _, line := range head(r) {
		b.WriteString("- " + output.EscapeMarkdown(line) + "\n")
	}
	table := output.Listing{Header: []string{"what", "extract", "why", "dashboards", "views"}}
	for _, x := range inOrder(r) {
		table.Add(nil, x.Word(), title(x, len(r.Sites) > 1), strings.Join(lines(x)[:1+len(x.Notes)], "; "), fmt.Sprint(len(x.Dashboards)), output.Number(x.Views))
	}
	if table.Len() > 0 {
		b.WriteString("\n")
		if err := table.Markdown(&b); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// head has a line for each site, and one that counts.
func head(r *records.Refresh) (lines []string) {
	for i := range r.Sites {
		s := &r.Sites[i]
		if s.Error != "" {
			lines = append(lines, s.Name+": "+s.Error)
		}
		for _, note := range s.Notes {
			lines = append(lines, s.Name+": "+note)
		}
	}
	counts := map[string]int{}
	for i := range r.Extracts {
		counts[r.Extracts[i].Word()]++
	}
	var parts []string
	for _, word := range words {
		if counts[word] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[word], word))
		}
	}
	line := text.Count(len(r.Extracts), "extract") + " or live connections looked at: " + strings.Join(parts, ", ")
	if len(parts) == 0 {
		line = "no extracts behind the dashboards that were looked at"
		if !slices.ContainsFunc(r.Sites, func(s records.RefreshSite) bool { return s.Error == "" }) {
			line = "no site could be asked, so nothing is known of extracts"
		}
	}
	if r.DryRun {
		line += "; nothing was started"
	}
	return append(lines, line)
}

// inOrder puts what matters most first and keeps the order of the plan otherwise.
func inOrder(r *records.Refresh) []*records.RefreshRecord {
	list := make([]*records.RefreshRecord, len(r.Extracts))
	for i := range r.Extracts {
		list[i] = &r.Extracts[i]
	}
	slices.SortStableFunc(list, func(a, b *records.RefreshRecord) int {
		return slices.Index(words[:], a.Word()) - slices.Index(words[:], b.Word())
	})
	return list
}

func title(x *records.RefreshRecord, many bool) string {
	kind := "data source"
	if x.Kind == "workbook" {
		kind = x.Kind
	}
	name := kind + " " + x.Name
	if x.Project != "" {
		name += " in " + x.Project
	}
	if many {
		name = x.Site + ": " + name
	}
	return name
}

// lines say why, then what else is to be known, then for whom.
func lines(x *records.RefreshRecord) []string {
	out := append([]string{x.Text}, x.Notes...)
	if x.ByAnother && x.Status == "success" {
		out[0] = "another program refreshed it: job " + x.Job
	} else if x.Job != "" && x.Status != "" && x.Status != "skipped" {
		out[0] += "; job " + x.Job
	}
	return append(out, text.Count(len(x.Dashboards), "dashboard")+", "+text.Count(x.Views, "view"))
}

func few(names []string) string {
	const most = 5
	if n := len(names); n > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", n-most)
	}
	return strings.Join(names, ", ")
}
