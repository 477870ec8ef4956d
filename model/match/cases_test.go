package match_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/modeltest"
)

// caseFile is testdata/match-cases.json and the like; its own "fields" describe it.
type caseFile struct {
	Format string     `json:"format"`
	Cases  []caseSpec `json:"cases"`
}

type caseSpec struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Tableau   caseTable      `json:"tableau"`
	Config    caseConfig     `json:"config"`
	Manifests []caseManifest `json:"manifests"`
	Expect    caseAnswer     `json:"expect"`
}

type caseTable struct {
	Origin         string `json:"origin"`
	Name           string `json:"name"`
	Schema         string `json:"schema"`
	FullName       string `json:"full_name"`
	Database       string `json:"database"`
	ConnectionType string `json:"connection_type"`
	RelationKind   string `json:"relation_kind"`
	TableID        string `json:"table_id"`
	Connection     struct {
		Server  string `json:"server"`
		DBName  string `json:"dbname"`
		Schema  string `json:"schema"`
		Project string `json:"project"`
	} `json:"connection"`
}

type caseConfig struct {
	Maps []struct {
		Tableau string `json:"tableau"`
		Dbt     string `json:"dbt"`
	} `json:"maps"`
	Pins []struct {
		TableID string `json:"table_id"`
		Table   string `json:"table"`
		Node    string `json:"node"`
	} `json:"pins"`
	Ignore            []string          `json:"ignore"`
	ConnectionAliases map[string]string `json:"connection_aliases"`
	Strict            bool              `json:"strict"`
}

type caseManifest struct {
	Project string     `json:"project"`
	Adapter string     `json:"adapter"`
	Nodes   []caseNode `json:"nodes"`
}

type caseNode struct {
	ID           string          `json:"id"`
	Type         string          `json:"type"`
	Name         string          `json:"name"`
	Database     string          `json:"database"`
	Schema       string          `json:"schema"`
	Identifier   string          `json:"identifier"`
	RelationName string          `json:"relation_name"`
	Quoting      map[string]bool `json:"quoting"`
	Materialized string          `json:"materialized"`
	Enabled      *bool           `json:"enabled"`
	Version      json.RawMessage `json:"version"`
	Latest       json.RawMessage `json:"latest_version"`
	Pointer      struct {
		Enabled bool   `json:"enabled"`
		Alias   string `json:"alias"`
	} `json:"latest_version_pointer"`
	ConfigSchema     string          `json:"config_schema"`
	SourceName       string          `json:"source_name"`
	Package          string          `json:"package"`
	External         bool            `json:"external"`
	ExternalLocation json.RawMessage `json:"external_location"`
}

type caseAnswer struct {
	Outcome     string   `json:"outcome"`
	Reason      string   `json:"reason"`
	Nodes       []string `json:"nodes"`
	Suggestions []string `json:"suggestions"`
	Checked     bool     `json:"checked"`
}

func (c *caseConfig) config() match.Config {
	out := match.Config{ConnectionAliases: c.ConnectionAliases, Strict: c.Strict}
	for _, m := range c.Maps {
		out.Maps = append(out.Maps, match.Map{BI: m.Tableau, Dbt: m.Dbt})
	}
	for _, p := range c.Pins {
		out.Pins = append(out.Pins, match.Pin{Table: p.TableID + p.Table, Node: p.Node})
	}
	for _, id := range c.Ignore {
		out.Ignore = append(out.Ignore, match.Ignore{Table: id})
	}
	return out
}

func (t *caseTable) table() match.Table {
	out := match.Table{
		ID: t.TableID, RawName: t.Name, FullName: t.FullName, Procedure: t.RelationKind == "stored_procedure", Place: &model.Place{Schema: t.Schema, Database: t.Database, ConnectionType: t.ConnectionType, Connection: model.ConnectionInfo{
			Server: t.Connection.Server, DBName: t.Connection.DBName, Schema: t.Connection.Schema, Project: t.Connection.Project,
		}},
	}
	for o := match.MetadataAPI; o <= match.VirtualConnection; o++ {
		if o.String() == t.Origin {
			out.Origin = o
		}
	}
	return out
}

func (m *caseManifest) project() *model.Project {
	p := &model.Project{Name: m.Project, Adapter: m.Adapter}
	for i := range m.Nodes {
		n := &m.Nodes[i]
		r := model.Resource{
			ID: n.ID, Kind: model.KindOf(n.Type), Name: n.Name, Common: &model.Common{Package: n.Package, Database: n.Database, Schema: n.Schema, SourceName: n.SourceName, Materialized: n.Materialized, ConfigSchema: n.ConfigSchema},
			Extra: &model.ResourceExtra{Identifier: n.Identifier, RelationName: n.RelationName, Versions: &model.Versions{This: scalar(n.Version), Latest: scalar(n.Latest), PointerAlias: n.Pointer.Alias}},

			LatestPointer: n.Pointer.Enabled, External: n.External,
			ExternalLocation: scalar(n.ExternalLocation) != "" && scalar(n.ExternalLocation) != "false",
		}
		if parts := strings.Split(n.ID, "."); r.Package() == "" && len(parts) > 1 {
			modeltest.Common(&r).Package = parts[1]
		}
		if n.Enabled != nil && !*n.Enabled {
			p.Disabled = append(p.Disabled, r)
		} else {
			p.Resources = append(p.Resources, r)
		}
	}
	return p
}

func scalar(raw json.RawMessage) string {
	s := strings.Trim(string(raw), `"`)
	if s == "null" {
		return ""
	}
	return s
}

func ids(nodes []match.Node) []string {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i] = n.Resource.ID
	}
	return out
}

func answerOf(v *match.Explanation) caseAnswer {
	return caseAnswer{
		Outcome: v.Outcome.String(), Reason: v.Reason.String(), Nodes: ids(v.Nodes), Suggestions: ids(v.Suggestions), Checked: v.Outcome == match.Matched,
	}
}

// TestMatchCases runs the case files, or the one named by DARKROOM_MATCH_CASES.
func TestMatchCases(t *testing.T) {
	paths := []string{"testdata/match-cases.json", "testdata/match-cases-2.json"}
	if path := os.Getenv("DARKROOM_MATCH_CASES"); path != "" {
		paths = []string{path}
	}
	for _, path := range paths {
		runCases(t, path)
	}
}

func runCases(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file caseFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatal("no cases in " + path)
	}
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) {
			var projects []*model.Project
			for i := range c.Manifests {
				projects = append(projects, c.Manifests[i].project())
			}
			m, err := match.New(projects, c.Config.config())
			if err != nil {
				t.Fatal(err)
			}
			v := explain(t, m, c.Tableau.table())
			got := answerOf(&v)
			slices.Sort(got.Nodes) // of several candidates any order will do
			slices.Sort(c.Expect.Nodes)
			if diff := cmp.Diff(c.Expect, got); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s\nbecause: %s", c.Title, diff, v.Because)
			}
			if v.Because == "" {
				t.Error("a verdict without a because")
			}
		})
	}
}
