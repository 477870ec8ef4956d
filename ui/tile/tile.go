// Package tile renders the health of exposures as HTML: a small tile for each, to be put
// onto a dashboard, and an index of all. A page is whole by itself: no script, no font and
// no picture from elsewhere, and nothing that is secret. It says until when it is valid,
// so that a job that has stopped does not look healthy forever.
//
// Not here: what is healthy (model/health), and where the files go (ui/cli).
package tile

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"darkroom/model/health"
	"darkroom/ui/text"
)

// Tile is the health of one exposure.
type Tile struct {
	ID    string // unique_id
	Title string
	Type  string // of the exposure
	URL   string // of the dashboard; only http and https become a link
	*health.Report
}

// Options are what all tiles of a run share.
type Options struct {
	Made  time.Time
	Valid time.Duration // after that, a tile says that the job stopped
}

//go:embed head.html
var pageHead string

//go:embed tile.html
var tilePage string

//go:embed index.html
var indexPage string

//go:embed style.css
var style string

// most is how many findings a tile lists; the page has room for a few.
const most = 5

// page is what the pages show of a tile.
type page struct {
	Title, Type, State, Sign string
	Freshness, Quality       line
	Failed                   []string
	More                     int
	Coverage, Took           string
	Checked, Until           stamp
	HasChecked               bool
	URL                      string // empty where there is no page to open
	File                     string
	Style                    template.CSS
}

// line is one of the two statements of a tile.
type line struct{ State, Sign, Text string }

// stamp is a point in time for people and for machines.
type stamp struct{ Machine, Human string }

func stampOf(t time.Time) stamp {
	t = t.UTC()
	return stamp{t.Format(time.RFC3339), t.Format("2006-01-02 15:04 UTC")}
}

// Render gives the file of one tile.
func Render(t *Tile, opt Options) ([]byte, error) { return execute(tilePage, pageOf(t, opt)) }

// Index gives the page that lists all tiles, the worst first.
func Index(tiles []*Tile, opt Options) ([]byte, error) {
	sorted := slices.Clone(tiles)
	slices.SortStableFunc(sorted, func(a, b *Tile) int {
		return cmp.Or(cmp.Compare(b.State.Rank(), a.State.Rank()), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	data := struct {
		Pages       []page
		Made, Until stamp
		Style       template.CSS
	}{nil, stampOf(opt.Made), stampOf(opt.Made.Add(opt.Valid)), template.CSS(style)} //nolint:gosec // a file of ours
	for _, t := range sorted {
		data.Pages = append(data.Pages, pageOf(t, opt))
	}
	return execute(indexPage, data)
}

func execute(text string, data any) ([]byte, error) {
	t, err := template.New("").Parse(text)
	if err == nil {
		_, err = t.New("head").Parse(pageHead)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

func pageOf(t *Tile, opt Options) page {
	p := page{
		Title: text.Clean(cmp.Or(t.Title, t.ID)), Type: text.Clean(t.Type), State: t.State.String(), Sign: signOf(t.State), Coverage: t.Coverage(),
		Until: stampOf(opt.Made.Add(opt.Valid)), URL: linkOf(t.URL), File: File(t.ID), Style: template.CSS(style), //nolint:gosec // a file of ours
	}
	p.Freshness, p.Quality = freshnessOf(t.Report), qualityOf(t.Report)
	for i := range t.Findings {
		if i == most {
			p.More = len(t.Findings) - most
			break
		}
		p.Failed = append(p.Failed, text.Clean(t.Findings[i].Sentence()))
	}
	if !t.Newest.IsZero() {
		p.HasChecked, p.Checked = true, stampOf(t.Newest)
	}
	if t.Took > 0 {
		p.Took = t.Took.Round(time.Second).String()
	}
	return p
}

// freshnessOf and qualityOf use dbt's own words for what its tiles say.
func freshnessOf(rep *health.Report) line {
	switch {
	case rep.Freshness() > health.Healthy:
		return line{rep.Freshness().String(), signOf(rep.Freshness()), "Data may be stale"}
	case rep.Freshness() == health.Healthy:
		return line{"healthy", signOf(health.Healthy), "Data freshness passed"}
	}
	return line{"unknown", signOf(health.Unknown), "Data freshness not checked"}
}

func qualityOf(rep *health.Report) line {
	switch {
	case rep.Quality() > health.Healthy:
		return line{rep.Quality().String(), signOf(rep.Quality()), "Data quality degraded"}
	case rep.Quality() == health.Healthy:
		return line{"healthy", signOf(health.Healthy), "Data quality passed"}
	}
	return line{"unknown", signOf(health.Unknown), "Data quality unknown"}
}

func signOf(s health.State) string {
	return [...]string{health.Unknown: "·", health.Healthy: "◆", health.Caution: "◇", health.Degraded: "▲"}[s]
}

// linkOf is an address that a tile may link to, without what could be a secret in it: a
// user, a password, and a query that has such a word.
func linkOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.User = nil
	query := strings.ToLower(u.RawQuery)
	for _, word := range [...]string{"token", "secret", "password", "passwd", "pwd", "key", "sig", "auth", "session", "credential", "code"} {
		if strings.Contains(query, word) {
			u.RawQuery = ""
			break
		}
	}
	return u.String()
}

// File is the name of a tile's file: the unique_id, where all of it can be in a name.
func File(id string) string {
	safe := strings.Map(func(r rune) rune {
		if r == '.' || r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '-'
	}, id)
	if safe == id && len(id) <= 120 {
		return id + ".html"
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(id)) // never fails
	return fmt.Sprintf("%s-%016x.html", safe[:min(len(safe), 100)], sum.Sum64())
}
