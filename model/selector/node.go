package selector

// Node is one node of a project as selectors see it.
type Node struct {
	ID      string // unique_id
	Type    string // dbt's resource_type, "model", "unit_test"
	Name    string
	Package string
	Project string // the root package of the manifest that has it

	Path      string // original_file_path with forward slashes
	PatchPath string // the YAML file that describes it, without "pkg://"
	FQN, Tags []string
	Group     string // config.group
	Access    string
	Config    Config // nil when there is none

	Version, LatestVersion string
	SourceName             string   // of a source
	Test                   string   // the name of a generic test's definition, "unique"
	Parents                []string // unique_ids
	Macros                 []string // unique_ids; only where states are compared
	Print                  *Print   // likewise
	// Types are the described columns with their types, empty for those without one;
	// likewise.
	Types map[string]string

	// Uncompared nodes are in no manifest that states are compared by, such as an exposure
	// that is in its file and not yet in the manifest: state: selects none of them.
	Uncompared bool
	// Gone nodes are only in the earlier manifest: they are old, and modified.
	Gone bool
}

// Config is the configuration of a node, to be looked at value by value.
type Config interface {
	// At is the value behind the keys: a text, a boolean, a float64, a list of
	// those, or nil for anything other.
	At(keys []string) any
}

// Dashboard is darkroom's own type of a node, which only its own method selects.
const Dashboard = "dashboard"

// The words of resource_type that methods ask for.
const (
	typeModel         = "model"
	typeTest          = "test"
	typeSource        = "source"
	typeExposure      = "exposure"
	typeMetric        = "metric"
	typeSemanticModel = "semantic_model"
	typeSavedQuery    = "saved_query"
	typeUnitTest      = "unit_test"
	typeFunction      = "function"
	typeDashboard     = Dashboard
)

// isParsed reports a node that is in the section "nodes" of a manifest.
func (n *Node) isParsed() bool {
	switch n.Type {
	case typeSource, typeExposure, typeMetric, typeSemanticModel, typeSavedQuery, typeUnitTest, typeFunction, typeDashboard:
		return false
	}
	return true
}

func (n *Node) isTest() bool { return n.Type == typeTest || n.Type == typeUnitTest }
