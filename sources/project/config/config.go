package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

const (
	// Name is the configuration of a project, in the folder of dbt_project.yml or above.
	Name      = "darkroom.yml"
	wrongName = "darkroom.yaml"
	// Dir is the folder of the project that belongs to darkroom.
	Dir = ".darkroom"
)

// Config is darkroom.yml. Every key is optional; without the file the zero
// Config with its defaults holds. Paths are relative to the file.
//
// The scope comes first: what it leaves out is not shown, not offered and never
// reported as a change, and the decisions made about it stay as they are. Rules then
// decide in advance about what is shown, until you decide; after those of the file,
// personal spaces and projects called Archive are excluded.
//
//	manifests: [target/manifest.json]     # default: found from dbt_project.yml
//	sites:
//	  - name: prod                        # default: site, otherwise the host
//	    server: https://tableau.example.com
//	    site: acme                        # what follows /site/ in the browser; leave out for the default site
//	    snapshot: tableau/prod.json.gz    # file or folder to read; sync writes there
//	                                      # default: .darkroom/snapshots/<name>.json.gz
//	    public_url: https://bi.example.com  # where dashboards are opened, if not at server
//	    auth: pat                         # or jwt, password; default: whichever has its secrets at hand
//	    ca_file: certs/company.pem        # besides the system's certificates
//	    insecure_skip_verify: false       # true: any certificate will do
//	    redirect_hosts: [pod.example.net] # other hosts that sign-in may send the token to
//	    download: true                    # sync always reads workbook files where the metadata is incomplete
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
//	maps:                                 # tableau → dbt, first that applies (model/match/RULES.md#maps-pins-and-ignores)
//	  - {tableau: PROD, dbt: dev}           # a database
//	  - {tableau: PROD.MARTS, dbt: dev.dbt_marts}
//	  - {tableau: "PROD.*", dbt: "dev.dbt_*"}  # * is the Tableau schema
//	connection_aliases: {postgres_jdbc: postgres}  # connection type → dbt adapter
//	pins:
//	  - {table: "snowflake://ANALYTICS.REPORTING.V_ORDERS", node: model.shop.orders, by: ana, why: "a view made by hand"}
//	ignore:
//	  - {table: "snowflake://ANALYTICS.SANDBOX.*", why: scratch}
//	strict: false                         # true: only proven matches are links
//	docs_url: https://docs.example.com      # where dbt docs are served; o opens its pages
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
	DocsURL           string            `yaml:"docs_url"`
	Export            Export            `yaml:"export"`
}

// Path makes a path of the file usable: relative ones start at Root.
func (c *Config) Path(p string) string {
	p = filepath.FromSlash(p)
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Root, p)
}

// Load reads root/darkroom.yml. A project without it has the defaults.
// What is wrong in it comes as [disk.Error] values, all of them, joined.
func Load(root string) (*Config, error) {
	data, err := disk.ReadFile(filepath.Join(root, Name))
	if err != nil {
		return nil, disk.Failed("read", filepath.Join(root, Name), err)
	}
	if data != nil {
		return Parse(filepath.Join(root, Name), root, data)
	}
	if wrong, err := disk.ReadFile(filepath.Join(root, wrongName)); err == nil && wrong != nil {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: filepath.Join(root, wrongName), What: "this name is not read", Fix: "rename it to " + Name}
	}
	return Parse("", root, nil)
}

// Parse is [Load] on bytes; file is only for messages.
func Parse(file, root string, data []byte) (*Config, error) {
	c := &Config{File: file, Root: root}
	y := yamlfile.Parse(file, strings.TrimPrefix(string(data), "\ufeff"), 1)
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

// check notes every value of a decoded configuration that cannot work.
func (c *Config) check(y *yamlfile.Piece) {
	for i, p := range c.Manifests {
		if p == "" {
			y.FailAt(fmt.Sprintf("$.manifests[%d]", i), "a path is missing", "")
		}
	}
	c.checkSites(y)
	c.Scope.check(y)
	c.checkRules(y)
	Matches{c.Maps, c.Pins, c.Ignore}.Check(y)
	for from, to := range c.ConnectionAliases {
		if from == "" || to == "" {
			y.FailAt("$.connection_aliases", "an alias needs a connection type and an adapter", "for example {postgres_jdbc: postgres}")
		}
	}
	checkDocs(y, c.DocsURL)
	c.Export.check(y)
}
