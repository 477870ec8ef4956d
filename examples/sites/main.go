// Command sites writes the example's two Tableau sites: the snapshots
// examples/roastery/tableau/{cloud,server}.json.gz and three small answers of
// the Metadata API, as GraphiQL saves them, in examples/sites/answers.
//
// The content of the sites is described in scenario/*.yml and scenario/sql/*.sql,
// one file per topic; the Go files only turn it into the objects of the two APIs
// (sources/tableau/API.md#metadata-api; sources/tableau/snapshot/format.go). Ids and times
// come
// from hashes of names, so every run writes the same bytes. This package does not
// read snapshots, and darkroom does not import it.
//
// Run it from the root of the repository after a change of the scenario:
//
//	go run ./examples/sites
package main

//go:generate go -C ../.. run ./examples/sites

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "sites:", err)
		os.Exit(1)
	}
}

// run writes every file below root, the top of the repository.
func run(root string) error {
	if _, err := os.Stat(filepath.Join(root, "examples", "sites")); err != nil {
		return fmt.Errorf("not run from the root of the repository: %w", err)
	}
	files, err := generate()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(root, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
