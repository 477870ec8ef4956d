package dbt

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/dbt/manifest"
)

// The loaders that are compared all read the same file from disk and keep the
// same fields. kept-MB is the heap that the result holds, peak-MB the most that
// was in use while loading, both outside the timed loop.

func BenchmarkManifest50MB(b *testing.B) { compare(b, dbttest.BigManifest()) }

func BenchmarkManifest1MB(b *testing.B) { compare(b, dbttest.Generate(3, 150)) }

func compare(b *testing.B, data []byte) {
	path := filepath.Join(b.TempDir(), "manifest.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	loaders := []struct {
		name string
		load func() (any, error)
	}{
		{"loader", func() (any, error) { return LoadProject(context.Background(), path, Options{}) }},
		{"encoding-json", func() (any, error) { return loadStdlib(path) }},
		{"gjson", func() (any, error) { return loadGJSON(path) }},
		{"read-only", func() (any, error) { return nil, readOnly(path) }},
	}
	for _, l := range loaders {
		b.Run(l.name, func(b *testing.B) {
			kept, peak := memory(b, l.load)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if _, err := l.load(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(kept, "kept-MB")
			b.ReportMetric(peak, "peak-MB")
		})
	}
}

func memory(b *testing.B, load func() (any, error)) (kept, peak float64) {
	b.Helper()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() float64 {
		metrics.Read(sample)
		return float64(sample[0].Value.Uint64()) / 1e6
	}
	runtime.GC()
	runtime.GC()
	before := heap()
	stop, done := make(chan struct{}), make(chan float64)
	go func() {
		most := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		high := 0.0
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-tick.C:
				metrics.Read(most)
				high = max(high, float64(most[0].Value.Uint64())/1e6)
			case <-stop:
				done <- high
				return
			}
		}
	}()
	result, err := load()
	close(stop)
	high := <-done
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.GC()
	kept = heap() - before
	runtime.KeepAlive(result)
	return kept, max(high-before, kept)
}

func readOnly(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{f}, make([]byte, jsonwindow.DefaultSize))
	return err
}

// stdNode has the fields that the loader keeps.
type stdNode struct {
	ResourceType     string `json:"resource_type"`
	Name             string
	PackageName      string `json:"package_name"`
	Database         string
	Schema           string
	Alias            string
	Identifier       string
	RelationName     string   `json:"relation_name"`
	SourceName       string   `json:"source_name"`
	OriginalFilePath string   `json:"original_file_path"`
	Description      string   `json:"description"`
	Tags             []string `json:"tags"`
	Version          any
	LatestVersion    any `json:"latest_version"`
	Access, Group    string
	Label, Type      string
	URL, Maturity    string
	Owner            any
	AttachedNode     string `json:"attached_node"`
	DependsOn        struct {
		Nodes []string
	} `json:"depends_on"`
	Config struct {
		Enabled              *bool
		Materialized, Schema string
		Access, Group        string
		Tags                 []string
		Meta                 map[string]any
		LatestVersionPointer any    `json:"latest_version_pointer"`
		ExternalLocation     string `json:"external_location"`
	}
	Meta map[string]any
}

type stdManifest struct {
	Metadata                           map[string]any
	Nodes, Sources, Exposures, Metrics map[string]stdNode
	SemanticModels                     map[string]stdNode `json:"semantic_models"`
	SavedQueries                       map[string]stdNode `json:"saved_queries"`
	Groups, Disabled                   any
}

func loadStdlib(path string) (any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := &stdManifest{}
	return m, json.Unmarshal(data, m)
}

// loadGJSON asks gjson for one field after another, as a first version would.
func loadGJSON(path string) (any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &model.Project{}
	root := gjson.ParseBytes(data)
	for _, section := range []string{"nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries"} {
		root.Get(section).ForEach(func(id, n gjson.Result) bool {
			text := func(path string) string { return n.Get(path).String() }
			list := func(path string) (out []string) {
				for _, x := range n.Get(path).Array() {
					out = append(out, x.String())
				}
				return out
			}
			if text("resource_type") == "test" {
				p.Tests = append(p.Tests, model.Test{ID: id.String(), Name: text("name"), DependsOn: list("depends_on.nodes")})
				return true
			}
			p.Resources = append(p.Resources, model.Resource{
				ID: id.String(), Kind: model.KindOf(text("resource_type")), Name: text("name"), Path: text("original_file_path"),
				Common: &model.Common{
					Package: text("package_name"), Database: text("database"), Schema: text("schema"), SourceName: text("source_name"),
					Materialized: text("config.materialized"), ConfigSchema: text("config.schema"), Access: text("access"), Group: text("group"),
				},
				Extra: &model.ResourceExtra{
					Identifier: text("alias") + text("identifier"), RelationName: text("relation_name"), Description: text("description"),
					Versions: &model.Versions{This: text("version"), Latest: text("latest_version")},
				},
				Tags:      append(list("tags"), list("config.tags")...),
				DependsOn: list("depends_on.nodes"),
			})
			return true
		})
	}
	return p, nil
}

// BenchmarkGzip measures what unpacking adds.
func BenchmarkGzip(b *testing.B) {
	data := dbttest.Generate(3, 1500)
	packed := dbttest.Gzipped(data)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, _, err := manifest.Read(context.Background(), bytes.NewReader(packed), 0, "m.json.gz", nil, jsonwindow.DefaultSize); err != nil {
			b.Fatal(err)
		}
	}
}
