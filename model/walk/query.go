package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/sql"
)

// claim says how our reader treats a table that Tableau's parser saw in a
// custom SQL text.
type claim uint8

const (
	claimNone    claim = iota
	claimRefused       // the text does not read it: a CTE, an alias
	claimKnown         // the text's own reads have it
	claimKept          // the text's expansion adds it
)

// query is a custom SQL text, read once.
type query struct {
	result sql.Result
	claims map[*model.Table]claim
	// kept are the tables of Tableau's parser that say more than the text, or
	// that replace what the reader did not understand.
	kept []*model.Table
	// covered are the reads that a kept table replaces, by index in result.Reads.
	covered map[int]bool
}

// query reads the text of a custom SQL table and compares it with Tableau's own
// list: a table of that list counts only if the reader found a name that fits,
// or did not understand the text (model/sql/RULES.md#joining-with-tableaus-list).
func (w *Walker) query(t *model.Table) *query {
	if q := w.queries[t]; q != nil {
		return q
	}
	q := &query{claims: map[*model.Table]claim{}, covered: map[int]bool{}}
	if t.Query() != "" && isIdentified(t) {
		q.result = sql.Read(t.Query(), sql.Options{Dialect: w.dialect(t), Kind: sql.CustomSQL, InitialSQL: t.Connection().InitialSQL})
	}
	w.queries[t] = q
	reads := readsByTail(q.result.Reads)
	richer := map[int][]*model.Table{}
	for _, id := range t.UpstreamTableIDs() {
		if api := w.index.Table[id]; api != nil && api != t {
			at, fits, more := readThatFits(reads, q.result.Reads, flatTableName(api))
			if !fits && q.renamed(api) {
				q.claims[api] = claimKnown
				continue
			}
			// A name that the session fills is not what Tableau took it for.
			if q.weigh(api, at, fits) && more && q.result.Reads[at].Session == nil {
				richer[at] = append(richer[at], api)
			}
		}
	}
	for at := range q.result.Reads {
		for _, api := range richer[at] {
			q.keepTable(api)
			q.covered[at] = len(richer[at]) == 1
		}
	}
	return q
}

// renamed reports a table whose name the text has, but to which a statement before
// gave another schema or database than the connection's, which Tableau goes by.
func (q *query) renamed(api *model.Table) bool {
	table := lastPart(flatTableName(api))
	return slices.ContainsFunc(q.result.Unknown, func(r sql.Ref) bool { return lastPart(flatReadName(r)) == table }) ||
		slices.ContainsFunc(q.result.Reads, func(r sql.Ref) bool { return r.Session != nil && lastPart(flatReadName(r)) == table })
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// weigh decides on one table of Tableau's list; at is the read that fits, if any
// does. It reports whether a read of the text is the table.
func (q *query) weigh(api *model.Table, at int, fits bool) bool {
	switch {
	case api.Kind == model.VirtualConnectionTable:
		q.keepTable(api)
		if fits {
			q.covered[at] = true // its own name is only a hint
		}
	case fits:
		q.claims[api] = claimKnown
		return true
	case len(q.result.Reads) == 0, !q.result.Complete && (isQualified(api) || api.Redacted):
		q.keepTable(api)
	case api.Redacted:
		q.claims[api] = claimKnown // the text has the name that Tableau hides
	default:
		q.claims[api] = claimRefused
	}
	return false
}

// readsByTail maps each read's flat name and what it ends with to the read's index.
func readsByTail(refs []sql.Ref) map[string]int {
	out := make(map[string]int, len(refs))
	for i, r := range refs {
		for name := flatReadName(r); name != ""; {
			if _, taken := out[name]; !taken {
				out[name] = i
			}
			_, name, _ = strings.Cut(name, ".")
		}
	}
	return out
}

func (q *query) keepTable(t *model.Table) {
	q.claims[t] = claimKept
	q.kept = append(q.kept, t)
}

// flatReadName is a read name the way flatTableName writes tables, four parts at most; parts
// before an empty one do not belong to the schema.
func flatReadName(r sql.Ref) string {
	first := max(0, len(r.Parts)-4)
	for i, p := range r.Parts {
		if p == "" {
			first = i + 1
		}
	}
	return strings.ToLower(strings.Join(r.Parts[min(first, len(r.Parts)):], "."))
}

// readThatFits finds the read whose name ends with the table's. Failing that, it finds one
// that the table's name ends with: Tableau then has the schema that the text
// leaves out, and more is true.
func readThatFits(reads map[string]int, all []sql.Ref, name string) (at int, fits, more bool) {
	if at, ok := reads[name]; ok {
		return at, true, false
	}
	for rest := name; ; {
		_, tail, ok := strings.Cut(rest, ".")
		if !ok {
			return 0, false, false
		}
		if at, ok := reads[tail]; ok && flatReadName(all[at]) == tail {
			return at, true, !strings.Contains(tail, ".")
		}
		rest = tail
	}
}

// expandSQL adds what a custom SQL text reads (P5).
func (w *Walker) expandSQL(e *expansion, t *model.Table) {
	q := w.query(t)
	ids := append([]string{t.ID}, t.UpstreamTableIDs()...)
	for i, r := range q.result.Reads {
		if q.covered[i] {
			continue
		}
		step := sqlStep(t)
		step.Line = r.Line
		e.leaves = append(e.leaves, &leaf{table: t, sql: w.sqlRef(t, r), step: &step, ids: ids})
	}
	for _, api := range q.kept {
		from := len(e.leaves)
		w.addTable(e, api, true)
		for _, l := range e.leaves[from:] {
			l.ids = append(l.ids, t.ID)
			if l.sql == nil {
				l.session = cmp.Or(l.session, q.result.Database, q.result.Schema)
			}
		}
	}
	for api, c := range q.claims {
		// A refused one with a schema may be a table of its own next to the text.
		if c == claimRefused && !isQualified(api) || c == claimKnown {
			e.seen = append(e.seen, api)
		}
	}
	e.gaps = append(e.gaps, q.gaps(t)...)
}

// gaps says what is missing from the text's reads.
func (q *query) gaps(t *model.Table) []gapCause {
	if t.Incomplete() == "" {
		return q.gapsOfText(t)
	}
	out := []gapCause{cutOffCause(tableNamed(t), t.Incomplete(), t.ID)}
	if t.Query() != "" && isIdentified(t) {
		out = append(out, q.gapsOfText(t)...)
	}
	return out
}

// gapsOfText is gaps for a table that is known in full.
func (q *query) gapsOfText(t *model.Table) []gapCause {
	switch {
	case t.Query() == "" && t.Redacted:
		return []gapCause{{reason.Redacted, fmt.Sprintf("the text of custom SQL %s is hidden: the account may not see it", model.QuotedName(t.Name)), t.ID}}
	case t.Query() == "" && t.UnsupportedSQL:
		return []gapCause{{reason.UnsupportedSQL, fmt.Sprintf("custom SQL %s could not be parsed, and its text is not in the data", model.QuotedName(t.Name)), t.ID}}
	case t.Query() == "":
		return []gapCause{{reason.SQLIncomplete, fmt.Sprintf("the text of custom SQL %s is not in the data", model.QuotedName(t.Name)), t.ID}}
	case q.result.Suspicious:
		return []gapCause{{reason.SQLSuspicious, fmt.Sprintf("no table was found in custom SQL %s; please check its text", model.QuotedName(t.Name)), t.ID}}
	}
	var out []gapCause
	var procedures, others []string
	for _, g := range q.result.Gaps {
		text := g.String()
		switch g.Kind {
		case sql.GapProcedure:
			procedures = append(procedures, text)
		case sql.GapTemp:
			others = append(others, text+"; an initial SQL may make it, which the metadata does not show")
		default:
			others = append(others, text)
		}
	}
	if names := q.result.Functions; len(names) > 0 {
		texts := make([]string, len(names))
		for i, f := range names {
			texts[i] = functionText(f)
		}
		out = append(out, gapCause{reason.TableFunction, fmt.Sprintf("custom SQL %s, %s", model.QuotedName(t.Name), firstAndCount(texts)), t.ID})
	}
	if len(procedures) > 0 {
		out = append(out, gapCause{reason.StoredProcedure, fmt.Sprintf("custom SQL %s, %s", model.QuotedName(t.Name), firstAndCount(procedures)), t.ID})
	}
	if len(others) > 0 {
		out = append(out, gapCause{reason.SQLIncomplete, fmt.Sprintf("custom SQL %s, %s", model.QuotedName(t.Name), firstAndCount(others)), t.ID})
	}
	return out
}

// firstAndCount shortens a list of remarks.
func firstAndCount(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return fmt.Sprintf("%s; and %d more", list[0], len(list)-1)
}
