//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
)

// inputs are the sizes that are measured.
type inputs struct{ models, dashboards, megabytes []int }

// projectOf names the project of a shape with so many models.
func projectOf(shape string, models int) string { return fmt.Sprint(shape, " ", models) }

func manifestOf(megabytes int) string { return fmt.Sprint(megabytes, " MB") }

// deepest is the largest project in layers: what is measured on one only is measured there.
func (in inputs) deepest() string { return projectOf(deep, last(in.models)) }

func (in inputs) mostDashboards() string { return fmt.Sprint(last(in.dashboards), " dashboards") }

func last(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1]
}

// goals are what is to be reached, in the order of the table.
func goals(in inputs) []goal {
	return slices.Concat(in.ofCommands(), in.ofExplorer(), in.ofLoader(), in.ofParts())
}

func (in inputs) ofCommands() []goal {
	project := in.deepest()
	return []goal{
		{"the number of dashboards below every model, in layers", []part{{"", seconds, most(0.1), valueOf(project, countingRow)}}},
		{"from ctrl-C or SIGTERM to the end, the slowest command", []part{{"", seconds, most(0.2), valueOf(project, interruptedRow)}}},
		{"`export --all --diff` against opening, " + listed(in.dashboards) + " dashboards", []part{{"", times, most(2), in.overOpening("export --all --diff")}}},
		{"`export --all`, `--stdout`, `--check`, `list exposures`, " + in.mostDashboards(), []part{
			{"against opening", times, most(2), overOpeningOn(project, exportLines...)},
			{"memory", sized, most(600 << 20), costsOn(project, peak, exportLines...)},
			{"what `w` shows", seconds, most(1), valueOf(project, writeRow)},
		}},
	}
}

func (in inputs) ofExplorer() []goal {
	project := in.deepest()
	return []goal{
		{"explorer loaded", []part{
			{"against `list rules`", times, bound{}, loadedAgainst(project, opening)},
			{"against the slower of manifest and site alone", times, most(1.3), loadedAgainst(project, manifestAlone, siteAlone)},
		}},
		{"explorer's memory", []part{
			{"loaded", sized, most(400 << 20), valueOf(project, loadedMemoryRow)},
			{"with everything included", sized, bound{}, valueOf(project, memoryRow)},
		}},
		{"a key of the filter", []part{
			{"to the next frame, 99 %", seconds, most(0.009), valueOf(project, filterFrameRow)},
			{"to its answer, 99 %", seconds, most(0.05), valueOf(project, filterAnswerRow)},
		}},
		{"key to frame, " + listed(in.models) + " models", []part{
			{"half", seconds, most(0.002), in.onScreens(halfRow)},
			{"99 %", seconds, most(0.009), in.onScreens(mostRow)},
		}},
		{"`View()` of 200x50", []part{
			{"", seconds, most(0.0001), valueOf(packages, "Frame seconds")},
			{"allocations", count, most(49), valueOf(packages, "Frame allocs/op")},
		}},
		{"bytes drawn", []part{
			{"a move", sized, most(1000), valueOf(project, moveRow)},
			{"a scrolled line", sized, most(3000), valueOf(project, scrollRow)},
		}},
	}
}

func (in inputs) ofLoader() []goal {
	manifest := manifestOf(last(in.megabytes))
	small, large := in.bySize()
	return []goal{
		{"manifest of " + listed(in.megabytes) + " MB against encoding/json", []part{
			{"time, " + listed(large.megabytes), times, least(10), large.against(wallTime, darkroomLoads, standardLibrary)},
			{"time, " + listed(small.megabytes), times, bound{}, small.against(wallTime, darkroomLoads, standardLibrary)},
			{"processor time", times, bound{}, in.against(processorTime, darkroomLoads, standardLibrary)},
		}},
		{"manifest of " + listed(large.megabytes) + " MB against simdjson", []part{
			{"time of load()", times, most(0.7), large.shareOf(wallTime, darkroomLoads, simdjsonLoads)},
			{"mapped", times, most(1), large.shareOf(wallTime, darkroomLoads, simdjsonMaps)},
			{"processor time of load()", times, bound{}, large.shareOf(processorTime, darkroomLoads, simdjsonLoads)},
			{"mapped", times, bound{}, large.shareOf(processorTime, darkroomLoads, simdjsonMaps)},
		}},
		{"`list models --output json` of " + listed(in.megabytes) + " MB against others", in.againstPeers()},
		{"memory of loading " + manifest, []part{
			{"alone", sized, most(56 << 20), valueOf(manifest, manifestMemoryRow)},
			{"`list rules`", sized, bound{}, costsOn(manifest, peak, darkroomLoads)},
		}},
	}
}

// bySize are the manifests of which starting a process is a good part of the time, and the others.
func (in inputs) bySize() (small, large inputs) {
	for _, n := range in.megabytes {
		if n < 60 {
			small.megabytes = append(small.megabytes, n)
		} else {
			large.megabytes = append(large.megabytes, n)
		}
	}
	return small, large
}

// ofParts are about what commands and the explorer have in common.
func (in inputs) ofParts() []goal {
	project := in.deepest()
	return []goal{
		{"snapshot of " + in.mostDashboards(), []part{
			{"", seconds, most(0.5), valueOf(project, snapshotRow)},
			{"memory", sized, most(60 << 20), valueOf(project, snapshotMemoryRow)},
		}},
		{"200,000 tables against 100,000 relations", []part{
			{"", seconds, most(0.1), scaled(200_000, valueOf(packages, "Match/100000/all/parallel seconds"))}, // as a graph is built
			{"on one processor", seconds, bound{}, scaled(200_000, valueOf(packages, "Match/100000/all seconds"))},
			{"allocations of an exact hit", count, most(0), valueOf(packages, "Match/100000/same allocs/op")},
		}},
		{"full garbage collection with project, site and graph open", []part{{"", seconds, most(0.02), valueOf(project, collectionRow)}}},
		{"sync of 5,000 workbooks", []part{
			{"requests of full pages", times, most(1.5), scaled(1.0/fullPages, valueOf(packages, "LargeSite/nodes-20000 requests"))},
			{"memory", sized, most(150 << 20), scaled(1e6, valueOf(packages, "LargeSite/nodes-20000 MB-peak"))},
		}},
		{"bytes kept", []part{
			{"a model", count, bound{}, valueOf(packages, "Memory B/model")},
			{"a dashboard", count, bound{}, valueOf(packages, "Memory B/dashboard")},
			{"a link", count, bound{}, valueOf(packages, "MemoryOfALink B/link")},
		}},
	}
}

// fullPages are the requests for the site of LargeSite if each list came in pages of 1,000:
// 5,000 workbooks, 20,000 dashboards with their views, 60,000 sheets, 5,000 data sources and
// 40,000 tables.
const fullPages = 5 + 20 + 20 + 60 + 5 + 40

// againstPeers is how much more processor time each of the others takes.
func (in inputs) againstPeers() (parts []part) {
	for _, p := range peers {
		if p.ahead {
			parts = append(parts, part{p.name, times, above(1), in.against(processorTime, darkroomLists, p.name)})
		}
	}
	return parts
}

func listed(sizes []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(sizes), "[]"), " ", " / ")
}

func valueOf(input, what string) func(*results) []float64 {
	return func(r *results) []float64 { return []float64{r.value(input, what)} }
}

func scaled(by float64, of func(*results) []float64) func(*results) []float64 {
	return func(r *results) (out []float64) {
		for _, v := range of(r) {
			out = append(out, by*v)
		}
		return out
	}
}

// onScreens is a row of the explorer, for projects of every size.
func (in inputs) onScreens(row string) func(*results) []float64 {
	return func(r *results) (out []float64) {
		for _, n := range in.models {
			out = append(out, r.value(projectOf(deep, n), row))
		}
		return out
	}
}

// overOpening is a command against opening, for projects of every size.
func (in inputs) overOpening(line string) func(*results) []float64 {
	return func(r *results) (out []float64) {
		for _, n := range in.models {
			out = append(out, overOpeningOn(projectOf(deep, n), line)(r)...)
		}
		return out
	}
}

func overOpeningOn(project string, lines ...string) func(*results) []float64 {
	return func(r *results) []float64 {
		return scaled(1/r.ofCost(project, opening, processorTime), costsOn(project, processorTime, lines...))(r)
	}
}

func costsOn(input string, of func(cost) float64, lines ...string) func(*results) []float64 {
	return func(r *results) (out []float64) {
		for _, line := range lines {
			out = append(out, r.ofCost(input, line, of))
		}
		return out
	}
}

// loadedAgainst is how long the explorer loads, against the slowest of some commands.
func loadedAgainst(project string, lines ...string) func(*results) []float64 {
	return func(r *results) []float64 {
		slowest := 0.0
		for _, line := range lines {
			slowest = max(slowest, r.ofCost(project, line, wallTime))
		}
		return []float64{r.value(project, loadedRow) / slowest}
	}
}

// against is by how much more another program takes, for each manifest.
func (in inputs) against(what func(cost) float64, ours, other string) func(*results) []float64 {
	return func(r *results) (out []float64) {
		for _, n := range in.megabytes {
			out = append(out, r.ofCost(manifestOf(n), other, what)/r.ofCost(manifestOf(n), ours, what))
		}
		return out
	}
}

// shareOf is what ours takes as a part of what the other does, for each manifest.
func (in inputs) shareOf(what func(cost) float64, ours, other string) func(*results) []float64 {
	return func(r *results) []float64 {
		out := in.against(what, ours, other)(r)
		for i := range out {
			out[i] = 1 / out[i]
		}
		return out
	}
}
