package operate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"darkroom/model/health"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

func printHealth(w io.Writer, report *records.Health, format string) error {
	switch format {
	case "json":
		return output.JSON(w, report)
	case "markdown":
		_, err := io.WriteString(w, healthMarkdown(report))
		return err
	}
	_, err := io.WriteString(w, healthText(report))
	return err
}

const noResults = "no results of dbt; run dbt build, or give --results"

// healthHead are the lines before the items: what was read, and how many are how.
func healthHead(report *records.Health) (lines []string) {
	for _, r := range report.Results {
		line := r.Project + ": " + noResults
		switch {
		case r.Resources == 0 && r.Sources > 0:
			line = r.Project + ": no results of runs and tests"
		case r.At != nil && r.Resources > 0:
			line = fmt.Sprintf("%s: dbt %s of %s", r.Project, r.Command, r.At.Format("2006-01-02 15:04 MST"))
			if age := text.Ago(*r.At, report.At); age != "now" {
				line += ", " + age + " ago"
			}
		}
		switch {
		case r.Sources > 0:
			line += ", " + text.Count(r.Sources, "freshness check")
		case r.Resources > 0:
			line += ", no freshness checks"
		}
		lines = append(lines, line)
	}
	for _, kind := range records.HealthKinds() {
		counts, all := map[health.State]int{}, 0
		for i := range report.Items {
			if report.Items[i].Kind+"s" == kind {
				counts[report.Items[i].State()]++
				all++
			}
		}
		if all == 0 {
			continue
		}
		var parts []string
		for _, s := range []health.State{health.Degraded, health.Caution, health.Unknown, health.Healthy} {
			if counts[s] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", counts[s], s))
			}
		}
		lines = append(lines, text.Count(all, strings.TrimSuffix(kind, "s"))+": "+strings.Join(parts, ", "))
	}
	return lines
}

func healthText(report *records.Health) string {
	var b strings.Builder
	for _, line := range healthHead(report) {
		output.Paragraph(&b, "", line)
	}
	for i := range report.Items {
		item := &report.Items[i]
		fmt.Fprintf(&b, "\n%s  %s\n", text.Pad(item.Health, 8), text.Clean(item.Kind+" "+item.Name))
		for _, line := range itemLines(item) {
			output.Paragraph(&b, "    ", line)
		}
	}
	if len(report.Items) == 0 {
		b.WriteString("\nNothing to judge. An exposure is judged once it is declared or included.\n")
	}
	if lines := reasonLines(report); len(lines) > 0 {
		b.WriteString("\nReasons, by number\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// itemLines are the findings of an item, and how much is known.
func itemLines(item *records.HealthItem) (lines []string) {
	for _, f := range item.Findings {
		lines = append(lines, f.Text)
	}
	coverage := item.Report().Coverage()
	switch {
	case item.Ancestors == 0:
		return append(lines, "nothing upstream that dbt builds or checks")
	case item.Kind != "exposure":
		coverage = "in these results"
		if item.Known < item.Ancestors {
			coverage = "not all of it is in these results"
		}
	}
	if item.Tests > 0 {
		coverage += fmt.Sprintf(", %d of %s", item.TestsKnown, text.Count(item.Tests, "test"))
	}
	if n := len(item.Missing); n > 0 {
		coverage += "; without a result: " + strings.Join(item.Missing[:min(n, 3)], ", ")
		if n > 3 {
			coverage += fmt.Sprintf(" and %d more", n-3)
		}
	}
	return append(lines, coverage)
}

func reasonLines(report *records.Health) (lines []string) {
	codes := slices.Sorted(maps.Keys(report.Reasons))
	slices.SortStableFunc(codes, func(a, b string) int { return report.Reasons[b] - report.Reasons[a] })
	for _, code := range codes {
		lines = append(lines, fmt.Sprintf("%5d  %s", report.Reasons[code], strings.ReplaceAll(code, "_", " ")))
	}
	return lines
}

func healthMarkdown(report *records.Health) string {
	var b strings.Builder
	for _, line := range healthHead(report) {
		b.WriteString("- " + output.EscapeMarkdown(line) + "\n")
	}
	table := output.Listing{Header: []string{"health", "kind", "name", "why", "known"}}
	for i := range report.Items {
		item := &report.Items[i]
		lines := itemLines(item)
		table.Add(nil, item.Health, item.Kind, item.Name, strings.Join(lines[:len(lines)-1], "; "), lines[len(lines)-1])
	}
	if table.Len() > 0 {
		b.WriteString("\n")
		table.Markdown(&b) //nolint:errcheck // a builder takes everything
	}
	return b.String()
}
