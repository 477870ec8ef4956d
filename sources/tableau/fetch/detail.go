package fetch

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// details runs the second pass of a list: the costly fields, for chosen ids. Where
// the server can page inside an object, no object is too large.
func (f *fetcher) details(ctx context.Context, st *stage) error { //nolint:cyclop // one case per outcome
	l := f.lists[st.list]
	if st.detail == "" || !f.schema.hasRoot(st.list+"Connection") {
		return nil
	}
	sel, err := parseSelection(st.detail)
	if err != nil {
		return err
	}
	d := &detailing{fetcher: f, st: st, sel: sel, paged: len(sel) == 1 && f.schema.has(st.typ, sel[0].name+"Connection")}
	if sel.graphql(st.typ, f.schema, "") == "" {
		return nil
	}
	ids := f.needy(st, l)
	pc := pace{size: f.opt.FirstPage, most: f.opt.MaxPage}
	words := "fields of " + st.words
	for at := 0; at < len(ids); {
		f.progress(words, at, len(ids), false)
		chunk := ids[at:min(at+pc.size, len(ids))]
		out, nodes, err := d.ask(ctx, chunk, "", innerPage)
		switch {
		case err != nil:
			return err
		case out.verdict == tooMuch && len(chunk) > 1 && pc.shrink():
			continue
		case out.verdict == tooMuch:
			err = d.one(ctx, chunk[0], out, nodes)
		case out.verdict == refused:
			f.gap(fmt.Sprintf("%s: %d are missing: %s", words, len(ids)-at, out.why))
			f.cutForNow(st.list, out.why, ids[at:]...)
			return nil
		default:
			pc.answered(whole)
			err = d.take(ctx, chunk, nodes)
		}
		if err != nil {
			return err
		}
		at += len(chunk)
	}
	if len(ids) > 0 {
		f.progress(words, len(ids), len(ids), true)
	}
	return nil
}

// lookCloser picks the sheets whose fields are worth their price: no data source
// is known for them from either side, or one that names no table, for which the
// fields may (facts/matching.md §1.3, §1.4 G3).
func (f *fetcher) lookCloser() {
	silent, known := map[string]bool{}, map[string]bool{}
	for _, entry := range f.lists["embeddedDatasources"].entries {
		o := gjson.Parse(entry)
		for _, id := range o.Get("downstreamSheets.#.id").Array() {
			known[id.String()] = true
			f.closer["sheets"+id.String()] = f.closer["sheets"+id.String()] || lacks("upstreamTables")(o)
		}
		silent[o.Get("id").String()] = lacks("upstreamTables")(o)
	}
	for _, entry := range f.lists["sheets"].entries {
		o := gjson.Parse(entry)
		id := o.Get("id").String()
		closer := f.closer["sheets"+id] || !known[id] && lacks("parentEmbeddedDatasources", "upstreamDatasources")(o)
		for _, source := range o.Get("parentEmbeddedDatasources.#.id").Array() {
			closer = closer || silent[source.String()]
		}
		f.closer["sheets"+id] = closer
	}
}

// needy are the ids that want details and do not have them, in their order.
func (f *fetcher) needy(st *stage, l *list) []string {
	var ids []string
	for _, entry := range l.entries {
		o := gjson.Parse(entry)
		id := o.Get("id").String()
		if !l.detailed[id] && (st.thin == nil || st.thin(o) || f.closer[st.list+id]) {
			ids = append(ids, id)
		}
	}
	return ids
}

// innerPage is how many fields of one object to ask for at once.
const innerPage = 500

type detailing struct {
	*fetcher
	st    *stage
	sel   selection
	paged bool
}

func (d *detailing) query() string {
	inner, vars := "", ""
	if d.paged {
		inner, vars = "(first:$inner,after:$in)", ",$inner:Int,$in:String"
	}
	return fmt.Sprintf("query($first:Int,$after:String,$ids:[ID]%s){list:%sConnection(first:$first,after:$after,filter:{idWithin:$ids})"+
		"{pageInfo{hasNextPage endCursor} nodes{id %s}}}", vars, d.st.list, d.sel.graphql(d.st.typ, d.schema, inner))
}

// ask gives the objects with the ids. They fit into one page, but a server may have
// an empty one before it (facts/tableau.md §2.5).
func (d *detailing) ask(ctx context.Context, ids []string, cursor string, inner int) (out outcome, nodes []gjson.Result, err error) {
	vars := map[string]any{"first": len(ids), "ids": ids}
	if d.paged {
		vars["inner"] = inner
		if cursor != "" {
			vars["in"] = cursor
		}
	}
	for range len(ids) + 10 {
		out, err = d.fetcher.ask(ctx, "fields of "+d.st.words, d.query, vars)
		v := out.data.Get("list")
		nodes = append(nodes, v.Get("nodes").Array()...)
		if out.verdict == whole {
			d.doubted(d.st.list, v.Get("nodes"), out.doubts, ids...)
		}
		next := v.Get("pageInfo.endCursor").String()
		if err != nil || out.verdict != whole || !v.Get("pageInfo.hasNextPage").Bool() || next == "" || next == vars["after"] {
			break
		}
		vars["after"] = next
	}
	return out, nodes, err
}

// take keeps what came for some objects and goes on with those that have more.
func (d *detailing) take(ctx context.Context, ids []string, came []gjson.Result) error {
	var nodes []string
	missing := map[string]bool{}
	for _, id := range ids {
		missing[id] = true
	}
	for _, o := range came {
		id := o.Get("id").String()
		if id == "" { // null, or whatever else nobody asked for
			continue
		}
		delete(missing, id)
		list, next, whole := d.flatten(o)
		if !whole {
			d.incomplete(d.st, d.lists[d.st.list].entry(id), "the server tells no end of the list")
		}
		if next != "" {
			rest, err := d.more(ctx, id, next)
			if err != nil {
				return err
			}
			list = append(list, rest...)
		}
		nodes = append(nodes, d.entry(o, list))
	}
	if len(missing) > 0 {
		d.hole("fields of " + d.st.words + ": some that were asked for by id did not come")
		d.cutOff(d.st.list, "what was asked for by id did not come", slices.Sorted(maps.Keys(missing))...)
	}
	return d.keep(ids, nodes)
}

func (d *detailing) keep(ids, nodes []string) error {
	r := record{List: d.st.list, Detail: ids, Nodes: raw(nodes), Total: -1}
	d.apply(r)
	return d.scratch.add(r)
}

// flatten takes the entries out of a paged list, and the cursor if there are more.
// It is whole where the server says that it ends, or how it goes on.
func (d *detailing) flatten(o gjson.Result) (list []string, next string, whole bool) {
	if !d.paged {
		return nil, "", true
	}
	v := o.Get(d.sel[0].name + "Connection")
	more := v.Get("pageInfo.hasNextPage")
	if more.Bool() {
		next = v.Get("pageInfo.endCursor").String()
	}
	for _, item := range v.Get("nodes").Array() {
		list = append(list, item.Raw)
	}
	return list, next, more.IsBool() && more.Bool() == (next != "")
}

// entry is an object with its list as the snapshot has it.
func (d *detailing) entry(o gjson.Result, list []string) string {
	if !d.paged {
		return canon(o)
	}
	return canon(gjson.Parse(fmt.Sprintf(`{"id":%s,%q:[%s]}`, o.Get("id").Raw, d.sel[0].name, strings.Join(list, ","))))
}

// more pages through one object. What cannot be had is told, not waited for.
func (d *detailing) more(ctx context.Context, id, cursor string) ([]string, error) {
	var list []string
	pc := pace{size: innerPage, most: innerPage}
	for {
		out, nodes, err := d.ask(ctx, []string{id}, cursor, pc.size)
		switch {
		case err != nil:
			return nil, err
		case out.verdict == tooMuch && pc.shrink():
			continue
		case unreachable(out.lost):
			return nil, out.lost
		}
		next, told := "", false
		if len(nodes) > 0 {
			var items []string
			items, next, told = d.flatten(nodes[0])
			list = append(list, items...)
		}
		stuck := next != "" && next == cursor
		if out.verdict != whole || stuck || !told {
			d.incomplete(d.st, d.lists[d.st.list].entry(id), or(out.why, "the server repeats or leaves out a page"))
		}
		if next == "" || stuck {
			return list, nil
		}
		cursor = next
	}
}

// one is for a single object that is too much as a whole.
func (d *detailing) one(ctx context.Context, id string, out outcome, came []gjson.Result) error {
	if d.paged {
		list, err := d.more(ctx, id, "")
		if err != nil {
			return err
		}
		o := gjson.Parse(`{"id":` + quote(id) + `}`)
		return d.keep([]string{id}, []string{d.entry(o, list)})
	}
	if unreachable(out.lost) {
		return out.lost
	}
	d.incomplete(d.st, d.lists[d.st.list].entry(id), out.why)
	var nodes []string
	for _, o := range came {
		nodes = append(nodes, d.entry(o, nil))
	}
	return d.keep([]string{id}, nodes)
}

func (l *list) entry(id string) string {
	if i, ok := l.at[id]; ok {
		return l.entries[i]
	}
	return "{}"
}
