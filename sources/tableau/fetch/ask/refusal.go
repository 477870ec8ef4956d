package ask

import (
	"context"
	"errors"
	"net"
	"net/http"

	"darkroom/sources/tableau/api"
)

// limited is a 429, or the Metadata API's RATE_EXCEEDED, that outlived its retries
// or asks for a longer wait than there is time for. Smaller questions would be more of
// them: the fetch ends, and goes on from there the next time.
func limited(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Status == http.StatusTooManyRequests
}

// Unreachable is a server that is gone, not one that struggles.
func Unreachable(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Status == 0 && !isTimeout(err)
}

// Hopeless is what would meet every further question, too: the server is gone, wants
// no more of them, or refuses the sign-in.
func Hopeless(err error) bool {
	var e *api.Error
	return !asError(err, &e) || Unreachable(err) || limited(err) || api.SignInRefused(err)
}

// Forbidden is a refusal of the thing asked for. A 401 that stayed in spite of new
// sessions is not one, unless it is that of a token without the scope
// (sources/tableau/API.md#connected-apps).
func Forbidden(err error) bool {
	var e *api.Error
	return api.Hidden(err) && asError(err, &e) && (e.Status != http.StatusUnauthorized || NoScope(err))
}

// NoScope is a refusal of a token that lacks the scope.
func NoScope(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Code == "401002"
}

// fatal is what makes asking on pointless.
func fatal(a api.Answer) error {
	for _, p := range a.Problems {
		fix := ""
		switch p.Code {
		case "FEATURE_DISABLED", "SITE_DISABLED":
			fix = api.TurnMetadataOn
		case "ACCESS_DENIED":
			fix = "the account needs at least the Viewer role on this site"
		default:
			continue
		}
		return &api.Error{Op: "ask the Metadata API", Code: p.Code, Summary: p.Message, Fix: fix}
	}
	return nil
}

func asError(err error, to **api.Error) bool { return errors.As(err, to) }

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}
