package decisions

import (
	"bytes"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/sources/disk"
	"darkroom/sources/project/decisions/flowline"
)

// parseSeen reads seen.yml. Lines may be in any order and a dashboard twice, as
// a merge in git leaves them: the later review counts. Late gets its dates that are in the
// future.
func parseSeen(file string, data []byte, late *dates) (curate.Memory, error) {
	p := seenParser{file: file, late: late, memory: curate.Memory{Seen: make(map[string]curate.Seen, bytes.Count(data, []byte("\n"))), Sites: map[string]curate.Known{}}}
	p.fields = p.raw.fields()
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		p.line(n, strings.TrimRight(line, " \r\n"))
	}
	if len(p.problems) > 0 {
		return curate.Memory{}, disk.Join(p.problems)
	}
	return p.memory, nil
}

type seenParser struct {
	file, section string
	memory        curate.Memory
	problems      []error
	late          *dates
	raw           rawSeen          // the line that is being read
	fields        []flowline.Field // of raw
}

func (p *seenParser) line(n int, line string) {
	fail := func(what, fix string) {
		p.problems = append(p.problems, &disk.Error{
			Kind: disk.ErrInvalid, File: p.file, Place: disk.Place{Line: n, Column: 1, Source: line}, What: what, Fix: fix,
		})
	}
	switch {
	case isRemark(line), line == seenVersion:
		return
	case yamltext.IsConflict(line):
		fail("an unresolved merge conflict", "take out the lines that git added, and keep all others")
		return
	case strings.HasPrefix(line, "version:"):
		fail("this darkroom reads "+seenVersion, newer)
		return
	case line == "sites:", line == "dashboards:":
		p.section = line
		return
	}
	p.raw = rawSeen{}
	key, ok := flowline.Read(strings.TrimSpace(line), p.fields)
	if ok && line[0] == ' ' {
		p.look(n, line)
		if ok = p.entry(key, p.raw); ok {
			return
		}
	}
	fail("this line cannot be read", "take it out: what it was about comes to the Inbox again")
}

// look notes the dates of a line that are in the future.
func (p *seenParser) look(n int, line string) {
	for _, f := range []struct{ field, day string }{{"first", p.raw.First}, {"reviewed", p.raw.Reviewed}, {"since", p.raw.Since}} {
		if at, ok := parseDay(f.day); ok {
			p.late.look(n, line, f.field, at)
		}
	}
}

// entry takes one line in.
func (p *seenParser) entry(key string, raw rawSeen) bool {
	switch p.section {
	case "sites:":
		since, ok := parseDay(raw.Since)
		known := curate.Known{Since: since, Partial: raw.Partial == "yes"}
		if old, twice := p.memory.Sites[key]; twice {
			known.Partial = known.Partial && old.Partial
			if old.Since.Before(known.Since) {
				known.Since = old.Since
			}
		}
		p.memory.Sites[key] = known
		return ok && raw.Since != ""
	case "dashboards:":
		seen, ok := raw.seen()
		if old, twice := p.memory.Seen[key]; !twice || old.Reviewed.Before(seen.Reviewed) {
			p.memory.Seen[key] = seen
		}
		return ok && seen != curate.Seen{}
	}
	return false
}
