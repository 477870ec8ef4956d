package refreshes

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"darkroom/model/refresh"
	"darkroom/sources/disk/disktest"
)

var (
	now = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)
	key = refresh.Key{Site: "t.example.com/shop", Kind: refresh.Workbook, LUID: "3cc6cd06-89ce-4fdc-b935-5294135d6d42"}
)

// Of several runs that have read the same record one may ask.
func TestOneClaims(t *testing.T) {
	root := t.TempDir()
	var claims sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, claimed, err := Open(root).Claim(t.Context(), key, "Sales", Record{}, now)
			if err != nil {
				t.Error(err)
			}
			if claimed {
				claims.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	claims.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d runs may ask", n)
	}
}

// A record goes from a request to its end; what ended well is remembered when the next one
// begins, and another request's record is left alone.
func TestLifeOfARecord(t *testing.T) {
	s := Open(t.TempDir())
	first, claimed, err := s.Claim(t.Context(), key, "Sales", Record{}, now)
	if err != nil || !claimed {
		t.Fatal(claimed, err)
	}
	wantAttempt(t, first, refresh.Asked)
	running, err := s.Note(t.Context(), key, first.ID, func(r *Record) { r.Job = "j1" })
	if err != nil {
		t.Fatal(err)
	}
	wantAttempt(t, running, refresh.Running)
	if _, claimed, _ = s.Claim(t.Context(), key, "Sales", Record{}, now); claimed {
		t.Error("claimed by a run that did not read the record")
	}
	done, err := s.Note(t.Context(), key, first.ID, func(r *Record) {
		r.Outcome, r.Began, r.Ended = Success, now, now.Add(time.Minute)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantAttempt(t, done, refresh.Succeeded)
	second, claimed, err := s.Claim(t.Context(), key, "Sales", done, now.Add(30*time.Minute))
	if err != nil || !claimed || second.Last == nil || !second.Last.Began.Equal(now) || len(second.Earlier) != 1 {
		t.Errorf("%+v %v", second, err)
	}
	wantAttempt(t, second, refresh.Asked)
	if other, err := s.Note(t.Context(), key, first.ID, func(r *Record) { r.Outcome = Failed }); err != nil || other.Outcome != Unsettled {
		t.Errorf("the record of another request: %+v %v", other, err)
	}
	if started, err := s.Started(key.Site); err != nil || len(started) != 2 {
		t.Errorf("%v %v", started, err)
	}
	refused, err := s.Note(t.Context(), key, second.ID, func(r *Record) { r.Outcome = Refused })
	if err != nil {
		t.Fatal(err)
	}
	wantAttempt(t, refused, refresh.Failed)
	if started, _ := s.Started(key.Site); len(started) != 1 {
		t.Errorf("a refused request counts: %v", started)
	}
}

func wantAttempt(t *testing.T, r Record, want refresh.Progress) {
	t.Helper()
	all := r.Attempts()
	if len(all) == 0 || all[len(all)-1].Progress != want {
		t.Errorf("%+v, want the last to be %d", all, want)
	}
}

// Whatever an id is called, its file is one of the folder, and no two have the same.
func TestNamesOfFiles(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range []refresh.Key{
		key,
		{Site: key.Site, Kind: refresh.Published, LUID: key.LUID},
		{Site: "t.example.com/other", Kind: refresh.Workbook, LUID: key.LUID},
		{Site: "t-example-com/shop", Kind: refresh.Workbook, LUID: key.LUID},
		{Site: "../..", Kind: refresh.Workbook, LUID: "../../x"},
		{Site: "../..", Kind: refresh.Workbook, LUID: "../../X"},
		{Site: "", Kind: refresh.Workbook, LUID: ""},
	} {
		name := nameOf(k)
		if seen[name] || strings.Contains(name, "..") || strings.Count(name, "/") != 1 || strings.HasPrefix(name, ".") {
			t.Errorf("%+v is in %s", k, name)
		}
		seen[name] = true
	}
}

// A view writes nothing, a link leads nowhere, and what is not a record is named.
func TestWhatIsOnDisk(t *testing.T) {
	root := t.TempDir()
	if _, _, err := View(root).Claim(t.Context(), key, "Sales", Record{}, now); err != nil || len(disktest.Files(t, root)) > 0 {
		t.Errorf("a view has written: %v", err)
	}
	first, _, err := Open(root).Claim(t.Context(), key, "Sales", Record{}, now)
	if err != nil {
		t.Fatal(err)
	}
	before := disktest.Files(t, root)
	if seen, err := View(root).Note(t.Context(), key, first.ID, func(r *Record) { r.Outcome = Failed }); err != nil || seen.Outcome != Failed {
		t.Errorf("%+v %v", seen, err)
	}
	after := disktest.Files(t, root)
	name := dir + "/" + nameOf(key)
	if before[name] != after[name] || before[name] == "" {
		t.Errorf("a view has written %s", name)
	}

	for text, says := range map[string]string{"{": "not a record", `{"format": 2}`: "its format is 2", "[]": "not a record"} {
		disktest.Write(t, root, name, text)
		if _, err := Open(root).Read(key); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", text, err)
		}
	}
	outside := filepath.Join(t.TempDir(), "outside.json")
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := errors.Join(os.Remove(path), os.WriteFile(outside, []byte("{}"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, path); err != nil {
		t.Skip(err)
	}
	if _, _, err := Open(root).Claim(t.Context(), key, "Sales", Record{}, now); err == nil {
		t.Error("a link is followed")
	}
}
