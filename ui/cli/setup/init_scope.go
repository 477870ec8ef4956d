package setup

import (
	"context"
	"fmt"
	"slices"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/survey"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/look"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/syncprint"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/scope"
)

// limits are the scope that init writes, and the patterns of the projects at the
// top, for writing one later.
type limits struct {
	config.Scope
	top []string
}

// initScope asks the site what it holds, and you or the flags what of it darkroom
// should show. What the site does not report is said, and there is no scope then.
func initScope(ctx context.Context, a *app.App, client *api.Client, site config.Site, board *syncprint.Board, f initFlags) (limits, error) {
	s := survey.Read(ctx, client, func(words string, done, total int, finished bool) {
		board.Show(syncjob.Event{Site: site.Name, Progress: &syncjob.Progress{Stage: words, Done: done, Total: total, Finished: finished}})
	})
	board.Close()
	if ctx.Err() != nil {
		return limits{}, terminal.ErrStopped
	}
	if s.ProjectsErr != nil {
		fmt.Fprintln(a.Err, "darkroom: the projects are not known, so the scope is not checked: "+output.CleanLines(s.ProjectsErr.Error()))
		return limits{Scope: config.Scope{Projects: f.projects}}, nil
	}
	if s.WorkbooksErr != nil {
		fmt.Fprintln(a.Err, "darkroom: the workbooks are not counted: "+output.CleanLines(s.WorkbooksErr.Error()))
	}
	l := limits{Scope: config.Scope{Projects: f.projects}, top: topProjects(s)}
	if len(f.projects) > 0 {
		paths := make([][]string, len(s.Projects))
		for i, p := range s.Projects {
			paths[i] = p.Path
		}
		if err := config.CheckProjects(f.projects, paths); err != nil {
			return l, app.WithCode(app.ExitUsage, err)
		}
	} else if _, ok := terminal.Screen(a.In, a.Out); ok && len(s.Projects) > 0 {
		choice, err := pickScope(ctx, a, site, s, f)
		if err != nil {
			return l, err
		}
		l.Projects, l.ExcludeProjects = choice.Projects, choice.Exclude
	}
	fmt.Fprintln(a.Err, inScope(l.Scope, s))
	return l, nil
}

// topProjects are the patterns of the projects at the top, each once.
func topProjects(s survey.Survey) []string {
	var top []string
	for _, p := range s.Projects {
		if len(p.Path) > 0 && p.Path[0] != "" {
			top = append(top, curate.Pattern(p.Path[:1]))
		}
	}
	slices.Sort(top)
	return slices.Compact(top)
}

// inScope sums up what a scope lets through.
func inScope(limit config.Scope, s survey.Survey) string {
	in, all, noun := 0, 0, "projects"
	for _, p := range s.Projects {
		n := 1
		if s.WorkbooksErr == nil {
			n, noun = p.Workbooks, "workbooks"
		}
		if all += n; limit.Allows(curate.Subject{Project: p.Path}) {
			in += n
		}
	}
	line := fmt.Sprintf("in scope: %d of %d %s", in, all, noun)
	if s.Personal > 0 {
		line += fmt.Sprintf("; %d in personal spaces left out", s.Personal)
	}
	for _, list := range [...]struct {
		short int
		what  string
	}{{s.ProjectsShort, "projects"}, {s.WorkbooksShort, "workbooks"}} {
		if list.short > 0 {
			line += fmt.Sprintf("; the server counts %d %s more than it gives", list.short, list.what)
		}
	}
	return line
}

// pickScope lets you tick projects.
func pickScope(ctx context.Context, a *app.App, site config.Site, s survey.Survey, f initFlags) (scope.Choice, error) {
	out, _ := terminal.Screen(a.In, a.Out)
	screen := look.Screen(a, out)
	colours, err := f.look.Colours(screen, out)
	if err != nil {
		return scope.Choice{}, err
	}
	projects := make([]scope.Project, len(s.Projects))
	for i, p := range s.Projects {
		projects[i] = scope.Project(p)
	}
	picker := scope.New(projects, scope.Options{
		Theme: colours, ASCII: f.look.ASCII || !terminal.UTF8(), Only: !terminal.UTF8(),
		Site: site.Name, Counted: s.WorkbooksErr == nil, Personal: s.Personal,
		Mouse: !f.look.NoMouse, Suspend: screen.Suspend(),
	})
	if err := screen.Run(ctx, picker, f.look.Mouse()...); err != nil {
		return scope.Choice{}, look.Crashed(err)
	}
	choice, ok := picker.Choice()
	if !ok {
		return choice, terminal.ErrStopped
	}
	return choice, nil
}
