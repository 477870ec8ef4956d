package output

import (
	"strings"
	"testing"
)

func fruits() *Listing {
	l := &Listing{Header: []string{"name", "tables", "owner email"}, Usual: 2}
	type fruit struct {
		Name   string `json:"name"`
		Tables int    `json:"tables"`
		Email  string `json:"owner_email"`
	}
	for _, f := range []fruit{{"pear", 9, "b@x"}, {"Apple", 10, ""}, {"quince <b>", 9, "a@x"}} {
		l.Add(f, f.Name, map[int]string{9: "9 of 10", 10: "10"}[f.Tables], f.Email)
	}
	return l
}

// Numbers are ordered as numbers, texts whatever their letters' case, and what is empty
// comes last both ways.
func TestSortListing(t *testing.T) {
	for by, want := range map[string]string{
		"":                     "pear Apple quince",
		"name":                 "Apple pear quince",
		"NAME:desc":            "quince pear Apple",
		"tables":               "pear quince Apple",
		"tables:desc":          "Apple pear quince",
		"tables:desc,name":     "Apple pear quince",
		"tables,name:desc":     "quince pear Apple",
		"owner_email":          "quince pear Apple",
		"owner email:desc":     "pear quince Apple",
		"owner email:asc,name": "quince pear Apple",
	} {
		l := fruits()
		if err := l.Sort(t.Context(), by); err != nil {
			t.Fatal(err)
		}
		var names []string
		for i := range l.Len() {
			names = append(names, strings.Fields(l.Row(i).Cells()[0])[0])
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("by %q: %s, want %s", by, got, want)
		}
	}
}

func TestChooseColumns(t *testing.T) {
	for columns, want := range map[string]map[string]string{
		"":                 {"csv": "name,tables\npear,9 of 10\n", "markdown": "| name | tables |", "table": "NAME        TABLES\n"},
		"tables,name":      {"csv": "tables,name\n9 of 10,pear\n", "markdown": "| tables | name |", "table": "TABLES   NAME\n"},
		"owner_email,NAME": {"csv": "owner email,name\nb@x,pear\n", "json": "\"owner_email\": \"a@x\",\n    \"name\": \"quince <b>\"\n  }"},
		"tables":           {"json": "[\n  {\n    \"tables\": 9\n  },"},
	} {
		for format, part := range want {
			l := fruits()
			if err := l.Choose(columns); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := l.Print(t.Context(), &b, format); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), part) {
				t.Errorf("%s as %s:\n%s\nwithout\n%s", columns, format, b.String(), part)
			}
		}
	}
}

// A wrong name lists those that there are.
func TestWrongColumns(t *testing.T) {
	const names = `; there are name, tables, owner email`
	for _, err := range []error{fruits().Sort(t.Context(), "size"), fruits().Sort(t.Context(), "name,size:desc"), fruits().Choose("name,size"), fruits().Choose("size")} {
		if err == nil || !strings.Contains(err.Error(), `no column "size"`+names) {
			t.Errorf("%v", err)
		}
	}
	if err := fruits().Sort(t.Context(), "name:down"); err == nil || !strings.Contains(err.Error(), "asc or desc") {
		t.Errorf("%v", err)
	}
}
