package files

import (
	"context"
	"fmt"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
	"darkroom/sources/tableau/workbook"
)

// maxXML bounds the XML of one file, in bytes, as the download itself is bounded.
const maxXML = 256 << 20

// optional are facts that are kept where they are asked for.
type optional struct{ layout, columns bool }

// readFacts reads a downloaded file where it is, in memory, and keeps its facts.
// Errors begin with joinfiles.AboutFiles. The file's own name plays no part.
// It also keeps what a workbook shows, and the columns of its sheets, where that is asked for.
func readFacts(ctx context.Context, w joinfiles.Want, data []byte, keep optional) (snapshot.File, error) {
	name := joinfiles.AboutFiles + gathered.DescribeFile(w.Kind, w.Name)
	site, err := workbook.Read(ctx, name, data, workbook.Options{MaxBytes: maxXML, MaxTotal: maxXML})
	if err != nil {
		return snapshot.File{}, err
	}
	if (len(site.Workbooks) > 0) != (w.Kind == "workbooks") {
		return snapshot.File{}, fmt.Errorf("%s: the server sent something else", name)
	}
	file := factsOf(site, keep.columns && w.Kind == "workbooks")
	file.UpdatedAt = w.UpdatedAt
	if keep.layout {
		file.Layout = layoutOf(site)
	}
	if w.Kind != "workbooks" {
		file.Datasources[0].Name = w.Name // the file has no name of its own
	}
	return file, nil
}

// factsOf keeps what a file says of its own data sources: the embedded ones of a
// workbook, or the first one. Further published ones are only names that those
// connect to.
func factsOf(site *model.Site, columns bool) (file snapshot.File) {
	place := make(map[string]int, len(site.Tables))
	for i := range site.Tables {
		place[site.Tables[i].ID] = i
		file.Tables = append(file.Tables, snapshot.NewFileTable(&site.Tables[i]))
	}
	places := func(ids []string) (out []int) {
		for _, id := range ids {
			out = append(out, place[id])
		}
		return out
	}
	index := model.NewSiteIndex(site)
	for i := range site.Datasources {
		d := &site.Datasources[i]
		if d.Published && (i > 0 || len(site.Workbooks) > 0) {
			continue
		}
		src := snapshot.FileSource{Name: d.Name, HasExtract: d.HasExtract, Tables: places(d.TableIDs)}
		for _, id := range d.ParentIDs {
			p := index.Datasource[id]
			src.Parents = append(src.Parents, snapshot.FileParent{ContentURL: p.ContentURL, Name: p.Name})
		}
		file.Datasources = append(file.Datasources, src)
	}
	for _, s := range site.Sheets {
		if len(s.TableIDs) > 0 {
			file.Sheets = append(file.Sheets, snapshot.FileSheet{Name: s.Name, Tables: places(s.TableIDs)})
		}
	}
	if columns {
		file.Columns = snapshot.NewFileColumns(site, place)
	}
	return file
}

// layoutOf says which sheets a workbook's dashboards show, and which data sources
// its sheets use. Of what the file mentions and does not have, the id is the name.
func layoutOf(site *model.Site) *snapshot.FileLayout {
	index, out := model.NewSiteIndex(site), &snapshot.FileLayout{}
	for i := range site.Sheets {
		s := snapshot.FileLinks{Name: site.Sheets[i].Name}
		for _, id := range site.Sheets[i].DatasourceIDs {
			name := id
			if d := index.Datasource[id]; d != nil {
				name = d.Name
			}
			s.To = append(s.To, name)
		}
		out.Sheets = append(out.Sheets, s)
	}
	for i := range site.Dashboards {
		d := snapshot.FileLinks{Name: site.Dashboards[i].Name}
		for _, id := range site.Dashboards[i].SheetIDs {
			d.To = append(d.To, index.Sheet[id].Name)
		}
		out.Dashboards = append(out.Dashboards, d)
	}
	return out
}
