package lineage

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
)

// roastery has folders two deep, a source, versions, a package and exposures.
func roastery() *model.Project {
	m := func(pkg, folder, name string, parents ...string) model.Resource {
		return model.Resource{
			ID: "model." + pkg + "." + name, Kind: model.KindModel, Name: name, Package: pkg, Path: "models/" + folder + "/" + name + ".sql",
			FQN: append(append([]string{pkg}, strings.Split(folder, "/")...), name), DependsOn: parents,
		}
	}
	v := func(version string) model.Resource {
		r := m("roastery", "marts/core", "beans")
		r.ID, r.Version, r.LatestVersion, r.Path = r.ID+".v"+version, version, "10", "models/marts/core/beans_v"+version+".sql"
		r.FQN = append(r.FQN, "v"+version)
		return r
	}
	return &model.Project{
		Name: "roastery",
		Resources: []model.Resource{
			{ID: "source.roastery.raw.sales", Kind: model.KindSource, Name: "sales", SourceName: "raw", Package: "roastery", Path: "models/raw.yml", FQN: []string{"roastery", "raw", "sales"}},
			m("roastery", "staging", "stg", "source.roastery.raw.sales"), m("roastery", "marts/core", "fct", "model.roastery.stg"),
			m("roastery", "marts/core", "dim"), m("roastery", "marts", "rpt", "model.roastery.fct", "model.roastery.dim"),
			m("lib", "core", "calendar"), v("9"), v("10"), v("11"),
		},
		Exposures: []model.Exposure{
			{Name: "board", Package: "roastery", Enabled: true, DependsOn: []string{"model.roastery.fct", "model.gone"}},
			{Name: "bored", Package: "roastery", DependsOn: []string{"model.roastery.dim"}},
		},
	}
}

func TestSelectMethods(t *testing.T) {
	g := build(t, []*model.Project{roastery()}, lineagetest.Tower("nowhere"))
	for expr, want := range map[string]string{
		"marts":                     "fct dim rpt beans beans beans",
		"marts.core":                "fct dim beans beans beans",
		"roastery.marts.core":       "fct dim beans beans beans",
		"roastery":                  "sales stg fct dim rpt beans beans beans",
		"core":                      "calendar", // the first folder of lib, in the middle elsewhere
		"mar":                       "",
		"marts.core.fct":            "fct",
		"marts.core.fct.x":          "",
		"*.core.f?t":                "fct",
		"marts.[!c]*":               "rpt", // the folder core begins with c
		"marts.core.*":              "fct dim beans beans beans",
		"d*":                        "dim",
		"beans":                     "beans beans beans",
		"beans.v9":                  "beans",
		"beans_v9":                  "beans",
		"fqn:marts.core,fqn:fct":    "fct",
		"model.roastery.fct":        "fct",
		"raw.sales":                 "sales",
		"raw":                       "sales",
		"models/marts/core":         "fct dim beans beans beans",
		"models/marts/":             "fct dim rpt beans beans beans",
		"./models/staging/stg.sql":  "stg",
		"models/mar":                "",
		"path:models/*/r*.sql":      "rpt",
		"path:models/**/fct.sql":    "fct",
		"path:models/staging":       "stg",
		"fct.sql":                   "fct",
		"fct.csv":                   "",
		"file:fct":                  "fct",
		"file:d*.sql":               "dim",
		"@stg":                      "sales stg fct dim rpt",
		"@dim,tag:none":             "",
		"source:raw":                "sales",
		"source:roastery.raw":       "sales",
		"source:raw.s*":             "sales",
		"source:roastery.raw.sales": "sales",
		"source:lib.raw.sales":      "",
		"version:latest,beans.v10":  "beans",
		"version:latest":            "beans",
		"version:old,beans.v9":      "beans", // 9 comes before 10
		"version:prerelease":        "beans",
		"version:none,marts.core":   "fct dim",
		"package:this,core":         "",
		"package:lib":               "calendar",
		"package:this,staging":      "stg",
		"exposure:board":            "fct",
		"exposure:roastery.board":   "fct",
		"1+exposure:board":          "fct",
		"2+exposure:b*":             "stg fct",
		"+exposure:*":               "sales stg fct",
		"exposure:bored":            "", // disabled
		"exposure:board+":           "fct",
		"on?nowhere":                "on nowhere",
		"fqn:on?nowhere":            "",
	} {
		if got := g.names(chosen(t, g, expr)); got != want {
			t.Errorf("%q selects %q, want %q", expr, got, want)
		}
	}
}

func chosen(t *testing.T, g *Graph, expr string) []ID {
	t.Helper()
	ids, err := g.Select(expr)
	if err != nil {
		t.Errorf("%q: %v", expr, err)
	}
	return ids
}

func TestSelectRefuses(t *testing.T) {
	g := build(t, []*model.Project{roastery()})
	for expr, want := range map[string]string{
		"bogus:x":             "config.materialized, exposure, file, fqn",
		"tags:finance":        `no method "tags:"`,
		"+tags:finance+":      `no method "tags:"`,
		"stg,state:modified":  `no method "state:"`,
		"stg config.meta.x:y": `no method "config.meta.x:"`,
		":x":                  `no method ":"`,
		"@stg+":               "@ does not go with a +",
		"@stg+2":              "@ does not go with a +",
		"version:7":           "latest, old, prerelease or none",
	} {
		if ids, err := g.Select(expr); err == nil || ids != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v; want an error with %q", expr, ids, err, want)
		}
	}
}
