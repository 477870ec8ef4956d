package artifact

import (
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// Metadata is the part that every artifact has about itself.
type Metadata struct {
	Schema      string // URL
	DbtVersion  string
	Project     string // dbt 1.6+
	ProjectID   string // md5 of the project's name
	Adapter     string
	GeneratedAt time.Time
}

// MetadataOf reads the section "metadata" of an artifact.
func MetadataOf(raw []byte) Metadata {
	var m Metadata
	Object(raw, func(key string, value gjson.Result) {
		switch key {
		case "dbt_schema_version":
			m.Schema = Scalar(value)
		case "dbt_version":
			m.DbtVersion = Scalar(value)
		case "project_name":
			m.Project = Scalar(value)
		case "project_id":
			m.ProjectID = Scalar(value)
		case "adapter_type":
			m.Adapter = strings.ToLower(Scalar(value))
		case "generated_at":
			m.GeneratedAt = TimeOf(Scalar(value))
		}
	})
	return m
}

// Kind is the kind of file that the schema names ("manifest", "run-results",
// "catalog", "sources"), empty when it does not say.
func (m Metadata) Kind() string {
	parts := strings.Split(m.Schema, "/")
	if len(parts) < 2 {
		return ""
	}
	return parts[len(parts)-2]
}
