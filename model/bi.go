package model

import (
	"cmp"
	"strings"
	"time"

	"darkroom/model/usage"
)

// Site is one site of a BI tool as the tool's interfaces describe it (of Tableau the
// Metadata API and the REST API): flat lists that point at each other by id
// (sources/tableau/API.md#metadata-api). Every text can be empty: hidden by
// permissions, or not asked for.
type Site struct {
	Tool       *Tool  // what the tool calls things; nil gives neutral words and no addresses
	Server     string // "https://tableau.example.com", no trailing slash; "" when the file does not say
	ContentURL string // the part after /site/ in the browser; "" is the default site
	Name       string // what people call it; falls back to ContentURL, then the file's name
	File       string // where it was read from, for messages
	FetchedAt  time.Time
	Usage      *usage.History // views counted by earlier syncs, too; nil is none
	Partial    []string       // why the data is known to be incomplete; empty when it is complete
	// IncompleteLists are the lists of the Metadata API that are known to lack objects,
	// with the reason ("sheets": "Tableau's list of sheets was cut off: …"); nil when
	// none is. EveryList is the key for all of them.
	IncompleteLists map[string]string

	Containers  []Container
	Workbooks   []Workbook
	Dashboards  []Dashboard // stories too: the API lists them here
	Sheets      []Sheet
	Datasources []Datasource // embedded and published
	Tables      []Table      // database, custom SQL and virtual connection tables
	Flows       []Flow
	Collections []Collection // nil when the file does not report them, as before REST 3.28 and on Tableau Server

	// Columns are the columns that the fields of sheets come from, each once; nil where
	// they were not fetched.
	Columns []TableColumn
}

// Container is a folder for content: a project of Tableau, a workspace or a folder in
// it of Power BI. Names are not unique; the path is.
type Container struct {
	LUID, ParentLUID, Name string
	Owner                  User
}

// User is an owner. Any field may be empty.
type User struct {
	LUID, Name, Username, Email string
}

// Shown is how an owner is shown: by the first of these that is known.
func (u User) Shown() string { return cmp.Or(u.Name, u.Username, u.Email) }

// Workbook is a published file that holds dashboards, sheets and embedded data sources.
// Not every tool has workbooks: a dashboard can lie in a container directly.
type Workbook struct {
	ID, LUID, Name, Description  string
	ContainerLUID, ContainerName string // the innermost one
	// PersonalSpace is containerType "personal space": a private sandbox.
	PersonalSpace        bool
	Incomplete           string // see Dashboard.Incomplete
	PageID               string // what the tool's web address has for it; Tableau's is a number
	Owner                User
	Tags                 []string
	CreatedAt, UpdatedAt time.Time
}

// Dashboard is a dashboard or a story.
type Dashboard struct {
	ID string
	// LUID and Path are empty for a view that is hidden in its workbook;
	// DocumentViewID survives renames and serves instead.
	LUID, DocumentViewID string
	Name                 string
	Path                 string // "WorkbookUrl/ViewUrl"
	WorkbookID           string // "" in no workbook
	// Hidden: the tool says that it is hidden in its workbook, so that it has no address.
	Hidden   bool
	Home     *Home // of a dashboard in no workbook, otherwise nil; see HomeIn
	Tags     []string
	SheetIDs []string // hidden sheets too; empty for a story
	// DatasourceIDs and TableIDs are the view's own upstream shortcuts. They are
	// thin on some servers; the walk starts at the sheets (model/walk/RULES.md#the-walk).
	DatasourceIDs        []string
	TableIDs             []string
	Views                int // total view count; -1 when unknown
	CreatedAt, UpdatedAt time.Time
	// WorkbookLevel marks a placeholder, not a view of Tableau: the file says what
	// the workbook reads and nothing of its dashboards. Its ID is "workbook:" and
	// the workbook's, its name the workbook's, and it has no LUID.
	WorkbookLevel bool
	// Incomplete says why what is known of the object may lack something, as the end
	// of a sentence: its own answer was cut off, or a list was cut off that may hold
	// what is missing. "" is complete.
	Incomplete string
}

// Home is where something published lies and whose it is.
type Home struct {
	Description                  string
	ContainerLUID, ContainerName string // the innermost one
	PersonalSpace                bool
	Owner                        User
}

// HomeIn is the home of a dashboard's workbook; without a workbook its own.
func (d *Dashboard) HomeIn(w *Workbook) Home {
	if w == nil {
		return *orEmpty(d.Home)
	}
	return w.Home()
}

// Home is the workbook's, and that of the dashboards in it.
func (w *Workbook) Home() Home {
	return Home{w.Description, w.ContainerLUID, w.ContainerName, w.PersonalSpace, w.Owner}
}

// AnswerCutOff is how Incomplete begins where the answer about the object itself
// was cut off; the reason follows.
const AnswerCutOff = "the answer about it was cut off: "

// EveryList is the key in Site.IncompleteLists of what concerns every object of a site: the tool has
// not finished indexing it.
const EveryList = "site"

// Sheet is a worksheet.
type Sheet struct {
	ID, LUID, Name, WorkbookID string
	// DatasourceIDs joins parentEmbeddedDatasources, upstreamDatasources and the
	// data sources of its fields.
	DatasourceIDs []string
	TableIDs      []string // tables whose fields the sheet really uses, when known
	Incomplete    string   // see Dashboard.Incomplete
	Columns       SheetColumns
}

// Datasource is an embedded or a published data source.
type Datasource struct {
	ID, LUID, Name string // an embedded one has no LUID
	Published      bool
	WorkbookID     string // of an embedded one
	ContentURL     string // of a published one: its part of a URL; REST and workbook files have it
	ContainerLUID  string // of a published one
	ContainerName  string
	// ParentIDs are published data sources it builds on, from any of the three
	// edges that may carry them (model/walk/RULES.md#paths, P2 and P3).
	ParentIDs []string
	// TableIDs joins upstreamTables and fields.upstreamColumns.table.
	TableIDs []string
	FlowIDs  []string

	HasExtract           bool
	ExtractRefreshedAt   time.Time
	UnsupportedCustomSQL bool
	Certified            bool
	Owner                User
	UpdatedAt            time.Time // of a published one
	// Connections are REST's, joined by name; used when the API names no parent.
	Connections []Connection
	Incomplete  string // see Dashboard.Incomplete
}

// Connection is one entry of REST's workbook or data source connections.
type Connection struct {
	Type, Server, DatasourceLUID, DatasourceName string
}

// Flow is a Prep flow.
type Flow struct {
	ID, LUID, Name, ContainerName      string
	TableIDs, DatasourceIDs, ParentIDs []string // ParentIDs: flows before this one
	Incomplete                         string   // see Dashboard.Incomplete
}

// Collection is a list of content that people put together across projects. What
// is in it and not in the site (hidden, or of another kind) is left out.
type Collection struct {
	LUID, Name, Description                  string
	Owner                                    User
	WorkbookIDs, DashboardIDs, DatasourceIDs []string // in no order
}

// Key is the identity under which people's decisions about d are kept: the LUID,
// which is unique everywhere; for a hidden view its documentViewId or metadata
// id, made unique by the site.
func (s *Site) Key(d *Dashboard) string {
	switch {
	case d.LUID != "":
		return strings.ToLower(d.LUID)
	case d.DocumentViewID != "":
		return s.ID() + "/" + d.DocumentViewID
	}
	return s.ID() + "/" + d.ID
}

// ID names the site in decisions and in meta: "host/contentUrl", "host" for the
// default site, or the name when the file does not name the server.
func (s *Site) ID() string {
	host := s.Server
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	switch {
	case host == "":
		return s.Name
	case s.ContentURL == "":
		return host
	}
	return host + "/" + s.ContentURL
}
