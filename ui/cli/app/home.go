package app

import (
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
)

// Configured reads "[DIR] [SITE…]": the configuration, and the sites named or all.
func (a *App) Configured(args []string) (*config.Config, []config.Site, error) {
	home, args, err := a.Home(args)
	if err != nil {
		return nil, nil, err
	}
	sites, err := syncjob.Named(home.Config, args)
	if err != nil {
		return nil, nil, WithCode(ExitUsage, err)
	}
	return home.Config, sites, nil
}

// Home is the project of the folder that the first argument names, or of the current
// one; rest are the other arguments.
func (a *App) Home(args []string) (home config.Home, rest []string, err error) {
	req, err := a.Request("")
	if err != nil {
		return config.Home{}, nil, err
	}
	dir := req.Dir
	if folder := ProjectFolder(args); folder != "" && !a.Demo {
		dir, args = folder, args[1:]
	}
	home, err = config.Find(dir)
	if err == nil && home.Project.Root == "" && home.Config.File == "" {
		err = home.Missing
	}
	if err != nil {
		return config.Home{}, nil, openError(err)
	}
	return home, args, nil
}
