package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// warehouse is scenario/warehouse.yml: every table that a data source can name,
// and how Tableau spells it (sources/tableau/API.md#table-names).
type warehouse struct {
	Connections map[string]connSpec  `yaml:"connections"`
	Groups      map[string]groupSpec `yaml:"groups"`
	Odd         map[string]oddSpec   `yaml:"odd"`
	CustomSQL   map[string]sqlSpec   `yaml:"custom_sql"`
}

type connSpec struct {
	Type     string  `yaml:"type"` // connectionType
	Kind     string  `yaml:"kind"` // __typename of the database; DatabaseServer when left out
	Database *string `yaml:"database"`
	Host     string  `yaml:"host"`
	Port     int     `yaml:"port"`
}

// groupSpec is a schema whose tables are all spelt in the same way.
type groupSpec struct {
	Connection string   `yaml:"connection"`
	Schema     string   `yaml:"schema"`
	Spelling   string   `yaml:"spelling"` // "" [schema].[table], "dotted" database.schema.table
	Tables     []string `yaml:"tables"`
}

// oddSpec is a table with its fields exactly as given; a null stays null.
type oddSpec struct {
	Connection string  `yaml:"connection"`
	Name       *string `yaml:"name"`
	Schema     *string `yaml:"schema"`
	FullName   *string `yaml:"full_name"`
	Redacted   bool    `yaml:"redacted"` // the database's name is hidden too
	Embedded   bool    `yaml:"embedded"`
}

// sqlSpec is a custom SQL; its text is scenario/sql/<key>.sql, with Tableau's
// doubled << and >> as the API gives it.
type sqlSpec struct {
	Connection  string   `yaml:"connection"`
	Unsupported bool     `yaml:"unsupported"`
	Tables      []string `yaml:"tables"` // what Tableau's own parser found
}

func loadWarehouse() (*warehouse, error) {
	w := &warehouse{}
	return w, readYAML("scenario/warehouse.yml", w)
}

// table is the Metadata API's row for a reference on a site.
func (w *warehouse) table(site, ref string) (databaseTable, error) {
	t := databaseTable{
		ID:   metaID(site, "table", ref),
		LUID: luid(site, "table", ref),
	}
	if odd, ok := w.Odd[ref]; ok {
		t.Name, t.Schema, t.FullName, t.IsEmbedded = odd.Name, odd.Schema, odd.FullName, odd.Embedded
		return t, w.connect(&t, site, odd.Connection, odd.Redacted)
	}
	group, name, _ := strings.Cut(ref, ".")
	g, ok := w.Groups[group]
	if !ok || !slices.Contains(g.Tables, name) {
		return t, fmt.Errorf("table %q is not in scenario/warehouse.yml", ref)
	}
	full := "[" + g.Schema + "].[" + name + "]"
	if g.Spelling == "dotted" {
		full = deref(w.Connections[g.Connection].Database) + "." + g.Schema + "." + name
	}
	t.Name, t.Schema, t.FullName = &name, &g.Schema, &full
	return t, w.connect(&t, site, g.Connection, false)
}

// connect fills the part of a row that comes from its connection.
func (w *warehouse) connect(t *databaseTable, site, key string, hidden bool) error {
	db, err := w.database(site, key)
	if err != nil {
		return err
	}
	t.ConnectionType = db.ConnectionType
	if hidden {
		db.Name, db.HostName, db.Port = nil, nil, nil
	}
	t.Database = db
	return nil
}

func (w *warehouse) database(site, key string) (*database, error) {
	c, ok := w.Connections[key]
	if !ok {
		return nil, fmt.Errorf("connection %q is not in scenario/warehouse.yml", key)
	}
	db := &database{
		Typename: c.Kind, ID: metaID(site, "database", key),
		Name: c.Database, ConnectionType: c.Type,
	}
	if c.Kind == "" {
		db.Typename, db.HostName, db.Port = "DatabaseServer", &c.Host, &c.Port
	}
	return db, nil
}

// query is the text of a custom SQL.
func (w *warehouse) query(key string) (sqlSpec, string, error) {
	spec, ok := w.CustomSQL[key]
	if !ok {
		return spec, "", fmt.Errorf("custom SQL %q is not in scenario/warehouse.yml", key)
	}
	data, err := scenarioFiles.ReadFile(path.Join("scenario", "sql", key+".sql"))
	return spec, strings.TrimRight(string(data), "\n"), err
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
