package fetch

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// verdict is what an answer is worth.
type verdict int

const (
	whole   verdict = iota
	tooMuch         // a smaller question may be answered; data may be there
	refused         // it will not be answered; data may be there
)

// outcome is an answer with its verdict. Why tells what went wrong, in words and
// with its code; Lost, that no answer at all came.
type outcome struct {
	data gjson.Result
	verdict
	why    string
	lost   error
	doubts []doubt
}

func (o *outcome) doubt(p api.Problem) {
	if d, is := doubtOf(p); is {
		o.doubts = append(o.doubts, d)
	}
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

// ask puts a question. text makes it anew each time, since fields can turn out
// not to exist. An error ends the whole fetch.
func (f *fetcher) ask(ctx context.Context, what string, text func() string, vars map[string]any) (outcome, error) {
	for try := 0; ; try++ {
		a, err := f.client.Query(ctx, text(), vars)
		if err != nil {
			return f.unanswered(ctx, err)
		}
		f.silence.Store(0)
		if err := fatal(a); err != nil {
			return outcome{}, err
		}
		if f.schema != nil && f.schema.drop(a) {
			continue // bounded by the number of fields
		}
		out := f.judge(what, a)
		again := out.verdict == refused && !a.Has("ValidationError", "FieldUndefined", "INVALID_ARGUMENT", "InvalidSyntax")
		switch throttled := a.Has("RATE_EXCEEDED"); {
		case throttled && try >= politeness:
			return outcome{}, &api.Error{
				Op: "ask for " + what, Status: http.StatusTooManyRequests, Code: "RATE_EXCEEDED", Summary: out.why,
				Cure: "wait and try again; what was fetched is kept",
			}
		case !throttled && (!again || try >= patience):
			return out, nil
		}
		if err := f.client.Pause(ctx, try, out.why); err != nil {
			return outcome{}, err
		}
	}
}

// unanswered decides whether a question that got no answer may be too large, or
// ends the fetch.
func (f *fetcher) unanswered(ctx context.Context, err error) (outcome, error) {
	if ctx.Err() != nil || !api.Transient(err) || limited(err) || f.silence.Add(1) > mostSilence {
		return outcome{}, err
	}
	return outcome{verdict: tooMuch, why: err.Error(), lost: err}, nil
}

// limited is a 429, or the Metadata API's RATE_EXCEEDED, that outlived its retries
// or asks for a longer wait than anybody has. Smaller questions would be more of
// them: the fetch ends, and goes on from there the next time.
func limited(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Status == http.StatusTooManyRequests
}

// position is an entry's place in a list: the same trouble with many is told once.
var position = regexp.MustCompile(`\[\d+\]`)

// judge sorts the problems of an answer (facts/tableau.md §2.7). What concerns
// the site as a whole is noted at once.
func (f *fetcher) judge(what string, a api.Answer) outcome { //nolint:cyclop // one case per documented code
	out := outcome{data: a.Data}
	for _, p := range a.Problems {
		why := strings.TrimSuffix(position.ReplaceAllString(p.Message, "")+" ("+p.Code+")", " ()")
		v := whole
		switch p.Code {
		case "NODE_LIMIT_EXCEEDED", "TIME_LIMIT_EXCEEDED":
			v = tooMuch
		case "MAX_PAGE_SIZE_EXCEEDED":
		case "NullValueInNonNullableField":
			if a.Has("NODE_LIMIT_EXCEEDED") {
				continue // its consequence
			}
			f.hole(what + ": values are missing that cannot be: " + why)
			out.doubt(p)
		case "BACKFILL_RUNNING":
			f.hole("Tableau has not finished indexing this site; sync again later: " + why)
			f.unindexed(why)
		case "LINKED_RESULTS_INCOMPLETE":
			f.hole(what + ": " + why)
			out.doubt(p)
		case "PERMISSIONS_MODE_SWITCHED", "INHERITANCE_INCOMPLETE", "USER_VISIBILITY_IS_LIMITED": // who may see what
			f.hole(what + ": " + why)
		default:
			v = refused
			if a.Data.IsObject() && p.Warning {
				v = whole
				f.hole(what + ": " + why)
				out.doubt(p)
			}
		}
		if v != whole && (out.verdict == whole || v == tooMuch) {
			out.verdict, out.why = v, why
		}
	}
	if out.verdict == whole && !a.Data.IsObject() {
		out.verdict, out.why = refused, "an answer without data"
	}
	return out
}

// fatal is what makes asking on pointless.
func fatal(a api.Answer) error {
	for _, p := range a.Problems {
		cure := ""
		switch p.Code {
		case "FEATURE_DISABLED", "SITE_DISABLED":
			cure = api.TurnMetadataOn
		case "ACCESS_DENIED":
			cure = "the account needs at least the Viewer role on this site"
		default:
			continue
		}
		return &api.Error{Op: "ask the Metadata API", Code: p.Code, Summary: p.Message, Cure: cure}
	}
	return nil
}
