package refresher

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
)

// killed is what a run dies of.
type killed struct{}

// soak is a bench on which everything goes wrong by chance.
type soak struct {
	*bench
	dice  *rand.Rand
	built map[string]time.Time // by LUID: the newest build that the extract has to have
	kept  *api.Client
}

func (s *soak) often(percent int) bool { return s.dice.IntN(100) < percent }

// Through faults, kills, slow jobs and other people's jobs nothing is refreshed twice inside
// its interval, and once the server has recovered nothing that is due is left.
func TestSoak(t *testing.T) {
	t.Parallel()
	runs := 500
	if testing.Short() {
		runs = 100
	}
	const sites = 4 // at once: they mostly wait for the disk
	var all sync.WaitGroup
	for seed := range uint64(sites) {
		s := &soak{bench: newBench(t), dice: rand.New(rand.NewPCG(seed, 7)), built: map[string]time.Time{}}
		s.window, s.kept = window6h, s.newClient()
		all.Go(func() {
			for n := range runs / sites {
				s.disturb()
				s.build()
				s.round()
				s.pause(10*time.Minute + time.Duration(s.dice.IntN(180))*time.Minute)
				if n%25 == 24 {
					s.recover()
				}
			}
			s.recover()
			s.neverTwice()
		})
	}
	all.Wait()
}

const window6h = 6 * 60 * 60 * 1e9

func (s *soak) pause(d time.Duration) { _ = s.clock.Sleep(s.t.Context(), d) }

// disturb makes trouble for the next run.
func (s *soak) disturb() {
	s.server.Heal()
	if s.client = nil; s.often(90) { // signing in is most of the cost of a run
		s.client = s.kept
	}
	kinds := []tableautest.Kind{tableautest.Refresh, tableautest.Refresh, tableautest.Jobs, tableautest.GraphQL}
	if s.client == nil {
		kinds = append(kinds, tableautest.SignIn)
	}
	for range s.dice.IntN(4) {
		on := kinds[s.dice.IntN(len(kinds))]
		f := []tableautest.Fault{
			tableautest.TooMany(on, ""), tableautest.Gateway(on, 502), tableautest.Gateway(on, 503), tableautest.CutOff(on),
			tableautest.EmptyBody(on), tableautest.Unauthorized(on),
			{On: on, Code: "403004"},
		}[s.dice.IntN(7)]
		f.Skip, f.Times = s.dice.IntN(4), 1+s.dice.IntN(8)
		s.server.Inject(f)
	}
	for _, x := range []struct{ kind, luid string }{{"datasource", "l-orders"}, {"workbook", "l-sales"}, {"workbook", "l-dims"}} {
		if s.often(10) {
			s.server.StartForeign(x.kind, x.luid)
		}
	}
	s.server.Set(func(sw *tableautest.Switches) {
		sw.JobTakes = []time.Duration{time.Second, time.Minute, 10 * time.Minute, 2 * time.Hour}[s.dice.IntN(4)]
		sw.IndexLag = []time.Duration{0, 0, time.Minute, 3 * time.Hour}[s.dice.IntN(4)]
		sw.FinishCode = []int{0, 0, 3, 1, 2}[s.dice.IntN(5)]
		sw.SessionCalls = []int{0, 0, 4, 20}[s.dice.IntN(4)]
	})
	s.wait = []time.Duration{0, time.Minute, time.Hour}[s.dice.IntN(3)]
	s.limits.Quota = 3
}

// build has models built, or fail, some minutes ago.
func (s *soak) build() {
	at := s.clock.Now().Add(-5 * time.Minute)
	for id, extracts := range map[string][]string{fct: {"l-orders", "l-sales"}, dim: {"l-dims"}} {
		run := s.project.Runs[id]
		switch {
		case s.often(50):
			run.Status, run.EndedAt, run.BuiltAt = "success", at, at
			for _, luid := range extracts {
				s.built[luid] = at
			}
		case s.often(20):
			run.Status, run.EndedAt = "error", at
		}
		s.project.Runs[id] = run
	}
	s.heal(stg)
}

func (s *soak) heal(ids ...string) {
	for _, id := range ids {
		run := s.project.Runs[id]
		run.Status = "success"
		s.project.Runs[id] = run
	}
}

// round is one run, or two at once, either of which may be killed anywhere.
func (s *soak) round() {
	runs := 1
	if s.often(20) {
		runs = 2
	}
	var all sync.WaitGroup
	for range runs {
		kill := -1
		if s.often(25) {
			kill = s.dice.IntN(5)
		}
		all.Go(func() { s.runKilled(kill) })
	}
	all.Wait()
}

// runKilled is a run that dies at the point after so many; -1 lets it live.
func (s *soak) runKilled(kill int) {
	p, err := s.look()
	defer func() {
		if why := recover(); why != nil && why != (killed{}) {
			panic(why)
		}
	}()
	if err != nil {
		return
	}
	p.site.at = func(string) {
		if kill--; kill == -1 {
			panic(killed{})
		}
	}
	limits := s.limits
	limits.Until = s.clock.Now().Add(s.wait)
	_, _ = p.site.Run(s.ctx, p.verdicts, limits)
}

// recover lets the server be well, and gives darkroom some runs and the time of an interval.
func (s *soak) recover() {
	s.server.Heal()
	s.kept = s.newClient() // the other one may have been refused
	s.client = s.kept
	s.server.Set(func(sw *tableautest.Switches) {
		sw.JobTakes, sw.IndexLag, sw.FinishCode, sw.SessionCalls = time.Minute, 0, 0, 0
	})
	s.heal(stg, fct, dim)
	s.pause(8 * time.Hour) // for what runs, what is asked for and what is inside its interval
	s.wait, s.limits.Quota = 3*time.Hour, 3
	for range 2 {
		if _, err := s.refresh(); err != nil {
			s.t.Error(err)
		}
		s.pause(10 * time.Minute)
	}
	p, err := s.look()
	if err != nil {
		s.t.Error(err)
		return
	}
	for _, v := range p.verdicts {
		if built := s.built[v.Extract.LUID]; v.RefreshedAt.Before(built) {
			s.t.Errorf("%s: %s was missed: built on %s, refreshed on %s; %s %s", s.clock.Now(), v.Extract.LUID, built, v.RefreshedAt, v.Code, v.Sentence())
		}
	}
}

// neverTwice looks at what the server was made to do. What failed may be done again.
func (s *soak) neverTwice() {
	last := map[string]tableautest.Refreshed{}
	count := 0
	for _, r := range s.server.Refreshed() {
		if r.Foreign {
			continue
		}
		count++
		before, ok := last[r.LUID]
		if ok && before.Finish != "1" && before.Finish != "2" && r.Created.Sub(before.Created) < window6h {
			s.t.Errorf("%s was refreshed on %s and again on %s", r.LUID, before.Created, r.Created)
		}
		last[r.LUID] = r
	}
	if count < 10 {
		s.t.Errorf("only %d refreshes: the soak proves nothing", count)
	}
	s.t.Logf("%d refreshes, %d jobs", count, len(s.server.Refreshed()))
}
