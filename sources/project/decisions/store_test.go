package decisions

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

// open opens a store and closes it with the test; warnings are collected.
func open(t *testing.T, root string, opt Options) (*Store, *curate.Book, *[]error) {
	t.Helper()
	var warnings []error
	opt.Warn = func(err error) { warnings = append(warnings, err) }
	s, b, err := Open(root, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, b, &warnings
}

func TestStoreKeepsDecisions(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	disktest.Must(t, s.Save(b))
	if disktest.Read(t, root, decisionsName) != "" {
		t.Error("no decision, no file")
	}
	disktest.Must(t, s.Append(b.Toggle([]string{"a", "b"}, curate.Meta{At: evening, By: "ana"})))
	disktest.Must(t, s.Append(b.SetWhy([]string{"b"}, "why not", curate.Meta{})))
	disktest.Must(t, s.Append(curate.Change{}))
	if got := strings.Count(disktest.Read(t, root, journalName), "\n"); got != 2 {
		t.Errorf("%d lines in the journal, want one per change", got)
	}
	disktest.Must(t, s.Close()) // a closed terminal

	s, b, _ = open(t, root, Options{})
	if s.Replayed() != 2 || b.Get("b") != (curate.Record{Decision: curate.Included, At: evening, By: "ana", Why: "why not"}) {
		t.Errorf("replayed %d: %+v", s.Replayed(), b.Get("b"))
	}
	disktest.Must(t, s.Save(b))
	saved := decisionsHead + `  "a": {decision: include, at: 2026-11-23T18:00:00Z, by: "ana"}
  "b": {decision: include, at: 2026-11-23T18:00:00Z, by: "ana", why: "why not"}
`
	if diff := cmp.Diff(saved, disktest.Read(t, root, decisionsName)); diff != "" || disktest.Read(t, root, journalName) != "" {
		t.Error("decisions.yml or a journal that is not empty", diff)
	}
	disktest.Must(t, s.Append(b.Exclude([]string{"a", "b"}, curate.Meta{})))
	disktest.Must(t, s.Save(b))
	c, _ := b.Undo()
	disktest.Must(t, s.Append(c))
	disktest.Must(t, s.Save(b))
	if diff := cmp.Diff(saved, disktest.Read(t, root, decisionsName)); diff != "" {
		t.Error("undo and save is not the first file", diff)
	}
	if diff := cmp.Diff(gitignore, disktest.Read(t, root, ignoreName)); diff != "" {
		t.Error(diff)
	}
}

// TestCrash makes changes at random, drops the store without saving, and cuts the
// journal at a random byte: every change with a complete line must be there.
func TestCrash(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		root := t.TempDir()
		s, b, _ := open(t, root, Options{})
		states := []map[string]curate.Record{maps.Collect(b.All())}
		for range r.IntN(8) {
			c := randomStep(b, r)
			disktest.Must(t, s.Append(c))
			if !c.Empty() {
				states = append(states, maps.Collect(b.All()))
			}
			if r.IntN(6) == 0 {
				disktest.Must(t, s.Save(b))
				states = states[len(states)-1:]
			}
		}
		disktest.Must(t, s.Close())

		journal := disktest.Read(t, root, journalName)
		cut := journal[:r.IntN(len(journal)+1)]
		if seed%4 == 0 {
			cut = strings.TrimSuffix(journal, "\n")
		}
		whole := strings.Count(cut, "\n")
		if next := journal[len(cut):]; strings.HasPrefix(next, "\n") {
			whole++ // all of the line but its end
		}
		disktest.Write(t, root, journalName, cut)
		s, b, warnings := open(t, root, Options{})
		if diff := cmp.Diff(states[whole], maps.Collect(b.All())); diff != "" || len(*warnings) > 0 {
			t.Fatalf("seed %d, %d of %d bytes, %v: %s", seed, len(cut), len(journal), *warnings, diff)
		}

		// The next change does not join the torn line.
		disktest.Must(t, s.Append(b.Toggle([]string{"next"}, curate.Meta{})))
		disktest.Must(t, s.Close())
		_, again, warnings := open(t, root, Options{ReadOnly: true})
		if diff := cmp.Diff(maps.Collect(b.All()), maps.Collect(again.All())); diff != "" || len(*warnings) > 0 {
			t.Fatalf("seed %d: after the crash: %v %s", seed, *warnings, diff)
		}
	}
}

func randomStep(b *curate.Book, r *rand.Rand) curate.Change {
	keys := make([]string, 1+r.IntN(3))
	for i := range keys {
		keys[i] = fmt.Sprintf("%c%s", 'a'+r.IntN(5), newLUID[1:])
	}
	m := curate.Meta{At: evening, By: "ana", Why: []string{"", "line\nend"}[r.IntN(2)], About: func(string) (string, string) { return "T\"", "s" }}
	switch r.IntN(4) {
	case 0:
		return b.Exclude(keys, m)
	case 1:
		c, _ := b.Undo()
		return c
	default:
		return b.Toggle(keys, m)
	}
}

// TestOvertaken appends from goroutines: changes reach the disk in any order.
func TestOvertaken(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	var changes []curate.Change
	for range 25 {
		changes = append(changes, b.Toggle([]string{"a"}, curate.Meta{}))
	}
	var wg sync.WaitGroup
	rand.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	for _, c := range changes {
		wg.Go(func() {
			if err := s.Append(c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	disktest.Must(t, s.Close())
	s, replayed, _ := open(t, root, Options{})
	if replayed.Get("a").Decision != curate.Included {
		t.Error("25 toggles are an included dashboard")
	}

	clone := replayed.Clone()
	late := replayed.Toggle([]string{"a"}, curate.Meta{}) // version 1
	newer := replayed.Toggle([]string{"a", "b"}, curate.Meta{})
	disktest.Must(t, s.Append(newer))
	disktest.Must(t, s.Save(clone)) // older than what is in the journal, which has to stay
	disktest.Must(t, s.Append(late))
	disktest.Must(t, s.Close())
	s, again, _ := open(t, root, Options{})
	if diff := cmp.Diff(maps.Collect(replayed.All()), maps.Collect(again.All())); diff != "" {
		t.Error(diff)
	}
	old := again.Toggle([]string{"a"}, curate.Meta{})
	again.Undo()
	disktest.Must(t, s.Save(again))
	disktest.Must(t, s.Append(old)) // comes after the save that has it and its undo
	if got := disktest.Read(t, root, journalName); got != "" {
		t.Errorf("a change that is saved already came back: %s", got)
	}
}

func TestBrokenLine(t *testing.T) {
	root := t.TempDir()
	good := `{"session":"s","n":1,"label":"","set":{"%s":{"decision":"include"}}}` + "\n"
	bad := []string{"\x00\x00", `{"session":"s"}`, `{"session":"s","n":1,"set":{},"new":1}`, `{"session":"s","n":1,"set":{"a":{"decision":"maybe"}}}`, `{"set":{}}{"set":{}}`, "[" + strings.Repeat("[", 20000)}
	disktest.Write(t, root, journalName, fmt.Sprintf(good, "a")+strings.Join(bad, "\n")+"\n\n"+fmt.Sprintf(good, "b"))
	s, b, warnings := open(t, root, Options{})
	if len(*warnings) != len(bad) || b.Len() != 2 {
		t.Fatalf("%d records, warnings %v", b.Len(), *warnings)
	}
	for i, err := range *warnings {
		var p *disk.Error
		if !errors.As(err, &p) || p.Place.Line != i+2 || len(err.Error()) > 300 {
			t.Errorf("line %d: %v", i+2, err)
		}
	}
	disktest.Must(t, s.Save(b))
	if diff := cmp.Diff(strings.Join(bad, "\n")+"\n", disktest.Read(t, root, badJournal)); diff != "" || disktest.Read(t, root, journalName) != "" {
		t.Error(diff)
	}
}

func TestJournalRemovedWhileOpen(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	disktest.Must(t, s.Append(b.Toggle([]string{"a"}, curate.Meta{})))
	disktest.Must(t, os.RemoveAll(filepath.Join(root, config.Dir)))
	disktest.Must(t, s.Append(b.Toggle([]string{"b"}, curate.Meta{})))
	if got := disktest.Read(t, root, journalName); strings.Count(got, "\n") != 1 {
		t.Errorf("%q", got)
	}
	disktest.Must(t, s.Save(b))
	if got := disktest.Read(t, root, decisionsName); !strings.Contains(got, `"a"`) || !strings.Contains(got, `"b"`) {
		t.Error(got)
	}
}

func TestChangedOnDisk(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	disktest.Must(t, s.Append(b.Toggle([]string{"mine"}, curate.Meta{})))
	theirs := "decisions:\n  \"theirs\": {decision: exclude}\n"
	disktest.Write(t, root, decisionsName, theirs)
	if err := s.Save(b); !errors.Is(err, disk.ErrChanged) || !strings.Contains(err.Error(), "created") {
		t.Fatalf("overwrote a file it never read: %v", err)
	}
	disktest.Must(t, s.Close())
	s, b, _ = open(t, root, Options{})
	disktest.Must(t, s.Save(b))
	if got, want := disktest.Read(t, root, decisionsName), "decisions:\n  \"mine\": {decision: include}\n  \"theirs\": {decision: exclude}\n"; got != want {
		t.Errorf("both should be there: %s", got)
	}
}

func TestSecondDarkroom(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	disktest.Must(t, s.Append(b.Toggle([]string{"a"}, curate.Meta{})))
	second, b2, warnings := open(t, root, Options{})
	if why, yes := second.ReadOnly(); !yes || !strings.Contains(why, "another darkroom") || len(*warnings) != 1 || !errors.Is((*warnings)[0], ErrReadOnly) {
		t.Errorf("%v %q %v", yes, why, *warnings)
	}
	if b2.Get("a").Decision != curate.Included {
		t.Error("a second darkroom sees what the first one decided")
	}
	before := disktest.Read(t, root, journalName)
	if err := second.Append(b2.Toggle([]string{"b"}, curate.Meta{})); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
	if err := second.Save(b2); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
	if disktest.Read(t, root, journalName) != before || disktest.Read(t, root, decisionsName) != "" {
		t.Error("a second darkroom wrote")
	}
	if b, _, err := second.Relock(); b != nil || err != nil {
		t.Error("it has the lock of a darkroom that is open", err)
	}
	disktest.Must(t, s.Append(b.Toggle([]string{"c"}, curate.Meta{})))
	disktest.Must(t, s.Save(b))
	disktest.Must(t, s.Append(b.Toggle([]string{"d"}, curate.Meta{})))
	disktest.Must(t, s.Close())
	var take func()
	var err error
	for range 2 { // the first book is not taken
		if b2, take, err = second.Relock(); err != nil || b2 == nil {
			t.Fatal("the lock is free and not taken", err)
		}
		if err := second.Append(b2.Toggle([]string{"lost"}, curate.Meta{})); !errors.Is(err, ErrReadOnly) {
			t.Error("a book is kept that may be replaced:", err)
		}
		b2.Undo()
	}
	take()
	for _, key := range []string{"a", "c", "d"} {
		if b2.Get(key).Decision != curate.Included {
			t.Errorf("%s is lost", key)
		}
	}
	disktest.Must(t, second.Append(b2.Toggle([]string{"b"}, curate.Meta{})))
	if b, _, err := second.Relock(); b != nil || err != nil {
		t.Error("it reads again while decisions can be kept", err)
	}
	disktest.Must(t, second.Save(b2))
	disktest.Must(t, second.Close())
	if got := strings.Count(disktest.Read(t, root, decisionsName), "decision: include"); got != 4 {
		t.Errorf("%d decisions are kept, want 4", got)
	}
	third, _, _ := open(t, root, Options{})
	if why, yes := third.ReadOnly(); yes {
		t.Error("the lock outlived its darkroom:", why)
	}
}

func TestReadOnlyOptionMakesNothing(t *testing.T) {
	root := t.TempDir()
	s, b, warnings := open(t, root, Options{ReadOnly: true})
	disktest.Must(t, s.Save(b))
	if entries, err := os.ReadDir(root); err != nil || len(entries) > 0 || len(*warnings) > 0 {
		t.Error(entries, err, *warnings)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, text := range map[string]string{decisionsName: "version: 9\n", "outside": ""} {
		root := t.TempDir()
		if text == "" {
			disktest.Must(t, os.Symlink(t.TempDir(), filepath.Join(root, config.Dir)))
		} else {
			disktest.Write(t, root, name, text)
		}
		if _, _, err := Open(root, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if text != "" && disktest.Read(t, root, name) != text {
			t.Error("the file changed")
		}
	}
	if _, _, err := Open(filepath.Join(t.TempDir(), "none"), Options{ReadOnly: true}); err == nil {
		t.Error("a root that is not there")
	}
}

// TestFullDisk uses a device that is always full.
func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	j := journal{path: "/dev/full", name: journalName}
	var fe *disk.Error
	if err := j.append([]byte("{}\n")); !errors.As(err, &fe) || !strings.Contains(err.Error(), "make room") || j.size != 0 {
		t.Error(err, j.size)
	}
	j.close()
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"session":"s","n":2,"label":"included 1 dashboard","set":{"a":{"decision":"include","at":"2026-11-23T18:00:00Z"},"b":null}}` + "\n" + `{"session":"s","n":1,"set":{}}`))
	f.Add([]byte(`{"session":"s","n":1,"set":{},"seen":{"a":{"title":"A","first":"2026-11-23"},"b":null}}` + "\n"))
	f.Add([]byte("{}\n\n{\"set\":{\"a\":{\"decision\":\"exclude\",\"by\":\"\\ud800\"}}}\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		past := parseJournal("journal", data)
		if past.size > int64(len(data)) || len(past.bad) != len(past.problems) {
			t.Fatalf("size %d of %d", past.size, len(data))
		}
		records, seen := map[string]curate.Record{}, map[string]curate.Seen{}
		replay(past.lines, records, seen)
		b := curate.New(records)

		// A line added after what is kept is read, whatever was there.
		line, err := newJournalLine("t", b.Toggle([]string{"next"}, curate.Meta{At: evening}))
		disktest.Must(t, err)
		kept := bytes.Clone(data[:past.size])
		if past.unended {
			kept = append(kept, '\n')
		}
		again := parseJournal("journal", append(kept, line...))
		if len(again.lines) != len(past.lines)+1 || len(again.bad) != len(past.bad) {
			t.Fatalf("%d lines, %d bad after %d, %d", len(again.lines), len(again.bad), len(past.lines), len(past.bad))
		}
		replay(again.lines, records, seen)
		if diff := cmp.Diff(maps.Collect(b.All()), maps.Collect(curate.New(records).All())); diff != "" {
			t.Fatal(diff)
		}
	})
}
