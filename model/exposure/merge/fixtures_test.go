package merge

import (
	"context"
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
	"darkroom/model/textdiff"
)

// Diff is the difference of two texts.
func Diff(old, text []byte, name string) string {
	var b strings.Builder
	if err := textdiff.Write(context.Background(), &b, old, text, name); err != nil {
		panic(err)
	}
	return b.String()
}

// replan plans with the names that a file and its base know.
func replan(existing, base []byte, cands ...exposure.Candidate) exposure.Plan {
	return exposuretest.Plan(cands, mustRead(existing, base).Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile})
}

func mustRead(existing, base []byte) *Disk {
	d, err := readOne(existing, base)
	if err != nil {
		panic(fmt.Sprint("fixture: ", err))
	}
	return d
}

func readOne(existing, base []byte) (*Disk, error) {
	return ReadDisk(context.Background(), []File{{exposuretest.OurFile, existing}}, base)
}

// merged is the outcome for one file.
type merged struct {
	Text, Base []byte
	Changes    Changes
	Conflicts  []Conflict
	Items      []Item
}

// mergeOne merges a plan into one file.
func mergeOne(existing, base []byte, plan exposure.Plan, settle Settle) (merged, error) {
	d, err := readOne(existing, base)
	if err != nil {
		return merged{}, err
	}
	out, err := d.Merge(context.Background(), plan, settle)
	if err != nil {
		return merged{}, err
	}
	res := merged{Text: existing, Base: out.Base, Conflicts: out.Conflicts, Items: out.Items}
	for _, f := range out.Files {
		res.Text, res.Changes = f.Text, f.Changes
	}
	return res, nil
}

// Merge is mergeOne without answers.
func Merge(existing, base []byte, plan exposure.Plan) (merged, error) {
	return mergeOne(existing, base, plan, Settle{})
}
