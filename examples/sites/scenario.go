package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/goccy/go-yaml"
)

//go:embed scenario
var scenarioFiles embed.FS

// scenario is one Tableau site as its YAML files describe it. The files of a site's
// folder are read in the order of their names, and their lists are joined.
type scenario struct {
	Folder     string            `yaml:"-"`
	Site       *siteSpec         `yaml:"site"`
	Users      []userSpec        `yaml:"users"`
	Projects   []projectSpec     `yaml:"projects"`
	Published  []publishedSpec   `yaml:"published"`
	VirtualCon []virtualConnSpec `yaml:"virtual_connections"`
	Flows      []flowSpec        `yaml:"flows"`
	Workbooks  []workbookSpec    `yaml:"workbooks"`
	// Collections: only newer versions of Tableau Cloud list them.
	Collections []collectionSpec `yaml:"collections"`
}

type siteSpec struct {
	Server     string `yaml:"server"`
	ContentURL string `yaml:"content_url"`
	Name       string `yaml:"name"`
	Number     string `yaml:"number"` // in the Metadata API's uri: sites/<number>/workbooks/…
	FetchedAt  string `yaml:"fetched_at"`
}

type userSpec struct {
	Key      string  `yaml:"key"`
	Username string  `yaml:"username"`
	Name     string  `yaml:"name"`
	Domain   string  `yaml:"domain"`
	Email    *string `yaml:"email"`
}

type projectSpec struct {
	Key   string `yaml:"key"`
	In    string `yaml:"in"` // the parent's key
	Name  string `yaml:"name"`
	Owner string `yaml:"owner"`
}

// Reads is what any data source can read from.
// It is exported for the YAML library, which cannot fill an embedded type otherwise.
type Reads struct {
	Tables    []string `yaml:"tables"`    // "group.table" of warehouse.yml
	Published []string `yaml:"published"` // names of published data sources
	SQL       []string `yaml:"sql"`       // keys of warehouse.yml's custom_sql
	Virtual   []string `yaml:"virtual"`   // "virtual connection/table"
	Flows     []string `yaml:"flows"`     // names of Prep flows
	Extract   string   `yaml:"extract"`   // date of the last refresh; "" is a live connection
}

type publishedSpec struct {
	Name        string   `yaml:"name"`
	Project     string   `yaml:"project"`
	Owner       string   `yaml:"owner"`
	Description *string  `yaml:"description"`
	Certified   bool     `yaml:"certified"`
	Warning     bool     `yaml:"warning"`
	Tags        []string `yaml:"tags"`
	Created     string   `yaml:"created"`
	Updated     string   `yaml:"updated"`
	Reads       `yaml:",inline"`
}

type embeddedSpec struct {
	Name  string `yaml:"name"`
	Reads `yaml:",inline"`
	// Unused tables are joined in, but none of their fields is on a sheet.
	Unused []string `yaml:"unused"`
	// Bare: the API does not repeat the published parents' tables here.
	Bare bool `yaml:"bare"`
	// Thin: upstreamTables is empty, only fields.upstreamColumns.table is filled.
	Thin bool `yaml:"thin"`
	// RESTOnly: only REST's connections name the parent, not the Metadata API.
	RESTOnly bool `yaml:"rest_only"`
}

type workbookSpec struct {
	Name        string          `yaml:"name"`
	URL         string          `yaml:"url"`     // content URL; "" is made from the name
	Project     string          `yaml:"project"` // "" is the owner's personal space
	Owner       string          `yaml:"owner"`
	Description *string         `yaml:"description"`
	Tags        []string        `yaml:"tags"`
	Created     string          `yaml:"created"`
	Updated     string          `yaml:"updated"`
	Tabs        bool            `yaml:"tabs"` // worksheets are published too
	Sources     []embeddedSpec  `yaml:"sources"`
	Dashboards  []dashboardSpec `yaml:"dashboards"`
	Sheets      sheetList       `yaml:"sheets"` // worksheets that are not in a dashboard
}

type dashboardSpec struct {
	Name   string    `yaml:"name"`
	Tags   []string  `yaml:"tags"`
	Views  *int      `yaml:"views"`  // absent: REST gives no count
	Hidden bool      `yaml:"hidden"` // luid and path are ""
	Shows  []string  `yaml:"shows"`  // a story: the dashboards it shows; it has no sheets
	Sheets sheetList `yaml:"sheets"`
}

type collectionSpec struct {
	Name        string   `yaml:"name"`
	Owner       string   `yaml:"owner"`
	Description string   `yaml:"description"`
	Workbooks   []string `yaml:"workbooks"`
	Views       []string `yaml:"views"`     // "workbook/dashboard"
	Published   []string `yaml:"published"` // names of published data sources
}

type virtualConnSpec struct {
	Name    string   `yaml:"name"`
	Project string   `yaml:"project"`
	Owner   string   `yaml:"owner"`
	Tables  []string `yaml:"tables"`
}

type flowSpec struct {
	Name      string   `yaml:"name"`
	Project   string   `yaml:"project"`
	Owner     string   `yaml:"owner"`
	Tables    []string `yaml:"tables"`
	Published []string `yaml:"published"`
	After     []string `yaml:"after"`  // flows before this one
	Writes    []string `yaml:"writes"` // tables
}

// sheetList is a YAML map from a sheet's name to the embedded data sources it
// uses, one or a list, in the order of the file. A null means that the sheet with
// that name was described before, in another dashboard of the workbook.
type sheetList []sheetSpec

type sheetSpec struct {
	Name    string
	Sources []string
	Known   bool
}

// UnmarshalYAML reads the map in the order of its keys.
func (l *sheetList) UnmarshalYAML(decode func(any) error) error {
	var m yaml.MapSlice
	if err := decode(&m); err != nil {
		return err
	}
	for _, item := range m {
		s := sheetSpec{Name: fmt.Sprint(item.Key)}
		switch v := item.Value.(type) {
		case nil:
			s.Known = true
		case string:
			s.Sources = []string{v}
		case []any:
			for _, name := range v {
				s.Sources = append(s.Sources, fmt.Sprint(name))
			}
		default:
			return fmt.Errorf("sheet %q: want a data source's name or a list of them", s.Name)
		}
		*l = append(*l, s)
	}
	return nil
}

func loadScenario(name string) (*scenario, error) {
	all := &scenario{Folder: name}
	names, err := fs.Glob(scenarioFiles, path.Join("scenario", name, "*.yml"))
	if err != nil {
		return nil, err
	}
	for _, file := range names {
		var part scenario
		if err := readYAML(file, &part); err != nil {
			return nil, err
		}
		if part.Site != nil {
			all.Site = part.Site
		}
		all.Users = append(all.Users, part.Users...)
		all.Projects = append(all.Projects, part.Projects...)
		all.Published = append(all.Published, part.Published...)
		all.VirtualCon = append(all.VirtualCon, part.VirtualCon...)
		all.Flows = append(all.Flows, part.Flows...)
		all.Workbooks = append(all.Workbooks, part.Workbooks...)
		all.Collections = append(all.Collections, part.Collections...)
	}
	if all.Site == nil {
		return nil, errors.New("scenario/" + name + ": no file has a site")
	}
	return all, nil
}

// readYAML refuses unknown keys: a typing error would go unnoticed as missing lineage.
func readYAML(file string, into any) error {
	data, err := scenarioFiles.ReadFile(file)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
