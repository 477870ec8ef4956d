package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/model"
	"darkroom/sources/disk"
	"darkroom/sources/tableau/sitetest"
)

const smallTwb = `<workbook><datasources><datasource name='pg.1'><connection class='postgres' dbname='shop' server='db'>` +
	`<relation name='o' table='[marts].[o]' type='table' /></connection></datasource></datasources>` +
	`<worksheets><worksheet name='A'><table><view><datasources><datasource name='pg.1' /></datasources></view></table></worksheet></worksheets>` +
	`<dashboards><dashboard name='D'><zones><zone name='A' /></zones></dashboard></dashboards></workbook>`

type member struct{ name, text string }

// pack makes an archive.
func pack(t testing.TB, members ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func files(list map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	for name, data := range list {
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

func load(t *testing.T, list map[string][]byte, path string, opt Options) (*model.Site, error) {
	t.Helper()
	opt.FS = files(list)
	sites, err := Load(context.Background(), []string{path}, opt)
	if len(sites) == 0 {
		return nil, err
	}
	checkSite(t, sites[0])
	return sites[0], err
}

func tableNames(s *model.Site) string {
	var out []string
	for i := range s.Tables {
		out = append(out, s.Tables[i].FullName)
	}
	return strings.Join(out, " ")
}

func TestArchives(t *testing.T) {
	tds := `<datasource formatted-name='x'><connection class='postgres' server='db'><relation name='t' table='[from].[tds]' type='table'/></connection></datasource>`
	deep := strings.ReplaceAll(smallTwb, "[marts].[o]", "[not].[this]")
	for _, c := range []struct {
		name    string
		members []member
		want    string
	}{
		{"workbook", []member{{"Image/x.png", "png"}, {"A.twb", smallTwb}, {"Data/Extracts/x.hyper", "HyPe"}}, "[marts].[o]"},
		{"data source", []member{{"Data/x.hyper", "x"}, {"A.tds", tds}}, "[from].[tds]"},
		{"workbook before data source", []member{{"A.tds", tds}, {"B.TWB", smallTwb}}, "[marts].[o]"},
		{"root before folder", []member{{"sub/A.twb", deep}, {"B.twb", smallTwb}}, "[marts].[o]"},
		{"folder if need be", []member{{`sub\B.twb`, smallTwb}}, "[marts].[o]"},
		{"the first of several", []member{{"A.twb", smallTwb}, {"B.twb", deep}}, "[marts].[o]"},
		{"no way out", []member{{"../A.twb", deep}, {"/B.twb", deep}, {`..\C.twb`, deep}, {"x/../../D.twb", deep}, {"sub/E.twb", smallTwb}}, "[marts].[o]"},
		{"resource forks", []member{{"__MACOSX/A.twb", deep}, {"._A.twb", deep}, {"A.twb/", ""}, {"sub/A.twb", smallTwb}}, "[marts].[o]"},
		{"nested archive", []member{{"A.twbx", string(pack(t, member{"B.twb", deep}))}, {"C.twb", smallTwb}}, "[marts].[o]"},
		{"byte order mark", []member{{"A.twb", "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' ?>\r\n" + smallTwb}}, "[marts].[o]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(t, map[string][]byte{"x.twbx": pack(t, c.members...)}, "x.twbx", Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := tableNames(s); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// The ending does not matter: a zip is recognized by its first bytes.
func TestEndingsDoNotMatter(t *testing.T) {
	s, err := load(t, map[string][]byte{"in/a.twb": pack(t, member{"a.twb", smallTwb}), "in/b.twbx": []byte(smallTwb)}, "in", Options{})
	if err != nil || len(s.Workbooks) != 2 || len(s.Dashboards) != 2 {
		t.Errorf("%v, %+v", err, s)
	}
}

// stored packs one member without compression.
func stored(t *testing.T, text string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "A.twb", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(text))
	z.Close()
	return out.Bytes()
}

func lying(t *testing.T, size uint32) []byte {
	data := pack(t, member{"A.twb", smallTwb})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], size) // uncompressed size in the list of members
	return data
}

func TestErrors(t *testing.T) {
	whole := pack(t, member{"A.twb", smallTwb})
	flipped := bytes.Replace(stored(t, smallTwb), []byte("shop"), []byte("shup"), 1) // still XML, but not what was packed
	encrypted := bytes.Clone(whole)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	method := bytes.Clone(whole)
	method[bytes.Index(method, []byte("PK\x01\x02"))+10] = 99
	utf16 := []byte("\xff\xfe")
	for _, r := range smallTwb {
		utf16 = append(utf16, byte(r), 0)
	}
	bombText := "<workbook>" + strings.Repeat(" ", 20<<20) + "</workbook>"
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "x.twb: at line 1: no XML element in it; open it in Tableau and save it again"},
		{"blank", []byte(" \n "), "x.twb: at line 2: no XML element in it;"},
		{"not XML", []byte("{}"), "x.twb: at line 1: no XML element in it;"},
		{"other root", []byte("<?xml version='1.0'?>\n<html></html>"), "x.twb: at line 2: neither a workbook nor a data source: the outermost element is <html>; give a .twb"},
		{"cut XML", []byte("<workbook>\n<datasources>\n<data"), "x.twb: at line 3: the file ends in the middle; copy the file again"},
		{"cut between tags", []byte("<workbook>\n<datasources>"), "x.twb: at line 2: the file ends in the middle; copy the file again"},
		{"wrong nesting", []byte("<workbook>\n<datasources></workbook>"), "x.twb: at line 2: the XML is damaged: element <datasources> closed by </workbook>"},
		{"invalid UTF-8", []byte("<workbook>\n\n\xc3\x28</workbook>"), "x.twb: at line 3: the XML is damaged: invalid UTF-8"},
		{"control character", []byte("<workbook>\x01</workbook>"), "x.twb: at line 1: the XML is damaged: illegal character code U+0001"},
		{"UTF-16", utf16, "x.twb: at line 1: the text is UTF-16 or UTF-32, or not a text; save it as UTF-8"},
		{"UTF-16 without mark", utf16[2:], "x.twb: at line 1: the text is UTF-16 or UTF-32"},
		{"other encoding", []byte("<?xml version='1.0' encoding='windows-1252'?><workbook/>"), "x.twb: at line 1: the text is declared as windows-1252; save it as UTF-8"},
		{"own entity", []byte("<!DOCTYPE workbook [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n<workbook>&b;</workbook>"), "x.twb: at line 2: the XML is damaged: invalid character entity &b;"},
		{"outside entity", []byte("<!DOCTYPE workbook [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<workbook a='&x;'/>"), "x.twb: at line 2: the XML is damaged: invalid character entity &x;"},
		{"deep", []byte("<workbook><worksheets><worksheet name='a'>" + strings.Repeat("<z>", 600)), "x.twb: at line 1: elements are nested more than 512 deep"},
		{"long tag", []byte("<workbook a='" + strings.Repeat("x", maxToken+1<<20) + "'/>"), "x.twb: at line 1: one tag or text is longer than 16 MB"},
		{"long text in pieces", []byte("<workbook><worksheets><worksheet name='a'><run>" + strings.Repeat(strings.Repeat("x", 1<<20)+"<!-- -->", 18)), "x.twb: at line 1: one tag or text is longer than 16 MB"},
		{"no member", pack(t, member{"x.txt", ""}), "x.twb: no .twb and no .tds in this archive; open it in Tableau"},
		{"empty archive", pack(t), "x.twb: no .twb and no .tds in this archive"},
		{"only ways out", pack(t, member{"../A.twb", smallTwb}), "x.twb: no .twb and no .tds in this archive"},
		{"cut archive", whole[:len(whole)-30], "x.twb: the archive is damaged or cut off: zip: not a valid zip file; copy the file again"},
		{"start of an archive", whole[:40], "x.twb: the archive is damaged or cut off"},
		{"damaged member", flipped, `x.twb: in "A.twb": at line 1: the archive is damaged: zip: checksum error; copy the file again`},
		{"encrypted", encrypted, `x.twb: in "A.twb": this member is encrypted; save the workbook without a password`},
		{"strange packing", method, `x.twb: in "A.twb": cannot be unpacked: zip: unsupported compression algorithm; save the workbook again`},
		{"damaged XML in it", pack(t, member{"A.twb", "<workbook>\n<a>"}), `x.twb: in "A.twb": at line 2: the file ends in the middle`},
		{"bomb", pack(t, member{"A.twb", bombText}), `x.twb: in "A.twb": packed more than 200 times smaller than it is: a bomb; remove the file`},
		{"size is a lie", lying(t, 10), `x.twb: in "A.twb": at line 1: the archive is damaged`},
		{"too long in the list", lying(t, 3<<30), `x.twb: in "A.twb": more than 1024 MB of XML`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(t, map[string][]byte{"x.twb": c.data}, "x.twb", Options{})
			var e *disk.Error
			if s != nil || !errors.As(err, &e) || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("site %v, error %.300v\nwant %s", s != nil, err, c.want)
			}
		})
	}
}

// A bomb with a false size in its list of members is found while it is read.
func TestBombThatLies(t *testing.T) {
	data := pack(t, member{"A.twb", "<workbook>" + strings.Repeat(" ", 20<<20) + "</workbook>"})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 1<<20)
	_, err := load(t, map[string][]byte{"x.twbx": data}, "x.twbx", Options{})
	if err == nil {
		t.Error("it was read")
	}
}

func TestLimits(t *testing.T) {
	long := strings.Replace(smallTwb, "<workbook>", "<workbook>"+strings.Repeat("<style a='1'/>", 20_000), 1) // 280 kB
	one := map[string][]byte{"x.twb": []byte(long), "y.twbx": pack(t, member{"A.twb", long})}
	for path, want := range map[string]string{"x.twb": "x.twb: at line 1: more than 0 MB of XML", "y.twbx": `y.twbx: in "A.twb": more than 0 MB of XML`} {
		if _, err := load(t, one, path, Options{MaxBytes: 100_000}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if _, err := load(t, one, path, Options{MaxBytes: 1 << 20}); err != nil {
			t.Error(err)
		}
	}
	many := map[string][]byte{}
	for i := range 5 {
		many[fmt.Sprintf("in/%d.twb", i)] = []byte(long)
	}
	s, err := load(t, many, "in", Options{MaxTotal: 600_000})
	if err == nil || !strings.Contains(err.Error(), "the files of this folder are more than may be read together; split the folder") ||
		len(s.Workbooks) != 2 || len(s.Partial) != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	l := loader{ctx: context.Background(), left: defaultMaxTotal}
	for _, fits := range []bool{true, false} {
		r, err := l.openStream(place{file: "x.twb"}, strings.NewReader("<workbook><dashboards><dashboard name='a'>"+
			strings.Repeat("<zone name='x'/>", 9)+"</dashboard></dashboards></workbook>"), 0)
		if err != nil {
			t.Fatal(err)
		}
		if r.count = maxCount - 10; !fits {
			r.count++
		}
		err = r.root(&document{seen: map[string]bool{}})
		if fits != (err == nil) || err != nil && r.fault(err).Error() != "x.twb: at line 1: more than 2,000,000 objects; a workbook does not look like this; save it again in Tableau" {
			t.Errorf("fits %v: %v", fits, err)
		}
	}
}

// One bad file does not affect the others, and the site reports what it lacks.
func TestOneBadFile(t *testing.T) {
	s, err := load(t, map[string][]byte{
		"in/a.twb": []byte(smallTwb), "in/b.twbx": []byte("<workbook>"), "in/c.tds": []byte("<x/>"), "in/d.twb": []byte(smallTwb),
	}, "in", Options{Name: "N"})
	if s == nil || len(s.Workbooks) != 2 || len(s.Partial) != 2 || !strings.HasPrefix(s.Partial[0], "left out in/b.twbx: at line 1: the file ends") {
		t.Fatalf("%+v", s)
	}
	for _, want := range []string{"in/b.twbx: at line 1: the file ends in the middle", "in/c.tds: at line 1: neither a workbook"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

func TestPaths(t *testing.T) {
	in := files(map[string][]byte{"in/A.TWB": []byte(smallTwb), "none/x.txt": nil, "meta/x.json": nil, "sub/in/a.twb": nil, "dot/.a.twb": nil})
	for path, want := range map[string]bool{
		"in": true, "none": false, "meta": false, "sub": true, "dot": false, "gone": false, "in/A.TWB": true, "gone.tdsx": true, "x.json": false,
	} {
		if got := Handles(path, in); got != want {
			t.Errorf("Handles(%s) = %v", path, got)
		}
	}
	for path, want := range map[string]string{
		"gone.twb": "gone.twb: cannot be opened: file does not exist; check the path",
		"none":     "none: no .twb, .twbx, .tds or .tdsx file in this folder or below it; put workbooks and published data sources there",
	} {
		sites, err := Load(context.Background(), []string{path}, Options{FS: in})
		if len(sites) != 0 || err == nil || err.Error() != want {
			t.Errorf("%v, %v", sites, err)
		}
	}
	sites, err := Load(context.Background(), []string{"in", "gone.twb", "in/A.TWB"}, Options{FS: in, Server: "https://t.example.com/", ContentURL: "acme"})
	if err == nil || len(sites) != 2 || sites[0].File != "in" || sites[1].Name != "acme" || sites[1].Server != "https://t.example.com" {
		t.Errorf("%+v, %v", sites, err)
	}
}

// The real file system is read in the same way.
func TestDisk(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string][]byte{"a.twb": []byte(smallTwb), "b.tdsx": pack(t, member{"b.tds", "<datasource/>"})} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sites, err := Load(context.Background(), []string{dir}, Options{})
	if err != nil || len(sites) != 1 || len(sites[0].Datasources) != 2 || sites[0].Name != filepath.Base(dir) || !Handles(dir, nil) {
		t.Errorf("%+v, %v", sites, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("something was unpacked: %v, %v", entries, err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sites, err := Load(ctx, []string{"x.twb"}, Options{FS: files(map[string][]byte{"x.twb": []byte(smallTwb)})})
	if !errors.Is(err, context.Canceled) || sites != nil {
		t.Errorf("%v, %v", sites, err)
	}
}

// brokenFS fails after the first bytes of every file and cannot seek.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	return &brokenFile{File: f}, err
}

type brokenFile struct {
	fs.File
	reads int
}

func (b *brokenFile) Read(p []byte) (int, error) {
	if b.reads++; b.reads > 2 {
		return 0, &fs.PathError{Op: "read", Path: "x", Err: errors.New("disk on fire")}
	}
	return b.File.Read(p[:min(len(p), 4)])
}

func TestReadErrors(t *testing.T) {
	in := brokenFS{files(map[string][]byte{"x.twb": []byte(smallTwb), "y.twbx": pack(t, member{"A.twb", smallTwb})})}
	for path, want := range map[string]string{
		"x.twb": "x.twb: at line 1: cannot be read: disk on fire", "y.twbx": "y.twbx: an archive that cannot be read from this file system; unpack it",
	} {
		_, err := Load(context.Background(), []string{path}, Options{FS: in})
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Two runs give the same site.
func TestSameTwice(t *testing.T) {
	one := map[string][]byte{"in/a.twb": []byte(smallTwb), "in/b.twb": []byte(smallTwb)}
	a, err := load(t, one, "in", Options{})
	b, err2 := load(t, one, "in", Options{})
	if err != nil || err2 != nil || sitetest.Dump(a) != sitetest.Dump(b) {
		t.Errorf("%v %v", err, err2)
	}
}

// Subfolders belong to the folder. Metadata files keep a folder whose workbooks are all
// further down.
func TestSubfolders(t *testing.T) {
	in := map[string][]byte{"in/x.txt": nil, "in/a/b/a.twb": []byte(smallTwb), "in/.git/b.twb": []byte("broken"), "in/c/c.twb": []byte(smallTwb)}
	if !Handles("in", files(in)) {
		t.Error("workbooks in subfolders count")
	}
	site, err := load(t, in, "in", Options{})
	if err != nil || len(site.Workbooks) != 2 {
		t.Errorf("%+v, error %v", site, err)
	}
	in["in/answer.jsonl"] = []byte("{}")
	if Handles("in", files(in)) {
		t.Error("a folder of metadata with workbooks in a subfolder is one of metadata")
	}
	in["in/d.twb"] = []byte(smallTwb)
	if !Handles("in", files(in)) {
		t.Error("a workbook directly in the folder decides")
	}
}
