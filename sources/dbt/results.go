package dbt

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// runResults is what run_results.json says.
type runResults struct {
	command string    // args.which
	at      time.Time // when the file was written, at the end of the run
	runs    map[string]model.Run
}

// readRunResults reads run_results.json. The runs are nil when the command neither
// built nor tested: after compile or docs generate every test says "success"
// (ARTIFACTS.md#run-results).
func readRunResults(ctx context.Context, r io.Reader, name string, window int) (*runResults, error) {
	a, err := newArtifact(ctx, r, name, "run-results", "run `dbt build` to regenerate it", window)
	if err != nil {
		return nil, err
	}
	out := &runResults{runs: map[string]model.Run{}}
	err = a.read(map[string]func() error{
		"args":    func() error { return a.w.small(func(raw []byte) { out.command = whichOf(raw) }) },
		"results": func() error { return a.w.elements(func(l *lexer) { a.run(l, out.runs) }) },
	})
	if err != nil {
		return nil, err
	}
	out.at = a.meta.generatedAt
	switch out.command {
	case "run", "build", "test", "seed", "snapshot":
	default:
		out.runs = nil
	}
	return out, nil
}

func whichOf(args []byte) (which string) {
	object(args, func(key string, value gjson.Result) {
		if key == "which" {
			which = scalar(value)
		}
	})
	return which
}

func (a *artifact) run(l *lexer, runs map[string]model.Run) {
	var v [5]span
	l.pick(v[:], "unique_id", "status", "message", "execution_time", "timing")
	id := a.words.text(l.text(v[0]))
	run := model.Run{Status: strings.ToLower(a.word(l, v[1])), Message: a.words.text(l.text(v[2]))}
	if n, err := strconv.ParseFloat(string(l.text(v[3])), 64); err == nil {
		run.Seconds = n
	}
	gjson.ParseBytes(l.valid(v[4])).ForEach(func(_, phase gjson.Result) bool {
		members(phase, func(key string, value gjson.Result) {
			if key != "completed_at" {
				return
			}
			if at := timeOf(scalar(value)); at.After(run.EndedAt) {
				run.EndedAt = at
			}
		})
		return true
	})
	if l.st == ok && id != "" {
		runs[id] = run
	}
}

// readFreshness reads sources.json. A source that crashed may be absent from it,
// or in it without times: then it was checked when the file was written.
func readFreshness(ctx context.Context, r io.Reader, name string, window int) (map[string]model.Freshness, error) {
	a, err := newArtifact(ctx, r, name, "sources", "run `dbt source freshness` to regenerate it", window)
	if err != nil {
		return nil, err
	}
	out := map[string]model.Freshness{}
	err = a.read(map[string]func() error{
		"results": func() error { return a.w.elements(func(l *lexer) { a.freshness(l, out) }) },
	})
	if err != nil {
		return nil, err
	}
	for id, f := range out {
		if f.CheckedAt.IsZero() {
			f.CheckedAt = a.meta.generatedAt
			out[id] = f
		}
	}
	return out, nil
}

func (a *artifact) freshness(l *lexer, out map[string]model.Freshness) {
	var v [4]span
	l.pick(v[:], "unique_id", "status", "max_loaded_at", "snapshotted_at")
	id := a.words.text(l.text(v[0]))
	f := model.Freshness{Status: strings.ToLower(a.word(l, v[1]))}
	f.MaxLoadedAt = timeOf(string(l.text(v[2])))
	f.CheckedAt = timeOf(string(l.text(v[3])))
	if l.st == ok && id != "" {
		out[id] = f
	}
}
