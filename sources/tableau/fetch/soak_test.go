package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust/trusttest"
)

// Random trouble of every kind, 200 times: a sync ends with the truth, or with a
// snapshot that says what is missing, also of each dashboard that lacks something,
// or leaves what was there.
func TestSoak(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	s := newSoak(t)
	t.Run("rounds", func(t *testing.T) {
		for seed := range rounds {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				s.round(t, seed)
			})
		}
	})
	t.Log(s.outcomes)
	for _, outcome := range []string{"the truth", "marked", "refused", "failed"} {
		if !testing.Short() && s.outcomes[outcome] == 0 {
			t.Errorf("no round is %s", outcome)
		}
	}
	if s.outcomes["the truth"] < rounds/4 {
		t.Error("too few survive")
	}
}

// soak is what the rounds share.
type soak struct {
	site   [][]byte
	larger []byte            // what a sync of more workbooks wrote
	truth  map[string][]byte // by REST version; the server adds what the site does not have

	mu       gosync.Mutex
	outcomes map[string]int
}

func newSoak(t *testing.T) *soak {
	s := &soak{site: [][]byte{bigsite.Snapshot(9, 2, 2, 7), []byte(mute)}, truth: map[string][]byte{}, outcomes: map[string]int{}}
	calm := func(version string, site ...[]byte) []byte {
		job := s.job(t, tableautest.New(tableautest.Options{Snapshots: site, RESTVersion: version, Collections: gathered}))
		if res := sync(t, job); len(res.Snapshot.Partial) > 0 {
			t.Fatal(res.Snapshot.Partial)
		}
		return bytesOf(t, job.File)
	}
	for _, version := range []string{"3.22", "3.28"} {
		s.truth[version] = calm(version, s.site...)
	}
	s.larger = calm("3.22", bigsite.Snapshot(24, 2, 2, 7), []byte(mute))
	return s
}

// mute adds workbooks whose data sources name neither table nor parent, so that
// REST is asked for their connections.
const mute = `{"format":"darkroom-tableau-snapshot/1","site":{"contentUrl":"big","name":"Big"},
"rest":{"workbookConnections":{
 "ml-1":[{"id":"c1","type":"snowflake","serverAddress":"a.example.com","datasource":{"id":"el-1","name":"Orders"}}],
 "ml-2":[{"id":"c2","type":"postgres","serverAddress":"b.example.com","datasource":{"id":"el-2","name":"Stock"}}]}},
"metadata":{"workbooks":[
 {"id":"m-1","luid":"ml-1","name":"Mute one","vizportalUrlId":"901","createdAt":"2025-01-01T00:00:00Z","updatedAt":"2025-01-01T00:00:00Z"},
 {"id":"m-2","luid":"ml-2","name":"Mute two","vizportalUrlId":"902","createdAt":"2025-01-01T00:00:00Z","updatedAt":"2025-01-01T00:00:00Z"}],
"embeddedDatasources":[
 {"id":"e-1","name":"Orders","workbook":{"id":"m-1"},"hasExtracts":false,"containsUnsupportedCustomSql":false,"upstreamTables":[],"fields":[]},
 {"id":"e-2","name":"Stock","workbook":{"id":"m-2"},"hasExtracts":false,"containsUnsupportedCustomSql":false,"upstreamTables":[],"fields":[]}]}}`

// gathered are the collections of newer servers.
var gathered = []tableautest.Collection{
	{LUID: "c-1", Name: "Both", Items: []tableautest.CollectionItem{{Type: "workbook", LUID: "ml-1"}, {Type: "workbook", LUID: "ml-2"}}},
	{LUID: "c-2", Name: "One", Items: []tableautest.CollectionItem{{Type: "workbook", LUID: "ml-2"}}},
	{LUID: "c-3", Name: "None"},
}

func (s *soak) job(t *testing.T, server *tableautest.Server) fetch.Job {
	return fetch.Job{
		File: filepath.Join(t.TempDir(), "big.json.gz"),
		Options: fetch.Options{
			Server: "https://tableau.example.com", ContentURL: "big", Name: "Big",
			Now: func() time.Time { return time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC) },
		},
		API: api.Config{
			Server: trusttest.Server(t, server.Serve(t)), Site: "big", WaitMin: time.Millisecond, WaitMax: 4 * time.Millisecond, Renewals: 1000,
			Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
		},
	}
}

// round syncs over no snapshot, over one of the same site, or over a larger one;
// after an error again, with the pages that are there.
func (s *soak) round(t *testing.T, seed int) {
	rng := rand.New(rand.NewPCG(uint64(seed), 7))
	version := []string{"3.22", "3.28"}[rng.IntN(2)]
	sw := randomSwitches(rng)
	server := tableautest.New(tableautest.Options{Snapshots: s.site, RESTVersion: version, Switches: sw, Collections: gathered})
	for range rng.IntN(8) {
		server.Inject(randomFault(rng))
	}
	job := s.job(t, server)
	job.Options.FirstPage = 1 + rng.IntN(60)
	truth := s.truth[version]
	old := [][]byte{nil, truth, s.larger}[rng.IntN(3)]
	if old != nil {
		if err := os.WriteFile(job.File, old, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		res, err := fetch.Sync(context.Background(), job)
		now, readErr := os.ReadFile(job.File)
		if readErr != nil && !errors.Is(readErr, fs.ErrNotExist) {
			t.Fatal(readErr)
		}
		outcome := "failed"
		switch {
		case (err != nil || !res.Written) && !bytes.Equal(old, now):
			t.Errorf("the old snapshot does not stand after: %v, %q", err, res.Refused)
		case err != nil:
			t.Log(err)
		case !res.Written:
			outcome = "refused"
			if len(res.Snapshot.Partial) == 0 && !bytes.Equal(old, s.larger) {
				t.Errorf("a whole answer was refused: %q", res.Refused)
			}
		case bytes.Equal(old, s.larger):
			t.Error("a larger snapshot was replaced")
		default:
			outcome = judge(t, truth, now, sw.BooleansAsText)
		}
		s.count(outcome)
		if err == nil {
			return
		}
	}
}

func (s *soak) count(outcome string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outcomes[outcome]++
}

// judge checks a snapshot that was written. Where truth values came as
// texts, bytes cannot be compared.
func judge(t *testing.T, truth, now []byte, texts bool) string {
	t.Helper()
	want, got := plain(t, truth), plain(t, now)
	switch {
	case bytes.Equal(want, got):
		return "the truth"
	case gjson.GetBytes(got, "partial.#").Int() > 0:
		for _, wrong := range wrongs(knownOf(t, nil, load(t, truth)), knownOf(t, nil, load(t, now))) {
			t.Error("marked in words only: " + wrong)
		}
		return "marked"
	case !texts:
		t.Error("silently different; want (-), got (+):\n" + cmp.Diff(string(want), string(got)))
	}
	if d := diff(load(t, truth), load(t, now)); d != "" {
		t.Error("silently different; want (-), got (+):\n" + d)
	}
	return "the truth"
}

func plain(t *testing.T, data []byte) []byte {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(zr); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bytesOf(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func randomSwitches(rng *rand.Rand) (sw tableautest.Switches) {
	one := func(n int) bool { return rng.IntN(n) == 0 }
	sw.NoGzip, sw.BooleansAsText, sw.Lists = one(4), one(4), tableautest.ListShape(rng.IntN(3))
	sw.EmptyPages, sw.Duplicates, sw.UnstableOrder, sw.NullInNonNull = one(4), one(4), one(3), one(2)
	sw.CollectionPage = rng.IntN(3)
	sw.StuckCursor, sw.BackfillRunning = one(20), one(20)
	sw.ServerInfoNeedsAuth = one(10)
	if one(3) {
		sw.SessionCalls = 4 + rng.IntN(20)
	}
	switch rng.IntN(5) {
	case 0:
		sw.NodeLimit = 5 + rng.IntN(200)
	case 1:
		sw.TimeLimitNodes = 5 + rng.IntN(200)
	case 2:
		sw.TimeoutNodes = 5 + rng.IntN(200)
	}
	return sw
}

// randomFault meets any kind of request that a sync makes, rare ones sooner.
func randomFault(rng *rand.Rand) tableautest.Fault {
	var any tableautest.Kind
	kinds := []struct {
		on   tableautest.Kind
		skip int
	}{
		{any, 30},
		{tableautest.GraphQL, 30},
		{tableautest.Projects, 2},
		{tableautest.Views, 2},
		{tableautest.Users, 2},
		{tableautest.Connections, 3},
		{tableautest.Collections, 6},
		{tableautest.SignIn, 2},
		{tableautest.ServerInfo, 2},
	}
	codes := strings.Fields("RATE_EXCEEDED NODE_LIMIT_EXCEEDED TIME_LIMIT_EXCEEDED TIMEOUT TIME_LIMIT LINKED_RESULTS_INCOMPLETE" +
		" PERMISSIONS_MODE_SWITCHED SOMETHING_NEW")
	kind := kinds[rng.IntN(len(kinds))]
	on := kind.on
	faults := []tableautest.Fault{
		tableautest.Unauthorized(on), tableautest.TooMany(on, ""), tableautest.TooMany(on, "0"), tableautest.TooMany(on, "3600"), tableautest.Gateway(on, 502),
		tableautest.Gateway(on, 504), tableautest.EmptyBody(on), tableautest.CutOff(on), tableautest.Gateway(on, 200), tableautest.Gateway(on, 409),
		tableautest.MetadataError(codes[rng.IntN(len(codes))]),
	}
	f := faults[rng.IntN(len(faults))]
	f.Skip, f.Times = rng.IntN(kind.skip), 1+rng.IntN(4)
	return f
}
