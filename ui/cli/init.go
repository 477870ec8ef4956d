package cli

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/workspace"
	"darkroom/ui/text"
)

func (a *app) initCommand() *cobra.Command {
	address := ""
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set a project up for a Tableau site",
		Long: "init takes the address of any page of your Tableau site, signs in to try it, and writes\n" +
			"darkroom.yml. On a terminal it asks for what it does not know, and offers to keep the\n" +
			"secret in the keyring of the operating system.",
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.init(cmd.Context(), dirOf(args), address) },
	}
	cmd.Flags().StringVar(&address, "url", "", "`ADDRESS` of any page of the site, as the browser shows it")
	return cmd
}

func (a *app) init(ctx context.Context, dir, address string) error {
	if a.demo {
		return usage("the built-in example needs no setup; leave out --demo")
	}
	root, err := initRoot(dir)
	if err != nil {
		return err
	}
	if address == "" {
		if address, err = a.ask(ctx, "Address of any page of your Tableau site: "); err != nil {
			return err
		}
	}
	site, err := cutAddress(address)
	if err != nil {
		return err
	}
	cred, err := a.credentials(ctx, site, true)
	if err != nil {
		return err
	}
	projects, err := a.trySite(ctx, site, cred)
	if err != nil {
		return err
	}
	if err := a.offerKeyring(ctx, site, cred); err != nil {
		return err
	}
	return a.writeConfig(root, initConfig(site, projects))
}

// initRoot is the folder that darkroom.yml goes to: that of the dbt project, or
// dir itself.
func initRoot(dir string) (string, error) {
	if config, err := workspace.FindConfig(dir); err == nil {
		return config.Root, nil
	}
	if dir == "" {
		dir = "."
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return "", usage("%s is not a folder", dir)
	}
	return filepath.Abs(dir)
}

// ask puts one question; without a terminal there is nobody to answer.
func (a *app) ask(ctx context.Context, what string) (string, error) {
	in, ok := a.stdin.(*os.File)
	if !ok || !isatty.IsTerminal(in.Fd()) {
		return "", usage("--url is needed where there is no terminal to ask on")
	}
	answers, err := askAll(ctx, in, a.err, []question{{ask: what}})
	if err != nil {
		return "", err
	}
	return answers[0], nil
}

// cutAddress takes server and site out of what the browser shows:
// https://host/#/site/acme/views/… (the default site has no "site"), or
// https://host/t/acme/….
func cutAddress(address string) (workspace.Site, error) {
	address = strings.TrimSpace(address)
	bare := !strings.Contains(address, "://")
	if bare {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || bare && !strings.Contains(u.Host, ".") {
		return workspace.Site{}, usage("this is not the address of a Tableau page; copy it from the browser, like https://tableau.example.com/#/site/acme/home")
	}
	s := workspace.Site{Server: u.Scheme + "://" + u.Host}
	for _, part := range [][2]string{{u.Fragment, "/site/"}, {u.Path, "/t/"}} {
		if rest, ok := strings.CutPrefix(part[0], part[1]); ok && s.Site == "" {
			s.Site, _, _ = strings.Cut(rest, "/")
			s.Site, _, _ = strings.Cut(s.Site, "?")
		}
	}
	if s.Name = s.Site; s.Name == "" {
		s.Name = u.Hostname()
	}
	return s, nil
}

// trySite signs in and gives the names of the projects at the top.
func (a *app) trySite(ctx context.Context, site workspace.Site, cred api.Credentials) ([]string, error) {
	client, err := api.New(api.Config{Server: site.Server, Site: site.Site, Credentials: cred})
	if err != nil {
		return nil, err
	}
	defer func() { _ = client.Close(ctx) }()
	info, err := client.Info(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(a.err, "signed in to %s, Tableau %s\n", text.Clean(info.Server), text.Clean(info.Product))
	page, err := client.ListPage(ctx, "projects", nil, "projects", "project", 1)
	if err != nil {
		return nil, ctx.Err() // they only serve as a hint
	}
	var names []string
	for _, p := range page.Items {
		if p.Get("parentProjectId").String() == "" {
			names = append(names, p.Get("name").String())
		}
	}
	slices.Sort(names)
	return names, nil
}

// offerKeyring is for secrets that a person has just typed.
func (a *app) offerKeyring(ctx context.Context, site workspace.Site, cred api.Credentials) error {
	finder := secrets.Finder{Getenv: os.Getenv, Keyring: secrets.OS{}}
	if _, _, err := finder.Find(secretsOf(site)); err == nil {
		return nil
	}
	answer, err := a.ask(ctx, "Keep the secret in the keyring of this computer? [y/N] ")
	if err != nil || !strings.HasPrefix(strings.ToLower(answer), "y") {
		return err
	}
	if err := finder.Keep(secretsOf(site), cred); err != nil {
		fmt.Fprintln(a.err, "darkroom: "+err.Error())
	}
	return nil
}

func initConfig(s workspace.Site, projects []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "sites:\n  - name: %s\n    server: %s\n", strconv.Quote(s.Name), strconv.Quote(s.Server))
	if s.Site != "" {
		fmt.Fprintf(&b, "    site: %s\n", strconv.Quote(s.Site))
	}
	if len(projects) > 0 {
		b.WriteString("\n# To see only some of the projects, take the # away and the others out:\n# scope:\n#   projects:\n")
		for i, p := range projects {
			if i == 30 {
				fmt.Fprintf(&b, "#     # and %d more\n", len(projects)-i)
				break
			}
			fmt.Fprintf(&b, "#     - %s\n", strconv.Quote(text.Clean(p)))
		}
	}
	return b.String()
}

// writeConfig never changes a file that people wrote.
func (a *app) writeConfig(root, yml string) error {
	file := filepath.Join(root, workspace.ConfigName)
	if _, err := workspace.ParseConfig(file, root, []byte(yml)); err != nil {
		return err
	}
	if isFile(file) {
		fmt.Fprint(a.out, yml)
		return &codedError{exitFindings, fmt.Errorf("%s is there already and was not changed; put the lines above into it", file)}
	}
	if err := workspace.WriteFileAtomic(file, []byte(yml), nil); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "wrote %s; now run: darkroom sync\n", text.Clean(file))
	return nil
}
