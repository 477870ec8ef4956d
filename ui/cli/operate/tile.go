package operate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/sources/disk"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
	"darkroom/ui/tile"
)

// writeTiles writes a tile for each exposure, and the index last. A tile of an exposure
// that is gone is left alone and named: whoever shows it decides.
func writeTiles(a *app.App, report *records.Health, f *healthFlags) error {
	opt := tile.Options{Made: a.Today(), Valid: f.valid}
	var tiles []*tile.Tile
	files := map[string]bool{}
	for i := range report.Items {
		item := &report.Items[i]
		if item.Kind != "exposure" {
			continue
		}
		title := item.Label
		if title == "" {
			title = item.Name
		}
		t := &tile.Tile{ID: item.ID, Title: title, Type: item.Type, URL: item.URL, Report: item.Report()}
		page, err := tile.Render(t, opt)
		if err != nil {
			return err
		}
		tiles, files[tile.File(t.ID)] = append(tiles, t), true
		if err := writeTile(filepath.Join(f.tile, tile.File(t.ID)), page); err != nil {
			return err
		}
	}
	index, err := tile.Index(tiles, opt)
	if err != nil {
		return err
	}
	if err := writeTile(filepath.Join(f.tile, "index.html"), index); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "%s and index.html in %s, valid until %s\n", text.Count(len(tiles), "tile"), f.tile, opt.Made.Add(opt.Valid).UTC().Format("2006-01-02 15:04 UTC"))
	if gone := goneTiles(f.tile, files); len(gone) > 0 {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines("no exposure has these tiles any longer; delete them where they are not shown: "+strings.Join(gone, ", ")))
	}
	return nil
}

// tileMark is in every page that darkroom writes, and in no other.
const tileMark = `<meta name="generator" content="darkroom">`

// writeTile replaces a tile, and nothing that is not one.
func writeTile(path string, page []byte) error {
	old, err := disk.ReadFile(path)
	if err != nil {
		return disk.Failed("read", path, err)
	}
	if old != nil && !bytes.Contains(old, []byte(tileMark)) {
		return &disk.Error{File: path, What: "is there, and is not a tile of darkroom", Fix: "name an empty folder for the tiles"}
	}
	return disk.WriteFileAtomic(path, page, old)
}

// goneTiles are the tiles in a folder that no exposure has.
func goneTiles(dir string, files map[string]bool) (gone []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // it was just written into
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".html") && name != "index.html" && !files[name] {
			if page, err := disk.ReadFile(filepath.Join(dir, name)); err == nil && bytes.Contains(page, []byte(tileMark)) {
				gone = append(gone, name)
			}
		}
	}
	slices.Sort(gone)
	return gone
}
