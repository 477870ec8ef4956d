package habits

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"darkroom/model/warehouse"
)

// written lists habits as testdata/habits.txt has them.
func (d *Dialect) written() string {
	var out []string
	v := reflect.ValueOf(d).Elem()
	for i := range v.NumField() {
		switch f, name := v.Field(i), v.Type().Field(i).Name; f.Kind() {
		case reflect.Bool:
			if f.Bool() {
				out = append(out, name)
			}
		case reflect.String:
			if f.String() != "" {
				out = append(out, name+"="+f.String())
			}
		default:
			out = append(out, name+"="+[]string{"same", "upper", "lower", "written"}[f.Uint()])
		}
	}
	return strings.Join(out, " ")
}

// TestHabits: by which habits the SQL of each adapter is read.
func TestHabits(t *testing.T) {
	data, err := os.ReadFile("testdata/habits.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	seen := map[warehouse.Dialect]bool{}
	for _, line := range lines {
		name, want, _ := strings.Cut(line, " ")
		if name == "-" {
			name = ""
		}
		d := warehouse.DialectOf(name)
		seen[d] = true
		if got := Of(d).written(); got != strings.TrimSpace(want) {
			t.Errorf("%q\n got %s\nwant %s", name, got, strings.TrimSpace(want))
		}
	}
	for d := range warehouse.Dialects {
		if !seen[d] {
			t.Errorf("no adapter has dialect %d", d)
		}
		if d != warehouse.DialectStandard && *Of(d) == (Dialect{}) {
			t.Errorf("dialect %d has no habits", d)
		}
	}
	if *Of(warehouse.Dialects) != *Of(warehouse.DialectUnknown) {
		t.Error("a dialect that does not exist is not read as an unknown one")
	}
}
