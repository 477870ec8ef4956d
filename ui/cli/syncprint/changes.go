package syncprint

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"darkroom/model"
	"darkroom/model/sitediff"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

const (
	diffLines = 40 // of one kind, before the rest is counted
	diffNames = 5  // of things that changed alike
	alike     = 4  // dashboards of one place that are one line
)

// Changes prints what changed in a site: what is new, gone or changed, and in one
// line what changes all the time.
func Changes(w io.Writer, name string, d sitediff.Diff) {
	p := diffPrinter{w, d.Tool}
	if d.Empty() {
		p.line("  ", name+": nothing changed that darkroom shows")
		p.drift(d.Drift)
		return
	}
	p.line("  ", name)
	p.groups("+ ", placed(d.New), "dashboards")
	p.groups("- ", placed(d.Gone), "dashboards")
	renamed := p.section()
	for _, x := range d.Renamed {
		renamed.line("~ ", fmt.Sprintf("dashboard %s is now %s%s", x.Old.Name, x.New.Name, in(x.New.Place)))
	}
	renamed.end("dashboards renamed")
	p.moved(d.Moved)
	p.groups("~ ", d.Altered, "changes")
	p.things("+ ", d.Appeared)
	p.things("- ", d.Vanished)
	p.tables("+ ", d.NewTables)
	p.tables("- ", d.GoneTables)
	for _, c := range d.Counts {
		if c.Old != c.New {
			p.line("  ", fmt.Sprintf("%s: %d, was %d", c.Words, c.New, c.Old))
		}
	}
	for _, words := range d.NoLongerReported {
		p.line("  ", words+": no longer reported")
	}
	missing := p.section()
	for _, reason := range d.NewlyIncomplete {
		missing.line("  ", "newly missing: "+reason)
	}
	missing.end("missing")
	p.drift(d.Drift)
}

// diffPrinter writes lines, cleaned.
type diffPrinter struct {
	w    io.Writer
	tool *model.Tool
}

func (p diffPrinter) line(sign, s string) {
	s = text.Clean(s)
	if !terminal.UTF8() {
		s = strings.ReplaceAll(s, "→", "->")
	}
	fmt.Fprintln(p.w, sign+s)
}

// section is a list that is cut after its first lines.
type section struct {
	diffPrinter
	n int
}

func (p diffPrinter) section() *section { return &section{diffPrinter: p} }

// line reports whether it was written.
func (s *section) line(sign, text string) bool {
	if s.n++; s.n <= diffLines {
		s.diffPrinter.line(sign, text)
	}
	return s.n <= diffLines
}

func (s *section) end(what string) {
	if more := s.n - diffLines; more > 0 {
		s.diffPrinter.line("  ", fmt.Sprintf("and %d more %s", more, what))
	}
}

// groups writes things that changed alike, and below them how.
func (p diffPrinter) groups(sign string, list []sitediff.Altered, rest string) {
	s := p.section()
	for _, a := range list {
		head := p.head(a.Things)
		if len(a.Things) == 1 && len(a.What) == 1 {
			s.line(sign, head+": "+a.What[0])
			continue
		}
		if !s.line(sign, head) {
			continue
		}
		for i, what := range a.What {
			if i == diffLines {
				p.line("    ", fmt.Sprintf("and %d more", len(a.What)-i))
				break
			}
			p.line("    ", what)
		}
	}
	s.end(rest)
}

// head names one thing, or counts several and names the first.
func (p diffPrinter) head(things []sitediff.Thing) string {
	first := things[0]
	if len(things) == 1 {
		return p.tool.Noun(first.Kind).One + " " + first.Name + in(first.Place)
	}
	places := map[string]bool{}
	var names []string
	for _, t := range things {
		places[t.Place] = true
		names = append(names, t.Name)
	}
	head := p.count(len(things), first.Kind)
	switch {
	case len(places) == 1 && first.Place != "":
		head += " in " + first.Place
	case first.Kind == model.PartDashboard && p.tool.HasWorkbooks():
		head += " in " + p.count(len(places), model.PartWorkbook)
	case first.Kind == model.PartDashboard:
		head += " in " + p.count(len(places), model.PartContainer)
	}
	return head + ": " + firstNames(names)
}

// count is text.Count with the tool's words.
func (p diffPrinter) count(n int, part model.Part) string {
	if n == 1 {
		return text.Count(n, p.tool.Noun(part).One)
	}
	return strconv.Itoa(n) + " " + p.tool.Noun(part).Many
}

func in(place string) string {
	if place == "" {
		return ""
	}
	return " (" + place + ")"
}

func firstNames(names []string) string {
	if more := len(names) - diffNames; more > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:diffNames], ", "), more)
	}
	return strings.Join(names, ", ")
}

// placed groups the dashboards of a place where there are many; elsewhere each is a
// group of its own.
func placed(list []sitediff.Dashboard) []sitediff.Altered {
	count, at := map[string]int{}, map[string]int{}
	for _, d := range list {
		count[d.Place]++
	}
	var out []sitediff.Altered
	for _, d := range list {
		i, begun := at[d.Place]
		if !begun || count[d.Place] < alike {
			i = len(out)
			at[d.Place] = i
			out = append(out, sitediff.Altered{})
		}
		out[i].Things = append(out[i].Things, sitediff.Thing{Kind: model.PartDashboard, Name: model.DisplayName(d.Name), Place: d.Place})
	}
	return out
}

// moved groups dashboards by where they moved from and to: a workbook takes its
// dashboards along.
func (p diffPrinter) moved(list []sitediff.Change) {
	names := map[[2]string][]string{}
	var ways [][2]string
	for _, x := range list {
		way := [2]string{x.Old.Place, x.New.Place}
		if names[way] == nil {
			ways = append(ways, way)
		}
		names[way] = append(names[way], model.DisplayName(x.New.Name))
	}
	s := p.section()
	for _, way := range ways {
		head := "dashboard " + names[way][0]
		if n := len(names[way]); n > 1 {
			head = text.Count(n, "dashboard") + " (" + firstNames(names[way]) + ")"
		}
		s.line("~ ", fmt.Sprintf("%s moved from %s to %s", head, way[0], way[1]))
	}
	s.end("moves")
}

func (p diffPrinter) things(sign string, list []sitediff.Thing) {
	s := p.section()
	for _, t := range list {
		s.line(sign, p.tool.Noun(t.Kind).One+" "+t.Name+in(t.Place))
	}
	s.end("data sources and collections")
}

func (p diffPrinter) tables(sign string, list []string) {
	s := p.section()
	for _, t := range list {
		s.line(sign, "table "+t)
	}
	s.end("tables")
}

// drift is one line.
func (p diffPrinter) drift(d sitediff.Drift) {
	var parts []string
	if d.Views > 0 {
		part := "view counts changed for " + text.Count(d.Views, "dashboard")
		if len(d.Soared) > 0 {
			part += ", ten times as many or more: " + firstNames(d.Soared)
		}
		if len(d.Sank) > 0 {
			part += ", a tenth or less: " + firstNames(d.Sank)
		}
		parts = append(parts, part)
	}
	if d.Refreshed > 0 {
		parts = append(parts, text.Count(d.Refreshed, "extract")+" refreshed")
	}
	if d.SavedAgain > 0 {
		parts = append(parts, text.Count(d.SavedAgain, "dashboard")+" saved again")
	}
	if len(parts) > 0 {
		p.line("  ", "not counted as a change: "+strings.Join(parts, "; "))
	}
}
