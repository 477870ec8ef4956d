package cli

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/sources/tableau/fetch"
	"darkroom/ui/text"
)

// tellResult prints what came of one site and reports whether a person should
// look: the old snapshot was kept, or the new one is not whole.
func (a *app) tellResult(j *syncJob, res fetch.Result, f syncFlags) bool {
	say := func(format string, args ...any) {
		fmt.Fprintf(a.err, "darkroom: %s: %s\n", cleanLines(j.name), cleanLines(fmt.Sprintf(format, args...)))
	}
	if res.Snapshot.Resumed {
		say("went on from a sync that was interrupted")
	}
	for _, n := range res.Snapshot.Notes {
		say("%s", n)
	}
	for i, p := range res.Snapshot.Partial {
		if i == 20 {
			say("not whole: and %d more", len(res.Snapshot.Partial)-i)
			break
		}
		say("not whole: %s", p)
	}
	if f.diff {
		printDiff(a.out, j.name, res.Diff)
	}
	for _, r := range res.Refused {
		if !toldAlready(r, res) {
			say("worse than last time: %s", r)
		}
	}
	switch {
	case len(res.Refused) > 0 && !f.diff:
		say("this is less than last time, so the old snapshot was kept; if it is right nevertheless: darkroom sync --accept-smaller %s", j.name)
	case res.Written:
		fmt.Fprintln(a.out, text.Clean(j.name+": "+summary(j, res)))
	}
	return len(res.Refused)+len(res.Snapshot.Partial) > 0
}

// toldAlready reports a reason that stands among the lines of what is not whole.
func toldAlready(reason string, res fetch.Result) bool {
	return slices.ContainsFunc(res.Snapshot.Partial, func(hole string) bool { return strings.HasSuffix(reason, ": "+hole) })
}

// summary is one line: what is in the snapshot and what changed.
func summary(j *syncJob, res fetch.Result) string {
	var counts []string
	for _, c := range res.Snapshot.Counts {
		if c.N > 0 && len(counts) < 4 {
			counts = append(counts, fmt.Sprintf("%d %s", c.N, c.Words))
		}
	}
	for _, n := range [...]struct {
		n    int
		what string
	}{{res.Snapshot.Downloaded, "downloaded"}, {res.Snapshot.Kept, "kept from last time"}} {
		if n.n > 0 {
			counts = append(counts, fmt.Sprintf("%d files %s", n.n, n.what))
		}
	}
	line := strings.Join(counts, ", ") + "; " + j.short
	if res.First {
		return line
	}
	return line + "; " + news(res)
}

// news is what changed since the last snapshot, in a few words.
func news(res fetch.Result) string {
	if res.First {
		return text.Count(len(res.Site.Dashboards), "dashboard")
	}
	var changes []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{len(res.Diff.New), "new"},
		{len(res.Diff.Gone), "gone"},
		{len(res.Diff.Renamed), "renamed"},
		{len(res.Diff.Moved), "moved"},
		{res.Diff.AlteredDashboards, "changed"},
	} {
		if c.n > 0 {
			changes = append(changes, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(changes) == 0 {
		return "the same dashboards as last time"
	}
	return "dashboards: " + strings.Join(changes, ", ")
}
