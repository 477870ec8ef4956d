package explorer

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/curation"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/syncing"
	"darkroom/ui/screentest"
)

// fetches is a sync that goes as it should: progress, then a new snapshot.
func fetches(then func()) func(syncing.Options, func(syncing.Progress)) error {
	return func(_ syncing.Options, report func(syncing.Progress)) error {
		report(syncing.Progress{Site: "acme", Line: "signed in to https://tableau.example.com"})
		report(syncing.Progress{Site: "acme", Stage: "dashboards", Done: 3, Total: 5})
		report(syncing.Progress{Site: "acme", Stage: "dashboards", Done: 5, Total: 5, Ended: true})
		then()
		report(syncing.Progress{Site: "acme", Result: &syncing.Result{Written: true, Changes: "1 renamed", Summary: "5 dashboards", Notes: []string{"1 of 4 tables \x1bhides its name"}}})
		return nil
	}
}

// renames changes what Tableau has between two reads.
func renames(f *fake) func() {
	return func() {
		s := tower()
		s.Dashboards[1].Name = "Order Details by Week"
		f.sites = []*model.Site{s} // the graph has the old list
	}
}

func TestSyncBringsTheNewGraphAndKeepsThePlace(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = fetches(renames(f))
	s.View("Dashboards").Press("open-all").Filter("return").ClearFilter().Row("▌", "Return Rates")
	s.Press("down", "down", "tree.close") // on a folder of its own, closed
	cursor := lineWith(s, "▌")
	s.Press("sync").Status("acme: 1 renamed").Row("Order Details by Week")
	if got := lineWith(s, "▌"); got != cursor {
		t.Errorf("the cursor went from %q to %q", cursor, got)
	}
	if f.reloads != 1 || len(f.synced) != 1 {
		t.Errorf("%d reloads after %d syncs", f.reloads, len(f.synced))
	}
	s.Press("sync.show").Has("The last sync", "5 dashboards", "hides its name").Footer("r sync again")
	s.Keys("esc").Hasnt("The last sync")
}

func lineWith(s *scenario.Scenario, part string) string {
	for l := range strings.SplitSeq(s.Frame(), "\n") {
		if strings.Contains(l, part) {
			return strings.TrimSpace(strings.Split(l, "│")[0])
		}
	}
	return ""
}

// What is on the screen and points into the old graph is left alone.
func TestNewGraphWaitsUntilNothingPointsIntoTheOldOne(t *testing.T) {
	for name, keys := range map[string][2][]string{
		"an overlay": {{"?"}, {"esc"}},
		"a filter":   {{"/", "order"}, {"enter"}},
		"a range":    {{"v"}, {"v"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, f := open(t, 120, 36)
			s.View("Dashboards").Press("open-all").Keys(keys[0]...)
			renames(f)()
			files, err := f.Reload(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			before := s.Frame()
			s.Send(reloadMsg{files: files, graph: s.Model().(*App).prepare(files.Graph, curate.New(nil))})
			if s.Frame() != before {
				t.Error("the screen changed under it")
			}
			s.Keys(keys[1]...).Row("Order Details by Week")
		})
	}
}

func TestSyncAsksForSecretsAndForgetsNothingElse(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = func(opt syncing.Options, report func(syncing.Progress)) error {
		switch len(opt.Secrets) {
		case 0:
			return &syncing.SecretNeeded{Site: "acme", Server: "https://t.example"}
		case 1:
			return &syncing.SecretNeeded{Site: "emea", Name: "ana", User: true}
		}
		return fetches(func() {})(opt, report)
	}
	s.Press("sync").Has("Name of the personal access token", "acme (https://t.example): kept in memory")
	s.Type("ci").Has("Token secret")
	s.Keys("tops3cret").Has("*********").Hasnt("tops3cret")
	s.Keys("enter").Has("Password", "emea (")
	s.Type("pw").Status("acme: 1 renamed")
	want := []syncing.Secret{{Site: "acme", Server: "https://t.example", Name: "ci", Secret: "tops3cret"}, {Site: "emea", Name: "ana", Secret: "pw"}}
	if got := f.synced[len(f.synced)-1].Secrets; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("secrets %v", got)
	}
	s.Press("sync").Keys("esc").Tab("Models")
	s.Press("sync").Type("").Type("").Status("nothing was entered")
}

// A server that is not confirmed is asked for by a word that no stray key is.
func TestSyncAsksForTrust(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = func(opt syncing.Options, report func(syncing.Progress)) error {
		if len(opt.Trust) == 0 {
			return &syncing.TrustNeeded{Site: "acme", Server: "https://t.example", Terms: []string{"certificates are not checked"}, About: "all of it"}
		}
		if !opt.Trust[0].Yes {
			report(syncing.Progress{Site: "acme", Result: &syncing.Result{Err: errors.New("not confirmed")}})
			return nil
		}
		return fetches(func() {})(opt, report)
	}
	s.Press("sync").Has("May this server receive your secrets?", "acme: darkroom.yml wants your secrets to go to https://t.example", "certificates are not checked.", "Type yes")
	s.Type("y").Status("acme was not synced")
	if got := f.synced[len(f.synced)-1].Trust; len(got) != 1 || got[0] != (syncing.Trust{About: "all of it"}) {
		t.Errorf("%+v", got)
	}
	s.Press("sync").Keys("esc").Tab("Models")
	s.Press("sync").Type("yes").Status("acme: 1 renamed")
	if got := f.synced[len(f.synced)-1].Trust; len(got) != 1 || got[0] != (syncing.Trust{About: "all of it", Yes: true}) {
		t.Errorf("%+v", got)
	}
}

// Also on the smallest screen one sees what one types, and can read the whole question.
func TestTrustOnASmallScreen(t *testing.T) {
	s, f := open(t, 40, 12)
	f.sync = func(syncing.Options, func(syncing.Progress)) error {
		return &syncing.TrustNeeded{Site: "acme", Server: "https://tableau.of-a-long-name.example", Terms: []string{"certificates are not checked", "the server may redirect to eu.example"}, About: "all of it"}
	}
	s.Press("sync").Has("May this server receive", "acme: darkroom.yml", "↓ 4 lines", "›").Hasnt("leaves the site")
	s.Keys("y", "e", "s").Has("› yes")
	s.Keys("down", "down", "down", "down", "down", "down", "down", "down").Has("leaves the site", "› yes")
}

// Nothing entered for one of several sites leaves that one out.
func TestSyncGoesOnWithoutASecret(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = func(opt syncing.Options, report func(syncing.Progress)) error {
		if len(opt.Secrets) == 0 {
			return &syncing.SecretNeeded{Site: "emea", Name: "ci"}
		}
		report(syncing.Progress{Site: "emea", Result: &syncing.Result{Err: errors.New("nothing was entered")}})
		return fetches(func() {})(opt, report)
	}
	s.Press("sync").Has("Token secret").Type("").Status("nothing was entered; not synced")
	s.Model().(*App).host.Servers = 2
	s.Press("sync").Has("Token secret").Type("").Status("emea was not synced")
	if got := f.synced[len(f.synced)-1].Secrets; len(got) != 1 || got[0] != (syncing.Secret{Site: "emea", Name: "ci"}) {
		t.Errorf("%+v", got)
	}
}

func TestSyncThatKeptTheOldSnapshotOffersTheWorseAnswer(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = func(opt syncing.Options, report func(syncing.Progress)) error {
		r := syncing.Result{OldKept: true, Worse: []string{"400 of 900 dashboards are gone"}, Incomplete: []string{"views: stopped"}}
		if len(opt.Smaller) > 0 {
			r = syncing.Result{Written: true, Summary: "500 dashboards"}
		}
		report(syncing.Progress{Site: "acme", Result: &r})
		report(syncing.Progress{Site: "emea", Result: &syncing.Result{Err: errors.New("cannot sign in")}})
		return nil
	}
	s.Press("sync").Status("acme kept its old snapshot", "R shows why")
	s.Press("sync.show").Has("worse than last time: 400 of 900", "The old snapshot was kept.", "incomplete: views", "cannot sign in").Footer("s take the worse answer")
	s.Keys("s").Has("500 dashboards").Hasnt("worse than")
	if got := f.synced[1].Smaller; len(got) != 1 || got[0] != "acme" {
		t.Errorf("worse answers were taken of %q", got)
	}
}

func TestSyncWithoutAServerReadsTheFilesAgain(t *testing.T) {
	s, f := open(t, 120, 36)
	f.sync = func(syncing.Options, func(syncing.Progress)) error {
		return &syncing.NothingToSync{Why: "no site has a server"}
	}
	renames(f)()
	s.View("Dashboards").Press("open-all", "sync").Status("read the files again; no site has a server").Row("Order Details by Week")
	f.loadErr = errDisk
	s.Press("sync").Status("could not be read again", "no space left").Row("Order Details by Week")
}

// A running sync is shown and stopped; messages of the one before are dropped.
func TestSyncIsStopped(t *testing.T) {
	f := &fake{}
	stopped := make(chan struct{})
	f.sync = func(syncing.Options, func(syncing.Progress)) error { <-stopped; return context.Canceled }
	a := New(f, options())
	s := on(t, a, 120, 30)
	a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'r'}}) // its command waits, as in a real program
	run := a.sync.run
	report := func(p syncing.Progress) { a.Update(syncMsg{run: run, progress: &p}) }
	report(syncing.Progress{Site: "acme", Line: "signing in"})
	report(syncing.Progress{Site: "acme", Stage: "sheets", Done: 1200, Total: 60000})
	s.Status("syncing (R) acme: sheets 1200 of 60000")
	s.Press("sync").Has("Syncing", "signing in", "1200 of 60000").Footer("x stop")
	a.Update(syncMsg{run: run - 1, ended: true})
	s.Has("Syncing")
	s.Keys("x")
	close(stopped)
	if !a.sync.Active {
		t.Fatal("ended before the backend said so")
	}
	a.Update(syncMsg{run: run, ended: true, err: context.Canceled})
	s.Has("Sync, stopped").Keys("esc").Status("sync stopped; what was fetched is kept")
}

// A fix and a reload never build the graph at the same time.
func TestReloadWaitsForAFix(t *testing.T) {
	s, f := open(t, 120, 36)
	a := s.Model().(*App)
	a.building = true // a fix is on its way
	f.sync = fetches(renames(f))
	s.Press("sync")
	if f.reloads != 0 {
		t.Fatal("read again while the graph was being built")
	}
	s.Send(fixedMsg{err: errDisk})
	if f.reloads != 1 || a.building {
		t.Errorf("%d reloads, building %t", f.reloads, a.building)
	}
}

func TestSyncSaysWhatIsNewInTheInbox(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, book: curate.New(nil)}
	before, err := f.Reload(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	before.Apply(f.book)
	s := begin(t, f, 120, 36)
	f.sync = fetches(renames(f))
	s.Press("sync").Status("new in the Inbox: 1 dashboard; press 4").Header("4 Inbox(1)")
}

// A waiting graph does not replace a newer one that a fix made.
func TestFixWhileAGraphWaits(t *testing.T) {
	s, f := open(t, 120, 36)
	a := s.Model().(*App)
	s.View("Dashboards").Press("open-all", "range")
	files, err := f.Reload(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.Send(reloadMsg{files: files, graph: a.prepare(files.Graph, a.host.Book, a.views...)})
	fixed, err := lineage.Build(t.Context(), f.projects, f.sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a.building = true
	s.Send(fixedMsg{way: curation.Undo, graph: a.prepare(fixed, a.host.Book, a.views...)})
	s.Keys("esc")
	if a.host.Graph != fixed || a.sync.waiting != nil {
		t.Error("the older graph of the reload came back")
	}
}

// Whatever ends the program ends the sync.
func TestSyncEndsWithTheProgram(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	f := &fake{untilDone: func(ctx context.Context) error {
		close(began)
		<-ctx.Done()
		close(ended)
		return ctx.Err()
	}}
	opt := options()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	opt.Context = ctx
	a := New(f, opt)
	screentest.New(t, a, 120, 30)
	a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'r'}})
	<-began
	cancel()
	<-ended
}
