//go:build unix

package main

import (
	"math"
	"strings"
)

// at is where something was measured: on which input, and what.
type at struct{ input, what string }

// results are what was measured.
type results struct {
	costs  map[at]cost    // of processes
	values map[at]float64 // seconds, bytes and counts
	// left are what was not measured, and why.
	left []string
}

func newResults() *results { return &results{costs: map[at]cost{}, values: map[at]float64{}} }

func (r *results) note(input string, all []process, costs []cost) {
	for i, p := range all {
		r.costs[at{input, bare(p.name)}] = costs[i]
	}
}

// bare is the name of a process without the signs of Markdown.
func bare(name string) string { return strings.Trim(name, "`") }

// missing is the number of what was not measured.
var missing = math.NaN()

func (r *results) value(input, what string) float64 {
	if v, ok := r.values[at{input, what}]; ok {
		return v
	}
	return missing
}

// ofCost is something of what a process took.
func (r *results) ofCost(input, what string, of func(cost) float64) float64 {
	if c, ok := r.costs[at{input, bare(what)}]; ok {
		return of(c)
	}
	return missing
}

func processorTime(c cost) float64 { return c.cpu.Seconds() }
func wallTime(c cost) float64      { return c.time.Seconds() }
func peak(c cost) float64          { return float64(c.memory) }
