// Package manifest reads a manifest of any schema generation into a model.Project. A
// manifest can be hundreds of megabytes, and a few percent of it matter here: what is not
// wanted (macros, docs, SQL) is skipped and never built.
//
// Fields are decided by their presence, never by the schema version: dbt adds fields
// without raising it (sources/dbt/ARTIFACTS.md#manifest-versions). A missing field and a
// null one mean the same.
//
// What is not here: walking the JSON (jsonwindow), the other artifacts (artifact), and
// finding the file (dbt).
package manifest
