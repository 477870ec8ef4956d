package write

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"darkroom/sources/project/export"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
)

// acceptRemoval asks before most of the entries go without a decision. Without a
// terminal it refuses.
func acceptRemoval(ctx context.Context, a *app.App, e export.Plan, accepted bool) error {
	if len(e.Removals) == 0 || accepted {
		return nil
	}
	sayRemovals(a, e)
	refused := errors.New("nothing was written; to remove them anyway: darkroom export --accept-removal")
	if in, ok := terminal.Input(a.In); ok {
		answers, err := a.Ask(ctx, in, terminal.Question{Ask: "Remove them? Type yes to go on: "})
		if err != nil {
			return err
		}
		if strings.EqualFold(answers[0], "yes") {
			return nil
		}
	}
	return app.WithCode(app.ExitFindings, refused)
}

// sayRemovals prints what would go, the likely cause, and what to do about it.
func sayRemovals(a *app.App, e export.Plan) {
	for _, r := range e.Removals {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(r.String()+"; "+r.Fix))
	}
}

// sayKept prints which entries stay though nothing includes them.
func sayKept(a *app.App, e export.Plan) {
	for _, k := range e.Kept {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(k.String()))
	}
}

// nothingCompared is the error of a check that looked at no entry: all of them stay
// because it is unknown whether they should.
func nothingCompared(e export.Plan) error {
	for i := range e.Files {
		if len(e.Files[i].Plan.Exposures) > 0 {
			return nil
		}
	}
	if len(e.Kept) == 0 {
		return nil
	}
	return errors.New("nothing was checked: " + e.Kept[0].String())
}
