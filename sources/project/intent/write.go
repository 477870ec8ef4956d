package intent

import (
	"errors"
	"slices"

	"darkroom/sources/disk"
)

// Write carries all changes out, or none of them. Files that get something come before
// those that lose it, and the last export comes last: see [Recover]. It refuses when
// another process is writing, or was interrupted.
func Write(files Files, changes []Change) error {
	if len(changes) < 2 || slices.ContainsFunc(changes, func(c Change) bool { return !mayChange(c.Name) }) {
		return carryOutAll(files, changes) // one file is whole on its own
	}
	data, err := recordOf(changes)
	if err != nil {
		return disk.Failed("write", Name, err)
	}
	if err := files.Write(Name, data, nil); err != nil {
		if errors.Is(err, disk.ErrChanged) {
			return &disk.Error{
				Kind: disk.ErrChanged, File: Name, What: "another export is running, or was interrupted",
				Fix: "nothing was written; close the other darkroom and start this one again",
			}
		}
		return err
	}
	if err := carryOutAll(files, changes); err != nil {
		_, undone := Recover(files)
		return errors.Join(err, undone)
	}
	return files.Remove(Name)
}

func carryOutAll(files Files, changes []Change) error {
	for i := range changes {
		if err := carryOut(files, &changes[i]); err != nil {
			return err
		}
	}
	return nil
}

func carryOut(files Files, c *Change) error {
	if c.New == nil {
		return files.Remove(c.Name)
	}
	return files.Write(c.Name, c.New, c.Old)
}
