package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/ui/explorer/scenario"
)

// mirror is the small site with two dashboards on a copy of the database: one on
// two tables of it, one on those and a table that dbt does not know.
func mirror(tables ...string) *model.Site {
	s := tower()
	s.Workbooks = append(s.Workbooks, model.Workbook{ID: "w3", LUID: "w3", Name: "Mirror", ContainerLUID: "p1", ContainerName: "Sales"})
	for _, t := range tables {
		s.Tables = append(s.Tables, model.Table{ID: "m-" + t, Name: t, Place: &model.Place{Schema: "marts", Database: "shop_prod", ConnectionType: "postgres"}, FullName: "[marts].[" + t + "]"})
	}
	for i, name := range []string{"Mirrored", "Mirrored and more"} {
		id := "m" + string(rune('1'+i))
		ds := model.Datasource{ID: "e" + id, Name: "copy", WorkbookID: "w3"}
		for _, t := range tables {
			ds.TableIDs = append(ds.TableIDs, "m-"+t)
		}
		if i == 1 {
			ds.TableIDs = append(ds.TableIDs, "t-unknown_thing")
		}
		s.Datasources = append(s.Datasources, ds)
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, Name: "Copied", WorkbookID: "w3", DatasourceIDs: []string{ds.ID}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{
			ID: id, LUID: "00000000-0000-0000-0000-0000000000" + id, Name: name, Path: "w3/" + id, WorkbookID: "w3", SheetIDs: []string{"s" + id},
		})
	}
	return s
}

func openMirror(t testing.TB, width, height int, tables ...string) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{mirror(tables...)}}
	return begin(t, f, width, height), f
}

const otherDatabase = "A different database than dbt's"

func TestGapsAreGroupedByReasonWithTheFix(t *testing.T) {
	s, _ := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.View("Gaps").Row("4 of 7 dashboards fully linked", otherDatabase, "2 dashboards", "No such table in dbt")
	s.Details("custom SQL", "0 fully understood, 0 not") // the ledger
	s.Cursor(otherDatabase).Press("tree.open").Row("Mirrored and more", "0 of 3").Details("apply the map", "· map shop_prod → shop")
	s.Cursor(otherDatabase, "Mirrored").Press("tree.open", "down").On("▌       ? ", "map?").Details("pin postgres://shop_prod.marts.fct_orders", "p shows the proof")
	s.Filter("unknown_thing").Crumbs("2 rows").Row("✗  shop.marts.unknown_thing")
}

func TestAFixIsShownThenKeptThenUndone(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.View("Gaps").Cursor(otherDatabase, "Mirrored").Press("fix")
	s.Has("What to do about Mirrored", "map shop_prod → shop", "links 2 tables of 2 dashboards, 1 of which would then be fully linked",
		"pin postgres://shop_prod.marts.fct_orders to model.shop.fct_orders", "sets aside 1 table of 2 dashboards")
	s.ClickOn("pin postgres").Has("▌ pin postgres://shop_prod.marts.fct_orders")
	s.ClickOn("Kept in").Has("▌ pin")
	s.Keys("g").Has("▌ map").Keys("esc").Tab("Gaps").Row("4 of 7")
	if len(f.fixes) != 0 {
		t.Fatal("kept before it was confirmed")
	}
	s.Press("fix").Keys("enter").Status("kept: map shop_prod → shop").Row("5 of 7 dashboards").NoRow("A different database")
	s.Press("undo").Status("undo: map shop_prod → shop").Row("4 of 7 dashboards", "A different database")
	s.Press("redo").Status("redo: map shop_prod → shop").Row("5 of 7")
	s.Press("undo", "fix").Keys("down", "down", "down", "down", "down", "down", "enter").Status("kept: ignore")
	if len(f.fixes) != 1 || f.fixes[0].Ignore == nil {
		t.Errorf("kept %v", f.fixes)
	}
}

// One key undoes decisions and fixes in the order they were made.
func TestUndoGoesThroughDecisionsAndFixes(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.View("Dashboards").Filter("details").Press("tick").Row("[✓] Order Details")
	s.ClearFilter().View("Gaps").Cursor(otherDatabase).Press("fix").Keys("enter").Status("kept: map")
	s.View("Dashboards").Filter("rates").Press("tick").Header("2 new")
	s.Press("undo").Header("1 new").Press("undo").Status("undo: map").Press("undo").Header("0 included")
	s.Press("undo").Status("nothing to undo")
	s.Press("redo").Header("1 new").Press("redo").Status("redo: map").Press("redo").Header("2 new")
	s.Press("redo").Status("nothing to redo")
	s.Press("undo", "tick").Press("redo").Status("nothing to redo")
	if len(f.fixes) != 1 {
		t.Errorf("kept %v", f.fixes)
	}
}

func TestAFixThatCannotBeKeptChangesNothing(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	f.fixErr = errDisk
	s.View("Gaps").Cursor(otherDatabase).Press("fix").Keys("enter").Status("not saved: no space left").Row("4 of 7", "A different database")
	s.Press("undo").Status("nothing to undo")
	f.fixErr = nil
	s.Press("fix").Keys("enter").Row("5 of 7")
	f.fixErr = errDisk
	s.Press("undo").Status("not saved: no space left").Row("5 of 7")
	f.fixErr = nil
	s.Press("undo").Row("4 of 7")
	f.fixErr = errDisk
	s.Press("redo").Status("not saved")
	f.fixErr = nil
	s.Press("redo").Row("5 of 7")
}

func TestProposedMapAndOtherEnvironment(t *testing.T) {
	site := mirror("fct_orders", "fct_returns", "dim_customers", "stg_orders", "nobody_reads_me")
	s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, 120, 36)
	s.View("Gaps").Crumbs("Proposed: shop_prod → shop explains 5 tables").Details("A map is proposed", "c applies it")
	s.Press("fix").Has("links 5 tables of 2 dashboards").Keys("enter").Status("kept: map").Hasnt("Proposed")
	for i := range site.Tables {
		modeltest.Place(&site.Tables[i]).Database = "shop_prod"
	}
	s = begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, 120, 36)
	s.View("Gaps").Crumbs("This manifest is from another environment").Details("The dashboards read shop_prod")
	s.Press("fix").Status("no decision can fix this row")
}

func TestProofShowsTheFullEvidence(t *testing.T) {
	s, _ := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.Press("explain").Status("put the cursor on a dashboard")
	s.View("Dashboards").Filter("overview").Press("explain").Has("A dashboard of the workbook", "https://")
	s.Has("It reads 2 tables; dbt knows all of them.", "is the model fct_orders of the project shop. That is certain.",
		"Why ", "Database, schema and table match model.shop.fct_orders", "Warehouse ", "sheet \"Sheet\" > embedded \"Order Overview data\"")
	s.Keys("G", "esc").Press("tree.open", "down", "explain").Has("is the model fct_orders").Hasnt("is the model dim_customers").Keys("p")
	s.ClearFilter().View("Gaps").Cursor(otherDatabase, "Mirrored").Press("tree.open", "down", "explain")
	s.Has("may be the model fct_orders of the project shop. This needs your confirmation.", "Decide")
}

func TestGapsWithoutGaps(t *testing.T) {
	site := tower()
	site.Dashboards = site.Dashboards[:2]
	s := begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, 120, 30)
	s.View("Gaps").Row("2 of 2 dashboards fully linked").Press("fix").Status("no decision can fix this row")
	begin(t, &fake{projects: []*model.Project{shop()}}, 80, 24).View("Gaps").Row("No dashboards yet.")
}

func TestGapsOnSmallScreens(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {24, 6}, {80, 24}} {
		s, _ := openMirror(t, size[0], size[1], "fct_orders", "fct_returns")
		for _, k := range []string{"3", "j", "l", "j", "c", "j", "j", "G", "g", "esc", "p", "G", "esc", "tab", "G", "tab", "c", "enter", "u"} {
			s.Keys(k).Raw()
		}
		s.Resize(30, 8)
		s.Keys("p").Raw()
	}
}
