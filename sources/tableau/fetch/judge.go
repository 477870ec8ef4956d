package fetch

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/joinfiles"
)

// noteFiles adds what the reader found about files, or what they could add.
func (r *Result) noteFiles(downloaded bool) {
	for _, gap := range r.Site.Partial {
		if strings.HasPrefix(gap, joinfiles.AboutFiles) && !slices.Contains(r.Snapshot.Partial, gap) {
			r.Snapshot.Partial = append(r.Snapshot.Partial, gap)
		}
	}
	unknown := 0
	var without []string
	for _, w := range joinfiles.Wanted(r.Site) {
		if r.Snapshot.files.Has[gathered.FileKey(w.Kind, w.LUID)] {
			without = append(without, gathered.DescribeFile(w.Kind, w.Name))
		} else if !downloaded {
			unknown += w.Sources
		}
	}
	if unknown > 0 {
		r.Snapshot.Notes = append(r.Snapshot.Notes, fmt.Sprintf("data sources whose tables are missing from Tableau's metadata: %d; "+
			"darkroom sync --download reads them in the files of the workbooks", unknown))
	}
	if len(without) > 0 {
		r.Snapshot.Notes = append(r.Snapshot.Notes, "data sources whose tables are missing from Tableau's metadata and from the file: "+gathered.FirstFew(without))
	}
}

// noteColumns says that the last snapshot had columns of sheets, and this one does not.
func (r *Result) noteColumns(old *model.Site) {
	if old != nil && old.Columns != nil && r.Site.Columns == nil {
		r.Snapshot.Notes = append(r.Snapshot.Notes, "the columns of sheets in the last snapshot are left out; "+
			"darkroom sync --columns fetches them, and columns: true on the site does so in every sync")
	}
}

// reasonsToRefuse is sitediff.Diff.Worse, where a file that is missing does not count unless
// its facts were there last time.
func (r *Result) reasonsToRefuse() []string {
	d := r.Diff
	if r.Snapshot.files.Lost == 0 {
		d.NewlyIncomplete = slices.DeleteFunc(slices.Clone(d.NewlyIncomplete), func(reason string) bool { return strings.HasPrefix(reason, joinfiles.AboutFiles) })
	}
	return d.Worse()
}
