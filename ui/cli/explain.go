package cli

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/shellword"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/explain"
	"darkroom/ui/text"
)

func (a *app) explainCommand() *cobra.Command {
	table, format := "", "text"
	cmd := &cobra.Command{
		Use:   "explain DASHBOARD [DIR]",
		Short: "Say why a dashboard is, or is not, linked to its models",
		Long: "DASHBOARD is a title, a LUID, the address of the dashboard in the browser, or the\n" +
			"beginning of one of them that no other dashboard has. For each table it reads: what it\n" +
			"is in dbt and why, the way from the dashboard to it, the line of the custom SQL that\n" +
			"names it, where each part of its name came from, and what was refused. Also what an\n" +
			"export does with the dashboard, and why.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("say which dashboard: its title, its LUID or its address; darkroom list dashboards lists them all")
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usage("--output %q is not known; use text or json", format)
			}
			w, err := a.open(cmd.Context(), dirOf(args[1:]), true)
			if err != nil {
				return err
			}
			defer w.Close()
			d, err := findDashboard(w.Graph, args[0])
			if err != nil {
				return err
			}
			links, err := linksNamed(d, table)
			if err != nil {
				return err
			}
			o, err := exposures.Outlook(cmd.Context(), w, w.Book)
			if err != nil {
				return err
			}
			if format == "json" {
				return output.JSON(a.out, records.ExplanationOf(w, d, links, table == "", a.today()).With(o.Of(d.Key)))
			}
			page := explain.Dashboard(w.Graph, d, links, table == "", a.today())
			page.Does(o.Of(d.Key), func(name string) string { return "darkroom adopt " + shellword.Quote(name) + " keeps it up to date" })
			return printPage(a.out, page)
		},
	}
	cmd.Flags().StringVar(&table, "table", "", "only tables of this `NAME`; the last part is enough, wildcards work")
	cmd.Flags().StringVarP(&format, "output", "o", format, "text or json")
	return cmd
}

// findDashboard takes a title, LUID, decision key or address; what fits exactly
// wins over what fits but for case, and that over a beginning.
func findDashboard(g *lineage.Graph, name string) (*lineage.Dashboard, error) {
	best, found := 0, []*lineage.Dashboard(nil)
	for _, d := range g.Dashboards() {
		fit := 0
		for _, own := range []string{d.Dashboard.Name, text.Clean(d.Dashboard.Name), d.Key, d.URL()} {
			fit = max(fit, fits(own, name))
		}
		if fit > best {
			best, found = fit, nil
		}
		if fit == best && fit > 0 {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		if out := workspace.OutOfScope(g); out != "" {
			return nil, usage("no dashboard is called %q; darkroom list dashboards lists those in scope; %s", name, out)
		}
		return nil, usage("no dashboard is called %q; darkroom list dashboards lists them all", name)
	case 1:
		return found[0], nil
	}
	return nil, usage("%q matches %d dashboards; give the LUID or key of one:\n%s", name, len(found), candidates(found))
}

func fits(own, name string) int {
	switch {
	case own == "" || name == "":
		return 0
	case own == name:
		return 3
	case strings.EqualFold(own, name):
		return 2
	case strings.HasPrefix(strings.ToLower(own), strings.ToLower(name)):
		return 1
	}
	return 0
}

func candidates(found []*lineage.Dashboard) string {
	const most = 10
	var b strings.Builder
	oneSite := !slices.ContainsFunc(found, func(d *lineage.Dashboard) bool { return d.Site != found[0].Site })
	for _, d := range found[:min(len(found), most)] {
		place := records.Place(d)
		if !oneSite {
			place += ", site " + d.Site.ID()
		}
		fmt.Fprintf(&b, "  %s  %s (%s)\n", text.Clean(d.Key), text.Clean(d.Title()), text.Clean(place))
	}
	if n := len(found) - most; n > 0 {
		fmt.Fprintf(&b, "  and %d more\n", n)
	}
	return strings.TrimRight(b.String(), "\n")
}

// linksNamed chooses tables by name; an empty name takes all.
func linksNamed(d *lineage.Dashboard, name string) ([]*lineage.Link, error) {
	var out []*lineage.Link
	var names []string
	want := strings.ToLower(name)
	for i := range d.Links {
		l := &d.Links[i]
		own := strings.ToLower(l.TableName())
		names = append(names, l.TableName())
		glob, _ := path.Match(want, own)
		tail, _ := path.Match("*."+want, own)
		if name == "" || own == want || strings.HasSuffix(own, "."+want) || glob || tail {
			out = append(out, l)
		}
	}
	if name != "" && len(out) == 0 {
		slices.Sort(names)
		return nil, usage("%s reads no table %q; it reads:\n  %s", model.QuotedName(d.Dashboard.Name), name, strings.Join(slices.Compact(names), "\n  "))
	}
	return out, nil
}

// printPage prints the sentences of a page.
func printPage(w io.Writer, p explain.Page) error {
	var b strings.Builder
	b.WriteString(text.Cut(text.Clean(p.Title), 300) + "\n")
	output.Paragraph(&b, "", p.About)
	if p.Address != "" { // in one piece
		b.WriteString(text.Clean(p.Address) + "\n")
	}
	for _, s := range p.Summary {
		output.Paragraph(&b, "", s)
	}
	for _, s := range p.Sections {
		b.WriteString("\n" + text.Clean(s.Heading) + "\n")
		if s.Says != "" {
			output.Paragraph(&b, "  ", s.Says)
		}
		for _, f := range s.Fields {
			output.Labelled(&b, f.Label, f.Text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
