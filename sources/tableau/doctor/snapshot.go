package doctor

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/fetch"
)

// stale is when a snapshot is worth a warning.
const stale = 7 * 24 * time.Hour

const syncFix = "run darkroom sync"

func (v *visit) snapshot(ctx context.Context) {
	fix := "save it again, see snapshot: of darkroom.yml and --tableau"
	if v.Server {
		fix = syncFix
	}
	if _, err := os.Stat(v.Snapshot); errors.Is(err, fs.ErrNotExist) {
		v.say("snapshot", Warn, fix, "none yet")
		return
	}
	sites, err := tableau.Load(ctx, []string{v.Snapshot}, tableau.Options{})
	if err != nil || len(sites) == 0 {
		v.say("snapshot", Warn, fix, "none that can be read: %v", err)
		return
	}
	for _, s := range sites {
		name := ""
		if len(sites) > 1 {
			name = s.Name + ": "
		}
		v.judge(s, name, fix)
	}
}

// gapsShown is how many gaps of a snapshot are shown.
const gapsShown = 3

// judge looks at one site of the file or folder; name distinguishes it from the others.
func (v *visit) judge(s *model.Site, name, fix string) {
	age := v.Now.Sub(s.FetchedAt)
	when := days(age) + " old"
	switch {
	case s.FetchedAt.IsZero():
		when, age = "of unknown age", 0
	case v.Now.IsZero():
		when, age = "of "+s.FetchedAt.Format(time.DateOnly), 0
	}
	text := name + model.Count(len(s.Dashboards), "dashboard") + ", " + when
	switch {
	case v.elsewhere(s):
		v.say("snapshot", Warn, "check server: and site: of darkroom.yml; if they are right: darkroom sync --accept-smaller",
			"%s, of another site than configured: %s", text, s.Server+" "+cmp.Or(s.ContentURL, "(default site)"))
	case len(s.Partial) > 0:
		v.say("snapshot", Warn, fix, "%s, incomplete: %s", text, model.Count(len(s.Partial), "gap"))
	case age > stale:
		v.say("snapshot", Warn, fix, "%s, complete", text)
	default:
		v.say("snapshot", OK, "", "%s, complete", text)
	}
	for i, gap := range s.Partial {
		if i == gapsShown {
			v.say("hole", Warn, "", "and %d more", len(s.Partial)-i)
			break
		}
		v.say("hole", Warn, "", "%s", gap) // the snapshot's fix is its own
	}
}

// elsewhere reports that the snapshot says to be of another site.
func (v *visit) elsewhere(s *model.Site) bool {
	server := cmp.Or(v.Public, v.API.Server.Address())
	return v.Server && s.Server != "" && (!strings.EqualFold(s.Server, server) || !strings.EqualFold(s.ContentURL, v.API.Site))
}

// pages are what a sync left that was stopped.
func (v *visit) pages() {
	if v.File == "" {
		return
	}
	p, ok := fetch.Interrupted(v.File)
	if !ok {
		return
	}
	next := "the next sync starts over"
	if p.Fresh(v.Now) {
		next = "the next sync resumes there"
	}
	v.say("pages", Warn, syncFix, "a sync is running or was stopped %s ago, %d KB are there: %s", days(v.Now.Sub(p.Started)), p.Bytes/1000, next)
}

func days(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours < 1:
		return "less than an hour"
	case hours < 48:
		return model.Count(hours, "hour")
	default:
		return model.Count(hours/24, "day")
	}
}
