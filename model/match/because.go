package match

import (
	"fmt"
	"strings"

	"darkroom/model/relation"
)

// because is the verdict in one sentence for somebody who does not know the
// rules. Names are as the sources gave them; whoever shows the text escapes it.
func (a *attempt) because() string {
	switch a.v.Outcome {
	case NotApplicable:
		return a.becauseNoTable()
	case Unmatched:
		return a.becauseNothing()
	case Ambiguous:
		return a.becauseSeveral()
	}
	node := listOf(a.v.Nodes)
	switch a.v.Reason {
	case Pinned:
		return "A person tied this table to " + node + a.said() + "."
	case Exact:
		return a.levels() + " are those of " + node + "."
	case ExactCI:
		return a.levels() + " are those of " + node + " but for capital letters, which make no difference here."
	case Mapped:
		return "With your map " + a.candidates[0].mapText + " this is " + node + "."
	case Shard:
		return "One day of the sharded source " + node + "."
	case Pointer:
		return "The plain name of the versioned model " + node + ", which keeps a view of that name on its latest version."
	case DefaultSchema:
		return "The table is named without a schema; in " + a.part(relation.Schema) + ", the schema of its connection, it is " + node + "."
	}
	return a.becauseReview(node)
}

// becauseReview says what a person has to confirm.
func (a *attempt) becauseReview(node string) string {
	switch a.v.Reason {
	case ShardPrefix:
		return "The name begins like the sharded source " + node + ", but what follows is no date."
	case PointerMissing:
		return "The plain name of the versioned model " + node + ", which declares no view of that name; it can be made by hand or be left over."
	case CaseOnly:
		return "Equal to " + node + " but for capital letters, which can tell two tables apart here."
	case DatabaseDiffers:
		theirs := a.node(relation.Database)
		return fmt.Sprintf("Schema and table are those of %s, but Tableau reads the database %s and dbt has %s; if both are one in two environments, add the map %s → %s.",
			node, a.part(relation.Database), theirs, a.part(relation.Database), theirs)
	case EnvSchema:
		return fmt.Sprintf("The schema %s is the one that %s is configured with, but this manifest builds it in %s; if that is only another environment, add a map.",
			a.part(relation.Schema), node, a.node(relation.Schema))
	case PlatformDefaultSchema:
		return "No schema is told anywhere; in the default schema " + a.part(relation.Schema) + " there is " + node + ", but that is a guess."
	case NoDatabaseUnique:
		return "Tableau tells no database; schema and table are those of " + node + " alone" + a.strictly() + "."
	case NoDatabaseGeneric:
		return "Tableau tells no database, and nearly every database has a schema " + a.part(relation.Schema) + "; of those known only " + node + " fits."
	case RelatedConnection:
		return fmt.Sprintf("The names are those of %s, but the connection type %s is not proof of %s: a copy elsewhere may have the same names.",
			node, a.t.ConnectionType, a.candidates[0].Adapter)
	case LinkedServer:
		return "The names are those of " + node + ", but in front stands the name of another server."
	case CaptionName:
		return "Only a caption of the table is known; it leads to " + node + ", but anybody can edit it."
	case VirtualConnectionName:
		return "Only the name in a virtual connection is known; it leads to " + node + ", but it can be changed there."
	case GenericConnection:
		return "The names lead to " + node + ", but the connection does not tell which warehouse it is, and the name is not whole or not quite equal."
	}
	return "This may be " + node + "."
}

func (a *attempt) becauseNoTable() string {
	switch a.v.Reason {
	case IgnoredByUser:
		return "A person set this table aside" + a.said() + "."
	case StoredProcedure:
		return "A stored procedure is no table, and what it reads is not told."
	case Redacted:
		return "Tableau hides the name of this table from your token: it lacks permission to see the database or table, so lineage behind it is unknown."
	case PublishedSource:
		return "This stands for a published data source or a virtual connection; the tables behind it are matched instead."
	case FileOrExtract:
		return "A file, an extract or a web source (" + orUnknown(a.t.ConnectionType) + "): no dbt project builds it."
	case TempObject:
		return "A temporary table or variable, which exists only while the query runs."
	}
	if len(a.m.groups) == 0 {
		return "No dbt project is loaded."
	}
	var platforms []string
	for _, g := range a.m.groups {
		platforms = append(platforms, g.Adapter)
	}
	what := "The connection type " + a.t.ConnectionType
	if a.conn.Note != "" {
		what += " (" + a.conn.Note + ")"
	}
	return what + " belongs to another platform than the loaded dbt projects (" + strings.Join(platforms, ", ") + ")."
}

func (a *attempt) becauseNothing() string {
	switch a.v.Reason {
	case DisabledNode:
		return "This is the relation of " + listOf(a.v.Suggestions) + ", which is disabled: dbt no longer builds it."
	case EphemeralNode:
		return "The model of that name, " + listOf(a.v.Suggestions) + ", is ephemeral: dbt builds no table for it, so this one comes from elsewhere."
	}
	text := "No node of the dbt projects has this database, schema and table."
	if a.v.Reason == NameOnly {
		text = "Only the table's name is known, and a name alone is no proof."
	} else if a.candidates[0].Levels == 2 || !a.candidates[0].known(relation.Database) {
		text = "No node of the dbt projects has this schema and table."
	}
	if len(a.v.Suggestions) > 0 {
		text += " Perhaps " + listOf(a.v.Suggestions[:1]) + "?"
	}
	return text
}

func (a *attempt) becauseSeveral() string {
	names := listOf(a.v.Nodes)
	switch a.v.Reason {
	case DatabaseDiffers:
		return "Schema and table fit several nodes of other databases than " + a.part(relation.Database) + ": " + names + "."
	case NoDatabase:
		return "Tableau tells no database, and several nodes have this schema and table: " + names + "."
	case CaseOnly:
		return "Several nodes are equal but for capital letters: " + names + "."
	}
	return "Several nodes fit equally well: " + names + "."
}

// levels names the parts that were compared.
func (a *attempt) levels() string {
	if a.candidates[0].Levels == 2 {
		return "Schema and table"
	}
	return "Database, schema and table"
}

// part is a part of the table's name as compared.
func (a *attempt) part(level int) string { return orUnknown(a.v.Evidence.Parts[level].Text) }

// node is a part of the found node's name.
func (a *attempt) node(level int) string {
	r := a.v.Nodes[0].Resource
	return orUnknown([3]string{r.Database, r.Schema, r.Identifier}[level])
}

// said is what the person who decided left as a reason.
func (a *attempt) said() string {
	if a.v.Evidence.By == "" {
		return ""
	}
	return " (" + a.v.Evidence.By + ")"
}

func (a *attempt) strictly() string {
	if a.m.cfg.Strict {
		return ", which strict mode leaves to a person"
	}
	return ""
}

func orUnknown(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// listOf names nodes by unique_id, the first few of many.
func listOf(list []Node) string {
	const most = 4
	var ids []string
	for _, n := range list[:min(len(list), most)] {
		ids = append(ids, n.Resource.ID)
	}
	text := strings.Join(ids, ", ")
	if len(list) > most {
		text += fmt.Sprintf(" and %d more", len(list)-most)
	}
	return text
}
