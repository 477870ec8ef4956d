package pages

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
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
		s, before, err := Open(path, h)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(Record{Gap: "added"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(true); err != nil {
			t.Fatal(err)
		}
		s, after, err := Open(path, h)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close(false) }()
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
