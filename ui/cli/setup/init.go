// Package setup has the commands that connect a project with the sites of a BI tool: init,
// sync, trust and doctor.
//
// Not here: what is fetched and kept (sources/project/syncjob), which servers may receive
// secrets (sources/trust), how progress is printed (ui/cli/syncprint).
package setup

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/sources/dbt"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/settings"
	"darkroom/sources/tableau/api"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/look"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/syncprint"
	"darkroom/ui/cli/terminal"
)

// initFlags are the answers that init need not ask for.
type initFlags struct {
	url, caFile string
	projects    []string
	look        look.Flags
}

func Init(a *app.App) *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set a project up for a Tableau site",
		Long: "init takes the address of any page of your Tableau site, signs in to try it, lets you\n" +
			"tick the projects of the site that darkroom should show, and writes darkroom.yml. On a\n" +
			"terminal it asks for what it does not know, and offers to keep the secret in the keyring of\n" +
			"the operating system. Without a terminal, give --url and --project, and set the secret in the\n" +
			"environment (TABLEAU_TOKEN_NAME and TABLEAU_TOKEN_SECRET).",
		Args: app.MaxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			own := settings.Load(look.Vocabulary())
			f.look.Configure(cmd.Flags(), own)
			for _, problem := range look.Problems(own) {
				fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(problem))
			}
			err := setUp(cmd.Context(), a, app.DirOf(args), f)
			if err != nil && cmd.Context().Err() != nil {
				return terminal.ErrStopped
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.url, "url", "", "`ADDRESS` of any page of the site, as the browser shows it")
	flags.StringArrayVar(&f.projects, "project", nil, "`PATTERN` of the projects to show with everything below them, such as Finance or Sales/EMEA*; may be repeated")
	flags.StringVar(&f.caFile, "ca-file", "", "PEM `FILE` with the certificate of the company's own CA")
	f.look.Register(flags)
	complete.Words{Args: []complete.Names{nil}}.Of(a, cmd)
	return cmd
}

func setUp(ctx context.Context, a *app.App, dir string, f initFlags) error {
	if a.Demo {
		return app.Usage("the built-in example needs no setup; leave out --demo")
	}
	if err := noFiles(a, "init"); err != nil {
		return err
	}
	if _, err := f.look.ThemeName(); err != nil {
		return err
	}
	project, err := initRoot(a, dir)
	if err != nil {
		return err
	}
	site, err := initSite(ctx, a, project.Root, f)
	if err != nil {
		return err
	}
	server, forget, err := initTrust(ctx, a, project.Root, site)
	if err != nil {
		return err
	}
	_, _, missing := a.Secret(site, server)
	if _, ok := terminal.Input(a.In); ok && missing != nil {
		fmt.Fprintln(a.Err, "Sign in with a personal access token; Tableau creates one under My Account Settings.")
	}
	board := syncprint.NewBoard(a.Err, false)
	defer board.Close() // no error is printed after a waiting line
	conn := api.Config{Server: server, Site: site.Site, OnWait: syncjob.WaitEvents(site.Name, board.Show)}
	client, err := initSignIn(ctx, a, site, &conn, board)
	if err != nil {
		forget()
		return err
	}
	defer func() { _ = client.Close(ctx) }()
	if missing != nil {
		if missing, err = offerKeyring(ctx, a, site, conn); err != nil {
			return err
		}
	}
	limit, err := initScope(ctx, a, client, site, board, f)
	if err != nil {
		return err
	}
	return writeConfig(a, project, dir, config.Draft(site, limit.Scope, limit.top), missing)
}

// initRoot is the dbt project that darkroom.yml goes to, or dir itself. What is
// found is printed before anything is asked.
func initRoot(a *app.App, dir string) (dbt.Layout, error) {
	project, _ := dbt.FindProject(dir) // a missing manifest is reported at the end
	if project.Root != "" {
		fmt.Fprintln(a.Err, output.CleanLines(strings.TrimSpace("dbt project "+project.Name)+" in "+project.Root))
	} else {
		info, err := os.Stat(cmp.Or(dir, "."))
		if err != nil || !info.IsDir() {
			return project, app.Usage("%s is not a folder", dir)
		}
		if project.Root, err = filepath.Abs(dir); err != nil {
			return project, err
		}
		fmt.Fprintln(a.Err, output.CleanLines("no dbt project here; darkroom.yml goes to "+project.Root))
	}
	if file := configOf(project.Root); isFile(file) {
		fmt.Fprintln(a.Err, output.CleanLines(file+" is there already and will stay as it is; what it needs is printed at the end"))
	}
	return project, nil
}

// initSite is the site of the address that is given or asked for.
func initSite(ctx context.Context, a *app.App, root string, f initFlags) (config.Site, error) {
	site, err := siteOfAddress(f.url)
	for try := 1; f.url == "" && err != nil && try <= 3; try++ {
		address, stop := ask(ctx, a, "Address of any page of your Tableau site, from the browser: ")
		if stop != nil {
			return site, stop
		}
		if site, err = siteOfAddress(address); err != nil && try < 3 {
			fmt.Fprintln(a.Err, output.CleanLines(err.Error()))
		}
	}
	if err != nil {
		return site, err
	}
	name := "the default site"
	if site.Site != "" {
		name = "site " + site.Site
	}
	fmt.Fprintln(a.Err, output.CleanLines("server "+site.Server+", "+name))
	if f.caFile != "" {
		abs, err := filepath.Abs(f.caFile)
		if err != nil {
			return site, err
		}
		if rel, err := filepath.Rel(root, abs); err == nil && filepath.IsLocal(rel) {
			abs = rel
		}
		site.CAFile = filepath.ToSlash(abs)
	}
	return site, nil
}

// ask puts one question; without a terminal there is no answer.
func ask(ctx context.Context, a *app.App, what string) (string, error) {
	in, ok := terminal.Input(a.In)
	if !ok {
		return "", app.Usage("without a terminal, --url is needed")
	}
	answers, err := a.Ask(ctx, in, terminal.Question{Ask: what})
	if err != nil {
		return "", err
	}
	return answers[0], nil
}

// siteOfAddress makes what is wrong with an address an error of usage.
func siteOfAddress(address string) (config.Site, error) {
	site, err := config.SiteOfAddress(address)
	if err != nil {
		return site, app.Usage("%w", err)
	}
	return site, nil
}
