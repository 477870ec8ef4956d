package tableau

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// builder gathers objects of one site from any number of documents. Objects
// point at each other by position in their list, so that an id that turns up
// late changes nothing; finish translates positions into ids.
//
// Merging: an object that is met again, in whatever place, fills what is still
// empty and adds links, and never overwrites (facts/matching.md §1.3).
type builder struct {
	wrong error // the first text field that holds something else
	ctx   context.Context
	steps uint // objects opened; the context is looked at now and then
	doc   document
	path  []step
	arena []member // members of the objects being read, innermost last
	texts map[string]string

	index        [kindCount]index
	workbooks    []workbookNode
	dashboards   []dashboardNode
	sheets       []sheetNode
	datasources  []datasourceNode
	tables       []tableNode
	databases    []databaseNode
	connections  []connectionNode
	flows        []flowNode
	askedForDash bool

	documents int // answers read
	site      siteNode
	rest      restData
	files     Files
	holes     holes
	cuts      cuts
}

// step is one part of the place in a document: a member's name or, when name is
// empty, a position in a list.
type step struct {
	name string
	at   int
}

const kindCount = column + 1

// ref points at an object of the builder; the zero ref points nowhere.
type ref struct {
	kind kind
	at   int32
}

func (r ref) ok() bool { return r.kind != none }

// index finds the objects of one kind.
type index struct {
	heads        []head
	byID, byLUID map[string]int32
}

// head is what every object has.
type head struct {
	id      string
	given   bool // the API's own id, not one made up from names
	told    bool // met with more than its id, so not merely linked to
	variant variant
	cut     string // why it may lack something, see model.Dashboard.Incomplete
}

// links are positions of objects; duplicates are dropped at the end.
type links []int32

func (l *links) add(at int32) {
	if n := len(*l); n == 0 || (*l)[n-1] != at {
		*l = append(*l, at)
	}
}

type (
	siteNode struct {
		server, contentURL, name string
		fetched                  string
		snapshot                 bool
	}
	workbookNode struct {
		model.Workbook
		tables, datasources links
	}
	dashboardNode struct {
		model.Dashboard
		workbook                    int32
		sheets, datasources, tables links
		own                         bool // it tells its sheets itself, even that there are none
	}
	sheetNode struct {
		model.Sheet
		workbook            int32
		datasources, tables links
		own                 bool // it names a data source itself
	}
	datasourceNode struct {
		model.Datasource
		workbook               int32
		parents, tables, flows links
		own                    bool // its fields name a table, or a source behind it
	}
	tableNode struct {
		model.Table
		namesAsked                           bool
		database, connection                 int32
		datasources, sheets, upstream, flows links
	}
	databaseNode   struct{ name, connectionType, host string }
	connectionNode struct{ name, connectionType string }
	flowNode       struct {
		model.Flow
		tables, datasources, parents links
	}
)

func newBuilder(ctx context.Context) *builder {
	return &builder{ctx: ctx, texts: map[string]string{}}
}

// node finds the object that o describes, or adds it. The same object is told by
// id, then by LUID (an id can change when Tableau indexes anew), then by a key
// made up from names.
func (b *builder) node(k kind, o object, from ref) ref {
	ix := &b.index[k]
	if ix.byID == nil {
		ix.byID, ix.byLUID = map[string]int32{}, map[string]int32{}
	}
	id, luid := o.text("id"), strings.ToLower(o.text("luid"))
	given := id != ""
	if !given {
		if luid != "" {
			id = "luid:" + luid
		} else {
			id = b.madeUpID(k, o, from)
		}
	}
	at, ok := ix.byID[id]
	if !ok && luid != "" {
		at, ok = ix.byLUID[luid]
	}
	if !ok {
		at = b.add(k)
		ix.heads = append(ix.heads, head{id: strings.Clone(id), given: given})
	}
	if h := &ix.heads[at]; given && !h.given {
		h.id, h.given = strings.Clone(id), true
	}
	// An id that is new for a known LUID becomes a second name of the object.
	if _, known := ix.byID[id]; !known {
		ix.byID[strings.Clone(id)] = at
	}
	if luid != "" {
		if _, known := ix.byLUID[luid]; !known {
			ix.byLUID[strings.Clone(luid)] = at
		}
	}
	return ref{k, at}
}

// add appends an empty object of a kind.
func (b *builder) add(k kind) int32 {
	at := int32(len(b.index[k].heads))
	switch k {
	case workbook:
		b.workbooks = append(b.workbooks, workbookNode{})
	case dashboard:
		b.dashboards = append(b.dashboards, dashboardNode{Dashboard: model.Dashboard{Views: -1}, workbook: -1})
	case sheet:
		b.sheets = append(b.sheets, sheetNode{workbook: -1})
	case datasource:
		b.datasources = append(b.datasources, datasourceNode{workbook: -1})
	case table:
		b.tables = append(b.tables, tableNode{database: -1, connection: -1})
	case database:
		b.databases = append(b.databases, databaseNode{})
	case virtualConnection:
		b.connections = append(b.connections, connectionNode{})
	case flow:
		b.flows = append(b.flows, flowNode{})
	}
	return at
}

func (b *builder) head(r ref) *head { return &b.index[r.kind].heads[r.at] }

// madeUpID is the identity of an object that came without id and LUID, from what
// tells it apart in Tableau: the name within its workbook or project, the full
// name of a table. Without any name it is the place in the file.
func (b *builder) madeUpID(k kind, o object, from ref) string {
	name := o.text("name")
	var scope string
	switch k {
	case dashboard, sheet:
		scope = b.workbookOf(o, from)
	case datasource:
		if from.kind == workbook || o.get("workbook").IsObject() {
			scope = b.workbookOf(o, from)
		} else {
			scope = o.text("projectName")
		}
	case table:
		name += o.text("fullName") + o.text("query")
		scope = strings.Join([]string{o.text("connectionType"), text(o.get("database").Get("name")), o.text("schema"), o.text("fullName")}, "/")
	case database:
		scope = o.text("connectionType") + "/" + o.text("hostName")
	default:
		scope = o.text("projectName") + o.text("uri")
	}
	if name == "" {
		return "at:" + filepath.Base(b.doc.file) + "#" + b.place()
	}
	return "name:" + scope + "/" + name
}

// workbookOf names the workbook that o belongs to, as well as it is known.
func (b *builder) workbookOf(o object, from ref) string {
	if w := o.get("workbook"); w.IsObject() {
		for _, name := range [...]string{"id", "luid", "name"} {
			if s := text(w.Get(name)); s != "" {
				return s
			}
		}
	}
	at := int32(-1)
	switch from.kind {
	case none:
		return ""
	case dashboard:
		at = b.dashboards[from.at].workbook
	case sheet:
		at = b.sheets[from.at].workbook
	case datasource:
		at = b.datasources[from.at].workbook
	}
	if at >= 0 {
		from = ref{workbook, at}
	}
	return b.head(from).id
}

// place is where the reader stands, "data.workbooks[3].sheets".
func (b *builder) place() string {
	var s strings.Builder
	for i, p := range b.path {
		switch {
		case p.name == "":
			s.WriteString("[" + strconv.Itoa(p.at) + "]")
		case i > 0:
			s.WriteString("." + p.name)
		default:
			s.WriteString(p.name)
		}
	}
	return s.String()
}

// keep copies a text out of the document, so that the document can be freed, and
// shares equal short ones.
func (b *builder) keep(s string) string {
	if s == "" {
		return ""
	}
	if known, ok := b.texts[s]; ok {
		return known
	}
	s = strings.Clone(s)
	if len(s) <= 64 {
		b.texts[s] = s
	}
	return s
}

// set fills an empty text.
func (b *builder) set(to *string, r gjson.Result) {
	if b.wrong == nil && (r.IsArray() || r.IsObject() && strings.Contains(r.Raw, `"`)) { // {} is nothing
		b.wrong = b.fault(r, "expected a text, found "+typeName(r))
	}
	if *to == "" {
		*to = b.keep(text(r))
	}
}
