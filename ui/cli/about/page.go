package about

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// page is a manual page in the language of man(7).
type page struct{ strings.Builder }

// pageOf is the page of a command, with further chapters after its description.
func pageOf(cmd *cobra.Command, now time.Time, further func(*page)) string {
	cmd.InitDefaultHelpCmd()
	cmd.InitDefaultHelpFlag()
	p, name := new(page), pageName(cmd)
	fmt.Fprintf(p, ".nh\n.TH \"%s\" \"1\" \"%s\" \"darkroom %s\" \"darkroom\"\n", inPage(strings.ToUpper(name)), dateOf(now).Format("Jan 2006"), inPage(cmd.Root().Version))
	p.chapter("NAME")
	fmt.Fprintf(p, "%s \\- %s\n", inPage(name), inPage(cmd.Short))
	p.chapter("SYNOPSIS")
	fmt.Fprintf(p, "%s\n", bold(cmd.UseLine()))
	p.chapter("DESCRIPTION")
	p.prose(cmd.Long)
	further(p)
	p.flags("OPTIONS", cmd.NonInheritedFlags())
	p.flags("OPTIONS INHERITED FROM PARENT COMMANDS", cmd.InheritedFlags())
	p.seeAlso(cmd)
	return p.String()
}

// pageName is the name of a command's page.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// dateOf is the date of a page: now, or what a build that can be repeated sets.
func dateOf(now time.Time) time.Time {
	if seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC()
	}
	return now
}

func (p *page) chapter(title string) { fmt.Fprintf(p, ".SH %s\n", title) }

// entry is a term, already written for a page, with what it means.
func (p *page) entry(term, meaning string) { fmt.Fprintf(p, ".TP\n%s\n%s\n", term, inPage(meaning)) }

// prose writes a help text: paragraphs, lines with an indent, which stay on their own, and the
// headings that cobra's own texts have.
func (p *page) prose(text string) {
	alone := false
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")
		title, heading := strings.CutPrefix(line, "#### ")
		indented := strings.HasPrefix(line, " ")
		switch {
		case heading:
			line = ".SS " + inPage(title)
		case line == "":
			line = ".PP"
		case alone && !indented:
			line = ".br\n" + inPage(line)
		default:
			line = inPage(line)
		}
		alone = indented
		p.WriteString(line + "\n")
	}
}

func (p *page) flags(title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.chapter(title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Deprecated != "" {
			return
		}
		name, value := bold("--"+f.Name), "="+f.DefValue
		if f.Shorthand != "" {
			name = bold("-"+f.Shorthand) + ", " + name
		}
		if f.Value.Type() == "string" {
			value = fmt.Sprintf("=%q", f.DefValue)
		}
		if f.NoOptDefVal != "" {
			value = "[" + value + "]"
		}
		_, usage := pflag.UnquoteUsage(f)
		p.entry(name+inPage(value), usage)
	})
}

func (p *page) seeAlso(cmd *cobra.Command) {
	var others []string
	if cmd.HasParent() {
		others = append(others, bold(pageName(cmd.Parent())+"(1)"))
	}
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() {
			others = append(others, bold(pageName(below)+"(1)"))
		}
	}
	if len(others) > 0 {
		p.chapter("SEE ALSO")
		p.WriteString(strings.Join(others, ", ") + "\n")
	}
}

func bold(s string) string { return `\fB` + inPage(s) + `\fR` }

// inPage writes a text so that it means itself: a backslash, a hyphen that can be copied into a
// shell, and a line that begins like a request.
func inPage(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
