package config

import (
	"darkroom/sources/project/tools"
	"darkroom/sources/schema"
)

// Notes describe every key of [Config], for the JSON schema.
func Notes() schema.Notes { //nolint:funlen // one line for each key
	yesNo := []string{"true", "false"}
	notes := schema.Notes{
		"manifests":                    {Says: "dbt manifests, relative to this file; by default they are found from dbt_project.yml"},
		"sites":                        {Says: "sites of a BI tool: where to sync from, which snapshot to read, or both"},
		"sites[].name":                 {Says: "a unique name; by default the site, otherwise the host"},
		"sites[].server":               {Says: "address of the server, https://tableau.example.com"},
		"sites[].site":                 {Says: "what follows /site/ in the browser; leave out for the default site"},
		"sites[].snapshot":             {Says: "file or folder to read; sync writes there; by default .darkroom/snapshots/NAME.json.gz"},
		"sites[].public_url":           {Says: "where dashboards are opened, if not at the server"},
		"sites[].auth":                 {Says: "how to sign in; by default whichever has its secrets at hand", OneOf: []string{AuthPAT, AuthJWT, AuthPassword}},
		"sites[].ca_file":              {Says: "PEM file of certificates besides the system's"},
		"sites[].insecure_skip_verify": {Says: "true accepts any certificate: anyone in between can read the token"},
		"sites[].redirect_hosts":       {Says: "other hosts that sign-in may send the token to"},
		"sites[].download":             {Says: "true makes sync read workbook files where the metadata is incomplete"},
		"sites[].columns":              {Says: "true makes sync ask for the columns that the fields of sheets come from"},
		"scope":                        {Says: "which dashboards are shown and offered; every key that is set has to agree"},
		"scope.projects":               {Says: "patterns of projects, with everything below them"},
		"scope.exclude_projects":       {Says: "patterns of projects to leave out, which win over projects"},
		"scope.personal_space":         {Says: "true shows dashboards in personal spaces, too"},
		"scope.tags":                   {Says: "one of these tags, on dashboard or workbook"},
		"scope.owners":                 {Says: "name, username or e-mail of the workbook's owner"},
		"scope.collections":            {Says: "in one of these collections, itself or with its workbook"},
		"rules":                        {Says: "what is decided in advance; the first rule that fits counts, until you decide"},
		"rules[].projects":             {Says: "patterns of projects, with everything below them"},
		"rules[].tags":                 {Says: "one of these tags, on dashboard or workbook"},
		"rules[].owners":               {Says: "name, username or e-mail of the workbook's owner"},
		"rules[].collections":          {Says: "in one of these collections, itself or with its workbook"},
		"rules[].certified":            {Says: "true: it reads published data sources, all of them certified", OneOf: yesNo},
		"rules[].personal_space":       {Says: "true: in a personal space", OneOf: yesNo},
		"rules[].archive":              {Says: "true: in a project called Archive, at any depth", OneOf: yesNo},
		"rules[].hidden":               {Says: "true: hidden in its workbook", OneOf: yesNo},
		"rules[].views":                {Says: "a number of views, as in filters: >100, >=1k, <2.5m, 100..1k or 100"},
		"rules[].select":               {Says: "dbt selectors: the dashboard is selected, or reads what is"},
		"rules[].decide":               {Says: "what is decided", OneOf: []string{"include", "exclude", "undecided"}},
		"rules[].why":                  {Says: "the reason, shown with the decision"},
		"maps":                         {Says: "rewrites a database or schema of the BI tool to dbt's; the first that applies counts"},
		"maps[].dbt":                   {Says: "database or DATABASE.SCHEMA in dbt; * is the tool's schema"},
		"connection_aliases":           {Says: "connection type to dbt adapter, {postgres_jdbc: postgres}"},
		"pins":                         {Says: "ties a table to a node"},
		"pins[].table":                 {Says: "the table as gaps name it, snowflake://DATABASE.SCHEMA.TABLE"},
		"pins[].node":                  {Says: "unique_id of the dbt resource"},
		"ignore":                       {Says: "sets tables aside: they are no gap"},
		"ignore[].table":               {Says: "the table, or a pattern with *"},
		"strict":                       {Says: "true: only proven matches are links"},
		"docs_url":                     {Says: "where dbt docs are served: the explorer opens a model there"},
		"export":                       {Says: "what is written, and where"},
		"export.layout":                {Says: "one file of exposures, or one for each site, project or workbook", OneOf: []string{LayoutFile, LayoutSite, LayoutProject, LayoutWorkbook}},
		"export.file":                  {Says: "path inside the project; may have {site}, {project}, {workbook}"},
		"export.level":                 {Says: "one exposure for each dashboard, or for each workbook", OneOf: []string{LevelDashboard, LevelWorkbook}},
		"export.grace_days":            {Says: "how many days an entry outlives its dashboard"},
		"export.tags":                  {Says: "added to each exposure"},
		"export.owner":                 {Says: "used where the BI tool names none"},
		"export.owner.name":            {Says: "name of the owner"},
		"export.owner.email":           {Says: "e-mail of the owner"},
	}
	for _, list := range []string{"pins[]", "ignore[]"} {
		notes[list+".by"] = schema.Note{Says: "who decided"}
		notes[list+".at"] = schema.Note{Says: "when, 2026-11-23T18:00:00Z or 2026-11-23"}
		notes[list+".why"] = schema.Note{Says: "the reason"}
	}
	for _, key := range tools.All().Keys() {
		notes["maps[]."+key] = schema.Note{Says: "database or DATABASE.SCHEMA in the BI tool; * is any schema"}
	}
	return notes
}
