package export

import (
	"context"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/model/exposure/yamledit"
	"darkroom/sources/disk"
)

// Unreadable looks at the exposures files of a project, those below the folders that
// dbt reads and those that darkroom wrote: how many there are, and which of them dbt
// cannot read, or refuses for a name that two exposures have.
func Unreadable(ctx context.Context, root string, folders []string) (files int, problems []*yamledit.Error, err error) {
	base, err := disk.ReadInside(root, lastExport)
	if err != nil {
		return 0, nil, err
	}
	found, err := exposureFiles(ctx, &model.Project{Root: root}, folders, merge.ReadBase(base).Files())
	for _, f := range found {
		if ferr := merge.CannotBeRead(f); ferr != nil {
			problems = append(problems, ferr)
		}
	}
	return len(found), append(problems, merge.Doubled(found)...), err
}
