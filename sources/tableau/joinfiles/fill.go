package joinfiles

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/snapshot"
	"darkroom/sources/tableau/tool"
)

// fill gives d what its file says. A file that says nothing either changes
// nothing: the gap stays as it is.
func (j *joiner) fill(d *model.Datasource, what missing) {
	file, src := j.source(d)
	if src == nil {
		return
	}
	fl := &filling{opened: file, ids: map[int]string{}}
	for _, at := range src.Tables {
		if what == lacksSQL && file.Tables[at].Kind != model.CustomSQLTable.String() {
			continue // the metadata has those
		}
		id := j.table(file.key, &file.Tables[at]).ID
		fl.ids[at] = id
		fl.all = append(fl.all, id)
	}
	fl.all = model.Distinct(fl.all)
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
	d.ParentIDs = append(d.ParentIDs, model.Distinct(parents)...)
	j.replace(d, what, fl.all)
}

// replace puts the tables of the file in the place of those that the metadata
// has as mere ids: the dashboard would otherwise have the link and the gap. Which
// hidden table is which cannot be known, but the file has every table of the
// data source, so together they are the same.
func (j *joiner) replace(d *model.Datasource, what missing, ids []string) {
	gone := map[string]bool{}
	for _, id := range j.ownTables(d) {
		t := j.index.Table[id]
		if t == nil || what == lacksNames || what == lacksSQL && lacksText(t) {
			gone[id], j.dropped[id] = true, true
		}
	}
	j.replacedIn[d] = gone
	var left []string
	for _, id := range d.TableIDs {
		if !gone[id] {
			left = append(left, id)
		}
	}
	d.TableIDs = append(left, ids...)
	for _, id := range ids {
		j.tables[id].AddDatasource(d.ID)
	}
}

// table makes a table of a file, with an id that stays the same for as long as
// the file says the same of it.
func (j *joiner) table(key string, f *snapshot.FileTable) *model.Table {
	facts, _ := json.Marshal(f) // texts and truth values are always fine
	id := "file:" + key + "#" + digest(facts)
	if t := j.tables[id]; t != nil {
		return t
	}
	t := f.Table(id)
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
func (j *joiner) parents(d *model.Datasource, src *snapshot.FileSource, key string) (known []string, unknown []model.Datasource) {
	for _, p := range src.Parents {
		name := cmp.Or(p.Name, p.ContentURL)
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
// unique on a site; where REST did not report those, by a name that only one has, and
// that Tableau makes that URL of: the one that is meant may be hidden.
func (j *joiner) published(p snapshot.FileParent) *model.Datasource {
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
	if j.site.IncompleteLists["publishedDatasources"] != "" {
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
