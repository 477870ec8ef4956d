package files

import (
	"strconv"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/text"
)

// fileDetail is a file with its exposures in numbers.
type fileDetail struct{ *file }

func (f fileDetail) Write(p *details.Page) {
	p.Title(f.path)
	p.Blank()
	p.Field("project", f.project)
	p.Field("exposures", strconv.Itoa(len(f.entries)))
	counts := map[outlook.State]int{}
	there := false
	for _, e := range f.entries {
		counts[e.State]++
		there = there || e.Line > 0
	}
	for _, s := range outlook.States() {
		if n := counts[s]; n > 0 {
			p.Field(s.Word(), strconv.Itoa(n))
		}
	}
	if !there {
		p.Blank()
		p.Prose("This file is not there yet; w writes it.")
	}
	if n := counts[outlook.Manual]; n > 0 {
		p.Blank()
		p.Prose(text.Count(n, "exposure") + " written by hand: an export never changes them. A adopts one whose dashboard is known.")
	}
}

// groupDetail is a group that is not a file.
type groupDetail struct{ title, prose string }

func (g groupDetail) Write(p *details.Page) {
	p.Title(g.title)
	p.Blank()
	p.Prose(g.prose)
}
