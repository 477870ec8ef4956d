// Package joinfiles joins the facts that sync read in the files of workbooks and
// published data sources (the "files" of a snapshot) to a site, where its metadata
// says too little, and knows which files are worth reading. The files themselves
// are read by package workbook.
package joinfiles

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/snapshot"
)

// AboutFiles begins every sentence of model.Site.Partial that is about a
// downloaded file: such a gap makes nothing less known than without files.
const AboutFiles = "file of "

// joiner fills data sources from files.
type joiner struct {
	*judge
	site       *model.Site
	files      snapshot.Files
	opened     map[string]*opened             // by kind and LUID
	byBook     map[string][]*model.Datasource // embedded ones by workbook id
	filled     map[*model.Datasource]*filling
	dropped    map[string]bool // ids of tables that the file of some data source replaces, see trim
	replacedIn map[*model.Datasource]map[string]bool
	trails     map[*model.Datasource]*trail

	// What is added to the site at the end, since the index points into it.
	tables map[string]*model.Table
	order  []*model.Table
	stubs  []model.Datasource
}

// opened is a file with its sheets by name; those of one name say nothing.
type opened struct {
	snapshot.File
	key    string
	sheets map[string][]int
	// columns of sheets by name; nil of those of one name
	columns map[string]*snapshot.FileSheetColumns
}

// filling is what came of a file for one data source: its tables by their place
// in the file.
type filling struct {
	*opened
	ids map[int]string
	all []string // the same in order
}

// Join fills the data sources of which the metadata says too little with
// what their files say. Embedded ones are known by workbook and name, as the two
// worlds share no other key; sheets by their name in the workbook; published ones
// by LUID. Files of data sources that the metadata describes are left alone.
func Join(s *model.Site, files snapshot.Files) {
	if files.Empty() {
		return
	}
	j := &joiner{
		judge: newJudge(s), site: s, files: files, byBook: map[string][]*model.Datasource{},
		filled: map[*model.Datasource]*filling{}, dropped: map[string]bool{}, replacedIn: map[*model.Datasource]map[string]bool{},
		trails: map[*model.Datasource]*trail{}, tables: map[string]*model.Table{}, opened: map[string]*opened{},
	}
	lacks := make([]missing, len(s.Datasources)) // all judged before the first is changed
	for i := range s.Datasources {
		d := &s.Datasources[i]
		if lacks[i] = j.missing(d); !d.Published {
			j.byBook[d.WorkbookID] = append(j.byBook[d.WorkbookID], d)
		}
	}
	known := j.tablesKnown()
	for i := range s.Datasources {
		if d := &s.Datasources[i]; lacks[i] != lacksNothing {
			j.fill(d, lacks[i])
		}
	}
	if len(j.filled) > 0 {
		j.trim()
		j.listUsed(known)
	}
	j.listColumns()
	for _, t := range j.order {
		s.Tables = append(s.Tables, *t)
	}
	s.Datasources = append(s.Datasources, j.stubs...)
}

// open prepares a file; nil when there is none.
func (j *joiner) open(kind string, files map[string]snapshot.File, luid string) *opened {
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
	o.openColumns()
	j.opened[kind+key] = o
	return o
}

// source finds the file's data source that d is.
func (j *joiner) source(d *model.Datasource) (*opened, *snapshot.FileSource) {
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
	var src *snapshot.FileSource
	same, alike := 0, 0
	for i := range f.Datasources {
		if f.Datasources[i].Name == d.Name {
			src = &f.Datasources[i]
			same++
		}
	}
	for _, e := range j.byBook[d.WorkbookID] {
		if e.Name == d.Name {
			alike++
		}
	}
	if same > 1 || same == 1 && alike > 1 { // either could be the other: a false edge is worse than a missing one
		gap := AboutFiles + fmt.Sprintf("workbook %s: more than one data source is called %q, and only the name "+
			"connects them to the site's; rename one", model.QuotedName(w.Name), d.Name)
		if !slices.Contains(j.site.Partial, gap) {
			j.site.Partial = append(j.site.Partial, gap)
		}
		src = nil
	}
	return f, src
}
