package workspace

import (
	"context"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/workbook"
)

// loadSites reads one path of Tableau: workbook files or a folder of them, otherwise
// metadata. A bad workbook file is left out and named in the site's Partial, because
// each is complete on its own; a path with nothing that can be read is an error.
func loadSites(ctx context.Context, path string, opt tableau.Options) ([]*model.Site, error) {
	if !workbook.Handles(path, opt.FS) {
		return tableau.Load(ctx, []string{path}, opt)
	}
	sites, err := workbook.Load(ctx, []string{path}, workbook.Options{
		Server: opt.Server, ContentURL: opt.ContentURL, Name: opt.Name, FS: opt.FS, MaxBytes: opt.MaxBytes,
	})
	if len(sites) > 0 {
		return sites, nil
	}
	return nil, err
}
