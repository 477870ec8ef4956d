package relation

import (
	"strings"

	"darkroom/model/warehouse"
)

// The levels of a name, as indexes of its three parts.
const (
	Database = iota
	Schema
	Identifier
)

// Likeness says how similar two parts are, most similar first. The likeness of two
// names is the largest value among their parts.
type Likeness uint8

const (
	Same     Likeness = iota // equal, after folding what is not quoted
	SameCI                   // case differs, and case means nothing here
	CaseOnly                 // only case differs, but it may mean another object
	Differs
)

// Side is one part as Tableau has it: the stored name, or SQL text, in which unquoted
// names fold.
type Side struct {
	Text   string // already folded when it is unquoted SQL
	Quoted bool   // the SQL text has the name in quotes
}

// SideOf reads a part of SQL text as w does; a name from a catalogue is
// Side{Text: name}.
func SideOf(w *warehouse.Warehouse, part Part) Side {
	if part.Quoted {
		return Side{Text: part.Text, Quoted: true}
	}
	return Side{Text: w.Fold.Apply(part.Text)}
}

// Compare compares a part of a dbt relation in w with Tableau's
// (model/match/RULES.md#verdicts-in-order, steps 5, 6 and 9). Quotes in SQL text
// mean that case counts, except in warehouses where it never does.
func Compare(w *warehouse.Warehouse, level int, dbt Part, tableau Side) Likeness {
	if level == Database && w.SameDatabase(dbt.Text, tableau.Text) {
		return Same
	}
	if dbt.Text == tableau.Text && (dbt.Quoted || w.Fold == warehouse.FoldNone) {
		return Same
	}
	if !dbt.Quoted && w.Fold.Gives(dbt.Text, tableau.Text) {
		return Same
	}
	if !strings.EqualFold(dbt.Text, tableau.Text) {
		return Differs
	}
	switch w.Case[level] {
	case warehouse.CaseSame:
		return SameCI
	case warehouse.CaseSameIfUnquoted:
		if !dbt.Quoted && !tableau.Quoted {
			return SameCI
		}
	}
	return CaseOnly
}
