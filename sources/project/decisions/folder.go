package decisions

import (
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// The files of the folder .darkroom.
const (
	decisionsName = config.Dir + "/decisions.yml"
	journalName   = config.Dir + "/journal"
	lockName      = config.Dir + "/lock"
	ignoreName    = config.Dir + "/.gitignore"
	mergeName     = config.Dir + "/.gitattributes"
	badJournal    = config.Dir + "/journal.bad" // lines of the journal that could not be read
)

const gitignore = `# Written by darkroom: what stays on this machine. The rest belongs into git.
/journal*
/lock
/snapshots/
`

// gitattributes: git takes changes to neighbouring lines for a conflict. Here each line
// is a dashboard of its own, so the lines of both sides are kept; the same dashboard
// decided twice is an error that names its lines.
const gitattributes = `# Written by darkroom: two people decide about different dashboards without a conflict.
/decisions.yml merge=union
/seen.yml merge=union
`

// KeepPrivate makes the project's .darkroom with its .gitignore, so that snapshots
// do not get into git by accident.
func KeepPrivate(root string) error {
	path, err := disk.Inside(root, ignoreName)
	if err != nil {
		return err
	}
	if err := disk.MakeFile(path, gitignore); err != nil {
		return disk.Failed("write", ignoreName, err)
	}
	return nil
}
