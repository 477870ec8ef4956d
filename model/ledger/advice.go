package ledger

import (
	"darkroom/model/match"
	"darkroom/model/walk"
)

// advise gives the title of a group of gaps and what a person can do about it, in
// words for somebody who does not know the rules.
func advise(key gapKey) (title, advice string) {
	if key.ambiguous {
		return "Several dbt nodes fit", "Pin each table to the node it is; or, if the nodes are one in two environments, load only the manifest that Tableau reads from."
	}
	if title, advice, ok := adviseTable(match.Reason(key.reason)); ok {
		return title, advice
	}
	return adviseGap(walk.Reason(key.reason))
}

// adviseTable is for the reasons of verdicts (model/match/RULES.md#verdicts-in-order).
func adviseTable(r match.Reason) (title, advice string, ok bool) {
	const pinOrIgnore = "If the suggested node is this table, pin it; if not, ignore the table."
	switch r {
	case match.DatabaseDiffers:
		return "Another database than dbt's", "If the two databases are one in two environments, apply the map, or load the production manifest; if one is a copy, ignore its tables.", true
	case match.EnvSchema:
		return "Another environment's schema", "Apply the map, or load the production manifest.", true
	case match.NoSuchRelation:
		return "No such table in dbt", "If dbt builds it under another name, pin it. If it comes from elsewhere, declare it as a dbt source, or ignore it.", true
	case match.NameOnly:
		return "Only the table's name is known", "Pin it to the node it is, or write the schema into the custom SQL.", true
	case match.DisabledNode:
		return "The model is disabled", "Enable the model again, or move the dashboard to what replaced it; ignore the table if it is frozen on purpose.", true
	case match.EphemeralNode:
		return "Named like an ephemeral model", "dbt builds no table for it, so somebody else made this one. Find out who; then pin it to what it is made from, or ignore it.", true
	case match.CaseOnly:
		return "Only capital letters differ", pinOrIgnore, true
	case match.ShardPrefix:
		return "Begins like a sharded source", pinOrIgnore, true
	case match.PointerMissing:
		return "A versioned model without its version", "Pin it to the version that the view of that name shows.", true
	case match.PlatformDefaultSchema, match.NoDatabaseGeneric, match.NoDatabaseUnique, match.NoDatabase:
		return "Part of the name is a guess", "Tableau does not tell the whole name. " + pinOrIgnore, true
	case match.RelatedConnection, match.GenericConnection:
		return "The connection does not prove the warehouse", "If this connection leads to dbt's warehouse, pin the table, or name the connection type once for all under connection_aliases in darkroom.yml.", true
	case match.LinkedServer, match.CaptionName, match.VirtualConnectionName:
		return "The name is only a hint", pinOrIgnore, true
	}
	return adviseNoTable(r)
}

// adviseNoTable is for tables that no dbt project could build, or that hide.
func adviseNoTable(r match.Reason) (title, advice string, ok bool) {
	switch r {
	case match.Redacted:
		return "Names hidden by permissions", "Ask for permission: the owner of the token needs the View capability on the database and its tables in Tableau (with Data Management; without it, an administrator's token). Then fetch again. Or fetch with darkroom sync --download, which reads the names in the workbooks' files.", true
	case match.FileOrExtract:
		return "Files, sheets and extracts", "dbt does not build files, so nothing can be linked. If the file is an export of a dbt model, read the model instead; else ignore it.", true
	case match.StoredProcedure:
		return "Stored procedures", "What a procedure reads is not told. Pin it to the model that it reads, or ignore it.", true
	case match.PublishedSource:
		return "A published data source is not loaded", "Load the published source: fetch the whole site, or give the token's owner permission to see it.", true
	case match.OtherPlatform:
		return "Another platform than dbt's", "If a dbt project builds there, load its manifest as well (--manifest FILE). If the connection leads to dbt's warehouse after all, say so under connection_aliases. Else ignore the tables.", true
	case match.TempObject:
		return "Temporary tables", "They exist only while a query runs. Pin them to what fills them, or ignore them.", true
	}
	return "", "", false
}

// adviseGap is for what hides tables on the way (model/walk/RULES.md#gaps).
func adviseGap(r walk.Reason) (title, advice string) {
	switch r {
	case walk.NotLoaded:
		return "Missing in the metadata", "Tableau names it, but the data does not have it. Fetch again, with all objects and as somebody who may see them."
	case walk.CutOff:
		return "Cut off in Tableau's answers", "Tableau stopped in the middle of an answer or of a list, so tables may be missing; what came is kept, and nothing is guessed. Run darkroom sync again, best when Tableau has little to do: it asks for less at once by itself. Where it stays so, an administrator of Tableau Server can raise metadata.query.limits.count and metadata.query.limits.time. Of answers saved by hand, save all pages, and smaller ones."
	case walk.SQLIncomplete:
		return "Custom SQL with unknown inputs", "Look at the line named: write a table's name where a variable or a temporary table stands, or leave it as known to be incomplete."
	case walk.SQLSuspicious:
		return "Custom SQL without any table", "Look at the query; if it does read a table, please report it."
	case walk.UnsupportedSQL:
		return "Custom SQL that Tableau does not show", "darkroom sync --download reads the text in the workbook's file; or ask the workbook's owner."
	case walk.FlowNoLineage:
		return "Flows without inputs", "Flows with parameters tell no inputs. Publish the flow without them, or read its tables instead."
	case walk.NoLineage:
		return "No lineage behind it", "Tableau knows no table behind it: nothing is placed, it is a cube, or the site has not indexed it yet. darkroom sync --download looks into the workbook's file; else fetch again later, or exclude the dashboard."
	case walk.TooDeep:
		return "A chain that does not end", "The data sources refer to each other too many times; look at them in Tableau."
	case walk.SeveralPublished:
		return "A name that several sources have", "Several published data sources are called the same; rename one, or fetch with a token that sees their identities."
	}
	return "Not known", "Look at the evidence."
}

// GapTitle is what a gap means for the list of tables.
func GapTitle(gap *walk.Gap) string {
	if gap.Reason == walk.CutOff {
		return "Tables may be missing"
	}
	return "Something hides tables"
}

// GapAdvice is what can be done about a gap whose own words do not say it, else "".
func GapAdvice(gap *walk.Gap) string {
	if gap.Reason != walk.CutOff {
		return ""
	}
	_, advice := adviseGap(gap.Reason)
	return advice
}
