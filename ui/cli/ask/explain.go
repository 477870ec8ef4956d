package ask

import (
	"io"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/shellword"
	"darkroom/sources/project/exposures"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/explain"
	"darkroom/ui/text"
)

func Explain(a *app.App) *cobra.Command {
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
				return app.Usage("say which dashboard: its title, its LUID or its address; darkroom list dashboards lists them all")
			}
			return app.MaxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return app.Usage("--output %q is not known; use text or json", format)
			}
			w, err := a.Open(cmd.Context(), app.DirOf(args[1:]), true)
			if err != nil {
				return err
			}
			defer w.Close()
			d, err := names.TitlesOf(w.Graph).Find(args[0])
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
				return output.JSON(a.Out, records.ExplanationOf(w, d, links, table == "", a.Today()).With(o.Of(d.Key)))
			}
			page := explain.Dashboard(w.Graph, d, links, table == "", a.Today())
			page.Does(o.Of(d.Key), func(name string) string { return "darkroom adopt " + shellword.Quote(name) + " keeps it up to date" })
			return printPage(a.Out, page)
		},
	}
	cmd.Flags().StringVar(&table, "table", "", "only tables of this `NAME`; the last part is enough, wildcards work")
	cmd.Flags().StringVarP(&format, "output", "o", format, "`FORMAT`: text or json")
	complete.Words{
		Args: []complete.Names{complete.In(names.Dashboards), nil}, Flags: map[string]complete.Names{"output": complete.Among("text", "json")},
	}.Of(a, cmd)
	return cmd
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
		return nil, app.Usage("%s reads no table %q; it reads:\n  %s", model.QuotedName(d.Dashboard.Name), name, strings.Join(slices.Compact(names), "\n  "))
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
