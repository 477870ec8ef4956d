package walk

import (
	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/sql"
)

// addInitialSQL adds what the initial SQL of a table's connection reads (P11): it
// runs first in the session, and the table may be made of it. Only workbook files
// have it. A custom SQL text brings the initial SQL of its own connection.
func (w *Walker) addInitialSQL(e *expansion, t *model.Table) {
	text := t.Connection.InitialSQL
	if text == "" {
		return
	}
	result := sql.Read(text, sql.Options{Dialect: w.dialect(t), Kind: sql.InitialSQL})
	for _, r := range result.Reads {
		step := Step{Kind: StepInitialSQL, Name: t.Name, ID: t.ID, Line: r.Line}
		ref := &SQLRef{Parts: r.Parts, Quoted: r.Quoted, Line: r.Line, Offset: r.Offset, Table: t}
		e.leaves = append(e.leaves, &leaf{table: t, sql: ref, step: &step, ids: []string{t.ID}})
	}
	for _, g := range result.Gaps {
		e.gaps = append(e.gaps, gapCause{reason.SQLIncomplete, "the initial SQL of its connection, " + g.String(), t.ID})
	}
}
