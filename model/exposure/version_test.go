package exposure

import (
	"testing"

	"darkroom/model"
)

func TestDialect(t *testing.T) {
	tests := map[string]struct {
		version, schema string
		want            dialect
	}{
		"release":     {"1.12.6", "", 1012},
		"beta":        {"1.5.0b3", "", 1005},
		"minor beta":  {"1.10b1", "", 1010},
		"fusion":      {"2.0.0-beta.2", "", 2000},
		"schema":      {"", "https://schemas.getdbt.com/dbt/manifest/v7.json", 1003},
		"schema v12":  {"", "https://schemas.getdbt.com/dbt/manifest/v12.json", newestDialect},
		"nothing":     {"", "", newestDialect},
		"nonsense":    {"x.y", "z", newestDialect},
		"not a minor": {"1.", "", newestDialect},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := dialectOf(&model.Project{DbtVersion: tt.version, SchemaVersion: tt.schema}); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
