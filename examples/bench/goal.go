//go:build unix

package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// goal is one row of the last table: what is to be reached, in one or more numbers.
type goal struct {
	measure string
	parts   []part
}

// part is a number of a goal, once for each size that it is measured at.
type part struct {
	name  string // "" where the measure says it
	unit  unit
	bound bound
	of    func(*results) []float64
}

// unit prints a number.
type unit func(float64) string

func seconds(v float64) string { return rounded(time.Duration(v * float64(time.Second))).String() }
func times(v float64) string   { return fmt.Sprintf("%.2fx", v) }
func count(v float64) string   { return fmt.Sprintf("%.0f", v) }

// sized is a number of bytes.
func sized(v float64) string {
	if v >= 10<<20 {
		return fmt.Sprintf("%.0f MB", v/(1<<20))
	}
	return fmt.Sprintf("%.0f bytes", v)
}

// bound is what a number is to be; without a sign it is only printed.
type bound struct {
	sign  string
	limit float64
}

func most(limit float64) bound  { return bound{"≤", limit} }
func least(limit float64) bound { return bound{"≥", limit} }
func above(limit float64) bound { return bound{">", limit} }

func (b bound) holds(v float64) bool {
	switch b.sign {
	case "≤":
		return v <= b.limit
	case "≥":
		return v >= b.limit
	case ">":
		return v > b.limit
	}
	return true
}

// goalTable writes the goals with what was reached of them; a dash is not measured.
func goalTable(w io.Writer, goals []goal, r *results) {
	fmt.Fprint(w, "| measure | target | reached | met? |\n|---|---|---|---|\n")
	for _, g := range goals {
		var targets, reached []string
		for _, p := range g.parts {
			if p.bound.sign != "" {
				targets = append(targets, named(p.name, p.bound.sign+" "+p.unit(p.bound.limit)))
			}
			reached = append(reached, named(p.name, p.printed(p.of(r))))
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", g.measure, strings.Join(targets, ", "), strings.Join(reached, ", "), g.met(r))
	}
}

func named(name, text string) string { return strings.TrimSpace(name + " " + text) }

func (p part) printed(values []float64) string {
	if len(values) == 0 {
		return "–"
	}
	texts := make([]string, len(values))
	for i, v := range values {
		if texts[i] = "–"; !math.IsNaN(v) {
			texts[i] = p.unit(v)
		}
	}
	return strings.Join(texts, " / ")
}

// met says whether all that was measured is as it is to be.
func (g goal) met(r *results) string {
	measured, all := 0, 0
	for _, p := range g.parts {
		for _, v := range p.of(r) {
			switch {
			case p.bound.sign == "":
			case math.IsNaN(v):
				all++
			case !p.bound.holds(v):
				return "**no**"
			default:
				measured, all = measured+1, all+1
			}
		}
	}
	switch {
	case measured == 0:
		return ""
	case measured < all:
		return "as far as measured"
	}
	return "yes"
}
