package match_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/modeltest"
)

// res makes a resource of "model.shop.orders" whose relation is rendered as
// `"db"."schema"."name"`, "db.schema.name" and the like; two parts leave the
// database out. Dots inside parts are not supported.
func res(id, relation string, change ...func(*model.Resource)) model.Resource {
	kind, rest, _ := strings.Cut(id, ".")
	pkg, name, _ := strings.Cut(rest, ".")
	r := model.Resource{ID: id, Kind: model.KindOf(kind), Common: &model.Common{Package: pkg}, Name: name[strings.LastIndex(name, ".")+1:], Extra: &model.ResourceExtra{RelationName: relation}}
	if r.Kind == model.KindSource {
		modeltest.Common(&r).SourceName, _, _ = strings.Cut(name, ".")
	}
	parts := strings.Split(strings.NewReplacer(`"`, "", "`", "", "[", "", "]", "").Replace(relation), ".")
	if len(parts) == 3 {
		modeltest.Common(&r).Database, parts = parts[0], parts[1:]
	}
	if len(parts) == 2 {
		modeltest.Extra(&r).Identifier = parts[1]
		modeltest.Common(&r).Schema = parts[0]
	}
	for _, f := range change {
		f(&r)
	}
	return r
}

func project(adapter string, resources ...model.Resource) *model.Project {
	return &model.Project{Name: "shop", Adapter: adapter, Resources: resources}
}

func newMatcher(t testing.TB, cfg match.Config, projects ...*model.Project) *match.Matcher {
	t.Helper()
	m, err := match.New(projects, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// full is a table with a full name and a database field.
func full(conn, name, database string) match.Table {
	return match.Table{FullName: name, Place: &model.Place{ConnectionType: conn, Database: database}}
}

// sql is a name in a custom SQL text, read with its quotes.
func sql(conn, name, database string) match.Table {
	return match.Table{Origin: match.CustomSQL, FullName: name, Place: &model.Place{ConnectionType: conn, Database: database}}
}

// short is "outcome reason node,node ?suggestion,suggestion".
func short(v match.Explanation) string {
	out := v.Outcome.String() + " " + v.Reason.String()
	if len(v.Nodes) > 0 {
		out += " " + strings.Join(ids(v.Nodes), ",")
	}
	if len(v.Suggestions) > 0 {
		out += " ?" + strings.Join(ids(v.Suggestions), ",")
	}
	return out
}

// evidence is all of it as text, to compare and to print.
func evidence(v match.Explanation) string {
	e := v.Evidence
	table := *e.Table
	e.Table = nil
	return fmt.Sprintf("%s\n%s, also %q\n%+v\n%+v", v.Because, v.Confidence, ids(v.Also), e, table)
}

// explain explains a table; its verdict is that of Match.
func explain(t testing.TB, m *match.Matcher, table match.Table) match.Explanation {
	t.Helper()
	v, x := m.Match(table), m.Explain(table)
	if diff := cmp.Diff(verdict(v), verdict(x.Verdict)); diff != "" {
		t.Errorf("the explanation is of another verdict (-match +explain)\n%s", diff)
	}
	if again := m.Match(table); verdict(again) != verdict(v) {
		t.Errorf("two verdicts for one table: %s, %s", verdict(v), verdict(again))
	}
	return x
}

// verdict is all of it as text.
func verdict(v match.Verdict) string {
	return fmt.Sprint(v.Outcome, " ", v.Reason, " ", v.Confidence, " ", ids(v.Nodes), " also ", ids(v.Also))
}

type rule struct {
	name  string
	table match.Table
	want  string
}

// check runs rules against one matcher.
func check(t *testing.T, m *match.Matcher, rules []rule) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			v := explain(t, m, r.table)
			if diff := cmp.Diff(r.want, short(v)); diff != "" {
				t.Errorf("(-want +got)\n%s\n%s", diff, evidence(v))
			}
		})
	}
}
