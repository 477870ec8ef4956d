package tableau

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/tool"
)

// AboutFiles begins every sentence of model.Site.Partial that is about a
// downloaded file: such a hole makes nothing less known than without files.
const AboutFiles = "file of "

// joiner fills data sources from files.
type joiner struct {
	*lookout
	site    *model.Site
	files   Files
	opened  map[string]*opened             // by kind and LUID
	byBook  map[string][]*model.Datasource // embedded ones by workbook id
	filled  map[*model.Datasource]*filling
	dropped map[string]bool // ids of tables that some data source lost, see trim
	lost    map[*model.Datasource]map[string]bool
	trails  map[*model.Datasource]*fate

	// What is added to the site at the end, since the index points into it.
	tables map[string]*model.Table
	order  []*model.Table
	stubs  []model.Datasource
}

// opened is a file with its sheets by name; those of one name tell nothing.
type opened struct {
	File
	key    string
	sheets map[string][]int
}

// filling is what came of a file for one data source: its tables by their place
// in the file.
type filling struct {
	*opened
	ids map[int]string
	all []string // the same in order
}

// joinFiles fills the data sources of which the metadata tells too little with
// what their files tell. Embedded ones are known by workbook and name, as the two
// worlds share no other key; sheets by their name in the workbook; published ones
// by LUID. Files of data sources that the metadata does tell of are left alone.
func joinFiles(s *model.Site, files Files) {
	if files.Empty() {
		return
	}
	j := &joiner{
		lookout: newLookout(s), site: s, files: files, byBook: map[string][]*model.Datasource{},
		filled: map[*model.Datasource]*filling{}, dropped: map[string]bool{}, lost: map[*model.Datasource]map[string]bool{},
		trails: map[*model.Datasource]*fate{}, tables: map[string]*model.Table{}, opened: map[string]*opened{},
	}
	lacks := make([]lack, len(s.Datasources)) // all judged before the first is changed
	for i := range s.Datasources {
		d := &s.Datasources[i]
		if lacks[i] = j.lack(d); !d.Published {
			j.byBook[d.WorkbookID] = append(j.byBook[d.WorkbookID], d)
		}
	}
	told := j.told()
	for i := range s.Datasources {
		if d := &s.Datasources[i]; lacks[i] != lacksNothing {
			j.fill(d, lacks[i])
		}
	}
	if len(j.filled) == 0 {
		return
	}
	j.trim()
	j.use(told)
	for _, t := range j.order {
		s.Tables = append(s.Tables, *t)
	}
	s.Datasources = append(s.Datasources, j.stubs...)
}

// open prepares a file; nil when there is none.
func (j *joiner) open(kind string, files map[string]File, luid string) *opened {
	key := strings.ToLower(luid)
	f, ok := files[key]
	if !ok || key == "" {
		return nil
	}
	if o := j.opened[kind+key]; o != nil {
		return o
	}
	o := &opened{File: f, key: key, sheets: map[string][]int{}}
	for _, s := range f.Sheets {
		if s.Name == "" {
			continue
		}
		if _, twice := o.sheets[s.Name]; twice {
			s.Tables = nil
		}
		o.sheets[s.Name] = s.Tables
	}
	j.opened[kind+key] = o
	return o
}

// source finds the file's data source that d is.
func (j *joiner) source(d *model.Datasource) (*opened, *FileSource) {
	if d.Published {
		f := j.open("datasources", j.files.Datasources, d.LUID)
		if f == nil || len(f.Datasources) != 1 {
			return nil, nil
		}
		return f, &f.Datasources[0]
	}
	w := j.index.Workbook[d.WorkbookID]
	if w == nil {
		return nil, nil
	}
	f := j.open("workbooks", j.files.Workbooks, w.LUID)
	if f == nil {
		return nil, nil
	}
	var src *FileSource
	same, twins := 0, 0
	for i := range f.Datasources {
		if f.Datasources[i].Name == d.Name {
			src = &f.Datasources[i]
			same++
		}
	}
	for _, e := range j.byBook[d.WorkbookID] {
		if e.Name == d.Name {
			twins++
		}
	}
	if same > 1 || same == 1 && twins > 1 { // either could be the other: a false edge is worse than a missing one
		hole := AboutFiles + fmt.Sprintf("workbook %s: more than one data source is called %q, and nothing but the name "+
			"joins them to the site's; rename one", model.QuotedName(w.Name), d.Name)
		if !slices.Contains(j.site.Partial, hole) {
			j.site.Partial = append(j.site.Partial, hole)
		}
		src = nil
	}
	return f, src
}

// fill gives d what its file tells. A file that tells nothing either changes
// nothing: the gap stays as it is.
func (j *joiner) fill(d *model.Datasource, what lack) {
	file, src := j.source(d)
	if src == nil {
		return
	}
	fl := &filling{opened: file, ids: map[int]string{}}
	for _, at := range src.Tables {
		if what == lacksSQL && file.Tables[at].Kind != model.CustomSQLTable.String() {
			continue // the metadata tells those
		}
		id := j.table(file.key, &file.Tables[at]).ID
		fl.ids[at] = id
		fl.all = append(fl.all, id)
	}
	fl.all = unique(fl.all)
	var parents []string
	var unknown []model.Datasource
	if len(d.ParentIDs) == 0 && what != lacksSQL {
		parents, unknown = j.parents(d, src, file.key)
	}
	if len(fl.all)+len(parents) == 0 {
		return
	}
	j.filled[d] = fl
	d.HasExtract = d.HasExtract || src.HasExtract
	for _, p := range unknown {
		parents = append(parents, p.ID)
		if !slices.ContainsFunc(j.stubs, func(s model.Datasource) bool { return s.ID == p.ID }) {
			j.stubs = append(j.stubs, p)
		}
	}
	d.ParentIDs = append(d.ParentIDs, unique(parents)...)
	j.replace(d, what, fl.all)
}

// replace puts the tables of the file in the place of those that the metadata
// has as mere ids: the dashboard would else have the link and the gap. Which
// hidden table is which cannot be known, but the file has every table of the
// data source, so together they are the same.
func (j *joiner) replace(d *model.Datasource, what lack, ids []string) {
	gone := map[string]bool{}
	for _, id := range j.own(d) {
		t := j.index.Table[id]
		if t == nil || what == lacksNames || what == lacksSQL && silentSQL(t) {
			gone[id], j.dropped[id] = true, true
		}
	}
	j.lost[d] = gone
	var left []string
	for _, id := range d.TableIDs {
		if !gone[id] {
			left = append(left, id)
		}
	}
	d.TableIDs = append(left, ids...)
	for _, id := range ids {
		t := j.tables[id]
		t.DatasourceIDs = append(t.DatasourceIDs, d.ID)
	}
}

// table makes a table of a file, with an id that stays the same for as long as
// the file says the same of it.
func (j *joiner) table(key string, f *FileTable) *model.Table {
	facts, _ := json.Marshal(f) // texts and truth values are always fine
	id := "file:" + key + "#" + digest(facts)
	if t := j.tables[id]; t != nil {
		return t
	}
	t := f.table(id)
	j.tables[id] = &t
	j.order = append(j.order, &t)
	return &t
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// parents finds the published data sources that a file names. Of those that are
// not in the data the name is kept, without tables, so that the walk says what is
// missing.
func (j *joiner) parents(d *model.Datasource, src *FileSource, key string) (known []string, unknown []model.Datasource) {
	for _, p := range src.Parents {
		name := firstOf(p.Name, p.ContentURL)
		id := "file:" + key + "#published-" + digest([]byte(p.ContentURL+"\x00"+p.Name))
		switch at := j.published(p); {
		case at == d || name == "" || j.index.Datasource[id] != nil:
		case at != nil:
			known = append(known, at.ID)
		default:
			unknown = append(unknown, model.Datasource{ID: id, Name: name, ContentURL: p.ContentURL, Published: true})
		}
	}
	return known, unknown
}

// published is the data source that a file means: by its content URL, which is
// unique on a site; where REST did not tell those, by a name that only one has, and
// that Tableau makes that URL of: the one that is meant may be hidden.
func (j *joiner) published(p FileParent) *model.Datasource {
	addressed := false
	for i := range j.site.Datasources {
		d := &j.site.Datasources[i]
		if !d.Published || d.LUID == "" {
			continue
		}
		addressed = addressed || d.ContentURL != ""
		if p.ContentURL != "" && strings.EqualFold(d.ContentURL, p.ContentURL) {
			return d
		}
	}
	if p.ContentURL != "" && (addressed || tool.Squeeze(p.Name) != tool.Squeeze(p.ContentURL)) {
		return nil
	}
	return j.publishedAs(p.Name)
}

// publishedAs is the one published data source of that name; where the list was cut
// off, another one may have it, too.
func (j *joiner) publishedAs(name string) (found *model.Datasource) {
	if j.site.Cut["publishedDatasources"] != "" {
		return nil
	}
	for i := range j.site.Datasources {
		d := &j.site.Datasources[i]
		if name != "" && d.Published && d.LUID != "" && strings.EqualFold(d.Name, name) {
			if found != nil {
				return nil
			}
			found = d
		}
	}
	return found
}
