package setup

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/sources/trust"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
)

// trustFlags are the terms under which a server is confirmed.
type trustFlags struct {
	forget, insecure bool
	caFile, format   string
	redirects        []string
}

func Trust(a *app.App) *cobra.Command {
	var f trustFlags
	cmd := &cobra.Command{
		Use:   "trust | trust URL | trust --forget URL",
		Short: "Servers that may receive your secrets from this computer",
		Long: "Without an address, trust lists the servers that may receive your secrets. With the\n" +
			"address of a server or of one of its pages it confirms that server, and --forget takes it back.\n\n" +
			"A darkroom.yml comes with a repository, so no secret goes to the server it names before you\n" +
			"confirm that one: scheme, host and port, and whatever weakens or widens how it is verified\n" +
			"(insecure_skip_verify, the certificates in ca_file, redirect_hosts). On a terminal, sync asks\n" +
			"once. Elsewhere this command or TABLEAU_SERVER (for one site TABLEAU_SERVER_<SITE>) beside the\n" +
			"token says it. What is confirmed is kept on this computer, in trust.yml of darkroom's folder\n" +
			"for state, and not in the project.",
		Args: app.MaxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			book, err := trust.Open()
			if err != nil {
				return err
			}
			terms := f.insecure || f.caFile != "" || len(f.redirects) > 0
			switch {
			case len(args) == 0 && (f.forget || terms):
				return app.Usage("name the server: darkroom %s URL", strings.TrimSpace("trust "+map[bool]string{true: "--forget"}[f.forget]))
			case len(args) == 0:
				return listTrust(cmd.Context(), a, book, f.format)
			}
			address, err := serverOf(args[0])
			switch {
			case err != nil:
				return err
			case f.forget && terms:
				return app.Usage("--forget takes a server out whatever its terms; leave out the other flags")
			case f.forget:
				return forget(a, book, address)
			}
			return confirm(a, book, trust.Want{Server: address, CAFile: f.caFile, InsecureSkipVerify: f.insecure, RedirectHosts: f.redirects})
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.forget, "forget", false, "no secret goes to this server any more")
	flags.StringVar(&f.caFile, "ca-file", "", "PEM `FILE` with certificates that may vouch for the server, too")
	flags.BoolVar(&f.insecure, "insecure-skip-verify", false, "accept any certificate: anyone on the way can read the secrets")
	flags.StringArrayVar(&f.redirects, "redirect-host", nil, "further `HOST` that sign-in may lead to; may be repeated")
	flags.StringVarP(&f.format, "output", "o", "table", "`FORMAT` of the list: "+strings.Join(output.Formats(), ", "))
	complete.Words{
		Args: []complete.Names{complete.Servers, complete.Among()}, Flags: map[string]complete.Names{"output": complete.Among(output.Formats()...)},
	}.Of(a, cmd)
	return cmd
}

// serverOf is the server of an address, which may be that of a page.
func serverOf(address string) (string, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	site, err := siteOfAddress(address)
	if err != nil {
		return "", err
	}
	server, err := trust.Address(site.Server)
	if err != nil {
		return "", app.Usage("%w", err)
	}
	return server, nil
}

func listTrust(ctx context.Context, a *app.App, book *trust.Book, format string) error {
	if err := output.CheckFormat(format); err != nil {
		return app.WithCode(app.ExitUsage, err)
	}
	type record struct {
		Server    string   `json:"server"`
		Terms     []string `json:"terms"`
		Confirmed string   `json:"confirmed"`
	}
	list := output.Listing{Header: []string{"SERVER", "CONFIRMED", "TERMS"}}
	for _, r := range book.Records() {
		terms, when := append([]string{}, r.Terms()...), ""
		if !r.Confirmed.IsZero() {
			when = r.Confirmed.Format(time.DateOnly)
		}
		list.Add(record{r.Server, terms, when}, r.Server, when, strings.Join(r.Keys(), ", "))
	}
	if list.Len() == 0 && format == "table" {
		fmt.Fprintln(a.Out, "No server may receive your secrets yet. darkroom sync asks; darkroom trust URL confirms one.")
		return nil
	}
	return list.Print(ctx, a.Out, format)
}

func confirm(a *app.App, book *trust.Book, want trust.Want) error {
	server, err := trust.Read(want)
	if err != nil {
		return app.WithCode(app.ExitUsage, err)
	}
	if _, known := book.Check(server); !known {
		if _, err := book.Confirm(server, time.Now()); err != nil {
			return err
		}
	}
	fmt.Fprintln(a.Out, server.Address+" may receive your secrets from this computer")
	for _, term := range server.Record().Terms() {
		fmt.Fprintln(a.Out, "  "+output.CleanLines(term))
	}
	return nil
}

func forget(a *app.App, book *trust.Book, address string) error {
	n, err := book.Forget(address)
	switch {
	case err != nil:
		return err
	case n == 0:
		return app.Usage("%s was not confirmed; darkroom trust lists what was", address)
	}
	fmt.Fprintln(a.Out, address+" may not receive your secrets any more. A secret that is kept in the keyring stays there.")
	return nil
}
