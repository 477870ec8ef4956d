package artifact

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/dbt/jsonwindow"
)

// RunResults is what run_results.json says.
type RunResults struct {
	Command string    // args.which
	At      time.Time // when the file was written, at the end of the run
	Runs    map[string]model.Run
}

// ReadRunResults reads run_results.json. The runs are nil when the command neither
// built nor tested: after compile or docs generate every test says "success"
// (sources/dbt/ARTIFACTS.md#run-results).
func ReadRunResults(ctx context.Context, r io.Reader, name string, window int) (*RunResults, error) {
	a, err := newReader(ctx, r, name, "run-results", "run `dbt build` to regenerate it", window)
	if err != nil {
		return nil, err
	}
	out := &RunResults{Runs: map[string]model.Run{}}
	err = a.read(map[string]func() error{
		"args":    func() error { return a.w.Small(func(raw []byte) { out.Command = whichOf(raw) }) },
		"results": func() error { return a.w.Elements(func(l *jsonwindow.Lexer) { a.run(l, out.Runs) }) },
	})
	if err != nil {
		return nil, err
	}
	out.At = a.meta.GeneratedAt
	switch out.Command {
	case "run", "build", "test", "seed", "snapshot":
	default:
		out.Runs = nil
	}
	return out, nil
}

func whichOf(args []byte) (which string) {
	Object(args, func(key string, value gjson.Result) {
		if key == "which" {
			which = Scalar(value)
		}
	})
	return which
}

func (a *reader) run(l *jsonwindow.Lexer, runs map[string]model.Run) {
	var v [5]jsonwindow.Span
	l.Pick(v[:], "unique_id", "status", "message", "execution_time", "timing")
	id := a.words.Text(l.Text(v[0]))
	run := model.Run{Status: strings.ToLower(a.word(l, v[1])), Message: a.words.Text(l.Text(v[2]))}
	if n, err := strconv.ParseFloat(string(l.Text(v[3])), 64); err == nil {
		run.Seconds = n
	}
	gjson.ParseBytes(l.Valid(v[4])).ForEach(func(_, phase gjson.Result) bool {
		Members(phase, func(key string, value gjson.Result) {
			if key != "completed_at" {
				return
			}
			if at := TimeOf(Scalar(value)); at.After(run.EndedAt) {
				run.EndedAt = at
			}
		})
		return true
	})
	if l.OK() && id != "" {
		runs[id] = run
	}
}

// ReadFreshness reads sources.json. A source that crashed may be absent from it,
// or in it without times: then it was checked when the file was written.
func ReadFreshness(ctx context.Context, r io.Reader, name string, window int) (map[string]model.Freshness, error) {
	a, err := newReader(ctx, r, name, "sources", "run `dbt source freshness` to regenerate it", window)
	if err != nil {
		return nil, err
	}
	out := map[string]model.Freshness{}
	err = a.read(map[string]func() error{
		"results": func() error { return a.w.Elements(func(l *jsonwindow.Lexer) { a.freshness(l, out) }) },
	})
	if err != nil {
		return nil, err
	}
	for id, f := range out {
		if f.CheckedAt.IsZero() {
			f.CheckedAt = a.meta.GeneratedAt
			out[id] = f
		}
	}
	return out, nil
}

func (a *reader) freshness(l *jsonwindow.Lexer, out map[string]model.Freshness) {
	var v [4]jsonwindow.Span
	l.Pick(v[:], "unique_id", "status", "max_loaded_at", "snapshotted_at")
	id := a.words.Text(l.Text(v[0]))
	f := model.Freshness{Status: strings.ToLower(a.word(l, v[1]))}
	f.MaxLoadedAt = TimeOf(string(l.Text(v[2])))
	f.CheckedAt = TimeOf(string(l.Text(v[3])))
	if l.OK() && id != "" {
		out[id] = f
	}
}
