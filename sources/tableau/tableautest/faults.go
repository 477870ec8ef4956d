package tableautest

import (
	"context"
	"net/http"
	"time"
)

// Fault is trouble that meets some requests and then ends. Put it in with
// Inject; the functions below make the usual ones.
type Fault struct {
	On    Kind // "" is any kind
	Skip  int  // let so many requests pass first
	Times int  // 0 is once, negative is for ever

	// What happens, in this order; each is optional.
	Delay      time.Duration   // wait before anything else …
	Until      <-chan struct{} // … or until this is closed; either ends with the request
	Code       string          // a REST error code such as "401000", "429000"
	Status     int             // an HTML page with this status
	Empty      bool            // status 200 and nothing
	RetryAfter string          // header, with Code or Status
	Metadata   string          // an error code of the Metadata API, "RATE_EXCEEDED" …
	Cut        bool            // the connection ends in the middle of the answer
}

// Unauthorized is the one-shot 401 that a good session sometimes meets, in the
// shape of the API that is called (sources/tableau/API.md#rest-errors-and-sessions).
func Unauthorized(on Kind) Fault { return Fault{On: on, Code: "401000"} }

// TooMany is 429000; retryAfter may be empty.
func TooMany(on Kind, retryAfter string) Fault {
	return Fault{On: on, Code: "429000", RetryAfter: retryAfter}
}

// Gateway is what a proxy says in the server's place: 502, 503 or 504 in HTML.
func Gateway(on Kind, status int) Fault { return Fault{On: on, Status: status} }

// EmptyBody is 200 without a body.
func EmptyBody(on Kind) Fault { return Fault{On: on, Empty: true} }

// Stall holds the answer back until the channel is closed or the client gives up.
func Stall(on Kind, until <-chan struct{}) Fault { return Fault{On: on, Until: until} }

// CutOff ends the connection in the middle of the answer.
func CutOff(on Kind) Fault { return Fault{On: on, Cut: true} }

// MetadataError adds an error of the Metadata API: a warning comes with the data,
// an error without (sources/tableau/API.md#errors-of-a-query). "TIMEOUT" and
// "TIME_LIMIT" give the two messages that have no code.
func MetadataError(code string) Fault { return Fault{On: GraphQL, Metadata: code} }

// Inject queues faults. A request meets the first that matches and is not over.
func (s *Server) Inject(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		s.faults = append(s.faults, &f)
	}
}

// Heal takes back what is left of the faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// nextFault is called with the lock held.
func (s *Server) nextFault(kind Kind) Fault {
	for _, f := range s.faults {
		switch {
		case f.On != "" && f.On != kind, f.Times == 0:
		case f.Skip > 0:
			f.Skip--
		default:
			if f.Times > 0 {
				f.Times--
			}
			return *f
		}
	}
	return Fault{}
}

// wait reports whether the client is still there afterwards.
func (f Fault) wait(ctx context.Context) bool {
	if f.Until == nil && f.Delay <= 0 {
		return true
	}
	var timer <-chan time.Time
	if f.Until == nil {
		t := time.NewTimer(f.Delay)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-f.Until:
	case <-timer:
	}
	return true
}

// refuse answers in place of the server if the fault says so.
func (c *call) refuse() (reply, bool) {
	f := c.fault
	var out reply
	switch {
	case f.Code != "":
		out = c.fail(f.Code)
	case f.Status != 0:
		text := http.StatusText(f.Status)
		out = reply{
			status: f.Status, contentType: "text/html",
			body: []byte("<html><head><title>" + text + "</title></head><body><h1>" + text + "</h1></body></html>"),
		}
	case f.Empty:
		out = reply{status: http.StatusOK, contentType: "application/json"}
	default:
		return reply{}, false
	}
	if f.RetryAfter != "" {
		out.header = map[string]string{"Retry-After": f.RetryAfter}
	}
	return out, true
}
