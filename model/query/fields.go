package query

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/selector"
)

// fieldNames are the fields a filter knows, as they are shown.
const fieldNames = "kind: state: link: owner: tag: collection: views: path: hidden:"

// dashboardKind is the word of kind: that no resource has.
const dashboardKind = "dashboard"

func isField(name string) bool {
	return slices.Contains(strings.Fields(fieldNames), name+":")
}

// isShared reports a field that dbt has as a method: what dbt's own means is found too.
func isShared(name string) bool { return name == "tag" || name == "path" }

// isSelector reports a word that is one of dbt's selectors and not one of the fields:
// it has a plus, an @ or a comma between selectors, or it has a method of dbt that is
// no field. What state: of dbt takes is none of the states of a decision.
func isSelector(word string) bool {
	parts := strings.Split(word, ",")
	chooses := false
	for _, part := range parts {
		method, value, named := strings.Cut(strings.TrimLeft(part, "@+0123456789"), ":")
		known := named && selector.IsMethod(method)
		switch {
		case named && !known && (isField(method) || !selector.HasReach(part)):
			return false
		case selector.HasReach(part), known && (len(parts) > 1 || !isField(method) || method == "state" && selector.IsState(value)):
			chooses = true
		}
	}
	return chooses
}

// wrongValue says what a field takes when value, in lower case, is neither that
// nor the beginning of it; otherwise it is empty.
func wrongValue(field, value string) string {
	if field == "views" {
		if _, ok := curate.FitsViews(value, 0); !ok {
			return "views: takes a number, as in views:>100"
		}
		return ""
	}
	if renamed, ok := lineage.RenamedStatus(value); ok && field == "link" {
		return "link:" + value + " is called link:" + renamed.String() + " now"
	}
	words, also := fieldWords(field)
	begins := func(word string) bool { return strings.HasPrefix(word, value) }
	if words == nil || slices.ContainsFunc(words, begins) || slices.ContainsFunc(also, begins) {
		return ""
	}
	if also != nil {
		words = append(words, "a materialization")
	}
	return field + ": takes " + strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// fieldWords lists the values of a field, and those that go without saying; nil
// when a field takes anything.
func fieldWords(field string) (words, also []string) {
	switch field {
	case "hidden":
		return []string{"true", "false"}, nil
	case "state":
		return []string{"included", "excluded", "undecided"}, nil
	case "link":
		for s := lineage.StatusNotLinked; s <= lineage.StatusLinked; s++ {
			words = append(words, s.String())
		}
	case "kind":
		for k := model.KindModel; k < model.KindExposure; k++ {
			words = append(words, k.String())
		}
		// What dbt and its adapters build: dbt-core, dbt-snowflake,
		// dbt-databricks, dbt-duckdb, dbt-clickhouse.
		also = []string{
			"view", "table", "incremental", "ephemeral", "materialized_view", "dynamic_table", "streaming_table", "external",
			"dictionary", "distributed_table", "distributed_incremental",
		}
		words = append(words, dashboardKind)
	}
	return words, also
}
