package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/examples"
	"darkroom/sources/tableau/tableautest"
)

// exampleProject is the example with darkroom.yml for a server instead of files.
func exampleProject(t *testing.T, server string) string {
	t.Helper()
	dir := syncProject(t, "cloud "+server+" "+cloudURL)
	conf, err := os.ReadFile(filepath.Join(dir, "darkroom.yml"))
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "all"), examples.FS)
	}
	dir = filepath.Join(dir, "all", "roastery")
	if err == nil {
		err = os.Remove(filepath.Join(dir, "darkroom.yml"))
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "darkroom.yml"), conf, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

const emptyCanvas = `<?xml version='1.0' encoding='utf-8' ?>
<workbook><datasources><datasource caption='Empty' name='federated.1'><connection class='federated'>
<named-connections><named-connection name='pg'><connection class='postgres' dbname='roastery' server='warehouse.roastery.example' /></named-connection></named-connections>
<relation type='collection'>
<relation connection='pg' name='fct_orders' table='[analytics_core].[fct_orders]' type='table' />
<relation connection='pg' name='Late ones' type='text'>select * from analytics_core.dim_products where 1 &lt;&lt; 2</relation>
</relation></connection></datasource></datasources></workbook>`

// A dashboard that is missing in Tableau's metadata is linked by its
// workbook's file, and says so wherever its evidence is shown.
func TestSyncDownload(t *testing.T) {
	const playground = "c6ea19b4-6c8e-4cc2-8a62-ed3b53dde2be"
	s := listen(t, tableautest.Options{
		Snapshots: [][]byte{exampleSite(t, "cloud")},
		Files:     map[string]tableautest.File{playground: {Name: "../\x1b[31mevil.twb", Data: []byte(emptyCanvas)}},
	})
	dir := exampleProject(t, s.url)
	t.Setenv("TABLEAU_TOKEN_NAME", "")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	t.Setenv("TABLEAU_APP_CLIENT_ID", tableautest.DefaultClientID)
	t.Setenv("TABLEAU_APP_SECRET_ID", tableautest.DefaultSecretID)
	t.Setenv("TABLEAU_APP_SECRET", tableautest.DefaultSecret)
	t.Setenv("TABLEAU_USERNAME", s.Username())
	explain := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append([]string{"explain", "Empty Canvas", dir}, args...), strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("%d\n%s%s", code, out.String(), errs.String())
		}
		return out.String()
	}

	_, errs := runSync(t, 0, dir)
	wantParts(t, errs, "missing from Tableau's metadata: ", "darkroom sync --download")
	wantParts(t, explain(), "No table behind it is known.", "names no table")

	out, errs := runSync(t, 0, "--download", dir) // the other file is a stub of the server
	wantParts(t, out, " files downloaded")
	wantParts(t, errs, "workbook files 2", `and from the file: workbook "Shift Planner"`)
	if strings.ContainsAny(out+errs, "\x1b\r") || strings.Contains(out+errs, tableautest.DefaultSecret) {
		t.Error("what should not be shown is shown")
	}
	text := explain()
	wantParts(t, text, "It reads 2 tables; dbt knows all of them.", "is the model fct_orders of the project roastery",
		"Known from", "The workbook's file, downloaded by sync", `line 1 of "Late ones"`)
	wantParts(t, explain("--output", "json"), `"told_by": "The workbook's file, downloaded by sync`, `"status": "linked"`)

	out, errs = runSync(t, 0, dir)
	wantParts(t, out, " files kept from last time", "the same dashboards as last time")
	if strings.Contains(errs, "--download") {
		t.Errorf("a download is suggested that can bring nothing:\n%s", errs)
	}
	if got := explain(); got != text {
		t.Errorf("a later sync without --download knows less:\n%s", got)
	}
	if strings.Contains(explain("--table", "fct_orders"), "\x1b") {
		t.Error("control characters")
	}
}

// download: true is the flag for every sync, also for r in the explorer; it is enough
// for servers without the Metadata API.
func TestDownloadIsASetting(t *testing.T) {
	s := listen(t, tableautest.Options{
		Snapshots: [][]byte{exampleSite(t, "cloud")},
		Switches:  tableautest.Switches{Metadata: tableautest.MetadataForbidden},
	})
	dir := exampleProject(t, s.url)
	_, errs := runSync(t, 3, dir)
	wantParts(t, errs, "FEATURE_DISABLED", "sync --download")
	file := filepath.Join(dir, "darkroom.yml")
	yml, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.Replace(yml, []byte("{name"), []byte("{download: true, name"), 1), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, errs := runSync(t, 0, dir)
	wantParts(t, out, "40 workbooks", "dashboards", "51 files downloaded")
	wantParts(t, errs, "the Metadata API is off")
}

// sheetInFile is emptyCanvas with the sheet that its dashboard shows.
func sheetInFile() []byte {
	return []byte(strings.NewReplacer(
		"</relation></connection>", `</relation><metadata-records><metadata-record class='column'><remote-name>order_id</remote-name>`+
			`<local-name>[order_id]</local-name><parent-name>[fct_orders]</parent-name></metadata-record></metadata-records></connection>`,
		"</datasources></workbook>", `</datasources><worksheets><worksheet name='Nothing yet'><table><view><datasource-dependencies datasource='federated.1'>`+
			`<column name='[order_id]' /></datasource-dependencies></view></table></worksheet></worksheets></workbook>`,
	).Replace(emptyCanvas))
}

// With --download --columns the columns of a dashboard come from its workbook's file where
// Tableau's metadata lacks them.
func TestSyncDownloadWithColumns(t *testing.T) {
	const playground = "c6ea19b4-6c8e-4cc2-8a62-ed3b53dde2be"
	s := listen(t, tableautest.Options{
		Snapshots: [][]byte{exampleSite(t, "cloud")},
		Files:     map[string]tableautest.File{playground: {Data: sheetInFile()}},
	})
	dir := exampleProject(t, s.url)
	says := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append(args, dir), strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("%d\n%s%s", code, out.String(), errs.String())
		}
		return out.String() + errs.String()
	}
	users := func(known bool) string {
		t.Helper()
		text := says("list", "columns", "fct_orders", "--columns", "column,titles", "--output", "csv")
		for _, line := range strings.Split(text, "\n") {
			name, titles, isRow := strings.Cut(line, ",")
			if isRow && strings.Contains(titles, "Empty Canvas") != (known && name == "order_id") {
				t.Errorf("known %t: %q", known, line)
			}
		}
		return text
	}
	runSync(t, 0, "--download", dir) // files without columns, as an older snapshot has them
	wantParts(t, users(false), "columns were not fetched")
	runSync(t, 0, "--columns", dir)
	users(false)
	runSync(t, 0, "--download", "--columns", dir)
	users(true)
	wantParts(t, says("list", "dashboards", "--select", "column:fct_orders.order_id", "--columns", "title", "--output", "csv"), "Empty Canvas")
	runSync(t, 0, "--columns", dir) // what the file said is kept
	users(true)
}
