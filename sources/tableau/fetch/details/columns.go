package details

import (
	"context"
	"fmt"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/lists"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/tableau/snapshot"
)

// Columns asks which columns the fields of all sheets come from, one list of fields after
// the other: each of them is much. What cannot be had is marked for the sheet that it
// concerns. Nothing of the site itself is incomplete for that.
func Columns(ctx context.Context, s *session.Session) error {
	own := *s.Asker.Fresh(columnNotes{s.Found})
	for _, list := range plan.Columns() {
		question, ok, err := list.Details(s.Fields)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		s.Found.Columns.AskFor(question.Member)
		d := &detailing{Session: s, Details: question, list: &list, asker: &own}
		if err := d.read(ctx, d.idsToAsk(nil)); err != nil {
			return err
		}
	}
	return nil
}

// columnNotes takes down what answers about columns say of themselves: it concerns no more
// than the columns.
type columnNotes struct{ found *gathered.Site }

func (n columnNotes) Gap(sentence string)   { n.found.Note(sentence) }
func (n columnNotes) NotIndexed(why string) { n.found.NotIndexed(why) }

// What follows is where details of objects and columns of sheets differ.

func (d *detailing) words() string {
	if d.list.Columns {
		return "columns of " + d.list.Words + " (" + d.Member + ")"
	}
	return "fields of " + d.list.Words
}

// marks is the list under which objects are marked.
func (d *detailing) marks() string {
	if d.list.Columns {
		return snapshot.ColumnsMark
	}
	return d.list.Name
}

// refused is for ids that the server answers nothing about; the next fetch asks again.
func (d *detailing) refused(out ask.Outcome, ids []string) {
	if !d.list.Columns {
		d.Found.GapForNow(fmt.Sprintf("%s: %d are missing: %s", d.words(), len(ids), out.Why))
	}
	d.Found.IncompleteForNow(d.marks(), out.Why, ids...)
}

// unreturned is for ids that the server lists and does not return.
func (d *detailing) unreturned(ids []string) {
	if !d.list.Columns {
		d.Found.Gap(d.words() + ": the server did not return some of them by id")
	}
	d.Found.Incomplete(d.marks(), "the server did not return it by id", ids...)
}

// incomplete marks an object of the list.
func (d *detailing) incomplete(id, why string) {
	if d.list.Columns {
		d.Found.Incomplete(d.marks(), why, id)
		return
	}
	lists.Incomplete(d.Session, d.list, d.Found.Lists[d.list.Name].Entry(id), why)
}

func (d *detailing) detailed(id string) bool {
	if d.list.Columns {
		return d.Found.Columns.Asked(d.Member, id)
	}
	return d.Found.Lists[d.list.Name].Detailed[id]
}

func (d *detailing) record(ids, nodes []string) pages.Record {
	if d.list.Columns {
		return gathered.ColumnsRecord(d.Member, ids, nodes)
	}
	return pages.Record{List: d.list.Name, Detail: ids, Nodes: pages.Raw(nodes), Total: -1}
}

// columnsOf is what is kept of the fields of a sheet; what they hide is marked.
func (d *detailing) columnsOf(id string, fields []gjson.Result) string {
	for _, f := range fields {
		if why := plan.NamesNoColumn(f); why != "" {
			d.incomplete(id, why)
			break
		}
	}
	return gathered.ColumnsEntry(id, fields)
}
