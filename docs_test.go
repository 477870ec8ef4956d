package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// explained are the files that may refer to a document, by their kind.
func explained(name string) bool {
	switch path.Ext(name) {
	case ".go", ".sh", ".yml", ".yaml", ".md", ".graphql":
		return true
	}
	return name == ".ci/run"
}

// sourceFiles gives the text of every file that may refer to a document, by its
// path from the top of the repository, without the data of tests and of the
// examples' dbt projects.
func sourceFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			switch {
			case d.Name() == ".git", d.Name() == "testdata", strings.HasPrefix(name, "examples/roastery/"), strings.HasPrefix(name, "examples/wholesale/"):
				return filepath.SkipDir
			}
			return nil
		}
		if !explained(name) {
			return nil
		}
		text, err := os.ReadFile(name)
		files[name] = strings.ReplaceAll(string(text), "\r\n", "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files: the test looks in the wrong place", len(files))
	}
	return files
}

// headings gives the anchors of a document as GitHub makes them: in lower case,
// without punctuation, with hyphens for spaces.
func headings(t *testing.T, name, text string) map[string]bool {
	t.Helper()
	anchors, code := map[string]bool{}, false
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "```") {
			code = !code
		}
		title := strings.TrimLeft(line, "#")
		if code || title == line || !strings.HasPrefix(title, " ") {
			continue
		}
		var b strings.Builder
		for _, r := range strings.ToLower(strings.TrimSpace(title)) {
			switch {
			case r == ' ':
				b.WriteByte('-')
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				b.WriteRune(r)
			}
		}
		if anchors[b.String()] {
			t.Errorf("%s has the heading %q twice: a reference to it would be ambiguous", name, strings.TrimSpace(title))
		}
		anchors[b.String()] = true
	}
	return anchors
}

// Documents have names in capitals. A reference to one is its path, from the top
// of the repository or from the folder of the file with the reference, and an
// optional "#" with a heading.
var (
	documentRef  = regexp.MustCompile(`(?:[\w.-]+/)*[A-Z][A-Z_]+\.md(?:#[\w-]+)?`)
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// references lists what a file refers to: documents, and links of Markdown.
func references(name, text string) []string {
	refs := documentRef.FindAllString(text, -1)
	if path.Ext(name) == ".md" {
		for _, m := range markdownLink.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], "://") && !strings.HasPrefix(m[1], "mailto:") {
				refs = append(refs, m[1])
			}
		}
	}
	return refs
}

// A reader can look up every rule that the code cites: the file exists, and so does
// the heading.
func TestReferencesLeadSomewhere(t *testing.T) {
	files := sourceFiles(t)
	anchors := map[string]map[string]bool{}
	for name, text := range files {
		if path.Ext(name) == ".md" {
			anchors[name] = headings(t, name, text)
		}
	}
	checked := 0
	for name, text := range files {
		if name == "docs_test.go" {
			continue
		}
		for _, ref := range references(name, text) {
			checked++
			file, anchor, _ := strings.Cut(ref, "#")
			target := path.Join(path.Dir(name), file)
			if file == "" {
				target = name
			} else if _, err := os.Stat(target); err != nil {
				target = path.Clean(file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s refers to %s, which does not exist", name, ref)
			} else if anchor != "" && !anchors[target][anchor] {
				t.Errorf("%s refers to %s, but %s has no such heading", name, ref, target)
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d references: the test does not see them", checked)
	}
}

// A comment never sends the reader to a document that is not in the repository, or
// to a number that no document has.
func TestNothingOutsideIsCited(t *testing.T) {
	outside := regexp.MustCompile(`\bfacts/\w+\.md|DESIGN\.md|SCREENS\.md|\x{A7}`)
	for name, text := range sourceFiles(t) {
		if name == "docs_test.go" {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if found := outside.FindString(line); found != "" {
				t.Errorf("%s:%d: refers to %s; name a document of the repository and its heading", name, i+1, found)
			}
		}
	}
}

// numbered are rules that comments name by a short code, and the document whose
// headings begin with it.
var numbered = []struct {
	code, within, document, heading string
}{
	{`\b[PG]\d{1,2}\b`, "", "model/walk/RULES.md", ""},
	{`\b\d{1,2}\b`, "model/match/", "model/match/RULES.md", "step-"},
}

// steps finds "step 7" and "steps 5, 6" in comments of the matcher.
var steps = regexp.MustCompile(`\b[Ss]teps? (\d+)(?:(?:,|–| and| or| to) (\d+))*`)

// A code such as P12 or "step 7" in a comment is a heading of its document.
func TestNumberedRulesAreHeadings(t *testing.T) {
	files := sourceFiles(t)
	found := 0
	for name := range files {
		if path.Ext(name) != ".go" || name == "docs_test.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range numbered {
			if !strings.HasPrefix(name, rule.within) {
				continue
			}
			code := regexp.MustCompile(rule.code)
			anchors := headings(t, rule.document, files[rule.document])
			for _, comment := range parsed.Comments {
				texts := []string{comment.Text()}
				if rule.heading != "" {
					texts = steps.FindAllString(comment.Text(), -1)
				}
				for _, text := range texts {
					for _, c := range code.FindAllString(text, -1) {
						found++
						if !hasPrefix(anchors, strings.ToLower(rule.heading+c)+"-") {
							t.Errorf("%s: a comment names %s, which is no heading of %s", name, c, rule.document)
						}
					}
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d codes: the test does not see them", found)
	}
}

func hasPrefix(set map[string]bool, prefix string) bool {
	for s := range set {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// section is the part of a document from a heading to the next one of the same
// level.
func section(t *testing.T, name, heading string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"+heading+"\n")
	if !ok {
		t.Fatalf("%s has no %q", name, heading)
	}
	level := heading[:strings.IndexByte(heading, ' ')+1]
	part, _, _ := strings.Cut(rest, "\n"+level)
	return part
}

const contributing = ".github/CONTRIBUTING.md"

// Every package has its line in the map, and every line its package.
func TestPackageMap(t *testing.T) {
	mapped := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^- `([^`]+)`: \\S").FindAllStringSubmatch(section(t, contributing, "## Package map"), -1) {
		if mapped[m[1]] {
			t.Errorf("the map has %s twice", m[1])
		}
		mapped[m[1]] = true
	}
	packages := map[string]bool{}
	for name := range sourceFiles(t) {
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			packages[path.Dir(name)] = true
		}
	}
	delete(packages, ".")
	for p := range packages {
		if !mapped[p] {
			t.Errorf("the package map of %s has no line for %s", contributing, p)
		}
	}
	for p := range mapped {
		if !packages[p] {
			t.Errorf("the package map of %s has a line for %s, which is not a package", contributing, p)
		}
	}
}

// Files named in the pages for contributors exist, and each "how to add" takes fewer
// than ten lines.
func TestContributingNamesWhatIsThere(t *testing.T) {
	page, err := os.ReadFile(contributing)
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, text := range []string{string(page), section(t, "README.md", "## The code")} {
		for _, m := range regexp.MustCompile("`([^`\\s]+)`").FindAllStringSubmatch(text, -1) {
			name, _, _ := strings.Cut(m[1], "#")
			if !ours(name) {
				continue
			}
			named++
			name, _, _ = strings.Cut(name, "<") // a name that the reader chooses
			if found, err := filepath.Glob(strings.TrimSuffix(name, "/")); err != nil || len(found) == 0 {
				if _, err := os.Stat(path.Dir(name)); err != nil || !strings.Contains(m[1], "<") {
					t.Errorf("%s does not exist", m[1])
				}
			}
		}
	}
	if named < 30 {
		t.Errorf("only %d names: the test does not see them", named)
	}
	howTo := strings.Split("\n"+section(t, contributing, "## How to add"), "\n### ")[1:]
	if len(howTo) < 6 {
		t.Errorf("only %d things to add", len(howTo))
	}
	for _, how := range howTo {
		if lines := strings.Count(strings.TrimSpace(how), "\n"); lines >= 10 {
			t.Errorf("how to add %s takes %d lines", strings.SplitN(how, "\n", 2)[0], lines)
		}
	}
}

// The page for contributors lists the documents.
func TestDocumentsAreListed(t *testing.T) {
	list := section(t, contributing, "## Documents")
	for name := range sourceFiles(t) {
		first, _, _ := strings.Cut(name, "/")
		if path.Ext(name) == ".md" && path.Base(name) != "README.md" && first != ".github" && !strings.Contains(list, "`"+name+"`") {
			t.Errorf("%s does not list %s", contributing, name)
		}
	}
}

// ours reports a name that begins at the top of the repository.
func ours(name string) bool {
	first, _, _ := strings.Cut(strings.TrimSuffix(name, "/"), "/")
	_, err := os.Stat(first)
	return err == nil && first != "." && first != ".."
}
