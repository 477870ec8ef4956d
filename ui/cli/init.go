package cli

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/shellword"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/sources/settings"
	"darkroom/sources/tableau/api"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/syncprint"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

// initFlags are the answers that init need not ask for.
type initFlags struct {
	url, caFile string
	projects    []string
	look        explorerFlags
}

func (a *app) initCommand() *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set a project up for a Tableau site",
		Long: "init takes the address of any page of your Tableau site, signs in to try it, lets you\n" +
			"tick the projects of the site that darkroom should show, and writes darkroom.yml. On a\n" +
			"terminal it asks for what it does not know, and offers to keep the secret in the keyring of\n" +
			"the operating system. Without a terminal, give --url and --project, and set the secret in the\n" +
			"environment (TABLEAU_TOKEN_NAME and TABLEAU_TOKEN_SECRET).",
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			own := settings.Load(vocabulary())
			f.look.configure(cmd.Flags(), own)
			for _, problem := range problems(own) {
				fmt.Fprintln(a.err, "darkroom: "+output.CleanLines(problem))
			}
			err := a.init(cmd.Context(), dirOf(args), f)
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
	f.look.registerLook(flags)
	return cmd
}

func (a *app) init(ctx context.Context, dir string, f initFlags) error {
	if a.demo {
		return usage("the built-in example needs no setup; leave out --demo")
	}
	if err := a.noFiles("init"); err != nil {
		return err
	}
	if _, err := f.look.themeName(); err != nil {
		return err
	}
	project, err := a.initRoot(dir)
	if err != nil {
		return err
	}
	site, err := a.initSite(ctx, project.Root, f)
	if err != nil {
		return err
	}
	server, err := a.initTrust(ctx, project.Root, site)
	if err != nil {
		return err
	}
	_, _, missing := a.find(site, server)
	if _, ok := terminal.Input(a.stdin); ok && missing != nil {
		fmt.Fprintln(a.err, "Sign in with a personal access token; Tableau creates one under My Account Settings.")
	}
	board := syncprint.NewBoard(a.err, false)
	defer board.Close() // no error is printed after a waiting line
	conn := api.Config{Server: server, Site: site.Site, OnWait: syncjob.WaitEvents(site.Name, board.Show)}
	client, err := a.initSignIn(ctx, site, &conn, board)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close(ctx) }()
	if missing != nil {
		if missing, err = a.offerKeyring(ctx, site, conn); err != nil {
			return err
		}
	}
	limit, err := a.initScope(ctx, client, site, board, f)
	if err != nil {
		return err
	}
	return a.writeConfig(project, dir, config.Draft(site, limit.Scope, limit.top), missing)
}

// initSignIn tries the secrets out. Those that were typed and the server does
// not accept can be typed again, twice.
func (a *app) initSignIn(ctx context.Context, site config.Site, conn *api.Config, board *syncprint.Board) (*api.Client, error) {
	for try := 1; ; try++ {
		var err error
		if conn.Credentials, err = a.secrets(true).For(ctx, site, conn.Server); err != nil {
			return nil, notSignedIn(err)
		}
		client, err := api.New(*conn)
		if err != nil {
			return nil, err
		}
		info, err := client.Info(ctx)
		if err == nil {
			board.Show(syncjob.SignedInEvent(site.Name, info, client.Warnings()))
			return client, nil
		}
		_, _, typed := a.find(site, conn.Server)
		if _, ok := terminal.Input(a.stdin); !ok || typed == nil || !api.SignInRefused(err) || try == 3 {
			return nil, certificateFix(err)
		}
		board.Line(site.Name, err.Error())
	}
}

// notSignedIn makes missing secrets an error of usage.
func notSignedIn(err error) error {
	if errors.Is(err, terminal.ErrStopped) {
		return err
	}
	return &codedError{exitUsage, err}
}

// initRoot is the dbt project that darkroom.yml goes to, or dir itself. What is
// found is printed before anything is asked.
func (a *app) initRoot(dir string) (dbt.Layout, error) {
	project, _ := dbt.FindProject(dir) // a missing manifest is reported at the end
	if project.Root != "" {
		fmt.Fprintln(a.err, output.CleanLines(strings.TrimSpace("dbt project "+project.Name)+" in "+project.Root))
	} else {
		info, err := os.Stat(cmp.Or(dir, "."))
		if err != nil || !info.IsDir() {
			return project, usage("%s is not a folder", dir)
		}
		if project.Root, err = filepath.Abs(dir); err != nil {
			return project, err
		}
		fmt.Fprintln(a.err, output.CleanLines("no dbt project here; darkroom.yml goes to "+project.Root))
	}
	if file := configOf(project.Root); isFile(file) {
		fmt.Fprintln(a.err, output.CleanLines(file+" is there already and will stay as it is; what it needs is printed at the end"))
	}
	return project, nil
}

// configOf is the darkroom.yml of a project, which may be above it, or where it goes.
func configOf(root string) string {
	if above := filepath.Join(config.Folder(root), config.Name); isFile(above) {
		return above
	}
	return filepath.Join(root, config.Name)
}

// initSite is the site of the address that is given or asked for.
func (a *app) initSite(ctx context.Context, root string, f initFlags) (config.Site, error) {
	site, err := siteOfAddress(f.url)
	for try := 1; f.url == "" && err != nil && try <= 3; try++ {
		address, stop := a.ask(ctx, "Address of any page of your Tableau site, from the browser: ")
		if stop != nil {
			return site, stop
		}
		if site, err = siteOfAddress(address); err != nil && try < 3 {
			fmt.Fprintln(a.err, output.CleanLines(err.Error()))
		}
	}
	if err != nil {
		return site, err
	}
	name := "the default site"
	if site.Site != "" {
		name = "site " + site.Site
	}
	fmt.Fprintln(a.err, output.CleanLines("server "+site.Server+", "+name))
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
func (a *app) ask(ctx context.Context, what string) (string, error) {
	in, ok := terminal.Input(a.stdin)
	if !ok {
		return "", usage("without a terminal, --url is needed")
	}
	answers, err := terminal.Ask(ctx, in, a.err, []terminal.Question{{Ask: what}})
	if err != nil {
		return "", err
	}
	return answers[0], nil
}

// siteOfAddress makes what is wrong with an address an error of usage.
func siteOfAddress(address string) (config.Site, error) {
	site, err := config.SiteOfAddress(address)
	if err != nil {
		return site, usage("%w", err)
	}
	return site, nil
}

// certificateFix says what init can do about a certificate: there is no darkroom.yml yet.
func certificateFix(err error) error {
	var verify *tls.CertificateVerificationError
	if errors.As(err, &verify) {
		return fmt.Errorf("%w; for init: --ca-file FILE", err)
	}
	return err
}

// offerKeyring is for secrets that were just typed; what it gives says
// what to set when they are not kept.
func (a *app) offerKeyring(ctx context.Context, site config.Site, conn api.Config) (missing, err error) {
	answer, err := a.ask(ctx, "Keep it in the keyring of this computer, so that nothing asks again? [y/N] ")
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.ToLower(answer), "y") {
		if err := (secrets.Finder{Keyring: secrets.OS{}}).Keep(syncjob.SecretsOf(site, conn.Server), conn.Credentials); err != nil {
			fmt.Fprintln(a.err, "darkroom: "+err.Error())
		}
	}
	_, _, missing = a.find(site, conn.Server)
	return missing, nil
}

// writeConfig never changes a file that is there.
func (a *app) writeConfig(project dbt.Layout, dir, yml string, missing error) error {
	file := configOf(project.Root)
	if _, err := config.Parse(file, project.Root, []byte(yml)); err != nil {
		return err
	}
	if isFile(file) {
		fmt.Fprint(a.out, yml)
		return &codedError{exitFindings, fmt.Errorf("%s is there already and was not changed; put the lines above into it", file)}
	}
	if err := disk.WriteInside(project.Root, config.Name, []byte(yml), nil); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "wrote %s\n\nNext:\n", text.Clean(file))
	if dir != "" {
		dir = " " + text.Clean(shellword.Quote(dir))
	}
	next := func(command, does string) {
		fmt.Fprintf(a.out, "  %s  %s\n", text.Pad(command, max(text.Width("darkroom sync"+dir), len("dbt parse"))), does)
	}
	if project.Name != "" && project.ManifestPath == "" {
		next("dbt parse", "in the project, which has no manifest yet")
	}
	next("darkroom sync"+dir, "fetches what Tableau knows")
	next("darkroom"+dir, "opens the explorer")
	if missing != nil {
		fmt.Fprintln(a.out, "\nsync will ask for the secret again: "+output.CleanLines(missing.Error()))
	}
	return nil
}
