package sql

import (
	"strings"

	"darkroom/model/sql/keyword"
	"darkroom/model/sql/lexer"
)

// inputs is what a table function reads.
type inputs uint8

const (
	inputsUnknown  inputs = iota // a user-defined function
	inputsNone                   // its arguments, files, or the system: no relation
	inputsHidden                 // a query in a literal, another server: never in the text
	inputsFirst                  // the relation that is its first argument
	inputsCluster                // ClickHouse: another server, or tables by pattern
	inputsSemantic               // Snowflake: the semantic view that is its first word
)

// functionInputs are the table functions that warehouses bring along, in lower
// case (RULES.md#table-functions).
func functionInputs(name string) inputs {
	switch name {
	case "unnest", "flatten", "explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer", "stack",
		"json_tuple", "parse_url_tuple", "variant_explode", "variant_explode_outer", "range", "generate_series", "generate_subscripts",
		"generate_timestamp_array", "generate_date_array", "generate_array", "sequence", "generator", "splitter", "split_to_table",
		"strtok_split_to_table", "regexp_split_to_table", "string_to_table", "string_split", "strsplit", "split", "openjson", "openxml",
		"json_table", "json_array_elements", "json_array_elements_text", "jsonb_array_elements", "jsonb_array_elements_text", "json_each",
		"json_each_text", "jsonb_each", "jsonb_each_text", "json_object_keys", "jsonb_object_keys", "json_to_record", "jsonb_to_record",
		"json_to_recordset", "jsonb_to_recordset", "json_populate_record", "jsonb_populate_record", "json_populate_recordset",
		"jsonb_populate_recordset", "jsonb_path_query", "json_tree", "json_keys", "xmltable", "xmltable_ns", "xmlsequence", "regexp_matches",
		"regexp_split_to_array", "each", "skeys", "svals", "ts_stat", "ts_parse", "ts_debug", "values", "numbers", "numbers_mt", "zeros",
		"zeros_mt", "generaterandom", "generateseries", "generate_dates", "input", "format", "null", "one", "arrayjoin", "mapitems",
		"mapkeys", "mapvalues", "mapexplode", "iterator", "sys_guid", "table_info", "normal_rand", "unpivot", "glob", "repeat_row",
		"to_table", "expand_on", "map_to_table", "td_normalize_overlap", "ai_generate_chunks", "time_slice", "regexp_extract_all",
		"array_to_table", "odcivarchar2list", "odcinumberlist", "cast", "the", "cursor", "view", "viewifpermitted", "viewexplain",
		"vector_search", "appends", "changes", "gap_fill", "range_sessionize", "exclude_columns", "npath", "sessionize", "attribution",
		"antiselect", "pack", "unpack", "ngramsplitter", "movingaverage", "ai_forecast", "sql_keywords", "collations":
		return inputsNone
	case "read_parquet", "parquet_scan", "read_csv", "read_csv_auto", "read_json", "read_json_auto", "read_json_objects",
		"read_ndjson", "read_ndjson_auto", "read_ndjson_objects", "read_text", "read_blob", "read_xlsx", "read_files", "cloud_files",
		"st_read", "st_drivers", "iceberg_scan", "delta_scan", "parquet_metadata", "parquet_schema", "sniff_csv", "file", "files",
		"filecluster", "s3", "s3cluster", "gcs", "url", "urlcluster", "hdfs", "hdfscluster", "azureblobstorage", "azureblobstoragecluster",
		"deltalake", "deltalakecluster", "iceberg", "icebergs3", "iceberglocal", "icebergcluster", "icebergazure", "icebergs3cluster",
		"hudi", "hudicluster", "oss", "cosn", "infer_schema", "list_files", "read_kafka", "read_kinesis", "read_pubsub", "read_pulsar",
		"read_statestore", "csv", "parquet", "json", "orc", "avro", "gdal", "read_xml":
		return inputsNone
	case "openquery", "opendatasource", "external_query", "query_table", "query", "table_query", "table_date_range",
		"table_date_range_strict", "result_scan", "dblink", "dblink_fetch", "dblink_get_result", "crosstab", "crosstab2", "crosstab3",
		"crosstab4", "connectby", "xpath_table", "query_to_xml", "postgres_query", "postgres_scan", "postgres_scan_pushdown", "mysql_query",
		"mysql_scan", "sqlite_scan", "remote_query", "mysql", "postgresql", "jdbc", "odbc", "mongodb", "redis", "sqlite", "executable",
		"ydb", "arrowflight", "system$query_reference", "query_reference", "graph_table", "cube_table", "read_query", "native_query",
		"raw_query", "exec_query", "external_table", "foreign_table", "passthrough":
		return inputsHidden
	case "remote", "remotesecure", "cluster", "clusterallreplicas", "merge":
		return inputsCluster
	case "semantic_view":
		return inputsSemantic
	case "table_changes", "changetable", "containstable", "freetexttable", "semantickeyphrasetable", "semanticsimilaritytable",
		"semanticsimilaritydetailstable", "containers", "shards", "dictionary", "loop", "mergetreeindex", "mergetreeprojection",
		"timeseriesdata", "timeseriesmetrics", "timeseriestags", "table_to_xml", "external_object_transform":
		return inputsFirst
	}
	return inputsUnknown
}

// function handles name(…) in a FROM list; next is the parenthesis. What is
// inside is read like any expression.
func (r *reader) function(n name, at, next int) {
	r.i = next
	last := strings.ToLower(n[len(n)-1].text)
	if len(n) == 1 && last == "identifier" {
		if r.literalItem(at, next) {
			return
		}
	} else {
		r.inputsOf(n, last, at, next)
	}
	r.push(level{kind: lvAny, item: true, onTables: r.d.AsName})
	if legacy, end, ok := r.legacyName(r.i); ok && last == "flatten" {
		r.table(legacy, r.i, end, false)
	}
}

// inputsOf notes what a table function reads beyond what its arguments say.
func (r *reader) inputsOf(n name, last string, at, paren int) {
	if len(n) == 1 && r.namedInputs(last, at, paren) || r.isSystem(n) {
		return
	}
	r.calls = append(r.calls, found{name: n, pos: int(r.tok(at).Pos), state: r.now})
}

// namedInputs does it for a function that comes with the warehouse.
func (r *reader) namedInputs(last string, at, paren int) bool {
	switch reads := functionInputs(last); {
	case last == "openrowset":
		if !r.isWord(paren+1, "bulk") {
			r.gap(GapDynamic, at, "")
		}
	case last == "predict" && r.d.TSQL:
		r.predictData(paren)
	case reads == inputsHidden, reads == inputsCluster && r.d.InTable:
		r.gap(GapDynamic, at, "")
	case reads == inputsSemantic:
		r.firstWord(paren + 1)
	case reads == inputsFirst:
		first := paren + 1
		if r.isWord(first, "changes") || r.kw(first) == keyword.Version { // CHANGETABLE
			first++
		}
		if r.kw(first) != keyword.Table && !r.queryStart(first) {
			r.argumentRead(first)
		}
	default:
		return reads == inputsNone
	}
	return true
}

// isSystem reports functions that read nothing but the warehouse's own records,
// and those that only the warehouse itself can have.
func (r *reader) isSystem(n name) bool {
	if len(n) > 1 {
		owner := strings.ToLower(n[len(n)-2].text)
		return owner == "information_schema" || owner == "pg_catalog" || owner == "account_usage" ||
			owner == "sys" && (r.d.TSQL || r.d.Link) || (owner == "ml" || owner == "ai") && r.d.BacktickPath
	}
	last := strings.ToLower(n[0].text)
	for _, prefix := range [...]string{"pg_", "json_", "jsonb_", "duckdb_", "pragma_", "st_", "xml", "array_", "td_"} {
		if strings.HasPrefix(last, prefix) {
			return true
		}
	}
	return r.d.TSQL // a user-defined function is named with its schema
}

// firstWord reads the relation that the arguments of a function begin with:
// SEMANTIC_VIEW(db.s.v METRICS m DIMENSIONS d).
func (r *reader) firstWord(i int) {
	if !isName(r.tok(i)) {
		r.gap(GapDynamic, i, "")
		return
	}
	n, next, dynamic, path := r.parseName(i)
	if dynamic || r.isSymbol(next, '(') {
		r.gap(GapDynamic, i, "")
		return
	}
	r.read(found{name: n, pos: int(r.tok(i).Pos), path: path})
}

// predictData reads T-SQL's PREDICT(MODEL = @m, DATA = dbo.t AS d).
func (r *reader) predictData(paren int) {
	for i := paren + 1; i < int(r.tok(paren).Mate); i++ {
		if r.isWord(i, "data") && r.isSymbol(i+1, '=') {
			r.firstWord(i + 2)
			return
		}
	}
}

// tableFunction handles TABLE(…) in a FROM list.
func (r *reader) tableFunction() {
	at, next := r.i, r.i+1
	switch inside := r.tok(next + 1); {
	case inside.Kind == lexer.String:
		if r.literalItem(at, next) {
			return
		}
	case inside.Kind == lexer.Param, r.isSymbol(next+1, ':'), r.isSymbol(next+1, '?'):
		r.gap(GapDynamic, at, r.text(inside))
	case isName(inside) && inside.Kw == keyword.None:
		n, paren, dynamic, path := r.parseName(next + 1)
		last := strings.ToLower(n[len(n)-1].text)
		switch {
		case dynamic:
			r.gap(GapDynamic, next+1, "")
		case r.isSymbol(paren, '(') && last != "identifier":
			r.inputsOf(n, last, next+1, paren)
		case r.isSymbol(paren, ')') && paren == int(r.tok(next).Mate) && !r.d.Link: // Oracle: TABLE(collection)
			if len(n) == 1 { // a table, or a variable of a script
				r.gap(GapDynamic, next+1, "")
				break
			}
			r.table(n, next+1, paren+1, path)
			return
		}
	}
	r.i = next
	r.push(level{kind: lvAny, item: true})
}

// callInExpression handles a function in an expression, whose parenthesis is at
// r.i, that reads a relation or changes the session.
func (r *reader) callInExpression() {
	at := r.i - 1
	switch word := r.text(r.tok(at)); {
	case !r.d.InTable:
		if strings.EqualFold(word, "set_config") {
			r.setConfig(r.i)
		}
	case len(word) > 4 && strings.EqualFold(word[:4], "dict"), strings.EqualFold(word, "joinGet"), strings.EqualFold(word, "joinGetOrNull"):
		r.argumentRead(r.i + 1)
	}
}

// argumentRead reads the relation at token i as an argument, as a name
// or in a literal.
func (r *reader) argumentRead(i int) {
	t := r.tok(i)
	if t.Kind == lexer.String {
		if n, ok := r.literalName(t); ok && !r.isSymbol(i+1, '|') {
			r.read(found{name: n, pos: int(t.Pos)})
			return
		}
	} else if isName(t) {
		if n, next, dynamic, path := r.parseName(i); !dynamic && (r.isSymbol(next, ',') || r.isSymbol(next, ')')) {
			r.read(found{name: n, pos: int(t.Pos), path: path})
			return
		}
	}
	r.gap(GapDynamic, i, "")
}
