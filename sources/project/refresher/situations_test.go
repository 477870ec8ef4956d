package refresher

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/refresh"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/refreshes"
	"darkroom/sources/tableau/tableautest"
)

// act is what happens before the run that counts.
type act func(*bench)

func waiting(b *bench)          { b.wait = time.Hour }
func again(b *bench)            { _, _ = b.refresh() }
func later(d time.Duration) act { return func(b *bench) { _ = b.clock.Sleep(context.Background(), d) } }

func built(hour int, ids ...string) act {
	return func(b *bench) { b.built(hour, ids...) }
}

func result(id, status string) act { return func(b *bench) { b.result(id, status) } }

func switches(set func(*tableautest.Switches)) act { return func(b *bench) { b.server.Set(set) } }

func faults(f ...tableautest.Fault) act { return func(b *bench) { b.server.Inject(f...) } }

func always(on tableautest.Kind, code string) act {
	return faults(tableautest.Fault{On: on, Code: code, Times: -1})
}

func heal(b *bench) { b.server.Heal() }

func foreign(kind, luid string) act { return func(b *bench) { b.server.StartForeign(kind, luid) } }

func window(d time.Duration) act { return func(b *bench) { b.window = refresh.Window(d) } }

func exposure(dashboard string, s model.RefreshSetting) act {
	return func(b *bench) {
		b.project.Exposures = append(b.project.Exposures, model.Exposure{ID: "exposure.shop." + dashboard, Name: dashboard, Package: "shop", Enabled: true, LUID: dashboard, Refresh: s})
	}
}

// key is that of one of the extracts.
func (b *bench) key(kind refresh.Kind, luid string) refresh.Key {
	return refresh.Key{Site: b.site.ID(), Kind: kind, LUID: luid}
}

// killedBefore has a run die between the record and the request for Orders.
func killedBefore(b *bench) {
	if _, _, err := refreshes.Open(b.root).Claim(b.ctx, b.key(refresh.Published, "l-orders"), "Orders", refreshes.Record{}, b.clock.Now()); err != nil {
		b.t.Fatal(err)
	}
}

// killedAfter has it die between the request and the answer's record.
func killedAfter(b *bench) {
	killedBefore(b)
	p, err := b.look()
	if err == nil {
		_, _, err = start(b.ctx, p.client, b.key(refresh.Published, "l-orders"))
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// Each row is what happens, what the last run says of some extracts, and what all of them
// together have started on the server.
func TestSituations(t *testing.T) {
	const all = "dims orders sales"
	refused := tableautest.Fault{On: tableautest.Refresh, Code: "403004", Times: -1}
	for name, c := range map[string]struct {
		acts          []act
		want, started string
	}{
		"everything is due and is waited for":            {[]act{waiting}, "orders=success, sales=success, dims=success, live=skipped:live, flowing=skipped:flow", all},
		"without waiting, what reads a source is left":   {nil, "orders=started, dims=started, sales=skipped:waits_for_source", "dims orders"},
		"the next run starts what was left":              {[]act{again, later(5 * time.Minute)}, "sales=started, orders=skipped:up_to_date, dims=skipped:up_to_date", all},
		"twice, one after the other":                     {[]act{waiting, again}, "orders=skipped:up_to_date, sales=skipped:up_to_date, dims=skipped:up_to_date", all},
		"twice, while jobs run":                          {[]act{again}, "orders=started, dims=started, sales=skipped:waits_for_source", "dims orders"},
		"the second run waits for the jobs of the first": {[]act{again, waiting}, "orders=success, dims=success, sales=success", all},
		"nothing was built since":                        {[]act{waiting, again, later(48 * time.Hour)}, "orders=skipped:up_to_date", all},
		"built again inside the interval":                {[]act{waiting, again, later(time.Hour), built(13, fct, dim)}, "orders=skipped:interval, dims=skipped:interval", all},
		"built again, after the interval":                {[]act{waiting, again, built(13, stg, fct, dim), later(25 * time.Hour)}, "orders=success, sales=success, dims=success", all + " " + all},
		"a shorter interval":                             {[]act{waiting, window(time.Hour), again, built(13, stg, fct, dim), later(2 * time.Hour)}, "orders=success", all + " " + all},
		"an exposure asks for a shorter one":             {[]act{waiting, exposure("d-dims", model.RefreshSetting{HasAfter: true, After: 60}), again, built(13, fct, dim), later(2 * time.Hour)}, "dims=success, orders=skipped:interval", all + " dims"},
		"an exposure says never":                         {[]act{waiting, exposure("d-dims", model.RefreshSetting{Never: true})}, "dims=skipped:never, orders=success", "orders sales"},
		"switched off":                                   {[]act{waiting, func(b *bench) { b.opt.Off = true }}, "dims=skipped:switched_off, orders=skipped:switched_off", ""},
		"an ancestor failed":                             {[]act{waiting, result(stg, "error")}, "orders=skipped:blocked, sales=skipped:blocked, dims=success", "dims"},
		"an ancestor was skipped":                        {[]act{waiting, result(fct, "skipped")}, "orders=skipped:blocked, dims=success", "dims"},
		"an ancestor was never seen":                     {[]act{waiting, func(b *bench) { delete(b.project.Runs, stg) }}, "orders=success", all},
		"no results at all":                              {[]act{waiting, func(b *bench) { b.project.Runs = nil }}, "orders=skipped:not_in_results, dims=skipped:not_in_results", ""},
		"the index learns of refreshes late":             {[]act{waiting, switches(func(s *tableautest.Switches) { s.IndexLag = 12 * time.Hour }), again, later(time.Hour)}, "orders=skipped:up_to_date, dims=skipped:up_to_date", all},
		"late, without records": {
			[]act{waiting, switches(func(s *tableautest.Switches) { s.IndexLag = 12 * time.Hour }), again, func(b *bench) { b.root = b.t.TempDir() }, later(time.Hour)},
			"orders=skipped:up_to_date, dims=skipped:up_to_date", all,
		},
		"another program refreshes it":       {[]act{waiting, foreign("datasource", "l-orders")}, "orders=success by another, sales=success, dims=success", "dims sales"},
		"another program's, without waiting": {[]act{foreign("datasource", "l-orders")}, "orders=skipped:running, sales=skipped:waits_for_source, dims=started", "dims"},
		"another program was faster": {[]act{waiting, func(b *bench) {
			b.server.Inject(tableautest.Fault{On: tableautest.Refresh, Code: "409093", Skip: 1})
			b.server.Set(func(s *tableautest.Switches) { s.JobTakes = time.Second })
		}}, "dims=success, orders=skipped:queued, sales=skipped:waits_for_source", "dims"},
		"another program's job fails, then it is ours": {[]act{waiting, foreign("datasource", "l-orders"), func(b *bench) { b.failForeign() }}, "orders=success, sales=success", "dims orders sales"},
		"jobs cannot be listed, another's is queued":   {[]act{waiting, always(tableautest.Jobs, "403004"), foreign("datasource", "l-orders")}, "orders=skipped:queued, sales=skipped:waits_for_source", "dims"},
		"the job fails":                            {[]act{waiting, switches(func(s *tableautest.Switches) { s.FinishCode = 1 })}, "orders=error:job_failed, sales=skipped:source_failed, dims=error:job_failed", "dims orders"},
		"the job is cancelled":                     {[]act{waiting, switches(func(s *tableautest.Switches) { s.FinishCode = 2 })}, "orders=error:job_failed", "dims orders"},
		"a job that ends with code 3":              {[]act{waiting, switches(func(s *tableautest.Switches) { s.FinishCode = 3 })}, "orders=success, sales=success", all},
		"what failed is due in the next run":       {[]act{waiting, switches(func(s *tableautest.Switches) { s.FinishCode = 1 }), again, switches(func(s *tableautest.Switches) { s.FinishCode = 0 })}, "orders=success, dims=success", "dims orders " + all},
		"slow jobs, and a short wait":              {[]act{func(b *bench) { b.wait = time.Minute }, switches(func(s *tableautest.Switches) { s.JobTakes = time.Hour })}, "orders=started, dims=started, sales=skipped:wait_over", "dims orders"},
		"the quota has room for one":               {[]act{func(b *bench) { b.limits.Quota = 1 }}, "dims=started, orders=skipped:quota, sales=skipped:quota", "dims"},
		"a later run has room again":               {[]act{func(b *bench) { b.limits.Quota = 1 }, again, later(time.Hour)}, "dims=skipped:up_to_date, orders=started, sales=skipped:waits_for_source", "dims orders"},
		"waiting for the quota":                    {[]act{func(b *bench) { b.limits.Quota, b.wait = 1, 3*time.Hour }}, "dims=success, orders=success, sales=success", all},
		"the server says that there are too many":  {[]act{switches(func(s *tableautest.Switches) { s.RefreshLimit = 1 })}, "dims=started, orders=skipped:quota, sales=skipped:quota", "dims"},
		"the server has room for one an hour":      {[]act{func(b *bench) { b.wait = 3 * time.Hour }, switches(func(s *tableautest.Switches) { s.RefreshesHour = 1 })}, "dims=success, orders=success, sales=success", all},
		"too many, and waiting as long as it says": {[]act{waiting, faults(tableautest.TooMany(tableautest.Refresh, ""))}, "dims=success, orders=success, sales=success", all},
		"no permission":                            {[]act{waiting, faults(refused)}, "dims=error:refused, orders=error:refused, sales=skipped:source_failed", ""},
		"no permission for one":                    {[]act{waiting, faults(tableautest.Fault{On: tableautest.Refresh, Code: "403004"})}, "dims=error:refused, orders=success, sales=success", "orders sales"},
		"deleted since the last sync":              {[]act{waiting, func(b *bench) { b.rename("l-orders", "l-gone") }}, "gone=skipped:not_found, dims=success, sales=success", "dims sales"},
		"the request is lost before the server":    {[]act{waiting, faults(tableautest.Gateway(tableautest.Refresh, 502))}, "dims=error:unanswered, orders=success", "orders sales"},
		"and asked for again when that is clear":   {[]act{waiting, faults(tableautest.Gateway(tableautest.Refresh, 502)), again, heal, later(10 * time.Minute)}, "dims=success, orders=skipped:up_to_date", "orders sales dims"},
		"and not before":                           {[]act{waiting, faults(tableautest.Gateway(tableautest.Refresh, 502)), again, heal}, "dims=skipped:asked", "orders sales"},
		"the answer is lost on its way":            {[]act{waiting, faults(tableautest.CutOff(tableautest.Refresh))}, "dims=success, orders=success", all},
		"killed between record and request":        {[]act{waiting, killedBefore}, "orders=skipped:asked, dims=success", "dims sales"},
		"killed there, some time ago":              {[]act{waiting, killedBefore, later(10 * time.Minute)}, "orders=success, sales=success, dims=success", all},
		"killed there, and jobs cannot be listed":  {[]act{waiting, killedBefore, always(tableautest.Jobs, "403004"), later(10 * time.Minute)}, "orders=skipped:asked", "dims sales"},
		"killed there, a whole interval ago":       {[]act{waiting, killedBefore, always(tableautest.Jobs, "403004"), later(25 * time.Hour)}, "orders=started", "dims orders"},
		"killed between request and record":        {[]act{waiting, killedAfter, later(10 * time.Minute)}, "orders=skipped:up_to_date, sales=success, dims=success", "orders dims sales"},
		"killed there, while the job runs":         {[]act{waiting, killedAfter}, "orders=success, sales=success", "orders dims sales"},
		"a session that ends all the time":         {[]act{waiting, switches(func(s *tableautest.Switches) { s.SessionCalls = 3 })}, "orders=success, sales=success, dims=success", all},
		"a stray 401 for a refresh":                {[]act{waiting, faults(tableautest.Unauthorized(tableautest.Refresh))}, "orders=success, dims=success", all},
		"no answer about jobs for a while":         {[]act{waiting, faults(tableautest.Fault{On: tableautest.Jobs, Status: 503, Skip: 2, Times: 20})}, "orders=success, sales=success, dims=success", all},
		"flows are run":                            {[]act{waiting, func(b *bench) { b.limits.Flows = true }}, "flowing=success, orders=success, sales=success, dims=success", "dims orders f sales"},
		"flows are run once":                       {[]act{waiting, func(b *bench) { b.limits.Flows = true }, again, later(time.Hour)}, "flowing=skipped:up_to_date", "dims orders f sales"},
		"one answer at a time":                     {[]act{waiting, switches(func(s *tableautest.Switches) { s.NodeLimit = 3 })}, "orders=success, dims=success", all},
		"a published source is due by itself":      {[]act{waiting, func(b *bench) { b.refreshSales() }}, "orders=success", "dims orders"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			for _, act := range c.acts {
				act(b)
			}
			res, err := b.refresh()
			b.want(res, err, c.want, c.started)
		})
	}
}

// failForeign has jobs fail until the clock shows some minutes more.
func (b *bench) failForeign() {
	b.server.Set(func(s *tableautest.Switches) { s.FailForeign = true })
}

// rename gives what the snapshot has another LUID, one that the server does not know.
func (b *bench) rename(luid, to string) {
	for i := range b.site.Datasources {
		if d := &b.site.Datasources[i]; d.LUID == luid {
			d.LUID = to
		}
	}
}

// refreshSales has another program refresh Sales just now.
func (b *bench) refreshSales() {
	b.server.StartForeign("workbook", "l-sales")
	_ = b.clock.Sleep(b.ctx, 5*time.Minute)
}

// What cannot be asked at all is an error, and nothing is started.
func TestNothingIsStartedBlindly(t *testing.T) {
	for name, act := range map[string]act{
		"no Metadata API":            switches(func(s *tableautest.Switches) { s.Metadata = tableautest.MetadataNotFound }),
		"the Metadata API is broken": faults(tableautest.Fault{On: tableautest.GraphQL, Status: 503, Times: -1}),
		"the list of jobs is broken": faults(tableautest.Fault{On: tableautest.Jobs, Status: 503, Times: -1}),
		"the password is wrong":      always(tableautest.SignIn, "401001"),
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			act(b)
			if _, err := b.refresh(); err == nil || b.started() != "" {
				t.Errorf("%v, started %q", err, b.started())
			}
		})
	}
}

// A server that goes silent is left alone, and what was asked for is not asked again.
func TestServerGoesSilent(t *testing.T) {
	b := newBench(t)
	b.wait = time.Hour
	b.server.Inject(tableautest.Fault{On: tableautest.Refresh, Status: 502, Times: -1})
	res, err := b.refresh()
	b.want(res, err, "dims=error:unanswered, orders=error:unanswered, sales=skipped:source_failed", "")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	b.ctx = ended
	if _, err := b.refresh(); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// With a server whose clock is far from ours, what was asked for is found again, and the
// difference is said.
func TestClocksApart(t *testing.T) {
	for _, skew := range []time.Duration{-40 * time.Minute, 40 * time.Minute} {
		b := newBench(t)
		b.skew, b.wait = skew, time.Hour
		b.server.Inject(tableautest.CutOff(tableautest.Refresh))
		p, err := b.look()
		if err != nil {
			t.Fatal(err)
		}
		res, err := p.site.Run(b.ctx, p.verdicts, Limits{Until: b.clock.Now().Add(time.Hour)})
		b.want(res, err, "dims=success, orders=success, sales=success", "dims orders sales")
		if notes := strings.Join(p.site.Notes, "\n"); !strings.Contains(notes, "the server's clock is 40m0s "+map[bool]string{true: "behind", false: "ahead of"}[skew < 0]) {
			t.Error(notes)
		}
		again(b)
		if b.started() != "dims orders sales" {
			t.Errorf("a second run has started more: %s", b.started())
		}
	}
}

// A record that cannot be read stops the run, with its file and what to do.
func TestBrokenRecord(t *testing.T) {
	b := newBench(t)
	again(b)
	b.breakRecords()
	_, err := b.refresh()
	if err == nil || !strings.Contains(err.Error(), "workbook-l-dims.json") || !strings.Contains(err.Error(), "delete the file") {
		t.Error(err)
	}
	if b.started() != "dims orders" {
		t.Error(b.started())
	}
}

func (b *bench) breakRecords() {
	for name := range disktest.Files(b.t, b.root) {
		if strings.HasSuffix(name, ".json") {
			disktest.Write(b.t, b.root, name, "{")
		}
	}
}
