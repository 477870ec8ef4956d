package export

import (
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/workspace"
)

// fixWorkspace has one model, and a dashboard on its copy in another database.
func fixWorkspace(t *testing.T) *workspace.Workspace {
	t.Helper()
	root := t.TempDir()
	store, book := open(t, root)
	project := &model.Project{Name: "shop", Adapter: "postgres", Resources: []model.Resource{{
		ID: "model.shop.orders", Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Materialized: "table", Database: "dev", Schema: "marts"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"dev"."marts"."orders"`},
	}}}
	site := &model.Site{
		Name: "tower", Workbooks: []model.Workbook{{ID: "w", Name: "Book"}},
		Tables:      []model.Table{{ID: "t", Name: "orders", Place: &model.Place{Schema: "marts", Database: "PROD", ConnectionType: "postgres"}, FullName: "[marts].[orders]"}},
		Datasources: []model.Datasource{{ID: "e", Name: "Orders", WorkbookID: "w", TableIDs: []string{"t"}}},
		Sheets:      []model.Sheet{{ID: "s", Name: "Sheet", WorkbookID: "w", DatasourceIDs: []string{"e"}}},
		Dashboards:  []model.Dashboard{{ID: "d", LUID: "luid", Name: "Orders", WorkbookID: "w", SheetIDs: []string{"s"}}},
	}
	w := &workspace.Workspace{Root: root, Config: &config.Config{Root: root}, Store: store, Book: book}
	g, err := lineage.Build(t.Context(), []*model.Project{project}, []*model.Site{site}, lineage.Options{})
	disktest.Must(t, err)
	w.Graph = g
	return w
}

const decisionsFile = config.Dir + "/decisions.yml"

// open opens the decisions of a project and closes them with the test.
func open(t *testing.T, root string) (*decisions.Store, *curate.Book) {
	t.Helper()
	store, book, err := decisions.Open(root, decisions.Options{})
	disktest.Must(t, err)
	t.Cleanup(func() { store.Close() })
	return store, book
}

// kept counts the maps, pins and ignores that are kept.
func kept(s *decisions.Store) int {
	m := s.Matches()
	return len(m.Maps) + len(m.Pins) + len(m.Ignore)
}

func TestFixesAreKeptAndTakenBack(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const table = "postgres://PROD.marts.orders"
	for _, c := range []struct {
		name, want string
		fix        ledger.Fix
		linked     int
	}{
		{"map", `- {tableau: "PROD", dbt: "dev"}`, ledger.Fix{Map: &match.Map{BI: "PROD", Dbt: "dev"}}, 1},
		{"pin", `- {table: "` + table + `", node: "model.shop.orders", by: "ana", at: "2026-11-23T12:00:00Z"}`, ledger.Fix{Pin: &match.Pin{Table: table, Node: "model.shop.orders"}}, 1},
		{"ignore", `- {table: "` + table + `", by: "ana", at: "2026-11-23T12:00:00Z"}`, ledger.Fix{Ignore: &match.Ignore{Table: table}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := fixWorkspace(t)
			g, err := KeepFix(t.Context(), w, c.fix, "ana", at, false)
			disktest.Must(t, err)
			if linked, _ := g.Dashboards()[0].Counts(); linked != c.linked {
				t.Errorf("%d tables are linked", linked)
			}
			if got := disktest.Read(t, w.Root, decisionsFile); !strings.Contains(got, c.want+"\n") {
				t.Errorf("%s", got)
			}
			if _, err := KeepFix(t.Context(), w, c.fix, "ana", at, false); c.name == "pin" && err == nil {
				t.Error("the same pin twice")
			}
			// Saving decisions, and opening again, keep it.
			disktest.Must(t, w.Store.Save(w.Book))
			disktest.Must(t, w.Close())
			store, _ := open(t, w.Root)
			w.Store = store
			if cfg := w.Config.Match(store.Matches()); len(cfg.Maps)+len(cfg.Pins)+len(cfg.Ignore) == 0 {
				t.Errorf("%+v", cfg)
			}
			for kept(store) > 0 {
				g, err = KeepFix(t.Context(), w, c.fix, "ana", at, true)
				disktest.Must(t, err)
			}
			if g.Dashboards()[0].Status != lineage.StatusUnclear {
				t.Errorf("after undo it is %s", g.Dashboards()[0].Status)
			}
			if _, err := KeepFix(t.Context(), w, c.fix, "ana", at, true); err == nil {
				t.Error("taken away twice")
			}
		})
	}
}

func TestABadFixIsNotKept(t *testing.T) {
	w := fixWorkspace(t)
	for _, c := range []ledger.Fix{
		{},
		{Map: &match.Map{BI: "*", Dbt: "dev"}},
		{Pin: &match.Pin{Table: "orders", Node: "model.shop.orders"}},
		{Ignore: &match.Ignore{Table: "orders"}},
	} {
		if _, err := KeepFix(t.Context(), w, c, "ana", time.Time{}, false); err == nil {
			t.Errorf("%s was kept", c)
		}
	}
	if kept(w.Store) != 0 {
		t.Error("something was kept")
	}
}
