package curate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRuleOfHidden(t *testing.T) {
	yes, no := true, false
	for _, hidden := range []bool{yes, no} {
		s := Subject{Hidden: hidden}
		if (Rule{Hidden: &yes}).fits(s) != hidden || (Rule{Hidden: &no}).fits(s) == hidden || !(Rule{}).fits(s) {
			t.Error("hidden:", hidden)
		}
	}
}

func TestRules(t *testing.T) {
	yes, no := true, false
	rules := []Rule{
		{Projects: []string{"Sandbox"}, Tags: []string{"keep"}, Decide: Included, Why: "asked for"},
		{Projects: []string{"Sandbox", "*/Test*"}, Decide: Excluded, Why: "scratch"},
		{Owners: []string{"bot@example.com"}, Decide: Excluded},
		{PersonalSpace: &yes, Tags: []string{"Keep"}, Decide: Included},
		{Archive: &yes, Views: ">1000", Decide: Undecided, Why: "old and loved"},
		{Certified: &yes, Archive: &no, Decide: Included},
		{Collections: []string{"monday numbers"}, Tags: []string{"x"}, Decide: Excluded},
		{Collections: []string{"Other", "monday numbers"}, Decide: Included, Why: "Mondays"},
		{Views: ">=100", Archive: &no, PersonalSpace: &no, Decide: Included, Why: "used"},
	}
	for _, c := range []struct {
		name string
		s    Subject
		want Default
		none bool
	}{
		{name: "none fits", s: Subject{Project: []string{"Sales"}, Views: 99}, none: true},
		{name: "first of two", s: Subject{Project: []string{"sandbox", "A"}, Tags: []string{"KEEP"}}, want: Default{Included, 1, "asked for"}},
		{name: "all conditions have to fit", s: Subject{Project: []string{"Sandbox"}, Tags: []string{"x"}}, want: Default{Excluded, 2, "scratch"}},
		{name: "pattern", s: Subject{Project: []string{"Sales", "Tests 2026", "x"}}, want: Default{Excluded, 2, "scratch"}},
		{name: "owner", s: Subject{Owner: []string{"", "Bot@example.com"}}, want: Default{Excluded, 3, ""}},
		{name: "personal space", s: Subject{PersonalSpace: true, Views: 5000}, want: Default{Excluded, 0, "it is in a personal space"}},
		{name: "unless a rule says otherwise", s: Subject{PersonalSpace: true, Tags: []string{"keep"}}, want: Default{Included, 4, ""}},
		{name: "archive", s: Subject{Project: []string{"Sales", " ARCHIVE", "2024"}, Views: 7}, want: Default{Excluded, 0, "it is in an archive"}},
		{name: "a rule may leave it open", s: Subject{Project: []string{"Archive"}, Views: 2000}, want: Default{Undecided, 5, "old and loved"}},
		{name: "not an archive", s: Subject{Project: []string{"Archives of Sales"}}, none: true},
		{name: "certified", s: Subject{Certified: true}, want: Default{Included, 6, ""}},
		{name: "collection", s: Subject{Collections: []string{"A", "Monday Numbers"}}, want: Default{Included, 8, "Mondays"}},
		{name: "collection and tag", s: Subject{Collections: []string{"Monday Numbers"}, Tags: []string{"x"}}, want: Default{Excluded, 7, ""}},
		{name: "part of a collection's name", s: Subject{Collections: []string{"Monday"}}, none: true},
		{name: "views", s: Subject{Views: 100}, want: Default{Included, 9, "used"}},
		{name: "unknown views fit nothing", s: Subject{Views: -1}, none: true},
	} {
		got, ok := c.s.Rule(rules)
		if diff := cmp.Diff(c.want, got); diff != "" || ok == c.none {
			t.Errorf("%s: %v %s", c.name, ok, diff)
		}
	}
}

func TestFitsViews(t *testing.T) {
	for _, c := range []struct {
		expr     string
		views    int
		fits, ok bool
	}{
		{">100", 101, true, true},
		{">100", 100, false, true},
		{">=100", 100, true, true},
		{"<5", 4, true, true},
		{"<5", -1, false, true},
		{"<=0", 0, true, true},
		{"=7", 7, true, true},
		{"7", 7, true, true},
		{">1k", 1001, true, true},
		{">1K", 1000, false, true},
		{"<=2.5m", 2_500_000, true, true},
		{"100..1k", 100, true, true},
		{"100..1k", 1000, true, true},
		{"100..1k", 1001, false, true},
		{"100..", 99, false, true},
		{"..100", -1, false, true},
		{">1..5", 3, false, false},
		{"..", 3, false, false},
		{"1kk", 3, false, false},
		{"", 7, false, false},
		{">", 7, false, false},
		{"><7", 7, false, false},
		{">-7", 7, false, false},
		{">+7", 7, false, false},
		{"> 7", 7, false, false},
		{"99999999999999999999", 7, false, false},
	} {
		if fits, ok := FitsViews(c.expr, c.views); fits != c.fits || ok != c.ok {
			t.Errorf("%q of %d: %v %v", c.expr, c.views, fits, ok)
		}
	}
}

// ruled has one dashboard of each kind: i included and x excluded by a rule, u
// undecided by a rule, n without one.
func ruled(records map[string]Record) *Book {
	b := New(records)
	b.SetDefaults(map[string]Default{"i": {Included, 1, "used"}, "x": {Excluded, 0, "it is in an archive"}, "u": {Undecided, 2, ""}})
	return b
}

func TestUserDecisionWins(t *testing.T) {
	b := ruled(map[string]Record{"i": {Decision: Excluded, By: "ana"}, "x": {Decision: Included, By: "ana"}, "u": {Why: "ask first"}})
	for key, want := range map[string]Decision{"i": Excluded, "x": Included, "u": Undecided, "n": Undecided} {
		if got := b.Effective(key); got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
		if _, rule := b.RuledBy(key); rule {
			t.Errorf("%s: a rule decides although a user decided", key)
		}
	}
	b = ruled(nil)
	if b.Effective("i") != Included || b.Effective("x") != Excluded || b.Len() != 0 || b.Clone().Effective("x") != Excluded {
		t.Error("rules should decide what no user decided, without making a record")
	}
	if d, ok := b.RuledBy("i"); !ok || d.String() != "rule 1: used" {
		t.Errorf("%v %v", d, ok)
	}
	if d, _ := b.RuledBy("x"); d.String() != "it is in an archive" {
		t.Errorf("%v", d)
	}
	if d, _ := b.RuledBy("u"); d.String() != "rule 2" {
		t.Errorf("%v", d)
	}
}

// Each line is one dashboard that the keys act on one after another, and what the
// checkbox shows after each: + included, - excluded, . undecided; a capital P
// when it is the user's own decision.
func TestKeysAgainstRules(t *testing.T) {
	for _, c := range []struct{ name, key, steps, want string }{
		{"space on included by rule holds it open, and gives it back", "i", "ss", ".P +"},
		{"x on included by rule", "i", "xx", "-P +"},
		{"space on excluded by rule", "x", "ss", "+P -"},
		{"x on excluded by rule holds it open, and gives it back", "x", "xx", ".P -"},
		{"held open, then included", "x", "xsx", ".P +P -P"},
		{"invert takes an inclusion by rule back", "i", "ii", ".P +"},
		{"invert leaves an exclusion alone", "x", "i", "-"},
		{"clear forgets, the rule holds", "x", "sc", "+P -"},
		{"clear of what only a rule decided changes nothing", "x", "c", "-"},
		{"a reason makes it a person's", "x", "e", "-P"},
		{"taking the reason away keeps the decision", "x", "eE", "-P -P"},
		{"undo gives the rule back", "i", "xu", "-P +"},
		{"redo", "i", "xur", "-P + -P"},
		{"without a rule nothing changed", "n", "ssxx", "+P . -P ."},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, got := ruled(nil), ""
			keys := []string{c.key}
			for _, k := range c.steps {
				switch k {
				case 's':
					b.Toggle(keys, by("p"))
				case 'x':
					b.Exclude(keys, by("p"))
				case 'i':
					b.Invert(keys, by("p"))
				case 'c':
					b.Set(keys, Undecided, by("p"))
				case 'e':
					b.SetWhy(keys, "because", by("p"))
				case 'E':
					b.SetWhy(keys, "", by("p"))
				case 'u':
					b.Undo()
				case 'r':
					b.Redo()
				}
				got += " " + map[Decision]string{Included: "+", Excluded: "-", Undecided: "."}[b.Effective(c.key)]
				if b.Len() > 0 {
					got += "P"
				}
			}
			if got != " "+c.want {
				t.Errorf("got%s, want %s", got, c.want)
			}
		})
	}
}

func TestAParentTicksOnlyWhatIsNotTickedByRule(t *testing.T) {
	b := ruled(nil)
	if c := b.Toggle([]string{"i", "x", "n"}, by("p")); c.Label != "included 2 dashboards" || b.Get("i") != (Record{}) {
		t.Errorf("%q %+v", c.Label, b.Get("i"))
	}
	if state, tally := b.State([]string{"i", "x", "n"}); state != AllIncluded || tally.Included != 3 {
		t.Errorf("%v %v", state, tally)
	}
}
