package workspace

import (
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gosimple/unidecode"

	"darkroom/sources/disk"
)

const (
	// ConfigName is the configuration of a project, beside dbt_project.yml.
	ConfigName = "darkroom.yml"
	// Dir is the folder of the project that belongs to darkroom.
	Dir = ".darkroom"
)

// Config is darkroom.yml. Every key is optional; without the file the zero
// Config with its defaults holds. Paths are relative to the file.
//
// The scope comes first: what it leaves out is not shown, not offered and never
// news, and the decisions made about it stay as they are. Rules then decide in
// advance about what is shown, until a person does; after those of the file,
// personal spaces and projects called Archive are excluded.
//
//	manifests: [target/manifest.json]     # default: found from dbt_project.yml
//	sites:
//	  - name: prod                        # default: site, else the host
//	    server: https://tableau.example.com
//	    site: acme                        # what follows /site/ in the browser; leave out for the default site
//	    snapshot: tableau/prod.json.gz    # file or folder to read; sync writes there
//	                                      # default: .darkroom/snapshots/<name>.json.gz
//	    public_url: https://bi.example.com  # where people open dashboards, if not at server
//	    auth: pat                         # or jwt, password; default: whichever has its secrets at hand
//	    ca_file: certs/company.pem        # besides the system's certificates
//	    insecure_skip_verify: false       # true: any certificate will do
//	    redirect_hosts: [pod.example.net] # where else sign-in may send the token
//	    download: true                    # sync always reads workbook files where the metadata tells too little
//	scope:                                # which dashboards are shown and offered; see Scope
//	  projects: [Finance, "Sales/EMEA*"]
//	  exclude_projects: ["*/Archive"]
//	  personal_space: false
//	  tags: [certified]
//	  owners: [ana@example.com]
//	  collections: [Monday Numbers]       # where the site offers them
//	rules:                                # what is decided in advance, the first that fits; see Rule
//	  - {projects: [Sandbox], decide: exclude, why: scratch work}
//	  - {certified: true, views: ">100", decide: include}
//	maps:                                 # tableau → dbt, first that applies (facts/matching.md §3.6)
//	  - {tableau: PROD, dbt: dev}           # a database
//	  - {tableau: PROD.MARTS, dbt: dev.dbt_marts}
//	  - {tableau: "PROD.*", dbt: "dev.dbt_*"}  # * is the Tableau schema
//	connection_aliases: {postgres_jdbc: postgres}  # connection type → dbt adapter
//	pins:
//	  - {table: "snowflake://ANALYTICS.REPORTING.V_ORDERS", node: model.shop.orders, by: ana, why: "a view made by hand"}
//	ignore:
//	  - {table: "snowflake://ANALYTICS.SANDBOX.*", why: scratch}
//	strict: false                         # true: only proven matches are ticked
//	export:
//	  layout: file                        # or site, project, workbook: one file for each
//	  file: models/exposures/tableau.yml  # inside the project; may hold {site}, {project}, {workbook}:
//	                                      # models/exposures/{project}/{workbook}.yml
//	  level: dashboard                    # or workbook: one exposure for each workbook
//	  grace_days: 30                      # how long an entry outlives its dashboard in Tableau
//	  tags: [tableau]                     # added to each exposure
//	  owner: {name: BI team, email: bi@example.com}  # where Tableau names none
type Config struct {
	File string // as read; empty when there is no darkroom.yml
	Root string // the folder that paths are relative to

	Manifests         []string          `yaml:"manifests"`
	Sites             []Site            `yaml:"sites"`
	Scope             Scope             `yaml:"scope"`
	Rules             []Rule            `yaml:"rules"`
	Maps              []Map             `yaml:"maps"`
	ConnectionAliases map[string]string `yaml:"connection_aliases"`
	Pins              []Pin             `yaml:"pins"`
	Ignore            []Ignore          `yaml:"ignore"`
	Strict            bool              `yaml:"strict"`
	Export            ExportConfig      `yaml:"export"`
}

// Site is one Tableau site. It names a server to sync with, a snapshot to read,
// or both.
type Site struct {
	Name      string `yaml:"name"`       // unique; filled in when the file leaves it out
	Server    string `yaml:"server"`     // no trailing slash
	Site      string `yaml:"site"`       // content URL; empty is the default site
	Snapshot  string `yaml:"snapshot"`   // filled in when the file leaves it out
	PublicURL string `yaml:"public_url"` // no trailing slash; may be empty

	// How to connect; the secrets themselves are never here.
	Auth               string   `yaml:"auth"`    // AuthPAT, AuthJWT, AuthPassword or empty
	CAFile             string   `yaml:"ca_file"` // PEM
	InsecureSkipVerify bool     `yaml:"insecure_skip_verify"`
	RedirectHosts      []string `yaml:"redirect_hosts"`

	// Download makes sync read the files of workbooks and published data sources
	// where the metadata tells too little.
	Download bool `yaml:"download"`
}

// The ways to sign in.
const (
	AuthPAT      = "pat"
	AuthJWT      = "jwt"
	AuthPassword = "password"
)

// Map rewrites the database, or the database and schema, of a Tableau table
// before it is compared.
type Map struct {
	Tableau string `yaml:"tableau"`
	DBT     string `yaml:"dbt"`
}

// Pin ties a Tableau table, by its canonical name in which * stands for any text,
// to a dbt node.
type Pin struct {
	Table string `yaml:"table"` // "snowflake://ANALYTICS.REPORTING.V_ORDERS"
	Node  string `yaml:"node"`  // unique_id
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// Ignore sets Tableau tables aside; Table is as in Pin.
type Ignore struct {
	Table string `yaml:"table"`
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// ExportConfig says what is written and where.
type ExportConfig struct {
	Layout string `yaml:"layout"` // LayoutFile (default), LayoutSite, LayoutProject or LayoutWorkbook
	// File is the pattern of the files' paths (exposure.Pattern); the default is
	// the layout's.
	File      string   `yaml:"file"`
	Level     string   `yaml:"level"`      // LevelDashboard (default) or LevelWorkbook
	GraceDays string   `yaml:"grace_days"` // a number; see Grace
	Tags      []string `yaml:"tags"`
	Owner     Owner    `yaml:"owner"`
}

// Owner stands in where Tableau names none.
type Owner struct {
	Name  string `yaml:"name"`
	Email string `yaml:"email"`
}

// The grain of exposures.
const (
	LevelDashboard = "dashboard"
	LevelWorkbook  = "workbook"
)

// noFileName are the characters that are kept out of a snapshot's name.
var noFileName = regexp.MustCompile("[^a-z0-9]+")

// Path makes a path of the file usable: relative ones start at Root.
func (c *Config) Path(p string) string {
	p = filepath.FromSlash(p)
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Root, p)
}

// LoadConfig reads root/darkroom.yml. A project without it has the defaults.
// What is wrong in it comes as [disk.Error] values, all of them, joined.
func LoadConfig(root string) (*Config, error) {
	data, err := disk.ReadFile(filepath.Join(root, ConfigName))
	if err != nil {
		return nil, disk.Failed("read", filepath.Join(root, ConfigName), err)
	}
	if data != nil {
		return ParseConfig(filepath.Join(root, ConfigName), root, data)
	}
	const other = "darkroom.yaml"
	if wrong, err := disk.ReadFile(filepath.Join(root, other)); err == nil && wrong != nil {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: filepath.Join(root, other), What: "this name is not read", Fix: "rename it to " + ConfigName}
	}
	return ParseConfig("", root, nil)
}

// ParseConfig is [LoadConfig] on bytes; file is only for messages.
func ParseConfig(file, root string, data []byte) (*Config, error) {
	c := &Config{File: file, Root: root}
	y := disk.ParseYAML(file, strings.TrimPrefix(string(data), "\ufeff"), 1)
	y.Decode(c)
	if len(y.Problems) == 0 {
		c.finish()
		c.check(y)
	}
	if len(y.Problems) > 0 {
		return nil, disk.Join(y.Problems)
	}
	return c, nil
}

// finish fills in defaults and brings values into one form.
func (c *Config) finish() {
	for i := range c.Sites {
		c.Sites[i].finish()
	}
	if len(c.ConnectionAliases) > 0 {
		low := make(map[string]string, len(c.ConnectionAliases))
		for from, to := range c.ConnectionAliases {
			low[strings.ToLower(from)] = strings.ToLower(to)
		}
		c.ConnectionAliases = low
	}
	c.Export.finish()
}

func (s *Site) finish() {
	s.Server = strings.TrimRight(s.Server, "/")
	s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	if s.Name == "" {
		_, host, _ := strings.Cut(s.Server, "://")
		base := filepath.Base(filepath.FromSlash(s.Snapshot))
		base, _, _ = strings.Cut(base, ".")
		for _, name := range []string{s.Site, host, base} {
			if s.Name == "" {
				s.Name = name
			}
		}
	}
	if s.Snapshot == "" && s.Server != "" {
		name := strings.Trim(noFileName.ReplaceAllString(strings.ToLower(unidecode.Unidecode(s.Name)), "-"), "-")
		if name == "" {
			name = "site"
		}
		s.Snapshot = Dir + "/snapshots/" + name + ".json.gz"
	}
}
