package merge

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// A hundred rounds in which Tableau and hand edits change things at random: no edit
// of the person is lost, a round without changes changes no byte, and once
// Tableau is back where it was, so is the file, but for the person's edits.
func TestReplay(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 20
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 11))
			w := newReplay(t, r)
			for n := range rounds {
				w.tableau()
				w.person(n)
				w.merge()
			}
			w.undo()
		})
	}
}

// replay plays both sides. hand is the file as it would be had Tableau never
// changed: every edit of the person is made in it too.
type replay struct {
	t          *testing.T
	r          *rand.Rand
	first, now []exposure.Candidate
	gone       map[string]string
	file, base []byte
	hand       []byte
	marks      []string
}

func newReplay(t *testing.T, r *rand.Rand) *replay {
	w := &replay{t: t, r: r, gone: map[string]string{}}
	for i := range 6 {
		w.first = append(w.first, w.dashboard(i))
	}
	w.now = w.clone(w.first)
	w.merge()
	w.hand = w.file
	return w
}

func (w *replay) dashboard(i int) exposure.Candidate {
	p := exposuretest.Shop("1.12.6")
	return exposuretest.Candidate(p, fmt.Sprintf("%08x-0000-4000-8000-00000000000a", i*7919+1), fmt.Sprintf("Board %c %d", 'A'+i%26, i), orders, calendar)
}

func (w *replay) clone(list []exposure.Candidate) []exposure.Candidate {
	out := slices.Clone(list)
	for i := range out {
		d, wb := *out[i].Dashboard, *out[i].Workbook
		out[i].Dashboard, out[i].Workbook = &d, &wb
		out[i].Parents = slices.Clone(out[i].Parents)
	}
	return out
}

// tableau changes some dashboards, adds new ones, lets some go and come back.
func (w *replay) tableau() {
	p := exposuretest.Shop("1.12.6")
	pool := []string{orders, calendar, "seed.shop.countries", "snapshot.shop.history", "source.lib.geo.cities"}
	for range w.r.IntN(4) {
		c := &w.now[w.r.IntN(len(w.now))]
		switch w.r.IntN(9) {
		case 0:
			c.Dashboard.Name = fmt.Sprintf("Title %d's \"best\"", w.r.IntN(100))
		case 1:
			c.URL += "x"
		case 2:
			c.Workbook.Description = strings.Repeat("long words and more ", w.r.IntN(9))
		case 3:
			c.Parents = nil
			for _, id := range pool {
				if w.r.IntN(2) == 0 {
					c.Parents = append(c.Parents, exposuretest.Parent(p, id))
				}
			}
			c.Parents = append(c.Parents, exposuretest.Parent(p, pool[w.r.IntN(len(pool))]))
		case 4:
			c.Dashboard.Tags = []string{"hot", "b", "a"}[:w.r.IntN(4)]
		case 5:
			c.Unmatched, c.Incomplete = w.r.IntN(2), []string{"redacted", "sql"}[:w.r.IntN(3)]
		case 6:
			c.Workbook.Owner = model.User{Name: "Owner " + fmt.Sprint(w.r.IntN(3)), Email: []string{"", "x@y.z"}[w.r.IntN(2)]}
		case 7:
			w.now = append(w.now, w.dashboard(100+w.r.IntN(20)))
		case 8:
			if key := c.Key; w.gone[key] == "" {
				w.gone[key] = "2026-11-23"
			} else {
				delete(w.gone, key)
			}
		}
	}
}

var (
	labelLine = regexp.MustCompile(`(?m)^    label: .*$`)
	plainLine = regexp.MustCompile(`(?m)^    (label|url): "([^"'\\#]*)"$`)
	anyLine   = regexp.MustCompile(`(?m)^(    url: \S+|      email: \S+|      - ref\('fct_orders'\)|          kind: dashboard)$`)
	typeLine  = regexp.MustCompile(`(?m)^    type: dashboard$`)
	metaLine  = regexp.MustCompile(`(?m)^          managed_by: darkroom$`)
	listLine  = regexp.MustCompile(`(?m)^    depends_on:$`)
)

// person edits an entry of the first ones, in the file and in the one that
// Tableau never touched.
func (w *replay) person(n int) {
	mark := fmt.Sprintf("mark%03d", n)
	name := exposure.NameFor(w.first[w.r.IntN(len(w.first))].Dashboard.Name)
	both := func(edit func(block string) string) {
		w.file, w.hand = inBlock(w.file, name, edit), inBlock(w.hand, name, edit)
	}
	insert := func(after *regexp.Regexp, text string) {
		both(func(b string) string { return once(after, b, "${0}\n"+text) })
	}
	switch w.r.IntN(9) {
	case 0:
		both(func(b string) string { return once(labelLine, b, "    label: "+mark) })
	case 1: // the line has to be there on both sides
		if found := anyLine.FindAllString(block(w.hand, name), -1); len(found) > 0 {
			at := regexp.MustCompile("(?m)^" + regexp.QuoteMeta(found[w.r.IntN(len(found))]) + "$")
			if at.MatchString(block(w.file, name)) {
				both(func(b string) string { return once(at, b, "$0  # "+mark) })
				w.marks = append(w.marks, mark)
			}
		}
	case 2:
		insert(typeLine, "    # "+mark)
		w.marks = append(w.marks, mark)
	case 3:
		if !strings.Contains(block(w.hand, name), "maturity") {
			insert(typeLine, "    maturity: high")
		}
	case 4:
		insert(metaLine, "          mine_"+mark+": 1")
		w.marks = append(w.marks, mark)
	case 5:
		insert(listLine, "      - source('by', '"+mark+"')")
		w.marks = append(w.marks, mark)
	case 6:
		if plainLine.MatchString(block(w.hand, name)) && plainLine.FindString(block(w.hand, name)) == plainLine.FindString(block(w.file, name)) {
			both(func(b string) string { return once(plainLine, b, "    $1: '$2'") })
		}
	case 7:
		w.file, w.hand = toEnd(w.file, name), toEnd(w.hand, name)
	}
}

func once(at *regexp.Regexp, s, with string) string {
	loc := at.FindStringSubmatchIndex(s)
	if loc == nil {
		return s
	}
	return s[:loc[0]] + string(at.ExpandString(nil, with, s, loc)) + s[loc[1]:]
}

// cutBlocks parts a file into what comes before its entries, and the entries.
func cutBlocks(file []byte) (head string, blocks []string) {
	parts := strings.Split("\n"+strings.TrimSuffix(string(file), "\n"), "\n  - name: ")
	return parts[0][1:], parts[1:]
}

func joinBlocks(head string, blocks []string) []byte {
	for i := range blocks {
		blocks[i] = strings.TrimRight(blocks[i], "\n")
	}
	return []byte(head + "\n  - name: " + strings.Join(blocks, "\n\n  - name: ") + "\n")
}

func isBlock(name string) func(string) bool {
	return func(b string) bool { return strings.HasPrefix(b, name+"\n") }
}

func block(file []byte, name string) string {
	_, blocks := cutBlocks(file)
	return blocks[slices.IndexFunc(blocks, isBlock(name))]
}

func inBlock(file []byte, name string, edit func(string) string) []byte {
	head, blocks := cutBlocks(file)
	i := slices.IndexFunc(blocks, isBlock(name))
	blocks[i] = edit(blocks[i])
	return joinBlocks(head, blocks)
}

func toEnd(file []byte, name string) []byte {
	head, blocks := cutBlocks(file)
	i := slices.IndexFunc(blocks, isBlock(name))
	b := blocks[i]
	return joinBlocks(head, append(slices.Delete(blocks, i, i+1), b))
}

// merge brings the file up to date, twice.
func (w *replay) merge() {
	w.t.Helper()
	var here []exposure.Candidate
	for _, c := range w.now {
		if w.gone[c.Key] == "" {
			here = append(here, c)
		}
	}
	for again := range 2 {
		plan := exposuretest.Plan(here, mustRead(w.file, w.base).Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile, GoneSince: w.gone})
		res, err := Merge(w.file, w.base, plan)
		if err != nil {
			w.t.Fatalf("%v\n%s", err, w.file)
		}
		if again == 1 && (string(res.Text) != string(w.file) || string(res.Base) != string(w.base)) {
			w.t.Fatalf("an unchanged round changes\n%s%s", Diff(w.file, res.Text, "f"), Diff(w.base, res.Base, "base"))
		}
		w.file, w.base = res.Text, res.Base
	}
	for _, mark := range w.marks {
		if !strings.Contains(string(w.file), mark) {
			w.t.Fatalf("%s is lost:\n%s", mark, w.file)
		}
	}
}

// undo takes back all that Tableau changed.
func (w *replay) undo() {
	w.t.Helper()
	w.now, w.gone = w.clone(w.first), map[string]string{}
	w.merge()
	if d := Diff(w.hand, w.file, "f"); d != "" {
		w.t.Errorf("undoing Tableau's changes leaves\n%s", d)
	}
}
