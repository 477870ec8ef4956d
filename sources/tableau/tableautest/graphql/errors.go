package graphql

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// severity is ERROR or WARNING; only warnings come with data
// (sources/tableau/API.md#errors-of-a-query). PERMISSIONS_MODE_SWITCHED is
// documented as an error and arrives as a warning.
func severity(code string) string {
	switch code {
	case "BACKFILL_RUNNING", "INHERITANCE_INCOMPLETE", "LINKED_RESULTS_INCOMPLETE", "MAX_PAGE_SIZE_EXCEEDED",
		"NODE_LIMIT_EXCEEDED", "TIME_LIMIT_EXCEEDED", "USER_VISIBILITY_IS_LIMITED", "PERMISSIONS_MODE_SWITCHED":
		return "WARNING"
	}
	return "ERROR"
}

// HasData reports whether data comes with an error.
func HasData(code string) bool {
	return code == "" || code == "TIME_LIMIT" || severity(code) == "WARNING"
}

// CodedError is an error of the documented list, and the two that have no code:
// "TIMEOUT" (of the request) and "TIME_LIMIT" (of the query).
func CodedError(code string, properties map[string]any) map[string]any {
	switch code {
	case "TIMEOUT":
		return map[string]any{"message": "Execution canceled because timeout of 30000 millis was reached", "locations": []any{}}
	case "TIME_LIMIT":
		return map[string]any{"message": "Reached time limit of PT5S for query execution.", "path": nil, "extensions": nil}
	}
	extensions := map[string]any{"severity": severity(code), "code": code}
	if properties != nil {
		extensions["properties"] = properties
	}
	return map[string]any{"message": errorMessage(code), "extensions": extensions}
}

func errorMessage(code string) string {
	switch code {
	case "BACKFILL_RUNNING":
		return "The metadata of this site is still being indexed. Results may be incomplete."
	case "FEATURE_DISABLED":
		return "The Metadata API is not enabled on this server."
	case "INVALID_ARGUMENT":
		return "An argument of the query is not valid."
	case "LINKED_RESULTS_INCOMPLETE":
		return "Some linked results could not be loaded. Results may be incomplete."
	case "MAX_PAGE_SIZE_EXCEEDED":
		return "The requested page size is more than the allowed 1000. Showing 1000 results."
	case "PERMISSIONS_MODE_SWITCHED":
		return "One or more of the attributes used in your filter contain sensitive data so your results have been " +
			"automatically filtered to contain only the results you have permissions to see"
	case "RATE_EXCEEDED":
		return "The rate of requests is over the limit. Wait before the next request."
	case "TIME_LIMIT_EXCEEDED":
		return "Showing partial results. The request exceeded the time limit."
	}
	return "The request failed: " + code
}

func nodeLimitError(limit int) map[string]any {
	e := CodedError("NODE_LIMIT_EXCEEDED", map[string]any{"nodeLimit": limit})
	e["message"] = "Showing partial results. The request exceeded the " + strconv.Itoa(limit) +
		" node limit. Use pagination, additional filtering, or both in the query to adjust results."
	return e
}

// nullError is what graphql-java adds when it had to put null where the schema
// does not allow it.
func nullError(path []any) map[string]any {
	text := ""
	for _, step := range path {
		switch step := step.(type) {
		case int:
			text += "[" + strconv.Itoa(step) + "]"
		case string:
			text += "/" + step
		}
	}
	return map[string]any{
		"message": "The field at path '" + text + "' was declared as a non null type, but the code involved in retrieving " +
			"data has wrongly returned a null value.",
		"path": append([]any(nil), path...), "extensions": map[string]any{"classification": "NullValueInNonNullableField"},
	}
}

// Invalid is a validation error; data is absent beside it.
func Invalid(kind, detail string, at *ast.Position) map[string]any {
	out := map[string]any{
		"message":    "Validation error of type " + kind + ": " + detail,
		"extensions": map[string]any{"classification": "ValidationError"},
	}
	if at != nil {
		out["locations"] = []any{map[string]any{"line": at.Line, "column": at.Column}}
	}
	return out
}
