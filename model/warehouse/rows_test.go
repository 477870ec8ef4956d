package warehouse

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// optional are the fields that a row may leave out; every other one is required.
func optional() []string {
	return []string{
		"Aliases", "Native", "Related", "SQLOnly", "Hosts", "Through", "DefaultSchema", "SchemaIsDatabase", "NoDatabase", "Assumed",
		"ProjectPaths", "WildcardSources", "SourceDatabaseIsSchema", "DatabaseIsSchema", "Speaks", "DatabaseWhereKnown", "OnlyDatabase",
	}
}

// missing lists the required fields that a row lacks.
func missing(row reflect.Value) []string {
	var out []string
	for i := range row.NumField() {
		field, name := row.Field(i), row.Type().Field(i).Name
		switch {
		case slices.Contains(optional(), name):
		case field.Kind() == reflect.Struct:
			out = append(out, missing(field)...)
		case field.Kind() == reflect.Array:
			for part := range field.Len() {
				if field.Index(part).IsZero() {
					out = append(out, fmt.Sprintf("%s[%d]", name, part))
				}
			}
		case field.IsZero():
			out = append(out, name)
		}
	}
	return out
}

func TestRowsAreWhole(t *testing.T) {
	for i, w := range table().rows {
		for _, field := range missing(reflect.ValueOf(w)) {
			t.Errorf("row %d (%s) lacks %s", i, w.Adapter, field)
		}
		if (len(w.Hosts) == 0) != (len(w.Through) == 0) {
			t.Errorf("%s: Hosts and Through need each other", w.Adapter)
		}
		if w.Levels != 2 && w.Levels != 3 {
			t.Errorf("%s: %d levels", w.Adapter, w.Levels)
		}
		for _, list := range [][]string{{w.Adapter}, w.Aliases, w.Native, w.Speaks, w.Related, w.SQLOnly, w.Hosts, w.Through} {
			for _, name := range list {
				if name == "" || name != lower(name) {
					t.Errorf("%s: %q is not in lower case", w.Adapter, name)
				}
			}
		}
		for _, suffix := range w.Hosts {
			if suffix[0] != '.' {
				t.Errorf("%s: host %q would fit a host that only ends alike", w.Adapter, suffix)
			}
		}
	}
	// The test itself: a row without anything lacks every required field.
	want := []string{"Adapter", "Levels", "Fold", "Case[0]", "Case[1]", "Case[2]", "Quotes", "DatabaseText", "Dialect"}
	if got := missing(reflect.ValueOf(Warehouse{})); !slices.Equal(got, want) {
		t.Errorf("an empty row lacks %q, want %q", got, want)
	}
}

// TestClaims: two rows never have one adapter or prove themselves by one class,
// but where that is meant.
func TestClaims(t *testing.T) {
	meant := map[string][]string{
		"azure_sqldb": {"sqlserver", "fabric"}, // Tableau reaches Fabric through it; only the host distinguishes them
		"hive":        {"spark", "hive"},       // Spark's connector has the name of dbt's adapter for Hive
		// Spark and Hive read one metastore.
		"hadoophive": {"spark", "hive"}, "hortonworkshadoophive": {"spark", "hive"}, "awshadoophive": {"spark", "hive"}, "maprhadoophive": {"spark", "hive"},
	}
	classes, adapters := map[string][]string{}, map[string][]string{}
	for _, w := range table().rows {
		for _, name := range append([]string{w.Adapter}, w.Aliases...) {
			adapters[name] = append(adapters[name], w.Adapter)
		}
		own := map[string]bool{w.Adapter: true} // as Warehouse.Proof has it
		for _, class := range w.Native {
			own[class] = true
		}
		for class := range own {
			classes[class] = append(classes[class], w.Adapter)
		}
		for _, class := range slices.Concat(w.Related, w.SQLOnly, w.Speaks) {
			if own[class] {
				t.Errorf("%s claims %s twice", w.Adapter, class)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(adapters)) {
		if len(adapters[name]) > 1 {
			t.Errorf("adapter %s is claimed by %q", name, adapters[name])
		}
	}
	for _, class := range slices.Sorted(maps.Keys(classes)) {
		if len(classes[class]) > 1 && !slices.Equal(classes[class], meant[class]) {
			t.Errorf("connection class %s is claimed by %q, meant is %q", class, classes[class], meant[class])
		}
		if kind := KindOf(class); kind != ClassWarehouse {
			t.Errorf("connection class %s of %q leads to no warehouse (%d)", class, classes[class], kind)
		}
	}
	for class := range meant {
		if len(classes[class]) < 2 {
			t.Errorf("connection class %s is claimed by %q only: nothing is left to be meant", class, classes[class])
		}
	}
}

// TestOtherClasses: a class that leads to no warehouse is of one kind.
func TestOtherClasses(t *testing.T) {
	count := 0
	for _, classes := range otherClasses() {
		count += len(classes)
	}
	if have := len(table().kinds); have != count {
		t.Errorf("%d classes in the lists, %d in the table: one is in two lists", count, have)
	}
}
