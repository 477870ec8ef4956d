package finder

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"darkroom/model/columns"
	"darkroom/model/lineage"
	"darkroom/ui/fuzzy"
	"darkroom/ui/text"
)

// Most is how many are found at most.
const Most = 100

// Hit is an entry that fits, and how well.
type Hit struct {
	Entry
	rank  int // the least is the best
	score int // the most is the best, of one rank
}

// How an entry fits, the best way first.
const (
	isName = iota
	beginsName
	beginsWord // as "orders" does in fct_orders
	inName
	isPart // columns and sheets, of which there are too many to come before what holds them
	elsewhere
	isLike // only similar letters
)

// every is how many entries are looked at before the end of a search is looked for.
const every = 4096

// Search finds entries with all words of a text, the best ones first; where few have them,
// those with similar names follow. more says that there are more than Most.
func Search(ctx context.Context, g *lineage.Graph, typed string) (hits []Hit, more bool, err error) {
	words := strings.Fields(strings.ToLower(typed))
	if len(words) == 0 {
		return nil, false, nil
	}
	s := search{ctx: ctx, words: words, whole: strings.Join(words, " ")}
	entries := indexOf(g).entries
	for i := range entries {
		if i%every == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		s.look(&entries[i])
	}
	for _, more := range []func(*lineage.Graph) error{s.sheets, s.columns} {
		if err := more(g); err != nil {
			return nil, false, err
		}
	}
	if len(s.hits) < Most {
		if err := s.similar(entries); err != nil {
			return nil, false, err
		}
	}
	slices.SortStableFunc(s.hits, func(a, b Hit) int {
		return cmp.Or(a.rank-b.rank, b.score-a.score, len(a.Name)-len(b.Name), last(a)-last(b), strings.Compare(a.Name, b.Name))
	})
	return s.hits[:min(len(s.hits), Most)], len(s.hits) > Most, ctx.Err()
}

// last orders what has one name: a workbook after what it holds, and after resources.
func last(h Hit) int {
	if h.Holds {
		return 1
	}
	return 0
}

type search struct {
	ctx   context.Context
	words []string
	whole string
	hits  []Hit
}

// look takes an entry with all words.
func (s *search) look(e *Entry) {
	named := true
	for _, w := range s.words {
		if strings.Contains(e.name, w) {
			continue
		}
		if named = false; !strings.Contains(e.where, w) {
			return
		}
	}
	rank := elsewhere
	switch {
	case e.name == s.whole:
		rank = isName
	case named && e.Part:
		rank = isPart
	case strings.HasPrefix(e.name, s.whole):
		rank = beginsName
	case named && beginsAWord(e.name, s.whole):
		rank = beginsWord
	case named:
		rank = inName
	}
	hit := Hit{Entry: *e, rank: rank}
	if rank == isPart && strings.HasPrefix(e.name, s.whole) {
		hit.score = 1
	}
	s.hits = append(s.hits, hit)
}

// beginsAWord reports whether a word of a name, after the first, begins with a text.
func beginsAWord(name, with string) bool {
	return strings.Contains(name, "_"+with) || strings.Contains(name, " "+with)
}

// sheets looks through those of dashboards, as columns does.
func (s *search) sheets(g *lineage.Graph) error {
	if len(s.whole) < 3 {
		return nil
	}
	for i, sheet := range indexOf(g).sheets {
		if i%every == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if strings.Contains(strings.ToLower(sheet.name), s.words[len(s.words)-1]) {
			e := sheet.entry(g)
			s.look(&e)
		}
	}
	return nil
}

// columns looks through the columns that dbt lists and those that only fields name, for one
// word, or for a table and a column. A letter or two would find nearly all.
func (s *search) columns(g *lineage.Graph) error {
	if len(s.whole) < 3 {
		return nil
	}
	x := columns.Of(g)
	for id := range lineage.ID(g.Resources()) {
		if id%every == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if g.Node(id).Resource.HasRelation() {
			for name := range x.Listing(id) {
				s.column(g, x, columns.Column{Relation: id, Name: name})
			}
		}
	}
	return nil
}

func (s *search) column(g *lineage.Graph, x *columns.Index, c columns.Column) {
	if !strings.Contains(strings.ToLower(c.Name), s.words[len(s.words)-1]) {
		return
	}
	e := Entry{Kind: "column", Part: true, Name: c.Name, Where: "of " + g.Node(c.Relation).Resource.VersionedName(), Node: c.Relation}.searchable()
	if n := x.Count(c); n > 0 {
		e.Where += " · " + text.Count(n, "dashboard")
	}
	s.look(&e)
}

// similar adds names that are only like what is typed.
func (s *search) similar(entries []Entry) error {
	m := fuzzy.New(strings.Join(s.words, ""))
	if len(s.whole) < 2 {
		return nil
	}
	known := make(map[lineage.ID]bool, len(s.hits))
	for _, h := range s.hits {
		known[h.Node] = true
	}
	for i := range entries {
		if i%every == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if known[entries[i].Node] {
			continue
		}
		if score := m.Score(entries[i].Name); score > 0 {
			s.hits = append(s.hits, Hit{Entry: entries[i], rank: isLike, score: score})
		}
	}
	return nil
}
