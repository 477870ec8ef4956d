package tableautest

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"darkroom/sources/tableau/tableautest/graphql"
	"darkroom/sources/tableau/tableautest/sitedata"
)

type graphqlRequest struct {
	Query         string         `json:"query"`
	Variables     map[string]any `json:"variables"`
	OperationName string         `json:"operationName"`
}

// graphql answers a query with status 200, whatever is wrong with it.
func (c *call) graphql() reply {
	off := c.sw.Metadata
	if off == MetadataNotFound || sitedata.Before(c.opt.RESTVersion, "3.5") {
		return reply{status: http.StatusNotFound, contentType: "text/html", body: []byte("<html><body><h1>Not Found</h1></body></html>")}
	}
	in, err := c.graphqlRequest()
	if err != nil {
		return c.springError(http.StatusBadRequest)
	}
	turn := c.countQuery(in.Query)
	if off == MetadataForbidden {
		return answer(nil, []any{graphql.CodedError("FEATURE_DISABLED", nil)})
	}
	op, doc, problems := c.prepare(in)
	if problems != nil {
		return plainJSON(http.StatusOK, map[string]any{"errors": problems})
	}
	vars, err := validator.VariableValues(c.schema, op, in.Variables)
	if err != nil {
		return plainJSON(http.StatusOK, map[string]any{"errors": []any{graphql.Invalid("WrongType", err.Error(), op.Position)}})
	}
	return c.execute(graphql.NewExecutor(c.behaviour(), c.site, c.schema, c.site.Store, doc, vars, turn), op)
}

// behaviour is what of the switches concerns queries.
func (c *call) behaviour() graphql.Behaviour {
	return graphql.Behaviour{
		Release: c.opt.Release, NodeLimit: c.sw.NodeLimit, TimeLimitNodes: c.sw.TimeLimitNodes, NullInNonNull: c.sw.NullInNonNull,
		SilentClamp: c.sw.SilentClamp, UnstableOrder: c.sw.UnstableOrder, EmptyPages: c.sw.EmptyPages, StuckCursor: c.sw.StuckCursor,
		Duplicates: c.sw.Duplicates, SensitiveFilters: c.sw.SensitiveFilters, Redact: c.sw.Redact, ExtractTime: c.extractTime(),
	}
}

// graphqlRequest reads the forms of sources/tableau/API.md#transport.
func (c *call) graphqlRequest() (in graphqlRequest, err error) {
	switch {
	case c.req.Method == http.MethodGet:
		query := c.req.URL.Query()
		in.Query, in.OperationName = query.Get("query"), query.Get("operationName")
		if vars := query.Get("variables"); vars != "" {
			err = decode([]byte(vars), &in.Variables)
		}
	case strings.HasPrefix(c.req.Header.Get("Content-Type"), "application/graphql"):
		in.Query = string(c.body)
	default:
		err = decode(c.body, &in)
	}
	if err == nil && strings.TrimSpace(in.Query) == "" {
		err = errors.New("no query")
	}
	return in, err
}

func decode(data []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(to)
}

// prepare parses and validates; problems are errors as they go on the wire.
func (c *call) prepare(in graphqlRequest) (*ast.OperationDefinition, *ast.QueryDocument, []any) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: in.Query}, 200_000)
	if err != nil {
		return nil, nil, []any{syntaxError(err)}
	}
	if problems := graphql.Validate(c.schema, doc); len(problems) > 0 {
		return nil, nil, problems
	}
	op := doc.Operations.ForName(in.OperationName)
	if op == nil && in.OperationName == "" && len(doc.Operations) == 1 {
		op = doc.Operations[0]
	}
	if op == nil || op.Operation != ast.Query {
		return nil, nil, []any{graphql.Invalid("UnknownOperation", "no such operation", nil)}
	}
	return op, doc, nil
}

// execute runs the query and adds what fault and switches want.
func (c *call) execute(x *graphql.Executor, op *ast.OperationDefinition) reply {
	if !graphql.HasData(c.fault.Metadata) {
		return answer(nil, []any{graphql.CodedError(c.fault.Metadata, nil)})
	}
	data := x.Run(op)
	c.countNodes(x.Nodes)
	if most := c.sw.TimeoutNodes; most > 0 && x.Nodes > most {
		return answer(nil, []any{graphql.CodedError("TIMEOUT", nil)})
	}
	if x.TooLong {
		return reply{status: http.StatusOK, contentType: "application/json"}
	}
	problems := x.Problems
	if c.fault.Metadata != "" {
		problems = append(problems, graphql.CodedError(c.fault.Metadata, nil))
	}
	if c.sw.BackfillRunning {
		problems = append(problems, graphql.CodedError("BACKFILL_RUNNING", nil))
	}
	return answer(data, problems)
}

// answer writes data in the query's own order, and errors only if there are any.
func answer(data graphql.Members, problems []any) reply {
	var b bytes.Buffer
	b.WriteString(`{"data":`)
	if data == nil {
		b.WriteString("null")
	} else {
		graphql.WriteValue(&b, data)
	}
	if len(problems) > 0 {
		b.WriteString(`,"errors":`)
		graphql.WriteValue(&b, problems)
	}
	b.WriteString("}")
	return reply{status: http.StatusOK, contentType: "application/json;charset=utf-8", body: b.Bytes()}
}

func syntaxError(err error) map[string]any {
	out := map[string]any{
		"message":    "Invalid Syntax : " + err.Error(),
		"extensions": map[string]any{"classification": "InvalidSyntax"},
	}
	var e *gqlerror.Error
	if errors.As(err, &e) && len(e.Locations) > 0 {
		out["message"] = "Invalid Syntax : " + e.Message
		out["locations"] = []any{map[string]any{"line": e.Locations[0].Line, "column": e.Locations[0].Column}}
	}
	return out
}

// controlStatus is the state of the index, or of what feeds it.
func (c *call) controlStatus() reply {
	state := "COMPLETE"
	if c.sw.BackfillRunning && c.req.PathValue("what") == "backfill" {
		state = "RUNNING"
	}
	return plainJSON(http.StatusOK, map[string]string{"status": state})
}
