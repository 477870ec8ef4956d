package fetch_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust/trusttest"
)

func example(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "examples", "roastery", "tableau", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// contentURL of a snapshot, as the reader sees it.
func load(t testing.TB, data []byte) *model.Site {
	t.Helper()
	file := filepath.Join(t.TempDir(), "s.json.gz")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	sites, err := tableau.Load(context.Background(), []string{file}, tableau.Options{})
	if err != nil || len(sites) != 1 {
		t.Fatalf("%d sites, %v", len(sites), err)
	}
	return sites[0]
}

type rig struct {
	*tableautest.Server
	truth  *model.Site
	config api.Config
	client *api.Client
	opt    fetch.Options
}

func newRig(t testing.TB, snapshot []byte, opt tableautest.Options) *rig {
	t.Helper()
	r := &rig{truth: load(t, snapshot)}
	for i, d := range r.truth.Dashboards {
		if d.LUID != "" && d.Views < 0 { // a server counts the views of everything it shows
			r.truth.Dashboards[i].Views = 0
		}
	}
	opt.Snapshots = [][]byte{snapshot}
	r.Server = tableautest.New(opt)
	r.connect(t, r.Serve(t))
	r.opt = fetch.Options{
		Server: r.truth.Server, ContentURL: r.truth.ContentURL, Name: r.truth.Name,
		Now: func() time.Time { return time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC) },
	}
	return r
}

func (r *rig) connect(t testing.TB, server string) {
	t.Helper()
	r.config = api.Config{
		Server: trusttest.Server(t, server), Site: r.truth.ContentURL, WaitMin: time.Millisecond, WaitMax: 4 * time.Millisecond, Renewals: 1000,
		Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
	}
	r.reconnect(t, func(*api.Config) {})
}

// reconnect is for a client that is not the usual one.
func (r *rig) reconnect(t testing.TB, change func(*api.Config)) {
	t.Helper()
	change(&r.config)
	c, err := api.New(r.config)
	if err != nil {
		t.Fatal(err)
	}
	r.client = c
	t.Cleanup(func() { _ = c.Close(context.Background()) })
}

func (r *rig) fetch(t testing.TB) (*fetch.Snapshot, []byte) {
	t.Helper()
	s, err := fetch.Fetch(context.Background(), r.client, r.opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Done(false) }()
	var b bytes.Buffer
	if _, err := s.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return s, b.Bytes()
}

// diff compares two sites as the reader sees them. Order means nothing, and REST
// connections are fetched only where the Metadata API is silent.
func diff(want, got *model.Site) string {
	return cmp.Diff(want, got,
		cmpopts.IgnoreFields(model.Site{}, "File", "FetchedAt", "Partial", "Columns"), // they are not fetched unless asked for
		cmpopts.IgnoreFields(model.Sheet{}, "Columns"),
		cmpopts.IgnoreFields(model.Datasource{}, "Connections"),
		cmp.Comparer(func(a, b *model.Tool) bool { return a == b }), // it has functions
		cmpopts.EquateEmpty(),
		cmpopts.SortSlices(func(a, b string) bool { return a < b }),
		cmpopts.SortSlices(func(a, b model.Container) bool { return a.LUID < b.LUID }),
		cmpopts.SortSlices(func(a, b model.Workbook) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Dashboard) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Sheet) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Datasource) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Table) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Flow) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b model.Collection) bool { return a.LUID < b.LUID }),
	)
}

func TestExamplesComeBackWhole(t *testing.T) {
	for name, version := range map[string]string{"cloud.json.gz": "3.28", "server.json.gz": "3.27"} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, example(t, name), tableautest.Options{RESTVersion: version})
			s, data := r.fetch(t)
			if len(s.Partial) > 0 {
				t.Errorf("partial: %q", s.Partial)
			}
			if d := diff(r.truth, load(t, data)); d != "" {
				t.Error("want (-), got (+):\n" + d)
			}
			if _, again := r.fetch(t); !bytes.Equal(data, again) {
				t.Error("two runs give different bytes")
			}
			t.Logf("%d requests, %d bytes, %v", r.Stats().Total(), r.Stats().Bytes, s.Notes)
		})
	}
}

func contains(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}
