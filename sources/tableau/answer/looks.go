package answer

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/disk"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// unknown is the error for valid JSON that is neither a snapshot nor an answer
// with something to read. It says what it looks like.
func unknown(file string, root gjson.Result) *disk.Error {
	what, fix := looksLike(root)
	if what == "" {
		what = "no Tableau metadata: none of the lists " + strings.Join(schema.RootLists(), ", ") + " is in it"
		fix = "save a snapshot with darkroom sync, or the whole answer of a Metadata API query"
	}
	e := document.Fault(file, what, fix)
	if isForeign(root) {
		e.Kind = ErrForeign
	}
	return e
}

// ErrForeign is the kind of error about a file that has nothing to do with Tableau's
// metadata, so that nothing is missing without it.
var ErrForeign = errors.New("not Tableau's metadata")

// isForeign is for what is not known: an answer under aliases, or one that was refused,
// may have had something to read.
func isForeign(root gjson.Result) bool {
	return !root.Get("data").Exists() && !root.Get("error").Exists() || root.Get("data.__schema").Exists() || root.Get("data.__type").Exists()
}

func looksLike(root gjson.Result) (what, fix string) {
	const saveAnswer = "save the answer of the Metadata API (its GraphiQL page, or darkroom sync)"
	switch {
	case isEmpty(root):
		return "an empty JSON object", saveAnswer
	case root.Get("metadata.dbt_schema_version").Exists():
		return "looks like a dbt artifact (" + artifactName(root) + ")", "give it to darkroom as the dbt project, not as a Tableau site"
	case root.Get("data.__schema").Exists(), root.Get("data.__type").Exists(), root.Get("__schema").Exists():
		return "looks like an introspection answer: the schema, not the content", saveAnswer
	case root.Get("error.code").Exists():
		return fmt.Sprintf("an error of Tableau's REST API: %q (code %s)", document.Clip(document.Text(root.Get("error.summary"))+": "+document.Text(root.Get("error.detail"))),
			document.Clip(document.Text(root.Get("error.code")))), "sign in again, then " + saveAnswer
	case root.Get("status").Type == gjson.Number && root.Get("path").Exists():
		return fmt.Sprintf("the server refused: status %s %q", root.Get("status").Raw, document.Clip(document.Text(root.Get("error")))), "sign in again, then " + saveAnswer
	case root.Get("pagination").Exists(), root.Get("credentials").Exists(), root.Get("serverInfo").Exists():
		return "looks like an answer of Tableau's REST API", saveAnswer
	case root.Get("query").Type == gjson.String:
		return "looks like a GraphQL query, not its answer", saveAnswer
	}
	return "", ""
}

// artifactName cuts "manifest v12" out of dbt's schema URL.
func artifactName(root gjson.Result) string {
	parts := strings.Split(root.Get("metadata.dbt_schema_version").String(), "/")
	if len(parts) < 2 {
		return document.Clip(parts[0])
	}
	return document.Clip(parts[len(parts)-2] + " " + strings.TrimSuffix(parts[len(parts)-1], ".json"))
}

func isEmpty(o gjson.Result) bool {
	empty := true
	o.ForEach(func(_, _ gjson.Result) bool { empty = false; return false })
	return empty
}
