// Package ask puts questions to the Metadata API with patience, and says what an
// answer is worth and what a refusal means. What to ask for is package plan's.
package ask

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"

	"darkroom/model/pattern"
	"darkroom/sources/tableau/api"
)

// Reporter takes down what answers say about the site.
type Reporter interface {
	Gap(sentence string)
	NotIndexed(why string)
}

// Asker puts questions to the Metadata API.
type Asker struct {
	Client *api.Client
	Report Reporter
	// WithoutUndefined forgets the fields that an answer says do not exist, and reports
	// whether there were any.
	WithoutUndefined func(api.Answer) bool

	silence atomic.Int32 // questions in a row that got no answer
}

const (
	// patience is how often a refusal that may pass is met with the same question.
	patience = 6
	// politeness is how often the server's word that there are too many of them is.
	politeness = 12
	// mostSilence is how many questions in a row, each with its retries, may get no
	// answer: smaller ones help a server that struggles, and not one that is down.
	mostSilence = 24
)

// Fresh asks the same server and reports elsewhere.
func (k *Asker) Fresh(report Reporter) *Asker {
	return &Asker{Client: k.Client, Report: report, WithoutUndefined: k.WithoutUndefined}
}

// Ask puts a question. text makes it again each time, since fields can turn out
// not to exist. An error ends the whole fetch.
func (k *Asker) Ask(ctx context.Context, what string, text func() string, vars map[string]any) (Outcome, error) {
	for try := 0; ; try++ {
		a, err := k.Client.Query(ctx, text(), vars)
		if err != nil {
			return k.unanswered(ctx, err)
		}
		k.silence.Store(0)
		if err := fatal(a); err != nil {
			return Outcome{}, err
		}
		if k.WithoutUndefined(a) {
			continue // bounded by the number of fields
		}
		out := k.judge(what, a)
		again := out.Verdict == Refused && !a.Has("ValidationError", "FieldUndefined", "INVALID_ARGUMENT", "InvalidSyntax")
		switch throttled := a.Has("RATE_EXCEEDED"); {
		case throttled && try >= politeness:
			return Outcome{}, &api.Error{
				Op: "ask for " + what, Status: http.StatusTooManyRequests, Code: "RATE_EXCEEDED", Summary: out.Why,
				Fix: "wait and try again; what was fetched is kept",
			}
		case !throttled && (!again || try >= patience):
			return out, nil
		}
		if err := k.Client.Pause(ctx, try, out.Why); err != nil {
			return Outcome{}, err
		}
	}
}

// unanswered decides whether a question that got no answer may be too large, or
// ends the fetch.
func (k *Asker) unanswered(ctx context.Context, err error) (Outcome, error) {
	if ctx.Err() != nil || !api.Transient(err) || limited(err) || k.silence.Add(1) > mostSilence {
		return Outcome{}, err
	}
	return Outcome{Verdict: TooMuch, Why: err.Error(), Lost: err}, nil
}

// position is an entry's place in a list: the same trouble with many is one sentence.
var position = pattern.Of(`\[\d+\]`)

// judge sorts the problems of an answer (sources/tableau/API.md#errors-of-a-query). What concerns
// the site as a whole is noted at once.
func (k *Asker) judge(what string, a api.Answer) Outcome { //nolint:cyclop // one case per documented code
	out := Outcome{Data: a.Data}
	for _, p := range a.Problems {
		why := strings.TrimSuffix(position().ReplaceAllString(p.Message, "")+" ("+p.Code+")", " ()")
		v := Answered
		switch p.Code {
		case "NODE_LIMIT_EXCEEDED", "TIME_LIMIT_EXCEEDED":
			v = TooMuch
		case "MAX_PAGE_SIZE_EXCEEDED":
		case "NullValueInNonNullableField":
			if a.Has("NODE_LIMIT_EXCEEDED") {
				continue // its consequence
			}
			k.Report.Gap(what + ": values are missing that are always there: " + why)
			out.doubt(p)
		case "BACKFILL_RUNNING":
			k.Report.Gap("Tableau has not finished indexing this site; sync again later: " + why)
			k.Report.NotIndexed(why)
		case "LINKED_RESULTS_INCOMPLETE":
			k.Report.Gap(what + ": " + why)
			out.doubt(p)
		case "PERMISSIONS_MODE_SWITCHED", "INHERITANCE_INCOMPLETE", "USER_VISIBILITY_IS_LIMITED": // who may see what
			k.Report.Gap(what + ": " + why)
		default:
			v = Refused
			if a.Data.IsObject() && p.Warning {
				v = Answered
				k.Report.Gap(what + ": " + why)
				out.doubt(p)
			}
		}
		if v != Answered && (out.Verdict == Answered || v == TooMuch) {
			out.Verdict, out.Why = v, why
		}
	}
	if out.Verdict == Answered && !a.Data.IsObject() {
		out.Verdict, out.Why = Refused, "an answer without data"
	}
	return out
}

// FirstAnswer is patient with trouble that passes. A server that does not give its
// schema is asked without.
func FirstAnswer(ctx context.Context, c *api.Client, query string) (api.Answer, error) {
	for try := 0; ; try++ {
		a, err := c.Query(ctx, query, nil)
		if err == nil {
			err = fatal(a)
		}
		passing := api.Transient(err) && !Unreachable(err) || err == nil && len(a.Problems) > 0 && !a.Data.IsObject()
		if !passing || try >= patience {
			return a, err
		}
		if err := c.Pause(ctx, try, "no schema yet"); err != nil {
			return a, err
		}
	}
}
