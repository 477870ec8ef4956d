package tools

import (
	"context"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/tool"
	"darkroom/sources/tableau/workbook"
)

// tableauReader reads Tableau: snapshots, saved answers and workbook files. Any JSON
// may be an answer of the Metadata API, so it is the one that recognizes nothing in
// particular.
func tableauReader() Reader {
	return Reader{
		Tool: tool.Tableau,
		Load: func(ctx context.Context, path string, names Names) ([]*model.Site, error) {
			return loadTableau(ctx, path, tableau.Options{Server: names.Server, ContentURL: names.ContentURL, Name: names.Name})
		},
		SiteKeys: []string{"server", "site", "auth", "ca_file", "insecure_skip_verify", "redirect_hosts", "download", "columns"},
	}
}

// loadTableau reads one path of Tableau: workbook files or a folder of them, otherwise
// metadata. A bad workbook file is left out and named in the site's Partial, because
// each is complete on its own; a path with nothing that can be read is an error.
func loadTableau(ctx context.Context, path string, opt tableau.Options) ([]*model.Site, error) {
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
