// Package details is the second pass over the lists: what is too much to ask for at
// once, for the objects that need it, and what REST knows where the Metadata API knows
// nothing.
package details

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/tableau/snapshot"
)

// Read runs the second pass of a list: the costly fields, for the ids of closer and
// those that the list itself chooses. Where the server can page inside an object, no
// object is too large.
func Read(ctx context.Context, s *session.Session, list *plan.List, closer map[string]bool) error {
	question, ok, err := list.Details(s.Fields)
	if err != nil || !ok {
		return err
	}
	d := &detailing{Session: s, Details: question, list: list, asker: s.Asker}
	return d.read(ctx, d.idsToAsk(closer))
}

// read asks about objects by id, as many at once as the server bears.
func (d *detailing) read(ctx context.Context, ids []string) error {
	size := d.PageSize()
	size.Most = min(size.Most, mostIDs)
	for at := 0; at < len(ids); {
		d.Progress(d.words(), at, len(ids), false)
		chunk := ids[at:min(at+size.Now, len(ids))]
		out, nodes, err := d.ask(ctx, chunk, "", innerPage)
		switch {
		case err != nil:
			return err
		case out.Verdict == ask.TooMuch && len(chunk) > 1 && size.Shrink():
			continue
		case out.Verdict == ask.TooMuch:
			err = d.one(ctx, chunk[0], out, nodes)
		case out.Verdict == ask.Refused:
			d.refused(out, ids[at:])
			return nil
		default:
			size.After(ask.Answered)
			err = d.take(ctx, chunk, nodes)
		}
		if err != nil {
			return err
		}
		at += len(chunk)
	}
	if len(ids) > 0 {
		d.Progress(d.words(), len(ids), len(ids), true)
	}
	return nil
}

// idsToAsk are the ids that need details and do not have them, in their order.
func (d *detailing) idsToAsk(closer map[string]bool) []string {
	var ids []string
	for entry := range d.Found.Lists[d.list.Name].Entries {
		o := gjson.Parse(entry)
		id := o.Get("id").String()
		if !d.detailed(id) && (d.list.Thin == nil || d.list.Thin(o) || closer[id]) {
			ids = append(ids, strings.Clone(id)) // of the entry nothing else is kept
		}
	}
	return ids
}

// mostIDs is how many ids a question names: long filters are answered with nothing
// (sources/tableau/API.md#limits).
const mostIDs = 500

// innerPage is how many fields of one object to ask for at once.
const innerPage = 500

// detailing is the second pass over one list.
type detailing struct {
	*session.Session
	plan.Details
	list  *plan.List
	asker *ask.Asker
}

// ask gives the objects with the ids. They fit into one page, but a server may have
// an empty one before it (sources/tableau/API.md#pages).
func (d *detailing) ask(ctx context.Context, ids []string, cursor string, inner int) (out ask.Outcome, nodes []gjson.Result, err error) {
	vars := map[string]any{"first": len(ids), "ids": ids}
	if d.Paged {
		vars["inner"] = inner
		if cursor != "" {
			vars["in"] = cursor
		}
	}
	for range len(ids) + 10 {
		out, err = d.asker.Ask(ctx, d.words(), d.Query, vars)
		v := out.Data.Get("list")
		nodes = append(nodes, v.Get("nodes").Array()...)
		if out.Verdict == ask.Answered {
			d.Found.Doubtful(d.marks(), v.Get("nodes"), out.Doubts, ids...)
		}
		next := v.Get("pageInfo.endCursor").String()
		if err != nil || out.Verdict != ask.Answered || !v.Get("pageInfo.hasNextPage").Bool() || next == "" || next == vars["after"] {
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
		if id == "" { // null, or something else that was not asked for
			continue
		}
		delete(missing, id)
		list, next, complete := d.flatten(o)
		if !complete {
			d.incomplete(id, "the server does not say where the list ends")
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
		d.unreturned(slices.Sorted(maps.Keys(missing)))
	}
	return d.keep(ids, nodes)
}

func (d *detailing) keep(ids, nodes []string) error {
	return d.Found.Keep(d.record(ids, nodes))
}

// flatten takes the entries out of a paged list, and the cursor if there are more.
// It is complete where the server says that it ends, or how it goes on.
func (d *detailing) flatten(o gjson.Result) (list []string, next string, complete bool) {
	if !d.Paged {
		return nil, "", true
	}
	v := o.Get(d.Member + "Connection")
	more := v.Get("pageInfo.hasNextPage")
	if more.Bool() {
		next = v.Get("pageInfo.endCursor").String()
	}
	for _, item := range v.Get("nodes").Array() {
		list = append(list, item.Raw)
	}
	return list, next, more.IsBool() && more.Bool() == (next != "")
}

// entry is an object with its list as it is kept.
func (d *detailing) entry(o gjson.Result, list []string) string {
	if d.list.Columns {
		fields := o.Get(d.Member).Array()
		for _, text := range list {
			fields = append(fields, gjson.Parse(text))
		}
		return d.columnsOf(o.Get("id").String(), fields)
	}
	if !d.Paged {
		return canonical.JSON(o)
	}
	return canonical.JSON(gjson.Parse(fmt.Sprintf(`{"id":%s,%q:[%s]}`, o.Get("id").Raw, d.Member, strings.Join(list, ","))))
}

// more pages through one object. What cannot be had is marked, not waited for.
func (d *detailing) more(ctx context.Context, id, cursor string) ([]string, error) {
	var list []string
	size := ask.PageSize{Now: innerPage, Most: innerPage}
	for {
		out, nodes, err := d.ask(ctx, []string{id}, cursor, size.Now)
		switch {
		case err != nil:
			return nil, err
		case out.Verdict == ask.TooMuch && size.Shrink():
			continue
		case ask.Unreachable(out.Lost):
			return nil, out.Lost
		}
		next, complete := "", false
		if len(nodes) > 0 {
			var items []string
			items, next, complete = d.flatten(nodes[0])
			list = append(list, items...)
		}
		stuck := next != "" && next == cursor
		if out.Verdict != ask.Answered || stuck || !complete {
			d.incomplete(id, cmp.Or(out.Why, "the server repeats or leaves out a page"))
		}
		if next == "" || stuck {
			return list, nil
		}
		cursor = next
	}
}

// one is for a single object that is too much at once.
func (d *detailing) one(ctx context.Context, id string, out ask.Outcome, came []gjson.Result) error {
	if d.Paged {
		list, err := d.more(ctx, id, "")
		if err != nil {
			return err
		}
		o := gjson.Parse(`{"id":` + snapshot.Quote(id) + `}`)
		return d.keep([]string{id}, []string{d.entry(o, list)})
	}
	if ask.Unreachable(out.Lost) {
		return out.Lost
	}
	d.incomplete(id, out.Why)
	var nodes []string
	for _, o := range came {
		nodes = append(nodes, d.entry(o, nil))
	}
	return d.keep([]string{id}, nodes)
}
