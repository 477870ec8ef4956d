package fetch_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/snapshot"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/tableau/workbook"
	"darkroom/sources/tableau/workbooktest"
)

// withColumns adds columns of all sheets to a snapshot: of the tables that a sheet reads
// some columns each, of a few sheets many.
func withColumns(t *testing.T, data []byte, random *rand.Rand) []byte {
	t.Helper()
	w := snapshot.NewColumnsWriter()
	for i, s := range load(t, data).Sheets {
		var all []model.TableColumn
		most := 6
		if i%17 == 3 {
			most = 80
		}
		for _, table := range s.TableIDs {
			for n := range 1 + random.IntN(most) {
				if len(all) == 0 || random.IntN(3) > 0 {
					all = append(all, model.TableColumn{TableID: table, Name: fmt.Sprintf("column_%d", n)})
				}
			}
		}
		w.Sheet(s.ID, len(all), func(i int) (table, name string) { return all[i].TableID, all[i].Name })
	}
	var members []string
	for _, m := range w.Members() {
		rows := m.Rows
		if m.Keys != nil {
			rows = nil
			for i, key := range m.Keys {
				rows = append(rows, fmt.Sprintf("%q:%s", key, m.Rows[i]))
			}
		}
		text := "[" + strings.Join(rows, ",") + "]"
		if m.Keys != nil {
			text = "{" + strings.Join(rows, ",") + "}"
		}
		members = append(members, fmt.Sprintf("%q:%s", m.Name, text))
	}
	return bytes.Replace(data, []byte(`"metadata":{`), []byte(`"columns":{`+strings.Join(members, ",")+`},"metadata":{`), 1)
}

// columnsOf are the columns of each sheet in words, and why they may not be all.
func columnsOf(s *model.Site) map[string][]string {
	out := map[string][]string{}
	for _, x := range s.Sheets {
		list := []string{fmt.Sprint("known ", x.Columns.Known, " ", x.Columns.Why)}
		for _, at := range x.Columns.At {
			list = append(list, s.Columns[at].TableID+"."+s.Columns[at].Name)
		}
		out[x.ID] = list
	}
	return out
}

// Of every sheet exactly the columns come back that its fields name, whatever the limits
// of the server.
func TestColumnsComeBackWhole(t *testing.T) {
	data := withColumns(t, bigsite.Snapshot(6, 3, 4, 9), rand.New(rand.NewPCG(1, 2)))
	for name, change := range map[string]func(*tableautest.Switches){
		"no limit":           func(*tableautest.Switches) {},
		"a low node limit":   func(s *tableautest.Switches) { s.NodeLimit = 90 },
		"nulls with it":      func(s *tableautest.Switches) { s.NodeLimit, s.NullInNonNull = 60, true },
		"a time limit":       func(s *tableautest.Switches) { s.TimeLimitNodes = 90 },
		"empty pages":        func(s *tableautest.Switches) { s.EmptyPages, s.NodeLimit = true, 200 },
		"an unstable order":  func(s *tableautest.Switches) { s.UnstableOrder = true },
		"objects come twice": func(s *tableautest.Switches) { s.Duplicates = true },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, data, tableautest.Options{RESTVersion: "3.28"})
			r.Set(change)
			r.opt.Columns = true
			s, got := r.fetch(t)
			if len(s.Partial)+len(s.Notes) > 0 {
				t.Errorf("partial %q, notes %q", s.Partial, s.Notes)
			}
			if d := cmp.Diff(columnsOf(r.truth), columnsOf(load(t, got))); d != "" {
				t.Error("want (-), got (+):\n" + d)
			}
			if _, again := r.fetch(t); !bytes.Equal(got, again) {
				t.Error("two runs give different bytes")
			}
		})
	}
}

// So do those of the examples, and what is not known of them.
func TestColumnsOfExamplesComeBack(t *testing.T) {
	for name, version := range map[string]string{"cloud.json.gz": "3.28", "server.json.gz": "3.27"} {
		r := newRig(t, example(t, name), tableautest.Options{RESTVersion: version})
		r.opt.Columns = true
		_, data := r.fetch(t)
		if d := cmp.Diff(columnsOf(r.truth), columnsOf(load(t, data))); d != "" {
			t.Error(name + ": want (-), got (+):\n" + d)
		}
	}
}

// Without being asked for, columns cost no question and are not in the snapshot.
func TestNoColumnsUnlessAskedFor(t *testing.T) {
	r := newRig(t, withColumns(t, bigsite.Snapshot(2, 2, 2, 4), rand.New(rand.NewPCG(1, 2))), tableautest.Options{})
	r.opt.Progress = func(p fetch.Progress) {
		if strings.HasPrefix(p.Stage, "columns") {
			t.Error(p.Stage)
		}
	}
	_, data := r.fetch(t)
	site := load(t, data)
	if site.Columns != nil {
		t.Errorf("%v", site.Columns)
	}
	for _, s := range site.Sheets {
		if s.Columns.Known || s.Columns.Why != "" || s.Columns.At != nil {
			t.Errorf("%+v", s.Columns)
		}
	}
}

// A fetch that ends among the columns goes on there, and what it has is good.
func TestColumnsAreResumed(t *testing.T) {
	r := newRig(t, withColumns(t, bigsite.Snapshot(5, 3, 4, 9), rand.New(rand.NewPCG(3, 4))), tableautest.Options{})
	r.opt.Columns, r.opt.FirstPage, r.opt.MaxPage, r.opt.Parallel = true, 10, 10, 1
	r.opt.Scratch = filepath.Join(t.TempDir(), "s.partial")
	for pages := 1; ; pages++ {
		ctx, cancel := context.WithCancel(t.Context())
		seen := 0
		r.opt.Progress = func(p fetch.Progress) {
			if strings.HasPrefix(p.Stage, "columns") {
				if seen++; seen > 2 {
					cancel()
				}
			}
		}
		s, err := fetch.Fetch(ctx, r.client, r.opt)
		cancel()
		if err == nil {
			if !s.Resumed || pages < 5 {
				t.Errorf("resumed %t, %d times", s.Resumed, pages)
			}
			var b bytes.Buffer
			if _, err := s.WriteTo(&b); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(columnsOf(r.truth), columnsOf(load(t, b.Bytes()))); d != "" {
				t.Error("want (-), got (+):\n" + d)
			}
			if err := s.Done(false); err != nil {
				t.Fatal(err)
			}
			return
		}
		if pages > 60 {
			t.Fatal("it never ends")
		}
		r.reconnect(t, func(c *api.Config) {})
	}
}

// What the server cuts off, or does not name, is marked for the sheets that it concerns,
// and nothing of the site itself is incomplete for that.
func TestColumnsThatAreNotAll(t *testing.T) {
	data := withColumns(t, bigsite.Snapshot(2, 2, 3, 4), rand.New(rand.NewPCG(5, 6)))
	marked := bytes.Replace(data, []byte(`"columns":{`), []byte(`"incomplete":{"columns":{"0b000003-0000-4000-8000-000000000004":"x"}},"columns":{`), 1)
	for name, test := range map[string]struct {
		data   []byte
		change func(*rig)
		why    string
		sheets int
	}{
		"a field without a column": {marked, func(*rig) {}, "Tableau names no column for one of its fields", 1},
		"hidden names":             {data, func(r *rig) { r.Set(func(s *tableautest.Switches) { s.Redact = tableautest.RedactTypes("Column") }) }, "Tableau hides the name or the table of a column", 12},
		"linked results": {data, func(r *rig) {
			r.opt.Progress = once("columns", func() { r.Inject(times(tableautest.MetadataError("LINKED_RESULTS_INCOMPLETE"), -1)) })
		}, "Some linked results could not be loaded. Results may be incomplete. (LINKED_RESULTS_INCOMPLETE)", 12},
		"refused": {data, func(r *rig) {
			r.opt.Progress = once("columns", func() { r.Inject(times(tableautest.MetadataError("INVALID_ARGUMENT"), -1)) })
		}, "", 12},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, test.data, tableautest.Options{})
			r.opt.Columns, r.opt.Parallel = true, 1
			test.change(r)
			s, got := r.fetch(t)
			if len(s.Partial) > 0 || len(s.Notes) == 0 {
				t.Errorf("partial %q, notes %q", s.Partial, s.Notes)
			}
			n := 0
			for _, x := range load(t, got).Sheets {
				if x.Columns.Why != "" && (test.why == "" || x.Columns.Why == test.why) && !x.Columns.Known {
					n++
				}
			}
			if n != test.sheets {
				t.Errorf("%d sheets are marked: %q", n, s.Notes)
			}
		})
	}
}

// once does something at the beginning of the first stage that is called so.
func once(stage string, do func()) func(fetch.Progress) {
	done := false
	return func(p fetch.Progress) {
		if !done && strings.HasPrefix(p.Stage, stage) {
			done = true
			do()
		}
	}
}

func times(f tableautest.Fault, n int) tableautest.Fault {
	f.Times = n
	return f
}

// A server and the files of a workbook say the same of the columns of its dashboards.
func TestColumnsOfServerAndFilesAgree(t *testing.T) {
	used := 0
	for seed := range uint64(12) {
		m := workbooktest.New(rand.New(rand.NewPCG(seed, 5)), true)
		files, err := workbook.Load(t.Context(), []string{"site"}, workbook.Options{FS: m.Files()})
		if err != nil {
			t.Fatal(err)
		}
		r := newRig(t, m.Snapshot(), tableautest.Options{RESTVersion: "3.28"})
		r.opt.Columns = true
		_, data := r.fetch(t)
		byServer := workbooktest.InGraph(t, load(t, data))
		if d := cmp.Diff(byServer, workbooktest.InGraph(t, files...)); d != "" {
			t.Fatalf("seed %d: the server (-), the files (+)\n%s", seed, d)
		}
		for _, truth := range byServer {
			used += len(truth.Columns)
		}
	}
	if used == 0 {
		t.Error("no column is used: the workbooks show nothing")
	}
}
