package decisions

import (
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
)

// Dates in the future are reported with file, line and what to do. The decisions are kept.
func TestDatesInTheFutureAreSaid(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, decisionsName, `version: 1
decisions:
  "a": {decision: include, at: 2020-01-01T00:00:00Z}
  "b": {decision: include, at: 2999-01-01T00:00:00Z}
  "c": {decision: exclude, at: 2999-01-02T00:00:00Z}
  "d": {decision: exclude, at: 2999-01-03T00:00:00Z}
  "e": {decision: exclude, at: 2999-01-04T00:00:00Z}
`)
	disktest.Write(t, root, seenName, `version: 1
sites:
  "s": {since: 2998-01-01}
dashboards:
  "a": {title: "at: 2999-01-01", first: 2020-01-01, reviewed: 2997-01-01}
`)
	disktest.Write(t, root, journalName, `{"session":"x","n":1,"label":"l","set":{"f":null}}
{"session":"x","n":2,"label":"l","set":{"f":{"decision":"include","at":"2996-01-01T00:00:00Z"}}}
`)
	_, book, warnings := open(t, root, Options{})
	want := []string{
		decisionsName + ":4:28: at is in the future: 2999-01-01; correct the date, and check the clock of the computer that wrote it",
		decisionsName + ":5:28: ",
		decisionsName + ":6:28: ",
		decisionsName + ": more dates are in the future: 1",
		seenName + ":3:9: since is in the future: 2998-01-01",
		seenName + ":5:53: reviewed is in the future: 2997-01-01",
		journalName + ":2:1: at is in the future: 2996-01-01",
	}
	if len(*warnings) != len(want) {
		t.Fatalf("%q", *warnings)
	}
	for i, w := range want {
		if got := (*warnings)[i].Error(); !strings.HasPrefix(got, w) {
			t.Errorf("got  %s\nwant %s", got, w)
		}
	}
	for _, key := range []string{"a", "b", "f"} {
		if book.Get(key).Decision != curate.Included {
			t.Errorf("the decision about %s is lost", key)
		}
	}
}
