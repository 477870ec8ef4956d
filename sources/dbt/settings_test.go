package dbt

import "testing"

// FuzzSettings: a hostile dbt_project.yml at worst gives an error.
func FuzzSettings(f *testing.F) {
	f.Add([]byte("name: shop\nmodel-paths: [a, *b]\nvars: {x: 1}\n---\ntarget-path: \"{{ env_var('X', 'y') }}\"\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := settingsOf(text)
		if err == nil && (s.target == "" || len(s.folders) < len(pathSettings())) {
			t.Fatalf("no defaults in %+v", s)
		}
	})
}
