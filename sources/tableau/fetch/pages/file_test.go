package pages

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever lies beside a snapshot, opening it gives records or none, and what is added
// then is read back after them.
func FuzzPages(f *testing.F) {
	h := Head{"print", time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)}
	first, err := json.Marshal(h)
	if err != nil {
		f.Fatal(err)
	}
	good := string(first) + "\n" + `{"list":"workbooks","nodes":[{"id":"a"}],"total":2,"cursor":"c"}` + "\n" + `{"hole":"x"}` + "\n"
	for _, text := range []string{"", good, good[:len(good)-4], good + "{", strings.ReplaceAll(good, "print", "other"), "\n\n", good + "null\n7\n", strings.ReplaceAll(good, "2026", "1926")} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "s.partial")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, left, err := Open(path, h)
		if err != nil {
			t.Fatal(err)
		}
		before := slices.Collect(left)
		if _, err := s.Add(Record{Gap: "added"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(true); err != nil {
			t.Fatal(err)
		}
		s, left, err = Open(path, h)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close(false) }()
		after := slices.Collect(left)
		for _, r := range after {
			r.EachNode(func(node []byte, at int64) {
				if got := s.Text(at, len(node)); at > 0 && got != string(node) {
					t.Fatalf("at byte %d: %q, want %q", at, got, node)
				}
			})
		}
		if len(after) != len(before)+1 || after[len(before)].Gap != "added" {
			t.Fatalf("%d records, then %d", len(before), len(after))
		}
		old, _ := json.Marshal(before)
		now, _ := json.Marshal(after[:len(before)])
		if len(before) > 0 && !bytes.Equal(old, now) {
			t.Errorf("records changed:\n%s\n%s", old, now)
		}
	})
}

// The texts of nodes are read where they were written, in this fetch and in the next.
func TestTextsOfNodes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.partial")
	nodes := []string{`{"id":"a","name":"\"nodes\":[<&>\u2028"}`, `{"id":"b"}`, `{"id":"c","x":[1,{"y":null}]}`}
	check := func(s *File, r Record) {
		t.Helper()
		at := 0
		r.EachNode(func(node []byte, place int64) {
			if got := s.Text(place, len(node)); place == 0 || string(node) != nodes[at] || got != nodes[at] {
				t.Errorf("%q at byte %d: %q", node, place, got)
			}
			at++
		})
	}
	s, _, err := Open(path, Head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := s.Add(Record{List: `a "nodes":[ list`, Nodes: Raw(nodes)})
		if err != nil {
			t.Fatal(err)
		}
		check(s, r)
	}
	if r, err := s.Add(Record{List: "a", Nodes: Raw([]string{`{ "id": "a" }`})}); err != nil || r.at != 0 {
		t.Errorf("a text that is not as it was given has the place %d, error %v", r.at, err)
	}
	if err := s.Close(true); err != nil {
		t.Fatal(err)
	}
	s, left, err := Open(path, Head{Fingerprint: "f"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(false) }()
	records := slices.Collect(left)
	if len(records) != 3 {
		t.Fatalf("%d records", len(records))
	}
	for _, r := range records[:2] {
		check(s, r)
	}
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	if s.Err() != nil || s.Text(records[0].at, 5) != "{}" || s.Err() == nil || !strings.Contains(s.Err().Error(), path) {
		t.Errorf("of a file that was cut off: error %v", s.Err())
	}
}
