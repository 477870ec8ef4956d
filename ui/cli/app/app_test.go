package app

import (
	"testing"
	"time"

	"darkroom/model/health"
	"darkroom/model/lineage"
)

// What a command says of judging health holds for what it selects by health, too, whatever
// the time is.
func TestJudgingKeepsTheRules(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	a := &App{Now: func() time.Time { return now }, Rules: health.Options{Catalog: true, Ignore: []health.Ignorable{health.IgnoreAge}}}
	for _, a.Demo = range []bool{false, true} {
		got := a.Judging(&lineage.Graph{})
		if !got.Catalog || len(got.Ignore) != 1 || !a.Demo && !got.Now.Equal(now) {
			t.Errorf("demo %t: %+v", a.Demo, got)
		}
	}
}
