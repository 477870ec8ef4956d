package setup

import (
	"context"
	"errors"
	"time"

	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau/doctor"
	"darkroom/ui/cli/app"
)

// manifestLines say whether the manifests can be read, and whether they are as new as
// their projects. Where no dbt project is, there is nothing to say.
func manifestLines(ctx context.Context, a *app.App, dir string) ([]doctor.Line, error) {
	if a.Demo {
		dir = ""
	}
	req, err := a.Request(dir)
	if err != nil {
		return nil, err
	}
	var lines []doctor.Line
	for _, m := range workspace.CheckManifests(ctx, req) {
		l := doctor.Line{Check: "manifest", Status: doctor.OK}
		switch {
		case errors.Is(m.Err, dbt.ErrNoProject):
			continue
		case m.Err != nil:
			l.Status, l.Text = doctor.Warn, m.Err.Error()
			if e := (*disk.Error)(nil); errors.As(m.Err, &e) {
				short := *e
				l.Fix, short.Fix = short.Fix, ""
				l.Text = short.Error()
			}
			if a.Strict {
				l.Status = doctor.Fail
			}
		default:
			l.Text = manifestText(m)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func manifestText(m workspace.ManifestCheck) string {
	s := m.Project.Name
	if !m.Project.GeneratedAt.IsZero() {
		s += ", of " + m.Project.GeneratedAt.Format(time.DateOnly)
	}
	if m.Project.DbtVersion != "" {
		s += ", by dbt " + m.Project.DbtVersion
	}
	return s + ": nothing shows that the project is newer"
}
