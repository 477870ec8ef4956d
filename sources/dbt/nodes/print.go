package nodes

import (
	"hash"
	"hash/fnv"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/model/selector"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// printNames are the further values that states are compared by.
var printNames = [...]string{
	"raw_code", "raw_sql", "checksum", "unrendered_config", "description", "columns", "contract", "deprecation_date",
	"database", "schema", "identifier", "quoting", "freshness", "loaded_at_field", "external", // sources
	"type", "owner", "maturity", "url", "label", // exposures, metrics
	"model", "defaults", "entities", "dimensions", "measures", "primary_entity", // semantic models
	"query_params", "exports", // saved queries
	"arguments", "returns", "overloads", // functions
}

const printCount = len(printNames)

var allNames = append(names[:len(names):len(names)], printNames[:]...)

// printer hashes the values of one node.
type printer struct {
	l *jsonwindow.Lexer
	v []jsonwindow.Span
}

func (p printer) value(name string) gjson.Result {
	return gjson.ParseBytes(p.l.Valid(p.v[slices.Index(allNames, name)]))
}

// all hashes the values of names.
func (p printer) all(names ...string) uint64 {
	h := fnv.New64a()
	for _, name := range names {
		add(h, p.value(name))
	}
	return h.Sum64()
}

// placeholder is what early versions of Fusion write for the SQL.
const placeholder = "--placeholder--"

// rest says what matters for a type besides what all have.
func rest() map[string][]string {
	return map[string][]string{
		"model":          {"latest_version", "access", "deprecation_date"},
		"function":       {"arguments", "returns"},
		"source":         {"quoting", "freshness", "loaded_at_field", "external"},
		"exposure":       {"type", "owner", "maturity", "url", "description", "label"},
		"metric":         {"type", "description", "label"},
		"semantic_model": {"model", "description", "defaults", "entities", "dimensions", "measures", "primary_entity", "group"},
		"saved_query":    {"description", "label", "group", "tags"},
		"unit_test":      {"checksum"},
	}
}

// printOf makes the hashes of a node (model/selector/SELECTORS.md#state), and reads its
// columns.
func printOf(l *jsonwindow.Lexer, n *selector.Node, v []jsonwindow.Span) *selector.Print {
	p := printer{l, v}
	out := &selector.Print{Description: p.all("description"), Body: p.all("raw_code", "raw_sql"), Config: p.config(n.Type)}
	if p.value("raw_code").Str == placeholder {
		out.Body = p.all("checksum")
	}
	h := fnv.New64a()
	for _, name := range rest()[n.Type] {
		add(h, p.value(name))
	}
	switch n.Type {
	case "seed":
		out.Body = p.all("checksum")
		out.ByPath = p.value("checksum").Get("name").String() == "path"
	case "exposure":
		for _, id := range slices.Sorted(slices.Values(n.Parents)) {
			h.Write([]byte(id + "\n"))
		}
	case "saved_query":
		p.savedQuery(h)
	case "function":
		p.value("overloads").ForEach(func(_, overload gjson.Result) bool {
			addMembers(h, overload, "defined_in", "arguments", "returns", "raw_body")
			return true
		})
	}
	out.Rest = h.Sum64()
	out.Relation = p.relation(n.Type)
	columns := fnv.New64a()
	artifact.Members(p.value("columns"), func(name string, column gjson.Result) {
		columns.Write([]byte(name + "\n"))
		addMembers(columns, column, "description")
		if n.Types == nil {
			n.Types = map[string]string{}
		}
		n.Types[name] = column.Get("data_type").String()
	})
	out.Columns = columns.Sum64()
	if n.Config != nil {
		out.PersistsDescription = n.Config.At([]string{"persist_docs", "relation"}) == true
		out.PersistsTexts = n.Config.At([]string{"persist_docs", "columns"}) == true
	}
	if contract := p.value("contract"); contract.Get("enforced").Bool() && n.Type == "model" {
		c := fnv.New64a()
		addMembers(c, contract, "checksum")
		out.Contract = c.Sum64() | 1
	}
	return out
}

// config hashes the configuration as it is written, without the keys that dbt leaves
// out of the comparison; of two types it is the whole, as it is in effect.
func (p printer) config(kind string) uint64 {
	name, without := "unrendered_config", []string{"alias", "schema", "database", "tags", "group"}
	switch kind {
	case "semantic_model", "saved_query":
		name, without = "config", nil
	case "metric":
		without = []string{"group"}
	case "source", "exposure", "unit_test":
		without = nil
	}
	h := fnv.New64a()
	addObject(h, p.value(name), without)
	return h.Sum64()
}

func (p printer) relation(kind string) selector.Place {
	switch kind {
	case "source":
		return selector.Place{Database: p.all("database"), Schema: p.all("schema"), Identifier: p.all("identifier")}
	case "exposure", "metric", "semantic_model", "saved_query", "unit_test":
		return selector.Place{}
	}
	configured := func(name string) uint64 {
		h := fnv.New64a()
		addMembers(h, p.value("unrendered_config"), name)
		return h.Sum64()
	}
	return selector.Place{Database: configured("database"), Schema: configured("schema"), Identifier: configured("alias")}
}

func (p printer) savedQuery(h hash.Hash) {
	addMembers(h, p.value("query_params"), "metrics", "group_by", "where")
	p.value("exports").ForEach(func(_, export gjson.Result) bool {
		addMembers(h, export, "name")
		addMembers(h, export.Get("unrendered_config"), "export_as", "schema", "alias")
		return true
	})
}

func hashText(text []byte) uint64 {
	h := fnv.New64a()
	h.Write(text)
	return h.Sum64()
}

// addMembers adds the named members of an object, in this order; a missing one is null.
func addMembers(h hash.Hash, object gjson.Result, names ...string) {
	for _, name := range names {
		var found gjson.Result
		artifact.Members(object, func(key string, value gjson.Result) {
			if key == name {
				found = value
			}
		})
		add(h, found)
	}
}

// addObject adds an object whatever the order of its keys.
func addObject(h hash.Hash, object gjson.Result, without []string) {
	values := map[string]gjson.Result{}
	var keys []string
	artifact.Members(object, func(key string, value gjson.Result) {
		if !slices.Contains(without, key) {
			keys = append(keys, key)
			values[key] = value
		}
	})
	slices.Sort(keys)
	for _, key := range keys {
		h.Write([]byte(key + ":"))
		add(h, values[key])
	}
	h.Write([]byte("}\n"))
}

// add adds any value; what is missing is null.
func add(h hash.Hash, v gjson.Result) {
	switch {
	case v.IsObject():
		addObject(h, v, nil)
	case v.IsArray():
		v.ForEach(func(_, item gjson.Result) bool {
			add(h, item)
			return true
		})
		h.Write([]byte("]\n"))
	case v.Type == gjson.String:
		h.Write([]byte(`"` + v.Str + "\n"))
	case v.Type == gjson.Null:
		h.Write([]byte("null\n"))
	default:
		h.Write([]byte(v.Raw + "\n"))
	}
}
