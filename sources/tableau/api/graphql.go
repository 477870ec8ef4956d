package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Problem is one entry of an answer's "errors".
type Problem struct {
	Code    string // "NODE_LIMIT_EXCEEDED"; graphql-java's classification when there is none
	Message string
	Warning bool           // there is data, too
	Path    []gjson.Result // where in the data, when that is known
}

// Answer is what the Metadata API says. Data may be there beside problems.
type Answer struct {
	Data     gjson.Result // Null when there is none
	Problems []Problem
}

// Has reports whether one of the codes is among the problems.
func (a Answer) Has(codes ...string) bool {
	for _, p := range a.Problems {
		if slices.Contains(codes, p.Code) {
			return true
		}
	}
	return false
}

// Query asks the Metadata API. Errors of GraphQL are in the answer; the error is
// for transport, session, and a server without that API.
func (c *Client) Query(ctx context.Context, query string, variables map[string]any) (Answer, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return Answer{}, err
	}
	out, err := c.call(ctx, "ask the Metadata API", c.brisk, func(s session) request {
		return s.request(http.MethodPost, "/api/metadata/graphql", body)
	})
	if err != nil {
		var e *Error
		if errors.As(err, &e) && e.Status == http.StatusNotFound {
			e.Fix = TurnMetadataOn
		}
		return Answer{}, err
	}
	return c.answer(gjson.ParseBytes(out.body)), nil
}

// TurnMetadataOn is the fix for a server or site without the Metadata API.
const TurnMetadataOn = "an administrator has to turn the Metadata API on: tsm maintenance metadata-services enable; " +
	"or darkroom sync --download goes without it and reads the files of workbooks"

func (c *Client) answer(v gjson.Result) Answer {
	a := Answer{Data: v.Get("data")}
	for _, e := range v.Get("errors").Array() {
		p := Problem{
			Code: e.Get("extensions.code").String(), Message: c.clean(e.Get("message").String()),
			Warning: e.Get("extensions.severity").String() == "WARNING", Path: e.Get("path").Array(),
		}
		if p.Code == "" {
			p.Code = codeOf(e)
		}
		p.Code = c.clean(p.Code)
		a.Problems = append(a.Problems, p)
	}
	return a
}

// codeOf names the problems that come without a code (sources/tableau/API.md#errors-of-a-query).
func codeOf(e gjson.Result) string {
	switch message := e.Get("message").String(); {
	case strings.Contains(message, "node limit"):
		return "NODE_LIMIT_EXCEEDED"
	case strings.Contains(message, "time limit"), strings.Contains(message, "timeout of"):
		return "TIME_LIMIT_EXCEEDED"
	case strings.Contains(message, "FieldUndefined"):
		return "FieldUndefined"
	}
	return e.Get("extensions.classification").String()
}
