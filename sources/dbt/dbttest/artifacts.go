package dbttest

// Catalog is a catalog.json with the oddities of real ones.
const Catalog = `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json", "generated_at": "2026-06-01T12:00:00Z"},
 "nodes": {"model.s.a": {"metadata": {"type": "BASE TABLE", "schema": "PUBLIC", "name": "A", "database": "DB", "comment": null, "owner": "R"},
   "columns": {"B": {"type": "TEXT", "index": 2, "name": "B", "comment": null}, "A": {"type": "NUMBER", "index": 1, "name": "A"}}, "stats": {"x": {"id": "x"}}, "unique_id": "model.s.a"},
  "model.s.n": {"metadata": null, "columns": null},
  "model.s.odd": {"columns": {"z": {"index": null}, "y": {}}, "metadata": {"name": "\u00e4", "database": null, "schema": 5}}},
 "sources": {"source.s.r.t": {"metadata": {"type": "VIEW", "schema": "RAW", "name": "T", "database": null}, "columns": {}}},
 "errors": null}`

// RunResults is a run_results.json; WHICH in it is the command to be replaced.
const RunResults = `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json", "generated_at": "2026-06-01T12:10:00.5Z"},
 "results": [
  {"status": "success", "timing": [{"name": "compile", "started_at": "2026-06-01T12:00:00Z", "completed_at": "2026-06-01T12:00:01Z"}, {"name": "execute", "started_at": "2026-06-01T12:00:01Z", "completed_at": "2026-06-01T12:00:09.25Z"}],
   "thread_id": "Thread-1", "execution_time": 9.25, "adapter_response": {"rows": 1}, "message": "SELECT 1", "failures": null, "unique_id": "model.s.a", "compiled_code": "select \"}\" "},
  {"status": "Skipped", "timing": [], "execution_time": 0, "message": null, "unique_id": "model.s.b"},
  {"status": "fail", "timing": null, "message": 3, "unique_id": "test.s.t.1"},
  {"status": "success"}],
 "elapsed_time": 10.0, "args": {"which": "WHICH", "select": []}}`

// Sources is a sources.json with a source that crashed.
const Sources = `{"results": [
  {"unique_id": "source.s.r.t", "max_loaded_at": "2026-06-01T11:00:00+02:00", "snapshotted_at": "2026-06-01T12:00:00.000001+00:00", "max_loaded_at_time_ago_in_s": 1.5, "status": "warn",
   "criteria": {"warn_after": {"count": 12, "period": "hour"}, "filter": null}, "adapter_response": {}, "timing": [], "execution_time": 0.1},
  {"unique_id": "source.s.r.u", "error": "no such table", "status": "runtime error"}],
 "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json", "generated_at": "2026-06-01T12:30:00Z"}, "elapsed_time": 1}`
