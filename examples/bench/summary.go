//go:build unix

package main

import (
	"fmt"
	"strings"
	"time"
)

// results are what was measured, by input and by what was measured on it: the costs of
// commands, and times and sizes of the screen.
type results struct {
	costs map[[2]string]cost
	times map[[2]string]time.Duration
	sizes map[[2]string]int64
}

func newResults() *results {
	return &results{map[[2]string]cost{}, map[[2]string]time.Duration{}, map[[2]string]int64{}}
}

func (r *results) note(input string, all []process, costs []cost) {
	for i, p := range all {
		r.costs[[2]string{input, strings.Trim(p.name, "`")}] = costs[i]
	}
}

// goal is one line of the last table.
type goal struct {
	measure, before, target string
	// now says what was measured of it; "" is not measured in this run.
	now func(r *results) string
}

// goals are what was to be reached. before is what was measured when the goal was set.
func goals() []goal {
	return []goal{
		{"`list models` on layers of models, over opening", "173 s", "0.1 s", over("layered 100000", "list models")},
		{"ctrl-C during `export --all --diff`", "40 to 134 s", "0.2 s", timeOf("layered 100000", interruptedRow)},
		{"`export --all --diff` against opening, 200, 2,000 and 20,000 dashboards", "0.5 s, 39 s, 42 min", "2.0 each", each("export --all --diff")},
		{"`export --all --stdout` against opening", "23 to 29 s", "2.0 each", each("export --all --stdout")},
		{"`export --all --check` against opening", "23 to 29 s", "2.0 each", each("export --all --check")},
		{"`list exposures` against opening", "23 to 29 s", "2.0 each", each("list exposures")},
		{"memory of `export --all --stdout`", "1.5 to 2.7 GB", "600 MB", memoryOf("shallow 100000", "export --all --stdout")},
		{"what writing would change, on the screen", "", "1 s", timeOf("shallow 100000", "what writing would change")},
		{"explorer loaded, against `list rules`", "2.0", "1.3", loadedAgainst("shallow 100000")},
		{"explorer's memory", "992 MB", "400 MB", sizeOf("shallow 100000", memoryRow)},
		{"a filter of four letters", "32 to 56 ms a letter", "50 ms", timeOf("shallow 100000", filterRow)},
		{"key to frame, half of them within", "5.6 to 6.0 ms", "2 ms", timeOf("shallow 100000", halfRow)},
		{"key to frame, 99 % within", "9 to 15 ms", "9 ms", timeOf("shallow 100000", mostRow)},
		{"bytes of a move", "1.4 kB", "1 kB", sizeOf("shallow 100000", moveRow)},
		{"bytes of a scrolled line", "5.5 to 13 kB", "3 kB", sizeOf("shallow 100000", scrollRow)},
		{"`list rules` against encoding/json, 6 MB", "", "10", against("6 MB", darkroomLoads, "encoding/json into structs")},
		{"the same, 60 MB", "5.9", "10", against("60 MB", darkroomLoads, "encoding/json into structs")},
		{"the same, 600 MB", "6.6", "10", against("600 MB", darkroomLoads, "encoding/json into structs")},
		{"against simdjson, 600 MB", "1.0", "1.4", against("600 MB", darkroomLoads, "simdjson, On-Demand")},
		{"`list models --output json` against msgspec, 600 MB", "0.8", "more than 1", against("600 MB", darkroomLists, "msgspec")},
		{"against dlin", "1.5", "more than 1", against("600 MB", darkroomLists, "dlin")},
		{"against dbt-lineage", "1.7", "more than 1", against("600 MB", darkroomLists, "dbt-lineage")},
		{"against DuckDB", "6.5", "more than 1", against("600 MB", darkroomLists, "DuckDB")},
		{"against jq", "9", "more than 1", against("600 MB", darkroomLists, "jq")},
		{"memory of `list rules`, 600 MB", "98 MB", "56 MB", memoryOf("600 MB", darkroomLoads)},
	}
}

// summary prints the goals with what was measured. What a run leaves out is a dash.
func (b *bench) summary() {
	fmt.Fprint(b.out, "## Goals\n\n| measure | before | target | now |\n|---|---|---|---|\n")
	for _, g := range goals() {
		now := g.now(b.seen)
		if now == "" {
			now = "–"
		}
		fmt.Fprintf(b.out, "| %s | %s | %s | %s |\n", g.measure, g.before, g.target, now)
	}
	fmt.Fprintln(b.out)
}

// against is by how much more processor time another program takes.
func against(input, ours, other string) func(*results) string {
	return func(r *results) string {
		a, is := r.costs[[2]string{input, strings.Trim(ours, "`")}]
		b, was := r.costs[[2]string{input, other}]
		if !is || !was {
			return ""
		}
		return fmt.Sprintf("%.1f", a.times(b))
	}
}

// over is how much longer a command takes than opening the project.
func over(input, line string) func(*results) string {
	return func(r *results) string {
		c, is := r.costs[[2]string{input, line}]
		if !is {
			return ""
		}
		return rounded(max(0, c.cpu-r.costs[[2]string{input, opening}].cpu)).String()
	}
}

// each is a command against opening, for projects of every size.
func each(line string) func(*results) string {
	return func(r *results) string {
		var out []string
		for _, n := range []string{"1000", "10000", "100000"} {
			if c, is := r.costs[[2]string{"shallow " + n, line}]; is {
				out = append(out, fmt.Sprintf("%.1f", r.costs[[2]string{"shallow " + n, opening}].times(c)))
			}
		}
		return strings.Join(out, ", ")
	}
}

func memoryOf(input, line string) func(*results) string {
	return func(r *results) string {
		c, is := r.costs[[2]string{input, strings.Trim(line, "`")}]
		if !is {
			return ""
		}
		return fmt.Sprintf("%d MB", c.memory>>20)
	}
}

func timeOf(input, row string) func(*results) string {
	return func(r *results) string {
		d, is := r.times[[2]string{input, row}]
		if !is {
			return ""
		}
		return rounded(d).String()
	}
}

func sizeOf(input, row string) func(*results) string {
	return func(r *results) string {
		n, is := r.sizes[[2]string{input, row}]
		if !is {
			return ""
		}
		return sized(n)
	}
}

func loadedAgainst(input string) func(*results) string {
	return func(r *results) string {
		loaded, is := r.times[[2]string{input, loadedRow}]
		opened, was := r.costs[[2]string{input, opening}]
		if !is || !was {
			return ""
		}
		return fmt.Sprintf("%.1f", float64(loaded)/float64(opened.time))
	}
}
