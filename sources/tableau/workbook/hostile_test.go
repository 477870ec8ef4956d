package workbook

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// A folder of archives that were damaged in every way: none stops the others.
func TestHostileFolder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	data, err := os.ReadFile("testdata/sites/views.twb")
	if err != nil {
		t.Fatal(err)
	}
	good := pack(t, member{"Data/x.hyper", strings.Repeat("x", 2000)}, member{"A.twb", string(data)})
	in := fstest.MapFS{"in/whole.twbx": {Data: good}}
	put := func(name string, data []byte) { in["in/"+name] = &fstest.MapFile{Data: data} }
	for i := range 200 {
		cut := good[:rnd.IntN(len(good))]
		put(fmt.Sprintf("cut%d.twbx", i), cut)
		bits := []byte(string(good))
		for range 1 + rnd.IntN(20) {
			bits[rnd.IntN(len(bits))] ^= 1 << rnd.IntN(8)
		}
		put(fmt.Sprintf("bits%d.twbx", i), bits)
		put(fmt.Sprintf("text%d.twb", i), data[:rnd.IntN(len(data))])
	}
	var names []member
	for i := range 20_000 {
		names = append(names, member{fmt.Sprintf("%s/%d.twb", strings.Repeat("../", 1+i%9), i), ""})
	}
	put("climb.twbx", pack(t, names...))
	nested := pack(t, member{"A.twb", string(data)})
	for range 50 {
		nested = pack(t, member{"A.twbx", string(nested)})
	}
	put("nested.twbx", nested)
	in["in/folder.twb/x"] = &fstest.MapFile{}
	in["in/pipe.twb"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: in})
	if len(sites) != 1 || err == nil {
		t.Fatalf("%d sites, %v", len(sites), err)
	}
	checkSite(t, sites[0])
	whole := 0
	for i := range sites[0].Workbooks {
		if sites[0].Workbooks[i].Name == "whole" {
			whole++
		}
	}
	bad := len(sites[0].Partial)
	if whole != 1 || bad < 400 || len(sites[0].Workbooks)+bad != len(in)-1 {
		t.Errorf("%d of %d workbooks, %d bad", len(sites[0].Workbooks), len(in), bad)
	}
}

// What a small file names very often costs as much as its length:
// every case is read within the test's own time limit; quadratic work would exceed it.
func TestNoSquares(t *testing.T) {
	const n = 20_000
	list := func(format string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, strings.ReplaceAll(format, "#", "%[1]d"), i)
		}
		return out.String()
	}
	const ds = "<datasource name='d'><connection class='federated'><named-connections><named-connection name='c'><connection class='postgres'/></named-connection></named-connections>"
	join := "<relation type='collection'><relation name='a' table='[a]'/><relation name='j' type='join'>" + list("<relation name='r#' table='[t#]'/>") + "</relation></relation><cols><map key='[j]' value='[j].[x]'/></cols>"
	cases := map[string]string{
		"same names":   "<datasources>" + list("<datasource name='d'/>") + "</datasources><worksheets>" + list("<worksheet name='s'/>") + "</worksheets><dashboards>" + list("<dashboard name='v'/>") + "</dashboards>",
		"same queries": "<datasources>" + ds + "<relation type='collection'>" + list("<relation name='q' type='text'>select #</relation>") + "</relation></connection></datasource></datasources>",
		"proxies":      "<datasources><datasource name='d'><connection class='federated'><named-connections>" + list("<named-connection name='c#'><connection class='sqlproxy' dbname='p#'/></named-connection>") + "</named-connections></connection></datasource></datasources>",
		"wide sources": "<datasources>" + ds + join + "</connection></datasource></datasources><worksheets>" +
			list("<worksheet name='s#'><view><datasource-dependencies datasource='d'><column name='[x]'><calculation formula='[j]'/></column></datasource-dependencies></view></worksheet>") +
			"</worksheets>",
		"stories": "<worksheets>" + list("<worksheet name='s#'/>") + "</worksheets><dashboards><dashboard name='big'>" + list("<zone name='s#'/>") + "</dashboard>" +
			list("<dashboard name='v#'><story-point captured-sheet='big'/><story-point captured-sheet='s#'/></dashboard>") + "</dashboards>",
		"tooltips": "<worksheets>" + list("<worksheet name='s#'><run>&lt;Sheet name=\"s1\"&lt;Sheet name=\"s2\"</run></worksheet>") + "</worksheets><dashboards><dashboard name='v'>" + list("<zone name='s#'/>") + "</dashboard></dashboards>",
		"formula":  "<datasources>" + ds + "<relation type='collection'><relation name='a' table='[a]'/><relation name='b' table='[b]'/></relation></connection></datasource></datasources><worksheets><worksheet name='s'><view><datasource-dependencies datasource='d'><column name='x'><calculation formula='" + strings.Repeat("[", n) + strings.Repeat("[x].[", n) + "'/></column></datasource-dependencies></view></worksheet></worksheets>",
		"features": "<document-format-change-manifest>" + list("<_.fcp.F#.false...F#/>") + "</document-format-change-manifest><datasources>" + ds + list("<_.fcp.F#.true...relation table='[t#]'/>") + "</connection></datasource></datasources>",
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			s, err := load(t, map[string][]byte{"x.twb": []byte("<workbook>" + text + "</workbook>")}, "x.twb", Options{})
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			ids := 0
			for i := range s.Sheets {
				ids += len(s.Sheets[i].TableIDs)
			}
			for i := range s.Dashboards {
				ids += len(s.Dashboards[i].SheetIDs)
			}
			if ids > 2*maxLinks {
				t.Errorf("%d links", ids)
			}
			if cut := len(s.Partial) > 0; cut != (name == "stories") {
				t.Errorf("partial: %q", s.Partial)
			}
			if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<30 {
				t.Errorf("%d MB were allocated for %d MB", spent>>20, len(text)>>20)
			}
		})
	}
}

// repeated reads a text over and over, up to size bytes.
type repeated struct {
	text       string
	size, sent int
	each       func()
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.sent >= r.size && r.sent%len(r.text) == 0 {
		return 0, io.EOF
	}
	r.each()
	n := copy(p, r.text[r.sent%len(r.text):])
	r.sent += n
	return n, nil
}

// ballast is what makes real workbooks long: styles, encodings, thumbnails.
const ballast = "<style-rule element='mark'><encoding attr='color' field='[federated.1].[none:Region:nk]' palette='tableau-10' type='palette'>" +
	"<map to='#4e79a7'><bucket>&quot;Central&quot;</bucket></map></encoding></style-rule>\n"

func bigWorkbook(size int, each func()) io.Reader {
	head := "<workbook><datasources><datasource name='pg.1'><connection class='postgres'><relation name='o' table='[marts].[o]' type='table'/></connection><style>"
	end := "</style></datasource></datasources><dashboards><dashboard name='D'/></dashboards></workbook>"
	return io.MultiReader(strings.NewReader(head), &repeated{text: ballast, size: size, each: each}, strings.NewReader(end))
}

// A long workbook streams: what is not kept is not held either.
func TestLongFileStreams(t *testing.T) {
	const size = 12 << 20
	var peak, reads uint64
	sample := func() {
		if reads++; reads%1000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
	}
	left := int64(defaultMaxTotal)
	l := loader{ctx: context.Background(), left: left}
	runtime.GC()
	d, err := l.parse(place{file: "big.twb"}, bigWorkbook(size, sample), 0)
	if err != nil || len(d.dashboards) != 1 || left-l.left < size {
		t.Fatalf("%v, %d bytes read", err, left-l.left)
	}
	if peak == 0 || peak > size {
		t.Errorf("the heap grew to %d MB for %d MB", peak>>20, size>>20)
	}
}

func BenchmarkLoad(b *testing.B) {
	const size = 16 << 20
	b.SetBytes(size)
	b.ReportAllocs()
	for range b.N {
		l := loader{ctx: context.Background(), left: defaultMaxTotal}
		if _, err := l.parse(place{}, bigWorkbook(size, func() {}), 0); err != nil {
			b.Fatal(err)
		}
	}
}
