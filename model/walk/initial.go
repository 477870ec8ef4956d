package walk

import (
	"cmp"
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/sql"
)

// addInitialSQL adds what the initial SQL of a table's connection reads (P11): it
// runs first in the session, and the table may be made of it. Only workbook files
// have it. A custom SQL text brings the initial SQL of its own connection.
func (w *Walker) addInitialSQL(e *expansion, l *leaf) {
	t := l.table
	text := t.Connection().InitialSQL
	if text == "" {
		return
	}
	result := sql.Read(text, sql.Options{Dialect: w.dialect(t), Kind: sql.InitialSQL})
	l.session = changedBy(t, &result)
	for _, r := range result.Reads {
		step := Step{Kind: StepInitialSQL, Name: t.Name, ID: t.ID, Line: r.Line}
		e.leaves = append(e.leaves, &leaf{table: t, sql: w.sqlRef(t, r), step: &step, ids: []string{t.ID}})
	}
	for _, g := range result.Gaps {
		e.gaps = append(e.gaps, gapCause{reason.SQLIncomplete, "the initial SQL of its connection, " + g.String(), t.ID})
	}
	for _, f := range result.Functions {
		e.gaps = append(e.gaps, gapCause{reason.TableFunction, "the initial SQL of its connection, " + functionText(f), t.ID})
	}
}

// changedBy is the statement of an initial SQL that may have changed what the name
// of t means: how Tableau writes the name when it asks for the table is not known.
func changedBy(t *model.Table, initial *sql.Result) string {
	parts := relation.Read(cmp.Or(t.FullName, t.Name))
	if len(parts) < 3 && initial.Database != "" {
		return atStart(initial.Database)
	}
	if len(parts) < 2 && t.Schema() == "" && initial.Schema != "" {
		return atStart(initial.Schema)
	}
	return ""
}

// atStart says that a statement is in the initial SQL: its text alone was read.
func atStart(statement string) string {
	if at := strings.LastIndex(statement, " in line "); at >= 0 {
		return statement[:at] + " in the initial SQL, line " + statement[at+len(" in line "):]
	}
	return statement
}

// functionText says that a table function hides what it reads.
func functionText(f sql.Ref) string {
	return fmt.Sprintf("line %d: a table function, whose inputs are not in the text (%s)", f.Line, f.String())
}
