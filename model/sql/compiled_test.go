package sql

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"darkroom/model/sql/habits"
	"darkroom/model/sql/lexer"
	"darkroom/model/warehouse"
)

// manifestNode is what the corpus needs of a dbt node.
type manifestNode struct {
	ResourceType string `json:"resource_type"`
	Language     string `json:"language"`
	RelationName string `json:"relation_name"`
	CompiledCode string `json:"compiled_code"`
	Config       struct {
		Materialized string `json:"materialized"`
	} `json:"config"`
	DependsOn struct {
		Nodes []string `json:"nodes"`
	} `json:"depends_on"`
}

type manifest struct {
	Metadata struct {
		AdapterType string `json:"adapter_type"`
	} `json:"metadata"`
	Nodes   map[string]manifestNode `json:"nodes"`
	Sources map[string]manifestNode `json:"sources"`
}

func openManifest(t *testing.T) *manifest {
	path, asked := os.LookupEnv("DARKROOM_MANIFEST")
	if !asked {
		path = "../../../examples/roastery/target/manifest.json.gz"
	}
	raw, err := os.ReadFile(path)
	if !asked && errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not built yet; set DARKROOM_MANIFEST to use another manifest", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		unzip, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if raw, err = io.ReadAll(unzip); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	m := new(manifest)
	if err := json.Unmarshal(raw, m); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return m
}

// canonicalRelation is the canonical form of dbt's rendering, "" for what is no name.
func canonicalRelation(d *habits.Dialect, rendered string) string {
	r := newReader(newSession(warehouse.DialectUnknown, d), rendered)
	if rendered == "" || !isName(r.toks[0]) {
		return ""
	}
	n, next, dynamic, _ := r.parseName(0)
	if dynamic || r.toks[next].Kind != lexer.End {
		return ""
	}
	return joinKey(n, d.Names)
}

// parents are the relations that a node depends on; through an ephemeral model,
// whose text is a CTE, those of its parents.
func (m *manifest) parents(d *habits.Dialect, id string, seen map[string]bool, out map[string]bool) {
	for _, p := range m.Nodes[id].DependsOn.Nodes {
		node, ok := m.Nodes[p]
		if !ok {
			node = m.Sources[p]
		}
		switch {
		case seen[p]:
		case node.Config.Materialized == "ephemeral":
			seen[p] = true
			m.parents(d, p, seen, out)
		default:
			if key := canonicalRelation(d, node.RelationName); key != "" {
				out[key] = true
			}
		}
	}
}

// TestCompiledCode compares the reader with a labelled corpus that every project
// has: the relations in a model's compiled code are those of its depends_on
// (RULES.md). DARKROOM_MANIFEST names another manifest.
func TestCompiledCode(t *testing.T) {
	m := openManifest(t)
	d := habits.Of(warehouse.DialectOf(m.Metadata.AdapterType))
	ids := make([]string, 0, len(m.Nodes))
	for id := range m.Nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var models, found, expected, missed, extra, absent, own int
	for _, id := range ids {
		node := m.Nodes[id]
		if node.ResourceType != "model" || node.CompiledCode == "" || node.Language == "python" {
			continue
		}
		models++
		want := map[string]bool{}
		m.parents(d, id, map[string]bool{}, want)
		expected += len(want)
		res := Read(node.CompiledCode, Options{Dialect: warehouse.DialectOf(m.Metadata.AdapterType)})
		if !res.Complete {
			t.Errorf("%s: incomplete: %v", id, res.Gaps)
		}
		for _, ref := range res.Reads {
			n := make(name, len(ref.Parts))
			for i, p := range ref.Parts {
				n[i] = part{p, ref.Quoted[i]}
			}
			key := joinKey(n, d.Names)
			found++
			switch {
			case want[key]:
				delete(want, key)
			case key == canonicalRelation(d, node.RelationName):
				own++ // {{ this }} of an incremental model
			default:
				extra++
				t.Errorf("%s: extra %s in line %d", id, ref, ref.Line)
			}
		}
		for key := range want {
			last := key[strings.LastIndexByte(key, 0)+1:]
			if !strings.Contains(strings.ToLower(node.CompiledCode), strings.ToLower(last)) {
				absent++ // only in a comment or a hook: the text never names it
				continue
			}
			missed++
			t.Errorf("%s: missed %q", id, strings.Split(key, "\x00"))
		}
	}
	t.Logf("%s: %d models; found %d, expected %d, missed %d, extra %d, own relation %d, never named %d",
		m.Metadata.AdapterType, models, found, expected, missed, extra, own, absent)
	if models == 0 || expected == 0 {
		t.Error("the manifest has no compiled model: run dbt compile or dbt build")
	}
}
