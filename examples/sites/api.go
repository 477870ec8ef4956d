package main

// The objects of the two APIs, with their field names. A link has only an id
// (sources/tableau/snapshot/format.go).

type snapshot struct {
	Format    string   `json:"format"`
	FetchedAt string   `json:"fetched_at"`
	Server    string   `json:"server"`
	Site      siteInfo `json:"site"`
	Partial   []string `json:"partial"`

	Incomplete map[string]map[string]string `json:"incomplete"`
	Columns    columnsPart                  `json:"columns"`
	REST       rest                         `json:"rest"`
	Metadata   metadata                     `json:"metadata"`
}

type siteInfo struct {
	ContentURL string `json:"contentUrl"`
	Name       string `json:"name"`
}

type rest struct {
	Projects            []restProject               `json:"projects"`
	Users               []restUser                  `json:"users"`
	Views               []restView                  `json:"views"`
	WorkbookConnections map[string][]restConnection `json:"workbookConnections"`
	Collections         []restCollection            `json:"collections,omitempty"`
}

type metadata struct {
	Workbooks               []*workbook         `json:"workbooks"`
	Dashboards              []*dashboard        `json:"dashboards"`
	Sheets                  []*sheet            `json:"sheets"`
	EmbeddedDatasources     []*datasource       `json:"embeddedDatasources"`
	PublishedDatasources    []*datasource       `json:"publishedDatasources"`
	DatabaseTables          []databaseTable     `json:"databaseTables"`
	CustomSQLTables         []*customSQLTable   `json:"customSQLTables"`
	VirtualConnections      []virtualConnection `json:"virtualConnections"`
	VirtualConnectionTables []virtualTable      `json:"virtualConnectionTables"`
	Flows                   []*flow             `json:"flows"`
}

type link struct {
	Typename string `json:"__typename,omitempty"`
	ID       string `json:"id"`
}

type tag struct {
	Name string `json:"name"`
}

type user struct {
	LUID     string  `json:"luid"`
	Username string  `json:"username"`
	Name     string  `json:"name"`
	Domain   string  `json:"domain"`
	Email    *string `json:"email"`
}

type workbook struct {
	ID                  string  `json:"id"`
	LUID                string  `json:"luid"`
	Name                string  `json:"name"`
	Description         *string `json:"description"`
	URI                 string  `json:"uri"`
	VizportalURLID      string  `json:"vizportalUrlId"`
	ProjectName         *string `json:"projectName"`
	ProjectLUID         *string `json:"projectLuid"`
	ContainerType       string  `json:"containerType"`
	ContainerName       string  `json:"containerName"`
	CreatedAt           string  `json:"createdAt"`
	UpdatedAt           string  `json:"updatedAt"`
	Owner               user    `json:"owner"`
	Tags                []tag   `json:"tags"`
	Dashboards          []link  `json:"dashboards"`
	Sheets              []link  `json:"sheets"`
	EmbeddedDatasources []link  `json:"embeddedDatasources"`
}

type dashboard struct {
	ID                  string `json:"id"`
	LUID                string `json:"luid"`
	Name                string `json:"name"`
	Path                string `json:"path"`
	DocumentViewID      string `json:"documentViewId"`
	Index               int    `json:"index"`
	CreatedAt           string `json:"createdAt"`
	UpdatedAt           string `json:"updatedAt"`
	Tags                []tag  `json:"tags"`
	Workbook            link   `json:"workbook"`
	Sheets              []link `json:"sheets"`
	UpstreamDatasources []link `json:"upstreamDatasources"`
	UpstreamTables      []link `json:"upstreamTables"`

	UpstreamColumns []column `json:"upstreamColumns,omitempty"` // where there are no tables
}

type sheet struct {
	ID                        string  `json:"id"`
	LUID                      string  `json:"luid"`
	Name                      string  `json:"name"`
	Path                      string  `json:"path"`
	DocumentViewID            string  `json:"documentViewId"`
	Index                     int     `json:"index"`
	CreatedAt                 string  `json:"createdAt"`
	UpdatedAt                 string  `json:"updatedAt"`
	Tags                      []tag   `json:"tags"`
	Workbook                  link    `json:"workbook"`
	ContainedInDashboards     []link  `json:"containedInDashboards"`
	ParentEmbeddedDatasources []link  `json:"parentEmbeddedDatasources"`
	UpstreamDatasources       []link  `json:"upstreamDatasources"`
	UpstreamTables            []link  `json:"upstreamTables"`
	DatasourceFields          []field `json:"datasourceFields"`
}

// field is one entry for all fields of an object that have the same links.
type field struct {
	Typename                        string   `json:"__typename"`
	Datasource                      *link    `json:"datasource,omitempty"`
	UpstreamColumns                 []column `json:"upstreamColumns"`
	UpstreamVirtualConnectionTables []link   `json:"upstreamVirtualConnectionTables,omitempty"`
	RemoteField                     *remote  `json:"remoteField,omitempty"`
}

type column struct {
	Table link `json:"table"`
}

type remote struct {
	Datasource link `json:"datasource"`
}

// datasource is an EmbeddedDatasource or, with the fields of publishedPart, a
// PublishedDatasource.
type datasource struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	*publishedPart
	Workbook                        *link   `json:"workbook,omitempty"`
	HasExtracts                     bool    `json:"hasExtracts"`
	ExtractLastRefreshTime          *string `json:"extractLastRefreshTime"`
	ExtractLastUpdateTime           *string `json:"extractLastUpdateTime"`
	ContainsUnsupportedCustomSQL    bool    `json:"containsUnsupportedCustomSql"`
	CreatedAt                       string  `json:"createdAt"`
	UpdatedAt                       string  `json:"updatedAt"`
	ParentPublishedDatasources      []link  `json:"parentPublishedDatasources,omitempty"`
	UpstreamDatasources             []link  `json:"upstreamDatasources"`
	UpstreamTables                  []link  `json:"upstreamTables"`
	UpstreamFlows                   []link  `json:"upstreamFlows"`
	UpstreamVirtualConnectionTables []link  `json:"upstreamVirtualConnectionTables,omitempty"`
	Fields                          []field `json:"fields"`
}

type publishedPart struct {
	LUID             string  `json:"luid"`
	Description      *string `json:"description"`
	ProjectName      string  `json:"projectName"`
	ProjectLUID      string  `json:"projectLuid"`
	ContainerName    string  `json:"containerName"`
	URI              string  `json:"uri"`
	VizportalURLID   string  `json:"vizportalUrlId"`
	IsCertified      bool    `json:"isCertified"`
	HasActiveWarning bool    `json:"hasActiveWarning"`
	Owner            user    `json:"owner"`
	Tags             []tag   `json:"tags"`
}

type databaseTable struct {
	ID             string    `json:"id"`
	LUID           string    `json:"luid"`
	Name           *string   `json:"name"`
	Schema         *string   `json:"schema"`
	FullName       *string   `json:"fullName"`
	ConnectionType string    `json:"connectionType"`
	IsEmbedded     bool      `json:"isEmbedded"`
	Database       *database `json:"database"`
	UpstreamFlows  []link    `json:"upstreamFlows,omitempty"`
}

// database is a DatabaseServer or, without host and port, a File, a CloudFile …
type database struct {
	Typename       string  `json:"__typename"`
	ID             string  `json:"id"`
	Name           *string `json:"name"`
	ConnectionType string  `json:"connectionType"`
	HostName       *string `json:"hostName,omitempty"`
	Port           *int    `json:"port,omitempty"`
}

type customSQLTable struct {
	ID                     string    `json:"id"`
	Name                   string    `json:"name"`
	Query                  string    `json:"query"`
	IsUnsupportedCustomSQL bool      `json:"isUnsupportedCustomSql"`
	IsEmbedded             bool      `json:"isEmbedded"`
	ConnectionType         string    `json:"connectionType"`
	Database               *database `json:"database"`
	Tables                 []link    `json:"tables"`
	DownstreamSheets       []link    `json:"downstreamSheets"`
	DownstreamDashboards   []link    `json:"downstreamDashboards"`
	DownstreamDatasources  []link    `json:"downstreamDatasources"`
}

type virtualConnection struct {
	ID             string  `json:"id"`
	LUID           string  `json:"luid"`
	Name           string  `json:"name"`
	ProjectName    string  `json:"projectName"`
	ConnectionType *string `json:"connectionType"` // null since 2023.1
	Owner          user    `json:"owner"`
	Tables         []link  `json:"tables"`
}

type virtualTable struct {
	ID                string `json:"id"`
	LUID              string `json:"luid"`
	Name              string `json:"name"`
	IsExtracted       bool   `json:"isExtracted"`
	VirtualConnection link   `json:"virtualConnection"`
	UpstreamTables    []link `json:"upstreamTables"`
}

type flow struct {
	ID                    string `json:"id"`
	LUID                  string `json:"luid"`
	Name                  string `json:"name"`
	ProjectName           string `json:"projectName"`
	Owner                 user   `json:"owner"`
	UpstreamTables        []link `json:"upstreamTables"`
	UpstreamDatasources   []link `json:"upstreamDatasources"`
	NextUpstreamFlows     []link `json:"nextUpstreamFlows"`
	DownstreamTables      []link `json:"downstreamTables"`
	DownstreamDatasources []link `json:"downstreamDatasources"`
}

type restID struct {
	ID string `json:"id"`
}

type restProject struct {
	ID                 string `json:"id"`
	Name               string `json:"name"`
	ParentProjectID    string `json:"parentProjectId,omitempty"`
	ContentPermissions string `json:"contentPermissions"`
	Owner              restID `json:"owner"`
}

type restUser struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	FullName string  `json:"fullName"`
	Email    *string `json:"email,omitempty"`
	SiteRole string  `json:"siteRole"`
}

type restView struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	ContentURL  string     `json:"contentUrl"`
	SheetType   string     `json:"sheetType"`
	ViewURLName string     `json:"viewUrlName"`
	CreatedAt   string     `json:"createdAt"`
	UpdatedAt   string     `json:"updatedAt"`
	Workbook    restID     `json:"workbook"`
	Owner       restID     `json:"owner"`
	Project     *restID    `json:"project,omitempty"`
	Usage       *restUsage `json:"usage,omitempty"`
}

type restUsage struct {
	TotalViewCount string `json:"totalViewCount"`
}

type restConnection struct {
	ID            string  `json:"id"`
	Type          string  `json:"type"`
	ServerAddress string  `json:"serverAddress"`
	ServerPort    string  `json:"serverPort"`
	UserName      string  `json:"userName"`
	Datasource    restRef `json:"datasource"`
}

type restRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// restCollection is a collection with its contents, as sync keeps it.
type restCollection struct {
	LUID        string     `json:"luid"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	OwnerAlias  string     `json:"ownerAlias"`
	Items       []restItem `json:"items"`
}

type restItem struct {
	ContentType string      `json:"contentType"`
	Content     restContent `json:"content"`
}

type restContent struct {
	LUID string `json:"luid"`
}
